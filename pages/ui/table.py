"""A table with its download. Cells are text of the data: shown as they are, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import streamlit as st

Cell = str | int | float | None
WHOLE = 20  # rows that are shown without scrolling
LIVE = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet run a cell as a formula


def table(rows: Sequence[Mapping[str, Cell]], name: str, columns: Mapping[str, object] | None = None) -> None:
    """Rows with the same columns, and a button that saves them as `name`.csv. Nothing for no rows."""
    if not rows:
        return
    height = "content" if len(rows) <= WHOLE else "auto"
    st.dataframe(list(rows), hide_index=True, key=f"table_{name}", height=height, column_config=dict(columns or {}))
    download(rows, name)


@contextmanager
def folded(label: str, key: str, expanded: bool = False) -> Iterator[bool]:
    """A part of the page behind a click, and whether it is open: what is closed is not drawn, for a browser takes half
    a second to load what draws a first table.
    """
    with st.expander(label, expanded=expanded, icon=":material/table:", key=key, on_change="rerun") as part:
        yield bool(part.open)


def download(rows: Sequence[Mapping[str, Cell]], name: str, label: str = "Download as CSV") -> None:
    """The button alone, where the rows are shown in another way."""
    st.download_button(
        label,
        as_csv(rows),
        f"{name}.csv",
        "text/csv",
        key=f"download_{name}",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def as_csv(rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """UTF-8 with a mark at its start, as spreadsheets expect it; text that looks like a formula gets a quote first."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_safe(name) for name in rows[0]])
    writer.writerows([_safe(cell) for cell in row.values()] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(LIVE) else cell
