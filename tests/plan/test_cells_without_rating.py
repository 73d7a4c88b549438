"""Cells that stand for "no rating": found by the plan, and followed where somebody changes it there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kgrec_core.workspace import own_data

PEOPLE, FILMS = 12, 10


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[own_data.Given]:
    """Ratings from 1 to 10, of which every fifth cell is -1."""
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    rows = [
        f"u{person},f{film},{-1 if (person + film) % 5 == 0 else 1 + (3 * person + film) % 10}"
        for person in range(PEOPLE)
        for film in range(FILMS)
    ]
    (tmp_path / "ratings.csv").write_text("\n".join(["user,film,rating", *rows]) + "\n", encoding="utf-8")
    return [own_data.Given(tmp_path / "ratings.csv")]


def test_the_plan_names_the_cells_that_stand_for_no_rating(files: list[own_data.Given]) -> None:
    plan = own_data.preview_files(files).plan
    assert plan is not None
    assert plan.no_rating == ("-1",)
    assert own_data.check_files(files).report.interactions == PEOPLE * FILMS * 4 // 5


def test_a_cell_that_is_taken_out_of_the_plan_is_a_rating(files: list[own_data.Given]) -> None:
    plan = own_data.preview_files(files).plan
    assert plan is not None
    choice = own_data.Choice(plan=replace(plan, no_rating=()))
    assert own_data.check_files(files, choice).report.interactions == PEOPLE * FILMS
