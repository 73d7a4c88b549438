"""Interactions as parallel arrays of indices, the form that models read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from kgrec_core.config import ModelConfig
from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import SO_SO, Domain, event_level
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import ITEM, TIMESTAMP, USER, VALUE

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Interactions:
    """Four arrays of one length; row i says that user users[i] met item items[i]."""

    users: IntArray
    items: IntArray
    values: FloatArray
    timestamps: IntArray  # seconds since 1970, UTC; 0 where unknown

    def __post_init__(self) -> None:
        lengths = {len(self.users), len(self.items), len(self.values), len(self.timestamps)}
        if len(lengths) != 1:
            raise DataError(f"Interaction arrays have lengths {sorted(lengths)}; give four arrays of one length.")

    @classmethod
    def from_catalog(cls, catalog: Catalog) -> Interactions:
        """Rows of the catalog as indices, in its order; a pair that repeats counts once, at its latest row.

        A missing value counts as the domain's positive value, a missing timestamp as 0.
        Raises UnknownIdError for an id that the vocabularies do not have.
        """
        table = _latest_of_each_pair(catalog.interactions)
        return cls(
            users=catalog.user_vocab.indices(table[USER].to_numpy()),
            items=catalog.item_vocab.indices(table[ITEM].to_numpy()),
            values=_column(table, VALUE, catalog.domain.positive_value).astype(np.float32),
            timestamps=_column(table, TIMESTAMP, 0).astype(np.int64),
        )

    def __len__(self) -> int:
        return len(self.users)

    def select(self, mask: npt.NDArray[Any]) -> Interactions:
        """The rows of a boolean mask (len,) or of an array of row numbers."""
        return Interactions(self.users[mask], self.items[mask], self.values[mask], self.timestamps[mask])

    def joined(self, other: Interactions) -> Interactions:
        """These rows, then those of `other`."""
        names = ("users", "items", "values", "timestamps")
        return Interactions(*(np.concatenate([getattr(self, name), getattr(other, name)]) for name in names))

    def of_user(self, user: int) -> Interactions:
        """The rows of one user, in stored order; empty for a user without any."""
        return self.select(self.rows_of_user(user))

    def rows_of_user(self, user: int) -> IntArray:
        """Row numbers of one user, ascending."""
        order, sorted_users = self._by_user
        start, end = np.searchsorted(sorted_users, [user, user + 1])
        return order[start:end]

    def matrix(self, n_users: int, n_items: int, weights: npt.NDArray[Any] | None = None) -> sparse.csr_matrix:
        """(n_users, n_items) float32 with `weights` (len,) in its cells, the values when None; repeats add up."""
        cells = self.values if weights is None else np.asarray(weights, dtype=np.float32)
        return sparse.csr_matrix((cells, (self.users, self.items)), shape=(n_users, n_items), dtype=np.float32)

    @cached_property
    def _by_user(self) -> tuple[IntArray, IntArray]:
        order = np.argsort(self.users, kind="stable")
        return order, self.users[order]


def _latest_of_each_pair(table: pd.DataFrame) -> pd.DataFrame:
    if not table.duplicated([USER, ITEM]).any():
        return table
    if TIMESTAMP in table:
        table = table.sort_values(TIMESTAMP, kind="stable", na_position="first")
    return table.drop_duplicates([USER, ITEM], keep="last").sort_index()


def _column(table: pd.DataFrame, name: str, default: float) -> npt.NDArray[Any]:
    if name not in table:
        return np.full(len(table), default)
    column = pd.to_numeric(table[name])
    return np.asarray(column.fillna(default) if column.hasnans else column)


def events(values: FloatArray, domain: Domain, config: ModelConfig) -> tuple[IntArray, FloatArray]:
    """Rating level and history weight of each value; both (len(values),)."""
    levels = _levels(values, domain)
    return levels, _graded(values, levels, domain, (config.disliked_weight, config.so_so_weight))


def targets(values: FloatArray, domain: Domain, config: ModelConfig) -> FloatArray:
    """(len(values),) how much the closed form shall predict each: 1 for liked, 0 for disliked."""
    return _graded(values, _levels(values, domain), domain, (0.0, config.so_so_target))


def _levels(values: FloatArray, domain: Domain) -> IntArray:
    distinct, where = np.unique(values, return_inverse=True)
    levels = np.array([event_level(float(value), domain) for value in distinct], dtype=np.int64)
    return levels[where]


def _graded(values: FloatArray, levels: IntArray, domain: Domain, low: tuple[float, float]) -> FloatArray:
    """1 for liked; `low` for disliked and so-so."""
    liked = values >= domain.positive_value
    return np.where(liked, 1.0, np.where(levels == SO_SO, low[1], low[0])).astype(np.float32)
