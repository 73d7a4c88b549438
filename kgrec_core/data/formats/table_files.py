"""Any file as the tables that stand in it, whatever it is written in, before anybody says what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from kgrec_core.data.formats.csv_tables import TableLayout, read_delimited
from kgrec_core.data.formats.delimiters import cells_of, find_separator
from kgrec_core.data.formats.jsonlines import flat, read_objects
from kgrec_core.data.formats.parquet_and_xlsx import read_parquet, read_xlsx
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.source_files import PARQUET, ZIP, SourceFile
from kgrec_core.data.ledger import Ledger


def raw_tables(file: SourceFile, ledger: Ledger) -> list[RawTable]:
    """The tables of a file, each with an account of its rows in the ledger. Raises DataError for what is no table."""
    with file.path.open("rb") as opened:
        start = opened.read(4)
    if start == PARQUET or file.suffix in (".parquet", ".pq"):
        return [RawTable(file.name, read_parquet(file, "", ledger), role=file.role)]
    if start == ZIP or file.suffix == ".xlsx":
        return [RawTable(file.name, read_xlsx(file, "", ledger), role=file.role)]
    if file.suffix in (".json", ".jsonl", ".ndjson") or file.head().lstrip().startswith("{"):
        return [RawTable(file.name, read_objects(file, "", ledger, flat), role=file.role)]
    head = file.lines(50)
    separator = find_separator(head)
    cells = cells_of(head[0], separator)
    if any(cell.lstrip("-").replace(".", "", 1).isdigit() for cell in cells):
        names = tuple(f"column {number}" for number in range(1, len(cells) + 1))
        frame = read_delimited(file, "", ledger, TableLayout(separator, names))
        return [RawTable(file.name, frame, named=False, role=file.role)]
    return [RawTable(file.name, read_delimited(file, "", ledger, TableLayout(separator)), role=file.role)]


def raw_tables_of(files: Sequence[SourceFile], ledger: Ledger) -> list[RawTable]:
    """The tables of all files, in their order."""
    return [table for file in files for table in raw_tables(file, ledger)]
