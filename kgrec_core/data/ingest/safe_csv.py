"""CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")  # OWASP, CSV injection


def write_safe_csv(table: pd.DataFrame, path: Path) -> None:
    """Writes UTF-8 with a mark that spreadsheets know; texts that could be formulas get an apostrophe in front."""
    table.map(safe_cell).to_csv(path, index=False, encoding="utf-8-sig", errors="backslashreplace")


def safe_cell(value: object) -> object:
    """The cell, harmless.

    >>> safe_cell("=1+1"), safe_cell(-3), safe_cell("plain")
    ("'=1+1", -3, 'plain')
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_TRIGGERS) else value
