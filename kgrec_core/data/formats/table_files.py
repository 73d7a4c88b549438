"""Any file as the tables that stand in it, whatever it is written in, before anybody says what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from kgrec_core.data.formats.json_tables import read_json_tables
from kgrec_core.data.formats.parquet_and_xlsx import read_parquet
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.sheets import read_sheets
from kgrec_core.data.formats.source_files import PARQUET, ZIP, SourceFile
from kgrec_core.data.formats.text_tables import read_text
from kgrec_core.data.ledger import Ledger

_JSON = (".json", ".jsonl", ".ndjson", ".geojson")


def raw_tables(file: SourceFile, ledger: Ledger) -> list[RawTable]:
    """The tables of a file, each with an account of its rows in the ledger. Raises DataError for what is no table."""
    with file.path.open("rb") as opened:
        start = opened.read(4)
    if start == PARQUET or file.suffix in (".parquet", ".pq"):
        return [RawTable(file.name, read_parquet(file, "", ledger), role=file.role)]
    if start == ZIP or file.suffix in (".xlsx", ".xlsm"):
        return read_sheets(file, ledger)
    if file.suffix in _JSON or file.head().lstrip().startswith(("{", "[{", "[[")):
        return read_json_tables(file, ledger)
    return [read_text(file, ledger)]


def raw_tables_of(files: Sequence[SourceFile], ledger: Ledger) -> list[RawTable]:
    """The tables of all files, in their order."""
    return [table for file in files for table in raw_tables(file, ledger)]
