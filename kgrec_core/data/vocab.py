"""A strict two-way vocabulary: string ids outside, integer indices inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import numpy as np
import numpy.typing as npt

from kgrec_core.errors import UnknownIdError

_NEAR = 0.6  # of 1, for equal ids: the least likeness of an id that may have been meant


@dataclass(frozen=True, slots=True)
class Vocab:
    """Ids in first-seen order; index i stands for `ids[i]`. Build it with `Vocab.of`."""

    ids: tuple[str, ...]
    kind: str = "id"  # the word used in error texts: "item", "user"
    _index: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, ids: Iterable[str], kind: str = "id") -> Vocab:
        """The vocabulary of `ids` in first-seen order, duplicates merged.

        >>> Vocab.of(["b", "a", "b"]).ids
        ('b', 'a')
        """
        unique = tuple(dict.fromkeys(ids))
        return cls(unique, kind, {id_: index for index, id_ in enumerate(unique)})

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._index

    def index(self, id_: str) -> int:
        """The index of an id; raises UnknownIdError naming the closest known ids."""
        try:
            return self._index[id_]
        except KeyError:
            raise self._unknown(id_) from None

    def id(self, index: int) -> str:
        """The id at an index; raises UnknownIdError outside 0 .. len-1 (negative indices included)."""
        if not 0 <= index < len(self.ids):
            raise UnknownIdError(
                f"Index {index} is outside the {len(self.ids)} {self.kind}s; use 0 to {len(self) - 1}."
            )
        return self.ids[index]

    def indices(self, ids: Sequence[str] | npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """Indices of many ids, (len(ids),) int64; raises UnknownIdError for the first unknown one."""
        try:
            return np.fromiter((self._index[id_] for id_ in ids), dtype=np.int64, count=len(ids))
        except KeyError as unknown:
            raise self._unknown(str(unknown.args[0])) from None

    def _unknown(self, id_: str) -> UnknownIdError:
        many = f"{len(self.ids)} {self.kind}{'s' * (len(self.ids) != 1)}"
        near = ", ".join(map(repr, get_close_matches(id_, self.ids, n=3, cutoff=_NEAR)))
        told = f"Closest: {near}." if near else f"No {self.kind} has an id like it; capital and small letters count."
        return UnknownIdError(f"{id_!r} is not among the {many}. {told}")
