from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kgrec_core.__main__ import main
from kgrec_core.model.bundle import load_bundle
from kgrec_core.pictures.model_card_page import card_as_markdown, card_as_page
from kgrec_core.schema.model_card import CardSection, CardTable, ModelCard
from kgrec_core.workspace.model_cards import model_card


@pytest.fixture(autouse=True)
def _home(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))


def section(card: ModelCard, title: str) -> CardSection:
    return next(each for each in card.sections if each.title == title)


def test_the_card_tells_what_the_data_hold_and_by_how_much_each_part_of_the_model_weighs() -> None:
    card, bundle = model_card("tiny"), load_bundle("tiny")
    data = section(card, "The data").table
    assert data is not None and ("films", str(bundle.inputs.graph.items)) in data.rows
    parts = section(card, "What orders a list, and how much each part weighs").table
    assert parts is not None
    told = {name: (much, new) for name, much, new in parts.rows}
    fusion = bundle.recommender.fusion
    wanted = (f"{float(fusion.log_weight[0].exp()):.2f}", f"{float(fusion.log_first[0].exp()):.2f}")
    assert told["what others liked together"] == wanted
    assert len(parts.rows) == len(fusion.log_weight) + 1  # popularity


def test_parts_come_in_the_order_of_their_weight() -> None:
    parts = section(model_card("tiny"), "What orders a list, and how much each part weighs").table
    assert parts is not None
    weights = [float(much) for _, much, _ in parts.rows[:-1]]
    assert weights == sorted(weights, reverse=True)


HOSTILE = ModelCard("x", "<b>a|b</b>", (CardSection("*s*", ("[x](y)\n# z",), CardTable(("h",), (("<script>|",),))),))


def test_markdown_of_hostile_words_is_their_letters() -> None:
    told = card_as_markdown(HOSTILE)
    assert "# \\<b\\>a\\|b" in told and "\\[x\\](y) \\# z" in told
    assert "| \\<script\\>\\| |" in told


def test_a_page_of_hostile_words_holds_no_markup_of_theirs() -> None:
    page = card_as_page(HOSTILE)
    assert "<script>" not in page and "&lt;script&gt;|" in page and "default-src 'none'" in page


def test_the_command_prints_the_card_and_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card", "tiny"]) == 0
    assert capsys.readouterr().out == card_as_markdown(model_card("tiny")) + "\n"
    out = tmp_path / "card.html"
    assert main(["card", "tiny", "--json", "--out", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["dataset"] == "tiny"
    assert out.read_text(encoding="utf-8") == card_as_page(model_card("tiny"))
    assert main(["card", "tiny", "--out", str(tmp_path / "no" / "card.md")]) != 0
    assert "cannot be written" in capsys.readouterr().err


def test_a_card_without_figures_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = load_bundle("tiny")
    bare = replace(bundle, card={**bundle.card, "metrics": []})
    monkeypatch.setattr("kgrec_core.workspace.model_cards.load_bundle", lambda name: bare)
    assert "Not measured" in section(model_card("tiny"), "How well it ranks").paragraphs[0]
