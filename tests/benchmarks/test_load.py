"""Sessions that ask at once each get the list that they asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks import load


def test_every_question_of_every_session_is_answered_and_timed(
    tiny_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    report = load.measure("tiny", sessions=3, rounds=2, pause=0.0)
    assert report.asked == 3 * 2
    assert 0 < report.list_ms.p50 <= report.shown_ms.p50 <= report.page_ms.p50
    assert report.memory_mib > 100  # a server that has torch loaded
