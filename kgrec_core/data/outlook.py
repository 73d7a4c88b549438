"""What can be said of a data set before anything is trained on it: how thin it is, and what training will cost."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.data.catalog import Catalog
from kgrec_core.schema import HEAD, ITEM, TAIL, USER

_HEAD_SHARE = 0.1  # of the items: the popular ones
# Fitted to two runs on 2 CPU cores: 2,078 films with 77,803 ratings and long texts, 200 products with 200 ratings. A
# compact XLNet is trained on the texts before both encoders read them; the network runs over the histories; the closed
# form compares all pairs of items.
_START, _PER_CHARACTER, _PER_EVENT, _PER_PAIR = 8.0, 9e-4, 1e-3, 4e-6  # seconds
_BASE_MEMORY, _BYTES_PER_PAIR, _BYTES_PER_EVENT = 1.2e9, 40.0, 400.0


@dataclass(frozen=True, slots=True)
class Outlook:
    """The data card of a data set that is not trained yet."""

    users: int
    items: int
    interactions: int
    filled: float  # share of all pairs of user and item that have an interaction; 1 minus the sparsity
    per_user: float  # median interactions of a user
    popular: float  # share of the interactions that the most popular tenth of the items has
    rare: int  # items with fewer than five interactions
    facts: int
    covered: float  # share of the items with a fact that another item has too
    seconds: float  # of training, roughly, on two CPU cores
    memory: float  # bytes, roughly, at most


def outlook(catalog: Catalog) -> Outlook:
    """The figures of a catalog; seconds and memory are estimates."""
    users, items, events = len(catalog.user_vocab), len(catalog.item_vocab), len(catalog.interactions)
    counts = catalog.interactions[ITEM].value_counts().reindex(catalog.items[ITEM], fill_value=0)
    popular = counts.sort_values(ascending=False).head(max(1, round(_HEAD_SHARE * items)))
    characters = int(catalog.items.drop(columns=ITEM).astype(str).map(len).to_numpy().sum())
    triples = catalog.triples
    shared = triples[triples.groupby(TAIL)[HEAD].transform("nunique") >= 2] if len(triples) else triples
    return Outlook(
        users=users,
        items=items,
        interactions=events,
        filled=events / (users * items),
        per_user=float(catalog.interactions[USER].value_counts().median()),
        popular=float(popular.sum() / events),
        rare=int((counts < 5).sum()),
        facts=len(triples),
        covered=shared[HEAD].nunique() / items,
        seconds=_START + _PER_CHARACTER * characters + _PER_EVENT * events + _PER_PAIR * items**2,
        memory=_BASE_MEMORY + _BYTES_PER_PAIR * items**2 + _BYTES_PER_EVENT * events,
    )
