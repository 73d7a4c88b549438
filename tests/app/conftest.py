"""No screen may fail in silence: what a page says in place of an unexpected error fails the test."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from pages.ui import page_errors


class Kept(logging.Handler):
    """Keeps what was logged of unexpected errors."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def failures() -> Iterator[list[logging.LogRecord]]:
    """Unexpected errors of pages; a test that wants some has to take them out."""
    kept = Kept()
    page_errors.LOG.addHandler(kept)
    yield kept.records
    page_errors.LOG.removeHandler(kept)
    assert [str(record.exc_info and record.exc_info[1]) for record in kept.records] == []
