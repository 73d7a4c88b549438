"""Small files written, and read as raw tables, for the tests of formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kgrec_core.data.formats.raw_table import CELL_BREAK, RawTable
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.formats.table_files import raw_tables
from kgrec_core.data.ledger import PROVENANCE, ROW, Ledger


def tables(folder: Path, name: str, data: str | bytes, ledger: Ledger | None = None) -> list[RawTable]:
    """The raw tables of one file with this text."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return raw_tables(SourceFile(name, path), ledger or Ledger())


def table(folder: Path, name: str, data: str | bytes, ledger: Ledger | None = None) -> RawTable:
    """The only raw table of one file with this text."""
    (found,) = tables(folder, name, data, ledger)
    return found


def rows(found: RawTable) -> list[list[str]]:
    """Cells without provenance; the cells of a line of any length where there is one."""
    if found.ragged:
        return [line.split(CELL_BREAK) for line in found.frame["line"]]
    return [list(row) for row in found.frame.drop(columns=list(PROVENANCE)).itertuples(index=False)]


def places(found: RawTable) -> list[int]:
    return [int(row) for row in found.frame[ROW]]


def said(ledger: Ledger) -> str:
    return "\n".join(finding.what for finding in ledger.findings())


def lines(rows: Sequence[Sequence[object]], separator: str = ",") -> str:
    return "".join(separator.join(map(str, row)) + "\n" for row in rows)
