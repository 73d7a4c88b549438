"""What a domain is: the words of the interface, the phrase of each relation, the rule of positive feedback."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kgrec_core.domain.phrases import RelationPhrase
from kgrec_core.domain.plain_phrases import braced, is_verb, plain_phrase
from kgrec_core.domain.standard_relations import own_label, standard_relation
from kgrec_core.domain.unnamed import is_code, of_one_thing
from kgrec_core.schema.property_codes import coded_relation

LEVELS: tuple[str, ...] = ("disliked", "found so-so", "liked", "loved", "consumed")
"""Rating levels, by index; the last one is for events without a value."""

CONSUMED = len(LEVELS) - 1
SO_SO = 1

# Share of the domain's positive value from which a level begins: 4.5, 4 and 3 stars when 4 is positive.
_LOVED, _SO_SO = 1.125, 0.75


@dataclass(frozen=True, slots=True)
class Domain:
    name: str
    item: str
    items: str
    user: str  # "Viewer"
    liked: str  # what a positive interaction is called: "liked"
    consumed: str  # what any interaction is called: "watched"
    positive_value: float  # interactions with value >= this are positive; a missing value counts as this
    relations: Mapping[str, RelationPhrase]
    implicit: bool = False  # no values, or values that only count: there is no dislike, and `liked` is `consumed`
    acts: str = "interactions"  # many interactions that are not graded: "plays"

    @property
    def users(self) -> str:
        """What many people are called within a sentence: "viewers"."""
        return f"{self.user.lower()}s"

    @property
    def events(self) -> str:
        """What many interactions of the data are called: "ratings" where they are graded, else "plays"."""
        return self.acts if self.implicit else "ratings"

    @property
    def done(self) -> str:
        """The participle of `liked`: "often chosen together"."""
        return _PARTICIPLES.get(self.liked, self.liked)

    @staticmethod
    def named(name: str, events: str, item: str = "") -> Domain:
        """The words for a data set that need not be open, by its domain, what its events are called and its items."""
        from kgrec_core.domain.item_words import with_item  # which are made of this class
        from kgrec_core.domain.presets import DOMAINS, OTHER

        found = with_item(DOMAINS.get(name, OTHER), item)
        return found.without_values() if events == found.acts else found

    def phrase(self, relation: str) -> RelationPhrase:
        """The phrase of a relation, by its name or by the usual relation that it stands for; else one by its form."""
        known = self.relations.get(relation)
        if known is not None:
            return known
        name = coded_relation(relation) or relation
        usual = self.relations.get("_".join(name.casefold().split())) or self.relations.get(standard_relation(name))
        if usual is None:
            return plain_phrase(name)
        label = own_label(name)
        return replace(usual, label=label, facet=f"its {label}") if label else usual

    def amount(self, value: float, highest: float | None = None) -> str:
        """A value with its unit: "rated 4.5 of 5" where `highest` is 5, "rated 4.5", "120 plays", "1 play"."""
        if self.implicit:
            return f"{_number(value)} {self.acts.removesuffix('s') if value == 1 else self.acts}"
        return f"rated {_number(value)}" + (f" of {_number(highest)}" if highest else "")

    def role(self, relation: str, count: int) -> str:
        """What an entity is to `count` items: "director of 22 films", "in the cast of 16 films"."""
        label = self.phrase(relation).label
        known = _ROLES.get(relation) or _ROLES.get(standard_relation(relation))
        said = known or ("told of" if is_verb(label.split()) else f"{label.removesuffix(' by').removesuffix(' of')} of")
        return f"{said} {count:,} {self.item if count == 1 else self.items}"

    def both(self, relation: str, tail: str) -> str:
        """What two items are that share a fact: "both directed by Ridley Scott"; codes are not named."""
        phrase = self.phrase(relation)
        pattern = phrase.shared
        if is_code(tail):
            pattern = of_one_thing(pattern, phrase) or f"both have the same {braced(phrase.label)}"
        return pattern.format(tail=tail)

    def group(self, relation: str, tail: str) -> str:
        """The items that share a fact: "films directed by Ridley Scott"; codes are not named."""
        phrase = self.phrase(relation)
        pattern = phrase.group or f"{{items}} with the {braced(phrase.label)} {{tail}}"
        if is_code(tail):
            pattern = of_one_thing(pattern, phrase) or f"{{items}} of the same {braced(phrase.label)}"
        return pattern.format(items=self.items, tail=tail)

    def without_values(self, lowest: float = 1.0) -> Domain:
        """For purchases, plays and clicks: from `lowest` on an interaction is positive, and called by what was done."""
        return replace(self, liked=self.consumed, positive_value=lowest, implicit=True)

    def rated(self, positive: float) -> Domain:
        """For ratings and grades: a value is positive from `positive` on."""
        return replace(self, positive_value=positive)


_PARTICIPLES = MappingProxyType({"chose": "chosen", "took": "taken", "saw": "seen", "drank": "drunk", "ate": "eaten"})

# What an entity is to its items, where the label of the relation and "of" would not say it.
_ROLES = MappingProxyType(
    {
        "actor": "in the cast of",
        "award": "given to",
        "crew": "worked on",
        "similar_to": "like",
        "associated_act": "worked with",
        "works_with": "works with",
        "complements": "goes with",
        "also_bought": "bought together with",
        "also_viewed": "viewed together with",
        "mentions": "mentioned in",
        "knows": "known by",
        "listens_to": "heard by",
        "based_on": "the base of",
        "previous_work": "followed by",
        "subsequent_work": "what follows",
        "related_to": "related to",
        "quality": "said of",
        "mark": "said of",
        "has": "part of",
    }
)


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:g}"


def event_level(value: float | None, domain: Domain) -> int:
    """Index into `LEVELS` of an interaction's value; `CONSUMED` for None, not-a-number, and where values only count.

    A count below 0 stands for a dislike among events that count.
    """
    if value is None or math.isnan(value):
        return CONSUMED
    if domain.implicit:
        return 0 if value < 0 else CONSUMED
    positive = domain.positive_value
    if positive <= 0:  # shares of it mean nothing
        return 2 if value >= positive else 0
    return 3 if value >= _LOVED * positive else 2 if value >= positive else 1 if value >= _SO_SO * positive else 0
