"""What a data set is, in numbers."""

from __future__ import annotations

from kgrec_core.data.catalog import Catalog
from kgrec_core.schema.cards import DatasetCard
from kgrec_core.schema.columns import RELATION, TAIL, VALUE


def describe(catalog: Catalog, prepared: bool) -> DatasetCard:
    """The card of a catalog."""
    values = catalog.interactions.get(VALUE)
    liked = len(catalog.interactions) if values is None else int((values >= catalog.domain.positive_value).sum())
    return DatasetCard(
        name=catalog.name,
        title=catalog.title,
        domain=catalog.domain.name,
        users=len(catalog.user_vocab),
        items=len(catalog.item_vocab),
        interactions=len(catalog.interactions),
        positives=liked,
        triples=len(catalog.triples),
        entities=int(catalog.triples[TAIL].nunique()),
        relations=tuple(sorted(catalog.triples[RELATION].unique())),
        sources=catalog.sources,
        prepared=prepared,
        events=catalog.domain.events,
        item=catalog.domain.item,
    )
