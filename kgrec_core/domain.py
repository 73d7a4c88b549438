"""Domain presets: the words of the interface, the phrase of each relation, the rule of positive feedback."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

LEVELS: tuple[str, ...] = ("disliked", "found so-so", "liked", "loved", "consumed")
"""Rating levels, by index; the last one is for events without a value."""

CONSUMED = len(LEVELS) - 1
SO_SO = 1

# Share of the domain's positive value from which a level begins: 4.5, 4 and 3 stars when 4 is positive.
_LOVED, _SO_SO = 1.125, 0.75


@dataclass(frozen=True, slots=True)
class RelationPhrase:
    """How people say a relation.

    label: on an edge or a legend, "director" · shared: clause when two items share the tail, with {tail} ·
    facet: what it is of one item, "its director" · priority: lower is said first when contributions tie ·
    group: the items that have the tail, with {items} and {tail}, "{items} directed by {tail}" ·
    dull: said only where nothing else is there, a language or a decade.
    """

    label: str
    shared: str
    facet: str
    entity_type: str
    priority: int
    group: str = ""
    dull: bool = False


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
    def events(self) -> str:
        """What many interactions of the data are called: "ratings" where they are graded, else "plays"."""
        return self.acts if self.implicit else "ratings"

    @staticmethod
    def named(name: str, events: str) -> Domain:
        """The words for a data set that need not be open, by its domain and by what its events are called."""
        preset = DOMAINS.get(name, OTHER)
        return preset.without_values() if events == preset.acts else preset

    def phrase(self, relation: str) -> RelationPhrase:
        """The phrase of a relation; a plain one for relations that the preset does not know."""
        known = self.relations.get(relation)
        if known is not None:
            return known
        word = " ".join(relation.replace("_", " ").replace(".", " ").split()) or "link"
        group = f"{{items}} with the {_braced(word)} {{tail}}"
        shared = f"both have the {_braced(word)} {{tail}}"
        return RelationPhrase(word, shared, f"its {word}", relation, 50, group)

    def amount(self, value: float, highest: float | None = None) -> str:
        """A value with its unit: "rated 4.5 of 5" where `highest` is 5, "rated 4.5", "120 plays", "1 play"."""
        if self.implicit:
            return f"{_number(value)} {self.acts.removesuffix('s') if value == 1 else self.acts}"
        return f"rated {_number(value)}" + (f" of {_number(highest)}" if highest else "")

    def role(self, relation: str, count: int) -> str:
        """What an entity is to `count` items: "director of 22 films", "in the cast of 16 films"."""
        said = _ROLES.get(relation, f"{self.phrase(relation).label} of")
        return f"{said} {count:,} {self.item if count == 1 else self.items}"

    def group(self, relation: str, tail: str) -> str:
        """The items that share a fact: "films directed by Ridley Scott"."""
        phrase = self.phrase(relation)
        pattern = phrase.group or f"{{items}} with the {_braced(phrase.label)} {{tail}}"
        return pattern.format(items=self.items, tail=tail)

    def without_values(self, lowest: float = 1.0) -> Domain:
        """For purchases, plays and clicks: from `lowest` on an interaction is positive, and called by what was done."""
        return replace(self, liked=self.consumed, positive_value=lowest, implicit=True)

    def rated(self, positive: float) -> Domain:
        """For ratings and grades: a value is positive from `positive` on."""
        return replace(self, positive_value=positive)


# What an entity is to its items, where the label of the relation and "of" would not say it.
_ROLES = MappingProxyType(
    {
        "actor": "in the cast of",
        "award": "given to",
        "similar_to": "like",
        "associated_act": "worked with",
        "works_with": "works with",
        "complements": "goes with",
        "also_bought": "bought together with",
        "also_viewed": "viewed together with",
        "mentions": "mentioned in",
        "knows": "known by",
        "listens_to": "heard by",
    }
)


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:g}"


def _braced(word: str) -> str:
    """For a pattern of str.format: a brace in the name of a relation is a letter like any other."""
    return word.replace("{", "{{").replace("}", "}}")


def _say(label: str, kind: str, shared: str, group: str, facet: str = "") -> RelationPhrase:
    return RelationPhrase(label, shared, facet or f"its {label}", kind, 0, group)


def _dull(label: str, kind: str, shared: str, group: str, facet: str = "") -> RelationPhrase:
    return replace(_say(label, kind, shared, group, facet), dull=True)


def _in_order(**phrases: RelationPhrase) -> Mapping[str, RelationPhrase]:
    """By relation; what stands first is told first."""
    ranked = {name: replace(phrase, priority=place) for place, (name, phrase) in enumerate(phrases.items(), start=1)}
    return MappingProxyType(ranked)


_ARE, _FROM = "{tail} {items}", "both come from {tail}"  # pop artists; countries
_TAGGED = _say("tag", "tag", "both are tagged {tail}", "{items} tagged {tail}", "its tags")
_COUNTRY = _dull("country", "country", _FROM, "{items} from {tail}")
_DECADE = _dull("decade", "decade", "both are from the {tail}", "{items} from the {tail}")

_VIDEO = _in_order(
    director=_say("director", "person", "both directed by {tail}", "{items} directed by {tail}"),
    actor=_say("cast", "person", "{tail} plays in both", "{items} with {tail}"),
    writer=_say("writer", "person", "both written by {tail}", "{items} written by {tail}"),
    genre=_say("genre", "genre", "both are {tail} films", _ARE, "its genres"),
    award=_say("award", "award", "each is an {tail}", "{items} that are each an {tail}", "its awards"),
    language=_dull("language", "language", "both are in {tail}", "{items} in {tail}"),
    country=_COUNTRY,
    certificate=_dull("certificate", "certificate", "both are rated {tail}", "{items} rated {tail}"),
    decade=_DECADE,
    tag=_TAGGED,
)

_MUSIC = _in_order(
    member=_say("member", "person", "{tail} is a member of both", "{items} with {tail}", "its members"),
    artist=_say("artist", "person", "both are by {tail}", "{items} by {tail}"),
    album=_say("album", "album", "both are on {tail}", "{items} on {tail}"),
    genre=_say("genre", "genre", "both play {tail}", _ARE, "its genres"),
    tag=_say("tag", "tag", "listeners call both {tail}", "{items} that listeners call {tail}", "its tags"),
    similar_to=_say("similar to", "artist", "both are like {tail}", "{items} like {tail}", "what it is like"),
    associated_act=_say(
        "worked with", "artist", "both worked with {tail}", "{items} who worked with {tail}", "who they worked with"
    ),
    former_member=_say(
        "former member", "person", "{tail} was a member of both", "{items} that {tail} left", "its former members"
    ),
    label=_say("record label", "label", "both are released by {tail}", "{items} released by {tail}"),
    hometown=_dull("hometown", "place", _FROM, "{items} from {tail}"),
    birthplace=_dull("birthplace", "place", "both were born in {tail}", "{items} born in {tail}"),
    instrument=_dull(
        "instrument", "instrument", "both play the {tail}", "{items} who play the {tail}", "what they play"
    ),
    occupation=_dull("occupation", "occupation", "both work as {tail}", "{items} who work as {tail}", "what they do"),
    country=_COUNTRY,
    decade=_DECADE,
)

_E_COMMERCE = _in_order(
    brand=_say("brand", "brand", "both are made by {tail}", "{items} made by {tail}"),
    works_with=_say(
        "works with", "system", "both work with {tail}", "{items} that work with {tail}", "what it works with"
    ),
    complements=_say("goes with", "product", "both go with {tail}", "{items} that go with {tail}", "what it goes with"),
    feature=_say("feature", "feature", "both are {tail}", _ARE, "its features"),
    subcategory=_say("subcategory", "category", "both are in {tail}", "{items} in {tail}"),
    category=_say("category", "category", "both are in {tail}", "{items} in {tail}"),
    price_band=_say("price", "price", "both are in the price range {tail}", "{items} in the price range {tail}"),
    also_bought=_say(
        "bought together",
        "product",
        "both are bought with {tail}",
        "{items} bought with {tail}",
        "what is bought with it",
    ),
    also_viewed=_say(
        "viewed together",
        "product",
        "both are viewed with {tail}",
        "{items} viewed with {tail}",
        "what is viewed with it",
    ),
    material=_say("material", "material", "both are made of {tail}", "{items} made of {tail}"),
    style=_say("style", "style", "both have the style {tail}", "{items} with the style {tail}"),
    colour=_say("colour", "colour", "both are {tail}", _ARE),
    tag=_TAGGED,
)

_NEWS = _in_order(
    mentions=_say("mentions", "entity", "both mention {tail}", "{items} that mention {tail}", "what it mentions"),
    author=_say("author", "person", "both are written by {tail}", "{items} written by {tail}"),
    topic=_say("topic", "topic", "both are about {tail}", "{items} about {tail}"),
    keyword=_say("keyword", "topic", "both are about {tail}", "{items} about {tail}", "its keywords"),
    subcategory=_say("topic", "topic", "both are about {tail}", "{items} about {tail}"),
    place=_say("place", "place", "both are about {tail}", "{items} about {tail}", "the place it is about"),
    tag=_TAGGED,
    publisher=_dull("publisher", "publisher", "both are published by {tail}", "{items} published by {tail}"),
    category=_dull("section", "section", "both are in the section {tail}", "{items} in the section {tail}"),
)

_BOOKS = _in_order(
    series=_say("series", "series", "both are part of {tail}", "{items} of the series {tail}"),
    author=_say("author", "person", "both are written by {tail}", "{items} written by {tail}"),
    genre=_say("genre", "genre", "both are {tail} books", _ARE, "its genres"),
    subject=_say("subject", "subject", "both are about {tail}", "{items} about {tail}", "what it is about"),
    tag=_say("shelf", "tag", "readers shelve both as {tail}", "{items} that readers shelve as {tail}", "its shelves"),
    publisher=_dull("publisher", "publisher", "both are published by {tail}", "{items} published by {tail}"),
    language=_dull("language", "language", "both are in {tail}", "{items} in {tail}"),
    decade=_DECADE,
)

_SOCIAL = _in_order(
    friend=_say("friend", "person", "both are friends of {tail}", "{items} who are friends of {tail}", "their friends"),
    group=_say("group", "group", "both are in {tail}", "{items} in {tail}", "their groups"),
    interest=_say("interest", "interest", "both like {tail}", "{items} who like {tail}", "their interests"),
    employer=_say("employer", "organisation", "both work at {tail}", "{items} who work at {tail}", "their employer"),
    school=_say("school", "organisation", "both went to {tail}", "{items} who went to {tail}", "their school"),
    knows=_say("knows", "person", "both know {tail}", "{items} who know {tail}", "who they know"),
    listens_to=_say("listens to", "artist", "both listen to {tail}", "{items} who listen to {tail}", "what they hear"),
    tag=_say("tag", "tag", "both are tagged {tail}", "{items} tagged {tail}", "their tags"),
    profession=_say(
        "profession", "profession", "both work as {tail}", "{items} who work as {tail}", "their profession"
    ),
    place=_say("place", "place", "both live in {tail}", "{items} who live in {tail}", "where they live"),
    language=_dull("language", "language", "both speak {tail}", "{items} who speak {tail}", "their languages"),
)

VIDEO = Domain("video", "film", "films", "Viewer", "liked", "watched", 4.0, _VIDEO, acts="views")
MUSIC = Domain("music", "artist", "artists", "Listener", "liked", "played", 4.0, _MUSIC, acts="plays")
E_COMMERCE = Domain(
    "e-commerce", "product", "products", "Shopper", "liked", "bought", 4.0, _E_COMMERCE, acts="purchases"
)
NEWS = Domain("news", "article", "articles", "Reader", "liked", "read", 4.0, _NEWS, acts="clicks")
BOOKS = Domain("books", "book", "books", "Reader", "liked", "read", 4.0, _BOOKS, acts="reads")
SOCIAL = Domain("social", "person", "people", "Member", "liked", "followed", 4.0, _SOCIAL, acts="connections")
OTHER = Domain("other", "item", "items", "User", "liked", "chose", 4.0, MappingProxyType({}), acts="choices")

_ALL = (VIDEO, MUSIC, E_COMMERCE, NEWS, BOOKS, SOCIAL, OTHER)
DOMAINS: Mapping[str, Domain] = MappingProxyType({each.name: each for each in _ALL})


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
