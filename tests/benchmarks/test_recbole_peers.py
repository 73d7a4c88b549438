from __future__ import annotations

import sys
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from benchmarks import peers, recbole_train
from kgrec_core.data.vocab import Vocab


@pytest.fixture
def scatter(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.setitem(sys.modules, "torch_scatter", None)
    recbole_train._stand_in_for_torch_scatter()
    return sys.modules["torch_scatter"]  # type: ignore[return-value]


def test_the_stand_in_takes_means_over_groups(scatter: SimpleNamespace) -> None:
    values, group = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), torch.tensor([0, 0, 2])
    assert scatter.scatter_mean(values, group, dim=0, dim_size=4).tolist() == [[2, 3], [0, 0], [5, 6], [0, 0]]


def test_the_stand_in_takes_a_softmax_within_groups(scatter: SimpleNamespace) -> None:
    values, group = torch.tensor([1.0, 1.0, 7.0]), torch.tensor([0, 0, 1])
    assert scatter.scatter_softmax(values, group).tolist() == pytest.approx([1 / 2, 1 / 2, 1])


def test_scores_come_back_in_our_order_and_what_was_never_seen_comes_last() -> None:
    catalog = SimpleNamespace(user_vocab=Vocab.of(["u", "v"], "user"), item_vocab=Vocab.of(["a", "b", "c"], "item"))
    bundle = SimpleNamespace(catalog=catalog)
    found = peers._aligned(bundle, np.array(["v"]), np.array(["c", "a"]), np.array([[0.5, -2.0]], dtype=np.float32))  # type: ignore[arg-type]
    assert found[1].tolist() == [-2.0, -3.0, 0.5]
    assert set(found[0]) == {-3.0}
