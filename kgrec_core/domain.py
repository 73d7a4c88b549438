"""Domain presets: the words of the interface, the phrase of each relation, the rule of positive feedback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class RelationPhrase:
    """How people say a relation.

    label: on an edge or a legend, "director" · shared: clause when two items share the tail, with {tail} ·
    facet: what it is of one item, "its director" · priority: lower is said first when contributions tie.
    """

    label: str
    shared: str
    facet: str
    entity_type: str
    priority: int


@dataclass(frozen=True, slots=True)
class Domain:
    name: str
    item: str
    items: str
    user: str  # "Viewer"
    liked: str  # "liked"
    consumed: str  # "watched"
    positive_value: float  # interactions with value >= this are positive
    relations: Mapping[str, RelationPhrase]

    def phrase(self, relation: str) -> RelationPhrase:
        """The phrase of a relation; a plain one for relations that the preset does not know."""
        word = relation.replace("_", " ")
        plain = RelationPhrase(word, f"both have {word} {{tail}}", f"its {word}", relation, 50)
        return self.relations.get(relation, plain)


_VIDEO = {
    "director": RelationPhrase("director", "both directed by {tail}", "its director", "person", 1),
    "actor": RelationPhrase("cast", "{tail} plays in both", "its cast", "person", 2),
    "writer": RelationPhrase("writer", "both written by {tail}", "its writer", "person", 3),
    "genre": RelationPhrase("genre", "both are {tail} films", "its genres", "genre", 4),
    "award": RelationPhrase("award", "each is an {tail}", "its awards", "award", 5),
    "language": RelationPhrase("language", "both are in {tail}", "its language", "language", 6),
    "country": RelationPhrase("country", "both come from {tail}", "its country", "country", 7),
    "certificate": RelationPhrase("certificate", "both are rated {tail}", "its certificate", "certificate", 8),
    "decade": RelationPhrase("decade", "both are from the {tail}", "its decade", "decade", 9),
}

VIDEO = Domain("video", "film", "films", "Viewer", "liked", "watched", 4.0, MappingProxyType(_VIDEO))

DOMAINS: Mapping[str, Domain] = MappingProxyType({VIDEO.name: VIDEO})
