"""What looks wrong in a graph, and what to do about each finding. Findings are hints: a person decides."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from kgrec_core.data.catalog import Catalog
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TAIL_LABEL, TITLE
from kgrec_core.schema.knowledge_graph import GraphFinding

NEARLY_ALL = 0.9  # share of the items of a relation from which one value tells items apart no longer

ISOLATED, DUPLICATE, ONE_VALUE, TYPE_CONFLICT = "isolated item", "possible duplicate", "one value", "type conflict"
KINDS = (ISOLATED, DUPLICATE, ONE_VALUE, TYPE_CONFLICT)


def findings(catalog: Catalog, graph: Graph) -> tuple[GraphFinding, ...]:
    """All findings, in the order of KINDS, those that touch most facts first."""
    found = [
        *_isolated(catalog, graph),
        *_duplicate_items(catalog),
        *_duplicate_entities(catalog),
        *_one_value(catalog),
        *_type_conflicts(catalog),
    ]
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), -one.facts, one.subject)))


def _isolated(catalog: Catalog, graph: Graph) -> Iterator[GraphFinding]:
    word, words = catalog.domain.item, catalog.domain.items
    degree = np.bincount(graph.heads, minlength=graph.items)
    stored = catalog.triples[HEAD].value_counts()
    for item in np.flatnonzero(degree == 0).tolist():
        row = catalog.items.iloc[item]
        own = int(stored.get(row[ITEM], 0))
        detail = f"None of its {own:,} facts belongs to another {word}." if own else "Nothing is stored about it."
        advice = (
            f"Add a fact that other {words} have too, such as a kind or a maker. Until then it is recommended "
            "from its text and from what people liked."
        )
        yield GraphFinding(ISOLATED, str(row[TITLE]), detail, advice, (str(row[ITEM]),), own)


def _duplicate_items(catalog: Catalog) -> Iterator[GraphFinding]:
    word = catalog.domain.item
    years = catalog.items["year"] if "year" in catalog.items else [""] * len(catalog.items)
    names = zip(catalog.items[ITEM].astype(str), catalog.items[TITLE].astype(str), map(str, years), strict=True)
    stored = catalog.triples[HEAD].value_counts()
    for group in _alike((name, title, year) for name, title, year in names):
        ids = tuple(name for name, _ in group)
        detail = f"{len(ids)} {catalog.domain.items} have this title" + (
            " and year." if "year" in catalog.items else "."
        )
        advice = f"If they are one {word}, keep one id and move the ratings of the others to it."
        yield GraphFinding(DUPLICATE, group[0][1], detail, advice, ids, sum(int(stored.get(name, 0)) for name in ids))


def _duplicate_entities(catalog: Catalog) -> Iterator[GraphFinding]:
    triples = catalog.triples
    label = TAIL_LABEL if TAIL_LABEL in triples else TAIL
    counts = triples[TAIL].value_counts()
    first = triples.drop_duplicates(TAIL)
    kinds = first[RELATION].map(lambda name: catalog.domain.phrase(str(name)).entity_type)
    rows = zip(first[TAIL].astype(str), first[label].astype(str), kinds, strict=True)
    for group in _alike(rows):
        ids = tuple(name for name, _ in group)
        labels = tuple(dict.fromkeys(name for _, name in group))
        detail = "Written " + " and ".join(f"“{name}”" for name in labels) + f", under {len(ids)} ids."
        advice = "If they are the same, give them one id; their facts are split now, and each part counts less."
        yield GraphFinding(DUPLICATE, group[0][1], detail, advice, ids, sum(int(counts[name]) for name in ids))


def _one_value(catalog: Catalog) -> Iterator[GraphFinding]:
    triples, words = catalog.triples, catalog.domain.items
    label = TAIL_LABEL if TAIL_LABEL in triples else TAIL
    for relation, part in triples.groupby(RELATION):
        counts = part.groupby(TAIL)[HEAD].nunique()
        having = int(part[HEAD].nunique())
        top, most = str(counts.idxmax()), int(counts.max())
        if most < NEARLY_ALL * having or having < 2:
            continue
        name = str(part.loc[part[TAIL] == top, label].iloc[0])
        detail = f"{most:,} of the {having:,} {words} that have it have the same value, “{name}”."
        advice = f"It hardly tells {words} apart. Leave it out, or split the value into finer ones."
        said = catalog.domain.phrase(str(relation)).label
        yield GraphFinding(ONE_VALUE, said, detail, advice, (str(relation),), len(part))


def _type_conflicts(catalog: Catalog) -> Iterator[GraphFinding]:
    triples = catalog.triples
    label = TAIL_LABEL if TAIL_LABEL in triples else TAIL
    pairs = triples.drop_duplicates([TAIL, RELATION])
    types: dict[str, set[str]] = defaultdict(set)
    for entity, relation in zip(pairs[TAIL].astype(str), pairs[RELATION].astype(str), strict=True):
        types[entity].add(catalog.domain.phrase(relation).entity_type)
    items = set(catalog.items[ITEM].astype(str))
    counts, labels = triples[TAIL].value_counts(), triples.drop_duplicates(TAIL).set_index(TAIL)[label]
    for entity, found in types.items():
        said = [*sorted(found), *([catalog.domain.item] if entity in items else [])]
        if len(said) < 2:
            continue
        detail = f"Used as {' and as '.join(said)}."
        advice = "Give each meaning an id of its own; one id makes the model believe that they are one thing."
        yield GraphFinding(TYPE_CONFLICT, str(labels[entity]), detail, advice, (entity,), int(counts[entity]))


def _alike(rows: Iterable[tuple[str, str, str]]) -> Iterator[list[tuple[str, str]]]:
    """(id, label) of those whose label, but for case, accents, signs and word order, and whose kind are the same."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for name, label, kind in rows:
        key = folded(label)
        if key:
            groups[key, kind].append((name, label))
    return (group for group in groups.values() if len(group) > 1)


def folded(label: str) -> str:
    """Words of a label in alphabetical order, without case, accents and signs.

    >>> folded("Lee, Ang") == folded("ang  LEE")
    True
    """
    letters = unicodedata.normalize("NFKD", label.casefold())
    kept = "".join(char for char in letters if not unicodedata.combining(char) and (char.isalnum() or char.isspace()))
    return " ".join(sorted(kept.split()))
