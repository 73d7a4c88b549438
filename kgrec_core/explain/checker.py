"""Nothing is said that is not stored: each word of a sentence is a cited name, a cited number, or says nothing new.

The list of what may be said is closed. A word that is none of a cited fact, of the field's own words (of a relation
only where it is cited) or of the connecting words below makes the sentence wrong, whatever it was meant to say. So an
invented name, number, relation or "not" is refused without a list of all names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from kgrec_core.domain import Domain
from kgrec_core.explain.facts import Fact
from kgrec_core.schema import Sentence

CONNECTING = frozenset(
    """a about above add adds after against alike all alone also among an and another any are around as asked at away
    base be because been before best both but by can carries chance chosen come comes connected counted data
    description different do each either enjoyed every fact facts fall falls find first for found from gave give
    given gives had has have here history how if in into is it its known leads less like liked likely likes line
    list lost main mainly many means met more most mostly much name named new next number of often on one only or
    other others our out own people pick place points popular popularity random rank rated read reason reasons
    recommend recommended same score see seen share shared she show shows since so some speak speaks start starts
    strongest such suggest suggested take taken takes text texts than that the their them then there these they
    things this those time title titles to together too two up us user value was we well were what when where which
    while who will with within without words would you your""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"[+\-−±]?\d+(?:[.,]\d+)*%?")

Find = Callable[[str], Fact | None]


def problems(sentence: Sentence, find: Find, domain: Domain) -> tuple[str, ...]:
    """What keeps a sentence from being shown, in words; empty when all of it is in evidence."""
    if not sentence.evidence:
        return ("no fact is cited",)
    looked_up = {name: find(name) for name in sentence.evidence}
    if missing := [name for name, fact in looked_up.items() if fact is None]:
        return tuple(f"there is no fact {name}" for name in missing)
    facts = [fact for fact in looked_up.values() if fact is not None]
    left = _without_labels(sentence.sentence, [label for fact in facts for label in fact.labels])
    numbers = {number for fact in facts for number in fact.numbers}
    strange = [f"the number {said} is not in evidence" for said in _NUMBER.findall(left) if said not in numbers]
    allowed = _allowed(facts, domain)
    said = [word.lower() for word in _WORD.findall(left)]
    strange += [f"the word {word!r} is not in evidence" for word in said if word not in allowed]
    if domain.liked in said and not all(fact.liked for fact in facts):
        strange.append(f"not all of it was {domain.liked}")
    return tuple(strange)


def supported(sentences: Sequence[Sentence], find: Find, domain: Domain) -> tuple[Sentence, ...]:
    """The sentences that may be shown."""
    return tuple(sentence for sentence in sentences if not problems(sentence, find, domain))


def names_in_order(sentence: str, labels: Sequence[str]) -> tuple[str, ...]:
    """The labels as they are first met in a sentence, longer ones before those within them."""
    met: dict[int, str] = {}
    left = sentence
    for label in sorted(set(labels), key=len, reverse=True):
        if found := _pattern(label).search(left):
            met[found.start()] = label
            left = left[: found.start()] + " " * len(label) + left[found.end() :]
    return tuple(met[start] for start in sorted(met))


def _allowed(facts: Sequence[Fact], domain: Domain) -> frozenset[str]:
    words = {domain.item, domain.items, domain.user, f"{domain.user}s", domain.liked, domain.consumed}
    words |= {clause for fact in facts for clause in fact.clauses}
    for relation in {fact.relation for fact in facts if fact.relation}:
        phrase = domain.phrase(relation)
        words |= {phrase.label, phrase.facet, *(_bare(pattern) for pattern in (phrase.shared, phrase.group))}
    return CONNECTING.union(word.lower() for text in words for word in _WORD.findall(text))


def _bare(pattern: str) -> str:
    return pattern.replace("{tail}", "").replace("{items}", "")


def _without_labels(text: str, labels: Sequence[str]) -> str:
    for label in sorted({label for label in labels if label.strip()}, key=len, reverse=True):
        text = _pattern(label).sub(" ; ", text)
    return text


@lru_cache(maxsize=4096)  # names come again; compiling one takes longer than all else of a check
def _pattern(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(label)}(?!\w)")
