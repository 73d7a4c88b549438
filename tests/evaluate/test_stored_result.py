from __future__ import annotations

from pathlib import Path

import numpy as np

from kgrec_core.evaluate.stored_result import TOP, StoredResult, load_result, measured_result, save_result
from kgrec_core.evaluate.tuning import Answers

SCORES = np.array([[0.1, 0.9, 0.5, 0.7], [0.4, 0.3, 0.2, 0.1]])


def judged() -> StoredResult:
    seen = np.array([[False, True, False, False], [False] * 4])
    relevant = np.array([[False, False, True, False], [False] * 4])
    return measured_result(
        "ours", "ridge 5", 1.5, SCORES, Answers(seen, relevant), cold=np.array([True, False, True, False])
    )


def test_lists_are_of_users_with_something_to_find_and_leave_out_what_was_seen() -> None:
    found = judged()
    assert found.metrics.users.tolist() == [0]
    assert found.top[0, :3].tolist() == [3, 2, 0]
    assert found.top.shape == (1, TOP) and set(found.top[0, 3:]) == {-1}


def test_the_cold_list_holds_cold_items_only() -> None:
    assert judged().cold_top[0, :3].tolist() == [2, 0, -1]


def test_an_outcome_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    found = judged()
    save_result(found, tmp_path / "deep" / "ours.npz")
    read = load_result(tmp_path / "deep" / "ours.npz")
    assert (read.model, read.setting, read.seconds) == ("ours", "ridge 5", 1.5)
    assert read.metrics.ndcg_10.tolist() == found.metrics.ndcg_10.tolist()
    assert read.top.tolist() == found.top.tolist() and read.cold_top.tolist() == found.cold_top.tolist()
    assert [file.name for file in (tmp_path / "deep").iterdir()] == ["ours.npz"]
