from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from kgrec_core import service
from kgrec_core.explain.why.waterfall import WaterfallStep
from kgrec_core.schema.explanation import Weighted
from kgrec_core.schema.trust import CurvePoint
from pages.ui import charts


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(st, "vega_lite_chart", lambda spec, **_: found.append(spec))
    return found


def said(spec: dict[str, Any]) -> list[str]:
    return [row["said"] for layer in (spec, *spec["layer"]) for row in layer.get("data", {}).get("values", ())]


def test_small_numbers_are_told_to_three_digits_and_not_as_nothing(drawn: list[dict[str, Any]]) -> None:
    charts.bars([Weighted("a", 0.07), Weighted("b", 0.004)], "rise", "key", "alt")
    assert said(drawn[0])[:2] == ["0.070", "0.004"]


def test_larger_numbers_are_told_to_two_digits(drawn: list[dict[str, Any]]) -> None:
    charts.bars([Weighted("a", 0.83), Weighted("b", 0.004)], "rise", "key", "alt")
    assert said(drawn[0])[:2] == ["0.83", "0.00"]


def test_a_start_of_nothing_has_no_sign(drawn: list[dict[str, Any]]) -> None:
    steps = (WaterfallStep("start", "base", 0.0, -0.0001, -0.0001),)
    charts.waterfall(service.Waterfall(steps, -0.0001, 0.0, -0.0001, True), "key")
    assert said(drawn[0])[0] == "0.00"


def test_rows_stay_in_the_layers_for_streamlit_sends_those_of_a_whole_drawing_later(
    drawn: list[dict[str, Any]],
) -> None:
    charts.bars([Weighted("Alien", 0.5)], "share", "one", "bars")
    charts.deletion([CurvePoint(0, 1.0, 1.0), CurvePoint(1, 0.5, 0.9)], "films", "other", "curve")
    for spec in drawn:
        assert "data" not in spec and "mark" not in spec
        assert all(layer["data"]["values"] for layer in spec["layer"])
