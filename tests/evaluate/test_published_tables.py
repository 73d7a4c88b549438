"""Tables that come with the project are shown for the very data that they are about, and say when the model changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kgrec_core.errors import ConfigError
from kgrec_core.evaluate import published_tables
from kgrec_core.evaluate.published_tables import Published, confirm, load_published, publish
from kgrec_core.evaluate.quality_table import Estimate, QualityTable, VisitorRow, Visitors
from kgrec_core.evaluate.quality_table_file import table_of

CARD = {"dataset": "films", "data_hash": "abc", "training": {"epochs": 8}}
TABLE = QualityTable(
    dataset="films",
    protocol="random 8:1:1",
    rows=(),
    ratios=(("ours/ease", 1.25),),
    paired=(),
    slices=(),
    new_visitor=Visitors(5, 12, (VisitorRow("ours", "ours", "Ours", "", *[Estimate(0.3, 0.2, 0.4)] * 2, 1.0),)),
    missing=("als",),
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published_tables, "FOLDER", tmp_path / "published")


def test_a_published_table_comes_back_as_it_was() -> None:
    publish(TABLE, CARD, "random", "May 2026")
    found = load_published(CARD, "random")
    assert found is not None
    assert (found.table, found.when, found.of_this_code) == (TABLE, "May 2026", True)


@pytest.mark.parametrize(
    "other",
    [{"data_hash": "abd"}, {"training": {"epochs": 2}}, {"dataset": "books"}, {"bert_adaptation": {"epochs": 1}}],
)
def test_of_other_data_or_settings_there_is_none(other: dict[str, object]) -> None:
    publish(TABLE, CARD, "random", "May 2026")
    assert load_published({**CARD, **other}, "random") is None
    assert load_published(CARD, "temporal") is None


def test_a_table_of_a_model_that_was_changed_since_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    path = publish(TABLE, CARD, "random", "May 2026")
    path.write_text(json.dumps({**json.loads(path.read_text()), "code": "of before"}))
    found = load_published(CARD, "random")
    assert found is not None and not found.of_this_code


def measured_anew(quality: float) -> QualityTable:
    visitors = Visitors(5, 12, (VisitorRow("ours", "ours", "Ours", "", *[Estimate(quality, 0.2, 0.4)] * 2, 1.0),))
    return replace(TABLE, new_visitor=visitors)


def test_code_that_was_moved_and_gives_the_same_numbers_is_that_of_the_table() -> None:
    path = publish(TABLE, CARD, "random", "May 2026")
    path.write_text(json.dumps({**json.loads(path.read_text()), "code": "of before"}))
    confirm(measured_anew(0.3), "random")
    assert load_published(CARD, "random") == Published(TABLE, "May 2026", True)


def test_code_that_gives_other_numbers_is_not_that_of_the_table() -> None:
    path = publish(TABLE, CARD, "random", "May 2026")
    before = path.read_text()
    with pytest.raises(ConfigError, match=r"ours, new visitors has NDCG@10 0\.31, published was 0\.3"):
        confirm(measured_anew(0.31), "random")
    assert path.read_text() == before


ROOT = Path(__file__).parents[2]
NEXT = "\n### What comes next\n"  # the heading of docs/measured.md that begins the second protocol
# Rows of docs/measured.md by the models whose figures they give, in the table of each protocol.
TOLD = {
    "random": {
        "**ours**": "ours",
        "EASE, low ratings as weaker input": "ease-low",
        "ALS (`implicit`)": "als",
        "EASE": "ease",
        "item neighbours": "itemknn",
        "LightGCN (`torch_geometric`)": "lightgcn",
        "BPR (LightGCN without a layer)": "bpr",
        "popularity": "popularity",
        "without the graph": "ours-no-graph",
        "with a shuffled graph": "ours-shuffled-graph",
        "without text": "ours-no-text",
        "without what was met around the same time": "ours-no-sequence",
    },
    "next": {
        "**ours**": "ours",
        "SLIST, reads order": "slist",
        "Markov chain, reads order": "markov",
        "EASE, recent likes first, reads order": "recent-ease",
        "EASE": "ease",
        "EASE, low ratings as weaker input": "ease-low",
        "item neighbours": "itemknn",
        "SASRec, reads order (1 training)": "sasrec",
        "popularity": "popularity",
    },
}
VISITORS = "\n### New visitors\n"  # that begins the table of visitors, which comes with the random one
TOLD_OF_VISITORS = {
    "ridge on graded ratings (our closed form alone)": "graded-ridge",
    "**ours**": "ours",
    "EASE": "ease",
    "item neighbours": "itemknn",
    "popularity": "popularity",
}


@pytest.mark.parametrize("scheme", TOLD)
def test_the_documents_tell_the_numbers_that_come_with_the_project(scheme: str) -> None:
    quality = {row["model"]: row["ndcg_10"]["mean"] for row in stored(scheme)["rows"]}
    before, _, after = (ROOT / "docs" / "measured.md").read_text(encoding="utf-8").partition(NEXT)
    said = told_in(before if scheme == "random" else after)
    for name, model in TOLD[scheme].items():
        assert said[name] == f"{quality[model]:.4f}", name


def test_the_documents_tell_the_numbers_of_new_visitors() -> None:
    quality = {row["model"]: row["ndcg_10"]["mean"] for row in stored("random")["new_visitor"]["rows"]}
    said = told_in((ROOT / "docs" / "measured.md").read_text(encoding="utf-8").partition(VISITORS)[2])
    for name, model in TOLD_OF_VISITORS.items():
        assert said[name] == f"{quality[model]:.4f}", name


@pytest.mark.parametrize("scheme", ["random", "next", "temporal"])
def test_a_table_that_comes_with_the_project_can_be_read_and_is_of_this_model(scheme: str) -> None:
    path = ROOT / "kgrec_core" / "evaluate" / "published" / f"movies-{scheme}.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert table_of(whole["table"]).rows[0].model == "ours"
    assert whole["code"] == published_tables._code()


def test_the_readme_sums_up_with_the_same_numbers() -> None:
    said = told_in((ROOT / "README.md").read_text(encoding="utf-8"))
    ours = {scheme: stored(scheme)["rows"][0]["ndcg_10"]["mean"] for scheme in ("random", "next")}
    assert said["ratings hidden at random, NDCG@10"] == f"{ours['random']:.4f}"
    assert said["what comes next, beside methods that read order"] == f"{ours['next']:.4f}"
    visitors = stored("random")["new_visitor"]["rows"][0]["ndcg_10"]["mean"]
    assert said["new visitors with five likes, every method tuned for them"] == f"{visitors:.4f}"


def stored(scheme: str) -> dict[str, Any]:
    path = ROOT / "kgrec_core" / "evaluate" / "published" / f"movies-{scheme}.json"
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["table"]
    return table


def told_in(text: str) -> dict[str, str]:
    """The first number of each row of the tables in a text, by the name that it begins with; the first of a name."""
    said: dict[str, str] = {}
    for row in (line.split(" | ") for line in text.splitlines()):
        if len(row) >= 3 and row[1].startswith("0."):
            said.setdefault(row[0].removeprefix("| "), row[1])
    return said
