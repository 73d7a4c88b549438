from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kgrec_core.errors import BundleError
from kgrec_core.workspace import compared_explainers
from pages.judge import explainer_comparison

CARD = {"data_hash": "d", "training": {"epochs": 1}}


def measured(name: str, label: str, ours: bool = False) -> dict[str, Any]:
    score = {"mean": 0.5, "ahead": 0.0, "low": 0.0, "high": 0.0}
    about = {"name": name, "label": label, "source": "", "ours": ours, "calls": 1.0, "seconds": 0.1}
    return about | {"metrics": {"DEL@3": score, "POS@10,3": score}}


def tables(better: list[str]) -> list[dict[str, Any]]:
    first = {"ours": "ours_shap", "is": "first", "better": [], "better by luck": []}
    last = {"ours": "ours_counterfactual", "is": "behind" if better else "tied", "better": better, "better by luck": []}
    rows = [
        measured("ours_shap", "ours: SHAP values", True),
        measured("lime", "LIME <b>"),
        measured("random", "chance"),
    ]
    verdict = {"DEL@3": first, "POS@10,3": last}
    return [{"model": "served", "budget": None, "questions": 9, "verdict": verdict, "rows": rows}]


@pytest.fixture(autouse=True)
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compared_explainers, "FOLDER", tmp_path / "explainers")
    monkeypatch.setattr(compared_explainers, "read_card", lambda name: CARD)


def test_what_was_kept_is_read_again() -> None:
    compared_explainers.keep("films", tables(["lime"]), "2026-12")
    found = compared_explainers.compared_explainers("films")
    assert found is not None
    assert (found.when, found.served.people, found.served.held) == ("2026-12", 9, 1)
    assert found.served.ahead_of_ours == ("LIME <b>",)


def test_tables_of_other_data_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    compared_explainers.keep("films", tables([]), "2026-12")
    monkeypatch.setattr(compared_explainers, "read_card", lambda name: CARD | {"data_hash": "other"})
    assert compared_explainers.compared_explainers("films") is None
    assert compared_explainers.compared_explainers("unmeasured") is None


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    path = compared_explainers.keep("films", tables([]), "2026-12")
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(BundleError, match="no table of explainers"):
        compared_explainers.compared_explainers("films")


@pytest.mark.parametrize(
    ("better", "said"),
    [([], "on all 2 measures"), (["lime"], "on **1 of 2 measures**; on the others somebody else is ahead: LIME")],
)
def test_the_sentence_says_where_others_are_ahead(better: list[str], said: str) -> None:
    compared_explainers.keep("films", tables(better), "2026-12")
    found = compared_explainers.compared_explainers("films")
    assert found is not None
    sentence = explainer_comparison.sentence(found.served)
    assert said in sentence and "3 ways" in sentence and "<b>" not in sentence
