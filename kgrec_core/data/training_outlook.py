"""What can be said of a data set before anything is trained on it: how thin it is, and what training will cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kgrec_core.config import Adaptation
from kgrec_core.data.catalog import Catalog
from kgrec_core.schema.columns import HEAD, ITEM, TAIL, USER
from kgrec_core.schema.explanation import Weighted

# How often something was met, in bands that grow with the numbers: a long tail fits one picture. First number of each.
_BANDS = {0: "never", 1: "once", 2: "2 to 4", 5: "5 to 9", 10: "10 to 19", 20: "20 to 49", 50: "50 to 99",
          100: "100 to 999", 1000: "1,000 or more"}  # fmt: skip
LEAST_PEOPLE, LEAST_ITEMS = 2, 10  # a language model of their own is trained on the texts of the items
_MANY_PEOPLE, _MANY_EVENTS = 20, 200  # from which on what is learnt is more than luck
_HEAD_SHARE = 0.1  # of the items: the popular ones
# Fitted to processor seconds of four runs on one core: news (2,000 items, 5,446 clicks), a shop (3,867; 5,207), people
# (1,892; 25,434) and music (6,953; 82,155). A compact XLNet is trained on the texts and both encoders read them, up
# to so many characters of each; the network runs over histories of users and scores all items for each of them, round
# by round; the closed form compares all pairs of items.
_START, _PER_TEXT, _READ, _PER_PAIR = 10.0, 1.7e-4, 400, 2e-6  # seconds; _READ in characters
_PER_ADAPTED, _ADAPTED = 0.05, 3000  # seconds for each pair of events that BERT learns from, and their number, at most
_PER_LEARNT, _LEARNT = 0.07, 3000  # seconds for each item from whose people it learns, and their number, at most
_PER_USER, _PER_EVENT = 1.5e-6, 7e-8  # seconds a round, for each item and each user, each item and each event
_BASE_MEMORY, _BYTES_PER_PAIR, _BYTES_PER_EVENT = 1.3e9, 80.0, 400.0


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
    seconds_once: float  # roughly: to read the texts, solve the closed form and measure
    seconds_a_round: float  # roughly: of training
    memory: float  # bytes, roughly, at most
    tail: tuple[Weighted, ...]  # items by how many interactions they have, in bands
    histories: tuple[Weighted, ...]  # users by how many interactions they have, in bands

    @property
    def too_few(self) -> str:
        """Why nothing can be learnt from so little, and what it takes; "" where it can."""
        if self.users >= LEAST_PEOPLE and self.items >= LEAST_ITEMS:
            return ""
        return (
            f"Too few to learn from: {_many(self.users, 'person', 'people')}, {_many(self.items, 'item', 'items')}. "
            f"It takes at least {LEAST_PEOPLE} people and {LEAST_ITEMS} items. Give more rows of who met what."
        )

    @property
    def unsure(self) -> str:
        """What so little data mean for a model of them; "" where there is enough, or too little for any."""
        if self.too_few or (self.users >= _MANY_PEOPLE and self.interactions >= _MANY_EVENTS):
            return ""
        events = _many(self.interactions, "interaction", "interactions")
        return (
            f"With {_many(self.users, 'person', 'people')} and {events} a model can be trained, but luck decides much "
            f"of its lists; from {_MANY_PEOPLE} people and {_MANY_EVENTS} interactions on it is worth measuring."
        )

    def seconds_to_adapt(self, by: Adaptation) -> float:
        """Roughly, that BERT takes to learn from what people did."""
        if by == "interactions":
            return _PER_LEARNT * min(self.items, _LEARNT)
        return _PER_ADAPTED * min(2 * self.interactions, _ADAPTED)

    def seconds(self, rounds: int = 8, adapt: Adaptation | None = None) -> float:
        """Of a whole training with so many rounds, roughly, on a machine that does nothing else."""
        return self.seconds_once + rounds * self.seconds_a_round + (self.seconds_to_adapt(adapt) if adapt else 0.0)


def outlook(catalog: Catalog) -> Outlook:
    """The figures of a catalog; seconds and memory are estimates."""
    users, items, events = len(catalog.user_vocab), len(catalog.item_vocab), len(catalog.interactions)
    counts = catalog.interactions[ITEM].value_counts().reindex(catalog.items[ITEM], fill_value=0)
    per_user = catalog.interactions[USER].value_counts()
    popular = counts.sort_values(ascending=False).head(max(1, round(_HEAD_SHARE * items)))
    read = catalog.items.drop(columns=ITEM).astype(str).map(len).sum(axis=1).clip(upper=_READ).sum()
    triples = catalog.triples
    shared = triples[triples.groupby(TAIL)[HEAD].transform("nunique") >= 2] if len(triples) else triples
    return Outlook(
        users=users,
        items=items,
        interactions=events,
        filled=events / (users * items),
        per_user=float(per_user.median()),
        popular=float(popular.sum() / events),
        rare=int((counts < 5).sum()),
        facts=len(triples),
        covered=shared[HEAD].nunique() / items,
        seconds_once=_START + _PER_TEXT * float(read) + _PER_PAIR * items**2,
        seconds_a_round=items * (_PER_USER * users + _PER_EVENT * events),
        memory=_BASE_MEMORY + _BYTES_PER_PAIR * items**2 + _BYTES_PER_EVENT * events,
        tail=_banded(counts),
        histories=_banded(per_user),
    )


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _banded(counts: pd.Series) -> tuple[Weighted, ...]:
    """How many of the counts lie in each band, from the first band that has any to the last."""
    found, _ = np.histogram(counts, [*_BANDS, np.inf])
    some = np.flatnonzero(found)
    bands = [Weighted(label, float(many)) for label, many in zip(_BANDS.values(), found, strict=True)]
    return tuple(bands[some[0] : some[-1] + 1]) if len(some) else ()
