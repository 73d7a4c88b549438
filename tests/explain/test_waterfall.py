from __future__ import annotations

import pytest

from kgrec_core.explain.why.waterfall import waterfall
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.explanation import Attribution, Explanation

ITEM = ItemCard("t", "Target", 1999, ())


def explanation(base: float, values: list[float], score: float) -> Explanation:
    parts = tuple(Attribution(f"history:{n}", "history", f"film {n}", value) for n, value in enumerate(values))
    return Explanation("tiny", "1", ITEM, score, 1, 1.0, base, (), parts, ())


def test_each_step_starts_where_the_last_one_ended() -> None:
    steps = waterfall(explanation(0.1, [0.4, -0.2], 0.3)).steps
    assert [step.start for step in steps[1:-1]] == [step.end for step in steps[:-2]]
    assert steps[-2].end == pytest.approx(0.1 + 0.4 - 0.2)


def test_base_plus_parts_is_checked_against_the_score() -> None:
    assert waterfall(explanation(0.1, [0.4, -0.2], 0.1 + 0.4 - 0.2)).adds_up
    assert not waterfall(explanation(0.1, [0.4, -0.2], 0.31)).adds_up


def test_small_reasons_are_summed_into_one_step() -> None:
    steps = waterfall(explanation(0.0, [0.5, 0.4, 0.2, 0.1], 1.2), top=2).steps
    assert [step.kind for step in steps] == ["base", "history", "history", "rest", "score"]
    assert steps[3].value == pytest.approx(0.2 + 0.1)


def test_one_left_over_reason_is_shown_by_its_name() -> None:
    steps = waterfall(explanation(0.0, [0.5, 0.4, 0.2], 1.1), top=2).steps
    assert [step.label for step in steps[1:-1]] == ["film 0", "film 1", "film 2"]
