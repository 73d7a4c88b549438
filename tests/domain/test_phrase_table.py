from __future__ import annotations

from pathlib import Path

from kgrec_core.domain.phrase_table import phrase_table


def test_the_table_of_phrases_in_the_documentation_is_that_of_the_code() -> None:
    assert Path("docs/phrases.md").read_text("utf-8") == phrase_table()
