"""Whoever waits sees a bar from the first moment, and the time that is left once it can be told."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager, nullcontext

import pytest
import streamlit as st

from kgrec_core.errors import DataError
from pages.ui import progress_bar


class Bar:
    """Stands for the bar on the page, and notes what is drawn of it."""

    def __init__(self, drawn: list[str]) -> None:
        self.drawn = drawn

    def progress(self, share: float, text: str) -> None:
        self.drawn.append(f"{share:.2f} {text}")


class Place:
    """Stands for the place of bar and button."""

    def __init__(self, drawn: list[str]) -> None:
        self.drawn = drawn

    def container(self, **_: object) -> AbstractContextManager[None]:
        return nullcontext()

    def empty(self) -> None:
        self.drawn.append("gone")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that is drawn; a second passes between two looks at the clock, from 0 on."""
    seen: list[str] = []
    clock = iter(range(100))

    def begin(share: float, text: str) -> Bar:
        seen.append(f"{share:.2f} {text}")
        return Bar(seen)

    monkeypatch.setattr(st, "progress", begin)
    monkeypatch.setattr(st, "empty", lambda: Place(seen))
    monkeypatch.setattr(progress_bar.time, "monotonic", lambda: float(next(clock)))
    return seen


def test_a_bar_stands_there_before_the_work_begins_and_is_gone_after_it(drawn: list[str]) -> None:
    with progress_bar.shown("Reading"):
        assert drawn == ["0.00 Reading …"]
    assert drawn[-1] == "gone"


def test_the_time_left_is_told_after_more_than_a_second(drawn: list[str]) -> None:
    """At 1 s half is done: not yet told. At 2 s four fifths are: a fifth takes a quarter of 2 s."""
    with progress_bar.shown("Reading") as told:
        told("Reading", 0.5)
        told("Reading", 0.8)
    assert drawn[1] == "0.50 Reading … 50%"
    assert drawn[2].startswith("0.80 Reading … 80%, ") and drawn[2].endswith(" left")


def test_a_bar_does_not_outlive_an_error(drawn: list[str], failures: list[logging.LogRecord]) -> None:
    with progress_bar.shown("Reading"):
        raise RuntimeError("broken")
    assert drawn[-1] == "gone" and [str(record.exc_info and record.exc_info[1]) for record in failures] == ["broken"]
    failures.clear()


def test_the_bar_is_gone_before_an_error_in_words_stops_the_page(
    drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After st.stop nothing that is drawn reaches the page, not even that the bar has gone."""
    monkeypatch.setattr(st, "error", lambda words, **_: drawn.append("error"))
    monkeypatch.setattr(st, "stop", lambda: drawn.append("stopped"))
    with progress_bar.shown("Reading"):
        raise DataError("no table")
    assert drawn[-3:] == ["gone", "error", "stopped"]
