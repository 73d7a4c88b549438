"""Graph files: N-Triples, N-Quads, Turtle, TriG, N3, RDF/XML, OWL and JSON-LD, as one table of facts with labels."""

from __future__ import annotations

import re

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.rdf_facts import facts_of
from kgrec_core.data.formats.rdf_statements import (
    JSON_LD,
    LINES,
    N3,
    TRIG,
    TURTLE,
    XML,
    is_statement,
    read_statements,
)
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger

_ENDINGS = {
    ".nt": LINES,
    ".ntriples": LINES,
    ".nq": LINES,
    ".nquads": LINES,
    ".ttl": TURTLE,
    ".turtle": TURTLE,
    ".trig": TRIG,
    ".n3": N3,
    ".rdf": XML,
    ".rdfs": XML,
    ".owl": XML,
    ".jsonld": JSON_LD,
}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PREFIX = re.compile(r"^\s*(?:@prefix|@base|PREFIX|BASE)\s+[^<>\n]{0,80}<[^<>\n]*>", re.MULTILINE)
_JSON_WORDS = re.compile(r'"@(?:context|graph|id|type)"\s*:')
_LOOKED_AT = 20  # lines


def is_rdf(file: SourceFile) -> bool:
    """Whether a file is a graph, by its text, else by its ending."""
    return bool(_syntax(file))


def raw_triples(file: SourceFile, ledger: Ledger, language: str = "en") -> list[RawTable]:
    """One table: head, relation, tail (whole addresses), head_label, tail_label; empty where nothing is a fact.

    language: of the labels that are preferred; then English, then those without a language, then any.
    Raises DataError for a file that cannot be read.
    """
    statements = read_statements(file, _syntax(file), ledger)
    return [RawTable(file.name, facts_of(statements, file.name, language, ledger), role=file.role)]


def _syntax(file: SourceFile) -> str:
    head = file.head()
    lines = [line for line in head.splitlines() if line.strip() and not line.lstrip().startswith("#")][:_LOOKED_AT]
    if lines and all(map(is_statement, lines)):
        return LINES
    start = head.lstrip()
    ending = _ENDINGS.get(file.suffix, "")
    if start.startswith("<") and _RDF in head and re.search(r"<\w*:?RDF\b|<\?xml|<!DOCTYPE", start[:2000]):
        return XML
    if start[:1] in ("{", "["):
        return (
            JSON_LD if ending == JSON_LD or _JSON_WORDS.search(head) else ending if ending in (TRIG, N3, TURTLE) else ""
        )
    if _PREFIX.search(head):
        return ending if ending in (TRIG, N3) else TURTLE
    return ending
