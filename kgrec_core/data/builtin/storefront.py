"""`storefront`: a made-up shop in which the reason of every purchase is known.

Each shopper has two preferences of different kinds: a brand, a feature, a system (the device they own and what works
with it), a price range. A purchase has one recorded reason. A product that would fit the shopper's other preference as
well is not bought, so the reason is never ambiguous; and the first product of a preference counts as bought for its
popularity, since nothing before it speaks for the preference. With noise, that share of purchases is of products drawn
at random. Reasons are kept beside the catalog and read by nothing but the measurement of explanations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kgrec_core.data.attribute_triples import triples_from_attributes
from kgrec_core.data.builtin.storefront_items import DEVICE, products
from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import E_COMMERCE
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import ITEM, RELATION, TAIL, TIMESTAMP, USER

SOURCES = ("Made up by kgrec from a seed: no person, brand or product is real. Free of any licence (CC0).",)
RELATIONS = {
    "brand": ("brand", "brand"),
    "works_with": ("works_with", "system"),
    "feature": ("feature", "feature"),
    "category": ("category", "category"),
    "price_band": ("price_band", "price_band"),
}
KINDS = ("brand", "feature", "works_with", "price_band")
SHARES = (0.3, 0.25, 0.25, 0.2)  # of shoppers whose first preference is of this kind
REASONS = {
    "brand": "brand loyalty",
    "feature": "feature need",
    "works_with": "complement of an owned product",
    "price_band": "price range",
}
POPULARITY, RANDOM = "popularity", "random"
MAIN, SECOND = 0.55, 0.35  # of the purchases of a shopper; the rest is bought for its popularity
_START = 1_700_000_000  # of the first purchase, seconds since 1970

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ShopConfig:
    users: int = 2000
    items: int = 1200
    purchases: float = 18.0  # a shopper tries to make, on average; some are given up, see the module
    noise: float = 0.1  # share of purchases at random
    seed: int = 0

    def __post_init__(self) -> None:
        if self.users < 1 or self.items < 60:
            raise ConfigError(
                f"A shop of {self.users} users and {self.items} items is too small; give 1 and 60 or more."
            )
        if not 0 <= self.noise <= 1:
            raise ConfigError(f"noise is {self.noise}; it is a share of purchases, from 0 to 1.")


@dataclass(frozen=True, eq=False)
class Shop:
    """The catalog that models read, and why each thing was bought, which they do not.

    causes: one row a purchase, parallel to catalog.interactions: user_id, item_id, reason, and, for a purchase with a
    preference behind it, relation, tail (entity id) and `began_with`, the earlier item with which it began ('' else).
    """

    catalog: Catalog
    causes: pd.DataFrame


def build_storefront(report: Callable[[str], None]) -> Catalog:
    """The demo: 2,000 shoppers, a tenth of the purchases at random."""
    shop = generate(ShopConfig())
    table = shop.catalog.interactions
    report(f"Shop: {len(table):,} purchases of {table[USER].nunique():,} shoppers.")
    return shop.catalog


def generate(config: ShopConfig, name: str = "storefront") -> Shop:
    """A shop of any size; the same settings give the same shop, to the last row."""
    rng = np.random.default_rng(config.seed)
    items = products(config.items, rng)
    triples = triples_from_attributes(items, RELATIONS)
    bought = _purchases(config, _Shelves(items, triples, rng), rng)
    causes = _told(bought, items, triples)
    interactions = causes[[USER, ITEM]].assign(**{TIMESTAMP: bought["time"].to_numpy()})
    catalog = Catalog(
        name=name,
        title="Shop (made up)",
        domain=E_COMMERCE.without_values(),
        interactions=interactions,
        items=items.drop(columns=DEVICE),
        triples=triples,
        sources=SOURCES,
    )
    return Shop(catalog, causes)


class _Shelves:
    """Products by entity, each drawn in proportion to its popularity.

    A pool is a row of an entity; pool 0 holds everything, and devices of a system have a pool of their own.
    """

    def __init__(self, items: pd.DataFrame, triples: pd.DataFrame, rng: np.random.Generator) -> None:
        rank = rng.permutation(len(items)) + 1
        self.popular = 1 / rank**0.6  # Zipf, flattened: a shop sells more than its ten best
        place = pd.Series(np.arange(len(items)), index=items[ITEM])
        own = triples[triples[RELATION].isin(KINDS)].assign(item=lambda table: place[table["head"]].to_numpy())
        self.entities = own.drop_duplicates(TAIL)[[RELATION, TAIL]].reset_index(drop=True)
        code = pd.Series(np.arange(len(self.entities)), index=self.entities[TAIL])[own[TAIL]].to_numpy()
        pairs = own["item"].to_numpy()
        device = items[DEVICE].to_numpy()[pairs]
        self.has = np.unique(code * len(items) + pairs)  # every (entity, item) as one number
        self._all = _Pools(np.zeros(len(items), np.int64), np.arange(len(items)), self.popular, 1)
        first = np.where(own[RELATION] == "works_with", device, True)
        later = np.where(own[RELATION] == "works_with", ~device, True)
        count = len(self.entities)
        self._first = _Pools(code[first], pairs[first], self.popular, count)
        self._later = _Pools(code[later], pairs[later], self.popular, count)

    def of_kind(self, kind: str) -> Ints:
        """Entities from which a shopper can go on choosing: three products at least."""
        enough = (self._later.sizes >= 3) & (self._first.sizes >= 1)
        return np.flatnonzero((self.entities[RELATION] == kind).to_numpy() & enough)

    def draw(self, entities: Ints, first: npt.NDArray[np.bool_], rng: np.random.Generator) -> Ints:
        """(n,) an item for each entity; -1 for any item at all. first: whether it is to begin the preference."""
        luck = rng.random(len(entities))
        anywhere = entities < 0
        items = self._all.draw(np.zeros(len(entities), np.int64), luck)
        for pools, rows in ((self._first, first & ~anywhere), (self._later, ~first & ~anywhere)):
            items[rows] = pools.draw(entities[rows], luck[rows])
        return items


class _Pools:
    """Weighted draws from many pools at once: pool p fills the stretch from p to p + 1 of one line."""

    def __init__(self, pool: Ints, item: Ints, weight: npt.NDArray[np.float64], pools: int) -> None:
        order = np.lexsort((item, pool))
        pool, self._item = pool[order], item[order]
        self.sizes = np.bincount(pool, minlength=pools)
        total = np.bincount(pool, weight[self._item], pools)
        before = np.concatenate([[0.0], np.cumsum(total)])[pool]
        share = (np.cumsum(weight[self._item]) - before) / np.where(total > 0, total, 1.0)[pool]
        self._line = pool + np.minimum(share, 1.0)
        self._last = np.cumsum(self.sizes) - 1

    def draw(self, pool: Ints, luck: npt.NDArray[np.float64]) -> Ints:
        place = np.minimum(np.searchsorted(self._line, pool + luck, side="right"), self._last[pool])
        return self._item[place]


def _purchases(config: ShopConfig, shelves: _Shelves, rng: np.random.Generator) -> pd.DataFrame:
    """Rows user, time, item, entity (-1: none), began (item; -1: none), random; by user and time."""
    wanted = _preferences(config, shelves, rng)  # (users, 2)
    count = np.maximum(6, rng.poisson(config.purchases, config.users))
    user = np.repeat(np.arange(config.users), count)
    luck = rng.random(len(user))
    which = np.where(luck < MAIN, 0, np.where(luck < MAIN + SECOND, 1, -1))
    random = rng.random(len(user)) < config.noise
    entity = np.where(random | (which < 0), -1, wanted[user, which])
    table = pd.DataFrame({"user": user, "entity": entity, "random": random})
    first = (entity >= 0) & (table.groupby(["user", "entity"]).cumcount().to_numpy() == 0)
    items = shelves.draw(entity, first, rng)
    items[random] = rng.integers(config.items, size=int(random.sum()))
    table = table.assign(item=items, first=first, time=_times(count, rng))
    table = table[~_ambiguous(table, wanted, shelves)]
    table = table.drop_duplicates(["user", "item"]).reset_index(drop=True)
    began = table[table["entity"] >= 0].drop_duplicates(["user", "entity"])
    table["first"] = np.isin(table.index, began.index)
    began = began[["user", "entity", "item"]].rename(columns={"item": "began"})
    return table.merge(began, how="left", on=["user", "entity"]).fillna({"began": -1}).astype({"began": int})


def _preferences(config: ShopConfig, shelves: _Shelves, rng: np.random.Generator) -> Ints:
    """(users, 2) entities of two kinds."""
    order = np.argsort(rng.exponential(size=(config.users, len(KINDS))) / np.array(SHARES), axis=1)[:, :2]
    wanted = np.zeros((config.users, 2), np.int64)
    for place, kind in enumerate(KINDS):
        pools, here = shelves.of_kind(kind), order == place
        wanted[here] = pools[rng.integers(len(pools), size=int(here.sum()))]
    return wanted


def _times(count: Ints, rng: np.random.Generator) -> Ints:
    """A start within a year for each shopper, then days between purchases."""
    total = int(count.sum())
    gaps = rng.integers(3_600, 14 * 86_400, size=total)
    ends = np.cumsum(gaps)
    begun = np.repeat(np.cumsum(count) - count, count)
    starts = np.repeat(rng.integers(0, 365 * 86_400, size=len(count)), count)
    return _START + starts + ends - ends[begun]


def _ambiguous(table: pd.DataFrame, wanted: Ints, shelves: _Shelves) -> npt.NDArray[np.bool_]:
    """Purchases, not at random, of what fits a preference of the shopper that was not their reason."""
    user, item, entity = (table[name].to_numpy() for name in ("user", "item", "entity"))
    size = len(shelves.popular)
    unmeant: npt.NDArray[np.bool_] = np.zeros(len(table), dtype=bool)
    for place in (0, 1):
        other = wanted[user, place]
        unmeant |= np.isin(other * size + item, shelves.has) & (other != entity)
    unmeant[table["random"].to_numpy(dtype=bool)] = False
    return unmeant


def _told(bought: pd.DataFrame, items: pd.DataFrame, triples: pd.DataFrame) -> pd.DataFrame:
    """The table of causes, in ids."""
    own = triples[triples[RELATION].isin(KINDS)].drop_duplicates(TAIL).reset_index(drop=True)
    ids = items[ITEM].to_numpy()
    entity, began = bought["entity"].to_numpy(), bought["began"].to_numpy()
    caused = (entity >= 0) & ~bought["first"].to_numpy()
    relation = np.where(caused, own[RELATION].to_numpy()[entity], "")
    reason = pd.Series(relation).map(REASONS).fillna(POPULARITY).to_numpy()
    return pd.DataFrame(
        {
            USER: [f"s{number}" for number in bought["user"]],
            ITEM: ids[bought["item"].to_numpy()],
            "reason": np.where(bought["random"], RANDOM, reason),
            "relation": relation,
            "tail": np.where(caused, own[TAIL].to_numpy()[entity], ""),
            "began_with": np.where(caused, ids[began], ""),
        }
    )
