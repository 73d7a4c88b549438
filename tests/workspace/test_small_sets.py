"""Small and odd data are trained on and asked like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core import Visitor, service
from kgrec_core.__main__ import main
from kgrec_core.workspace import measured_quality, own_data
from kgrec_core.workspace.own_data import Given

FEW = {
    "two people": [f"u{user},i{item}" for user in range(2) for item in range(12) if (item + user) % 3],
    "one each": [f"u{number},i{number}" for number in range(20)],
    "all alike": [f"u{user},i{item},5" for user in range(6) for item in range(12) if (user + item) % 2],
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", FEW)
def test_few_data_are_no_dead_end(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    path = tmp_path / "met.csv"
    header = ["user_id", "item_id", "rating"][: 1 + FEW[kind][0].count(",")]
    path.write_text("\n".join([",".join(header), *FEW[kind]]) + "\n", encoding="utf-8")
    meanings = dict(zip(header, ("user_id", "item_id", "value"), strict=False))
    own_data.import_files("few", [Given(path, "interactions")], own_data.Choice(mapping=meanings))
    assert main(["prepare", "few", "--rounds", "1"]) == 0
    opened = service.open("few")
    user = opened.users()[0].user_id
    listed = opened.recommend(user).items
    assert listed and all(row.reason for row in listed)
    assert opened.explain(user, listed[0].item.item_id).text
    assert opened.recommend(Visitor()).items
    assert bool(measured_quality.first_measure("few")) == (kind != "one each")  # nothing is left to be asked for
