"""Any file as the tables that stand in it, whatever it is written in, before anybody says what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from kgrec_core.data.formats.json_tables import read_json_tables
from kgrec_core.data.formats.json_text import IN_SCRIPT
from kgrec_core.data.formats.parquet_tables import read_parquet
from kgrec_core.data.formats.payload_cells import with_payloads
from kgrec_core.data.formats.raw_table import CELL_BREAK, RawTable
from kgrec_core.data.formats.rdf import is_rdf, raw_triples
from kgrec_core.data.formats.sheets import read_sheets
from kgrec_core.data.formats.source_files import PARQUET, ZIP, SourceFile
from kgrec_core.data.formats.sparql_results import is_sparql_json, sparql_answers
from kgrec_core.data.formats.text_tables import read_text
from kgrec_core.data.ledger import PROVENANCE, Ledger
from kgrec_core.errors import DataError

_JSON = (".json", ".jsonl", ".ndjson", ".geojson")
_LIKE_JSON = re.compile(rf"\s*(?:{IN_SCRIPT.pattern})?(?:\{{|\[\s*[\[{{])")
_SHARED = 0.8  # share of the values of a table that stand in the lines of another file


def raw_tables(file: SourceFile, ledger: Ledger) -> list[RawTable]:
    """The tables of a file, each with an account of its rows in the ledger. Raises DataError for what is no table."""
    if file.starts(PARQUET) or file.suffix in (".parquet", ".pq"):
        return read_parquet(file, ledger)
    if file.starts(ZIP) or file.suffix in (".xlsx", ".xlsm"):
        return read_sheets(file, ledger)
    if is_rdf(file):
        return raw_triples(file, ledger)
    if is_sparql_json(file):
        return sparql_answers(file, ledger)
    if file.suffix in _JSON:
        return read_json_tables(file, ledger)
    if _LIKE_JSON.match(file.head()):
        try:
            return read_json_tables(file, ledger)
        except DataError:
            return [read_text(file, ledger)]
    return [read_text(file, ledger)]


def raw_tables_of(files: Sequence[SourceFile], ledger: Ledger) -> list[RawTable]:
    """The tables of all files, in their order; files beside one with lines of any length are read as it is."""
    tables = [with_payloads(table) for file in files for table in raw_tables(file, ledger)]
    ragged = [table for table in tables if table.ragged]
    return [_as_lines(table) if any(_goes_with(table, each) for each in ragged) else table for table in tables]


def _goes_with(table: RawTable, ragged: RawTable) -> bool:
    """Whether lines that happen to be of one length hold the values of the lines of another file of the folder."""
    if table.named or table.ragged or len(table.columns) < 2 or _place(table.name) != _place(ragged.name):
        return False
    known = {cell for line in ragged.frame["line"] for cell in line.split(CELL_BREAK)}
    values = pd.unique(table.frame[list(table.columns)].to_numpy(dtype=object).ravel())
    return sum(value in known for value in values) >= _SHARED * len(values)


def _place(name: str) -> tuple[str, str]:
    """The folder and the ending of a file."""
    folder, _, base = name.rpartition("/")
    return folder, base.rpartition(".")[2].lower()


def _as_lines(table: RawTable) -> RawTable:
    cells = table.frame[list(table.columns)].to_numpy(dtype=object)
    lines = [CELL_BREAK.join(cell for cell in row if cell) for row in cells]
    frame = pd.DataFrame({"line": lines, **{name: table.frame[name] for name in PROVENANCE}})
    return replace(table, frame=frame, ragged=True)
