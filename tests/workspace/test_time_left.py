"""The time left is told from the pace of late, and corrected while the work goes on."""

from __future__ import annotations

import pytest

from kgrec_core.workspace.time_left import RemainingTime


def test_even_work_is_told_by_the_rule_of_three() -> None:
    pace = RemainingTime(100.0)
    for second in range(1, 11):
        pace.update(second / 40, 100.0 + second)
    assert pace.left(110.0) == pytest.approx(30.0)  # 10 of 40 seconds are over


def test_nothing_is_said_before_something_was_seen() -> None:
    pace = RemainingTime(0.0)
    assert pace.left(5.0) is None
    pace.update(0.1, 0.5)
    assert pace.left(0.9) is None
    assert RemainingTime(0.0).left(100.0) is None


def test_what_was_kept_from_an_earlier_run_is_no_pace() -> None:
    """Two thirds pass at once; then a hundredth a second: 33 seconds are left, not half a second."""
    pace = RemainingTime(0.0)
    pace.update(0.66, 0.05)
    for second in range(1, 6):
        pace.update(0.66 + second / 100, 0.05 + second)
    assert pace.left(5.05) == pytest.approx(29.0, rel=0.05)


def test_a_slower_stage_corrects_what_a_fast_one_promised() -> None:
    """Half in 5 seconds, then a hundredth a second: after 20 more the last 10 count, which leave 30 seconds."""
    pace = RemainingTime(0.0)
    for step in range(1, 51):
        pace.update(step / 100, step / 10)
    assert pace.left(5.0) == pytest.approx(5.0, rel=0.05)
    for second in range(1, 21):
        pace.update(0.5 + second / 100, 5.0 + second)
    assert pace.left(25.0) == pytest.approx(30.0, rel=0.05)


def test_while_nothing_is_reported_the_time_left_grows() -> None:
    pace = RemainingTime(0.0)
    for second in range(1, 5):
        pace.update(second / 10, float(second))
    first, later = pace.left(4.0), pace.left(8.0)
    assert first is not None and later is not None and later > first
