"""How people say a relation, and short ways to write it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


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


def say(label: str, kind: str, shared: str, group: str, facet: str = "") -> RelationPhrase:
    """kind: the type of its entities."""
    return RelationPhrase(label, shared, facet or f"its {label}", kind, 0, group)


def dull(label: str, kind: str, shared: str, group: str, facet: str = "") -> RelationPhrase:
    """Said only where nothing else is there."""
    return replace(say(label, kind, shared, group, facet), dull=True)


def in_order(**phrases: RelationPhrase) -> Mapping[str, RelationPhrase]:
    """By relation; what stands first is told first."""
    ranked = {name: replace(phrase, priority=place) for place, (name, phrase) in enumerate(phrases.items(), start=1)}
    return MappingProxyType(ranked)
