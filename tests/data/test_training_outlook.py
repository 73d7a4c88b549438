"""What is said of few data before anything is trained on them: in words of the screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kgrec_core.__main__ import main
from kgrec_core.data.training_outlook import outlook
from kgrec_core.workspace import import_report_text, own_data
from kgrec_core.workspace.own_data import Choice, Given
from tests.worlds import tiny_catalog


def table(folder: Path, *rows: str, header: str = "user_id,item_id") -> Path:
    path = folder / "met.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def five_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    return table(tmp_path, *(f"u{user},i{item}" for user in range(20) for item in range(5) if (user + item) % 3))


def test_too_few_items_are_told_with_what_it_takes() -> None:
    whole = tiny_catalog()
    few = whole.items.head(9)
    known = replace(
        whole, items=few, interactions=whole.interactions[whole.interactions["item_id"].isin(few["item_id"])]
    )
    assert outlook(whole).too_few == ""
    assert outlook(known).too_few.startswith(
        "Too few to learn from: 16 people, 9 items. It takes at least 2 people and"
    )


def test_few_people_are_enough_and_told_to_be_few() -> None:
    found = outlook(tiny_catalog())
    assert found.too_few == "" and found.unsure.startswith("With 16 people and 160 interactions a model can be trained")
    assert replace(found, users=20, interactions=200).unsure == ""


def test_few_items_are_said_when_files_are_checked_without_names_of_options(five_items: Path) -> None:
    found = own_data.check_files([Given(five_items, "interactions")])
    assert found.outlook is not None and "20 people, 5 items" in found.outlook.too_few
    (told,) = [each for each in found.report.findings if "language model" in each.what]
    assert not any(word in told.what + told.mend for word in ("KGREC", "--"))
    assert "KGREC_XLNET" in import_report_text.report_text(found.report)  # at a terminal there is a way


def test_prepare_says_it_before_anything_is_trained(five_items: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_data.import_files("few", [Given(five_items, "interactions")])
    assert main(["prepare", "few"]) == 1
    assert "Too few to learn from: 20 people, 5 items" in capsys.readouterr().err


def test_people_with_one_interaction_each_can_be_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    path = table(tmp_path, *(f"u{number},i{number % 15}" for number in range(30)))
    report = own_data.validate_files([Given(path, "interactions")], Choice(mapping={"item_id": "item_id"}))
    assert report.ok
    assert any("nobody has two interactions" in each.what for each in report.findings)


def test_the_limit_of_liking_is_said_in_words_and_as_an_option_at_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    rows = [f"u{u},i{i},0" for u in range(20) for i in range(12) if (u + i) % 2]
    report = own_data.validate_files([Given(table(tmp_path, *rows, header="user_id,item_id,rating"), "interactions")])
    (told,) = [each for each in report.findings if each.severity == "error"]
    assert "Choose from which value on a thing is liked" in told.mend and "--" not in told.mend
    assert "At a terminal: --positive V." in import_report_text.report_text(report)
