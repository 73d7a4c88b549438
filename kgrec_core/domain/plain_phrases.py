"""How a relation is said that no preset knows: by the form of its name, a noun, a verb, or what was done by whom."""

from __future__ import annotations

import re

from kgrec_core.domain.phrases import RelationPhrase

LAST = 90  # the priority of what no preset knows
BAND = "_band"  # how the relation of a number's band ends
_PREPOSITIONS = frozenset("by of in on at from for with to as into about against under near".split())
_VERBS = frozenset(
    """accepts allows arouses contains covers depicts describes eats features follows includes influences involves knows
    lacks likes listens loves mentions needs offers owns plays portrays precedes provides requires serves speaks
    sponsors suits supports takes targets teaches treats uses uses wants wears watches""".split()
)
_IRREGULAR = {"has": "have", "is": "are", "was": "were", "does": "do", "goes": "go", "have": "have", "are": "are"}
_OF_WORDS = frozenset("part made full composed short typical because instead".split())


def plain_phrase(relation: str) -> RelationPhrase:
    """A phrase for any name of a relation.

    >>> plain_phrase("painted_by").shared, plain_phrase("works_for").shared, plain_phrase("hair_length").shared
    ('both are painted by {tail}', 'both work for {tail}', 'both have the hair length {tail}')
    """
    band = relation.endswith(BAND) and len(relation) > len(BAND)
    name = relation.removesuffix(BAND) if band else relation
    words = spoken(name).split() or ["link"]
    label = braced(" ".join(words))
    shared, group = f"both have the {label} {{tail}}", f"{{items}} with the {label} {{tail}}"
    if band:
        sized = f"{_article(label)} {label} of {{tail}}"
        shared, group = f"both have {sized}", f"{{items}} with {sized}"
    elif is_verb(words):
        first, rest = _many(words[0]), braced(" ".join(words[1:]))
        said = f"{braced(first)} {rest} {{tail}}".replace("  ", " ")
        shared, group = f"both {said}", f"{{items}} that {said}"
    elif words[-1] == "of" and len(words) == 2 and words[0] not in _OF_WORDS and not words[0].endswith("ed"):
        kinds = f"{braced(words[0])}s of {{tail}}"
        shared, group = f"both are {kinds}", f"{{items}} that are {kinds}"
    elif len(words) > 1 and words[-1] in _PREPOSITIONS:
        shared, group = f"both are {label} {{tail}}", f"{{items}} {label} {{tail}}"
    return RelationPhrase(" ".join(words), shared, f"its {' '.join(words)}", relation, LAST, group)


def is_verb(words: list[str]) -> bool:
    """Whether words begin with a verb that says what one thing does: "works for", "has", "contains".

    >>> is_verb(["works", "for"]), is_verb(["series", "of"]), is_verb(["genres"])
    (True, False, False)
    """
    first, last = words[0], words[-1]
    if first in _IRREGULAR or first in _VERBS:
        return True
    ends = first.endswith("s") and not first.endswith(("ss", "us", "is", "series"))
    return len(words) > 1 and ends and last in _PREPOSITIONS and last != "of"


def spoken(relation: str) -> str:
    """The words of a name.

    >>> spoken("hairLength"), spoken("film.film.sequel"), spoken("made_of")
    ('hair length', 'film film sequel', 'made of')
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", relation)
    if apart != relation:
        apart = apart.lower()
    return " ".join(apart.replace("_", " ").replace(".", " ").split())


def _many(verb: str) -> str:
    """The verb of two: "work" for "works"."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if verb.endswith(("shes", "ches", "sses", "xes", "oes")) else verb.removesuffix("s")


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"


def braced(word: str) -> str:
    """For a pattern of str.format: a brace in the name of a relation is a letter like any other."""
    return word.replace("{", "{{").replace("}", "}}")
