"""Any file as the tables that stand in it, whatever it is written in, before anybody says what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from kgrec_core.data.formats.jsonlines import flat, read_objects
from kgrec_core.data.formats.parquet_and_xlsx import read_parquet, read_xlsx
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.rdf import is_rdf, raw_triples
from kgrec_core.data.formats.source_files import PARQUET, ZIP, SourceFile
from kgrec_core.data.formats.sparql_results import is_sparql_json, sparql_answers
from kgrec_core.data.formats.text_tables import read_text
from kgrec_core.data.ledger import Ledger


def raw_tables(file: SourceFile, ledger: Ledger) -> list[RawTable]:
    """The tables of a file, each with an account of its rows in the ledger. Raises DataError for what is no table."""
    with file.path.open("rb") as opened:
        start = opened.read(4)
    if is_rdf(file):
        return raw_triples(file, ledger)
    if is_sparql_json(file):
        return sparql_answers(file, ledger)
    if start == PARQUET or file.suffix in (".parquet", ".pq"):
        return [RawTable(file.name, read_parquet(file, "", ledger), role=file.role)]
    if start == ZIP or file.suffix == ".xlsx":
        return [RawTable(file.name, read_xlsx(file, "", ledger), role=file.role)]
    if file.suffix in (".json", ".jsonl", ".ndjson") or file.head().lstrip().startswith("{"):
        return [RawTable(file.name, read_objects(file, "", ledger, flat), role=file.role)]
    return [read_text(file, ledger)]


def raw_tables_of(files: Sequence[SourceFile], ledger: Ledger) -> list[RawTable]:
    """The tables of all files, in their order."""
    return [table for file in files for table in raw_tables(file, ledger)]
