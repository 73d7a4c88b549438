from __future__ import annotations

import numpy as np
import pytest

from kgrec_core.data.vocab import Vocab
from kgrec_core.errors import UnknownIdError


def test_ids_keep_first_seen_order_and_duplicates_merge() -> None:
    vocab = Vocab.of(["b", "a", "b"])
    assert list(vocab) == ["b", "a"]
    assert len(vocab) == 2


def test_every_id_survives_the_way_in_and_back() -> None:
    vocab = Vocab.of(["x", "y", "z"])
    assert [vocab.id(vocab.index(id_)) for id_ in vocab] == ["x", "y", "z"]


def test_many_ids_become_an_int64_array() -> None:
    indices = Vocab.of(["x", "y"]).indices(["y", "x", "y"])
    assert indices.dtype == np.int64
    assert indices.tolist() == [1, 0, 1]


def test_an_unknown_id_is_answered_with_the_closest_known_ones() -> None:
    vocab = Vocab.of(["alien", "aliens", "gandhi"], kind="item")
    with pytest.raises(UnknownIdError, match=r"'alian' is not among the 3 items.*'alien'"):
        vocab.index("alian")
    with pytest.raises(UnknownIdError, match="'alian'"):
        vocab.indices(["alien", "alian"])


@pytest.mark.parametrize("outside", [-1, 2])
def test_an_index_outside_is_refused(outside: int) -> None:
    with pytest.raises(UnknownIdError, match="use 0 to 1"):
        Vocab.of(["x", "y"]).id(outside)


def test_membership_is_of_ids() -> None:
    assert "x" in Vocab.of(["x"])
    assert "0" not in Vocab.of(["x"])
