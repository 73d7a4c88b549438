"""The statements of a graph file, read without a network, without entities from elsewhere, within limits.

N-Triples and N-Quads are read line by line; Turtle, TriG, N3, RDF/XML and JSON-LD by rdflib.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd

from kgrec_core.data.formats.decoding import decoded
from kgrec_core.data.formats.rdf_xml_prolog import without_prolog, xml_text
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger, with_provenance
from kgrec_core.data.masking import shape
from kgrec_core.errors import DataError

SUBJECT, PREDICATE, OBJECT, KIND, LANGUAGE = "subject", "predicate", "object", "kind", "language"
LITERAL, THING = "literal", "thing"
LINES, TURTLE, TRIG, N3, XML, JSON_LD = "nquads", "turtle", "trig", "n3", "xml", "json-ld"
TITLES = {LINES: "N-Triples", TURTLE: "Turtle", TRIG: "TriG", N3: "N3", XML: "RDF/XML", JSON_LD: "JSON-LD"}

_COLUMNS = (SUBJECT, PREDICATE, OBJECT, KIND, LANGUAGE)
_IRI, _BLANK = r"<([^<>\"\s]*)>", r"(_:[\w-]+(?:\.[\w-]+)*)"
_LINE = re.compile(
    rf"\s*(?:{_IRI}|{_BLANK})\s*{_IRI}\s*"
    rf"(?:{_IRI}|{_BLANK}|\"([^\"\\]*(?:\\.[^\"\\]*)*)\"(?:@([A-Za-z0-9-]+)|\^\^<[^<>\s]*>)?)\s*"
    r"(?:<[^<>\"\s]*>|_:[\w-]+(?:\.[\w-]+)*)?\s*\.\s*(?:#.*)?"
)
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "b": " ", "f": " "}
_LONGEST_LINE = 200_000
_BASE = "http://this.invalid/"  # of addresses that are written without their beginning; only their end is ever shown
_SCHEMA_ORG = re.compile(r"https?://(?:www\.)?schema\.org/?(?:docs/jsonldcontext\.jsonl?d?)?")
_OWN_WORDS = {"@vocab": "http://schema.org/", "id": "@id", "type": "@type"}
_DEEPEST = 60


def is_statement(line: str) -> bool:
    """Whether a line is one of N-Triples or N-Quads."""
    return len(line) <= _LONGEST_LINE and _LINE.fullmatch(line) is not None


def read_statements(file: SourceFile, syntax: str, ledger: Ledger) -> pd.DataFrame:
    """Rows of subject, predicate, object, kind and language, with provenance; blank nodes begin with "_:".

    ROW is the line for N-Triples and N-Quads, else the place of the statement. Raises DataError for what is no graph.
    """
    if syntax == LINES:
        return _from_lines(file, ledger)
    text = xml_text(file, ledger) if syntax == XML else decoded(file, ledger)
    if syntax == XML:
        text = without_prolog(text, file, ledger)
    if syntax == JSON_LD:
        text = json.dumps(_own_words_only(_json(text, file), file, 0))
    return _framed(file, _parsed(file, text, syntax, ledger), ledger)


def _from_lines(file: SourceFile, ledger: Ledger) -> pd.DataFrame:
    found: list[tuple[str, str, str, str, str]] = []
    rows: list[int] = []
    bad: list[tuple[int, str]] = []
    for number, line in enumerate(decoded(file, ledger).split("\n"), start=1):
        match = _LINE.fullmatch(line) if len(line) <= _LONGEST_LINE else None
        if match:
            rows.append(number)
            found.append(_of_line(match))
        elif (stripped := line.strip()) and not stripped.startswith("#"):
            bad.append((number, stripped))
    if not found:
        raise DataError(f"{file.name}: no line of it is a statement of N-Triples: <thing> <relation> <thing> .")
    ledger.allowance.rows(file.name, len(found))
    if bad:
        _lose(file, bad, ledger)
    return _table(file, found, rows, ledger)


def _of_line(match: re.Match[str]) -> tuple[str, str, str, str, str]:
    subject, blank, predicate, thing, other, text, language = match.groups()
    if text is not None:
        return _plain(subject or blank), _plain(predicate), _plain(text), LITERAL, (language or "").lower()
    return _plain(subject or blank), _plain(predicate), _plain(thing or other or ""), THING, ""


def _plain(text: str) -> str:
    return _ESCAPED.sub(_letter, text) if "\\" in text else text


def _letter(match: re.Match[str]) -> str:
    short, long, letter = match.groups()
    if letter is not None:
        return _LETTERS.get(letter, letter)
    code = int(short or long, 16)
    return "\ufffd" if code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)


def _lose(file: SourceFile, bad: list[tuple[int, str]], ledger: Ledger) -> None:
    lines = pd.DataFrame({"line": [shape(text[:200]) for _, text in bad]})
    lost = with_provenance(lines, file.name, [number for number, _ in bad])
    ledger.read(file.name, "triples", len(bad))
    ledger.drop(lost, "line", "is no statement", 'Write: <thing> <relation> <thing> or "text", then a point.')


def _framed(file: SourceFile, found: list[tuple[str, str, str, str, str]], ledger: Ledger) -> pd.DataFrame:
    if not found:
        raise DataError(f"{file.name} holds no statement. Give a graph with at least one.")
    return _table(file, found, list(range(1, len(found) + 1)), ledger)


def _table(
    file: SourceFile, found: list[tuple[str, str, str, str, str]], rows: list[int], ledger: Ledger
) -> pd.DataFrame:
    ledger.allowance.table(file.name, len(found), len(_COLUMNS))
    cells = np.array(found, dtype=object).reshape(len(found), len(_COLUMNS))
    frame = pd.DataFrame({name: cells[:, place] for place, name in enumerate(_COLUMNS)}, dtype=object)
    return with_provenance(frame, file.name, rows)


def _parsed(file: SourceFile, text: str, syntax: str, ledger: Ledger) -> list[tuple[str, str, str, str, str]]:
    """The statements as rdflib finds them; none is kept in its store, and quoted ones are left out."""
    from rdflib import RDF, BNode, Dataset, Literal, URIRef  # slow to import, and most people bring no graph
    from rdflib.plugins.stores.memory import Memory
    from rdflib.term import bind

    found: list[tuple[str, str, str, str, str]] = []

    def named(node: Any) -> str:
        return _clean(str(node)) if isinstance(node, URIRef) else f"_:{_clean(str(node))}"

    class Collected(Memory):
        def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
            subject, predicate, thing = triple
            formula = not isinstance(subject, (URIRef, BNode)) or not isinstance(thing, (URIRef, BNode, Literal))
            if quoted or formula:
                return
            literal = isinstance(thing, Literal)
            written = _clean(str(thing)) if literal else named(thing)
            language = (thing.language or "").lower() if literal else ""
            found.append((named(subject), named(predicate), written, LITERAL if literal else THING, language))
            if len(found) > ledger.limits.rows:
                ledger.allowance.rows(file.name, len(found))

    with _quiet():
        for markup in (RDF.XMLLiteral, RDF.HTML):  # text is text: what is in it is not parsed once more
            bind(markup, str, constructor=str, datatype_specific=True)
        try:
            Dataset(store=Collected()).parse(data=text, format=syntax, publicID=_BASE)
        except DataError:
            raise
        except RecursionError as error:
            raise DataError(f"{file.name} is nested too deeply. Save it as N-Triples.") from error
        except Exception as error:  # a parser of others: whatever it meets in a broken file is one sentence here
            raise DataError(
                f"{file.name} cannot be read as {TITLES[syntax]}: {_told(error)}. Check it, or save it as N-Triples."
            ) from error
    ledger.allowance.rows(file.name, len(found))
    return found


@contextmanager
def _quiet() -> Iterator[None]:
    """Remarks of rdflib on single words stay out of the terminal."""
    log = logging.getLogger("rdflib")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def _told(error: Exception) -> str:
    """What went wrong, on one line and short, without an address that was made up for the file."""
    line = getattr(error, "lines", None)
    where = f"line {line + 1}, " if isinstance(line, int) else ""
    why = getattr(error, "_why", None) or str(error) or type(error).__name__
    return where + " ".join(str(why).replace(_BASE, "").split())[:120].rstrip(" .")


def _clean(text: str) -> str:
    """Without halves of characters, which no table can store."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _json(text: str, file: SourceFile) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(
            f"{file.name} is no JSON ({type(error).__name__}). Check it, or save it as N-Triples."
        ) from error


def _own_words_only(value: Any, file: SourceFile, depth: int) -> Any:
    """The JSON with the words of schema.org written in. Raises DataError for words that stand at another address."""
    if depth > _DEEPEST:
        raise DataError(f"{file.name} is nested too deeply. Save it as N-Triples.")
    if isinstance(value, list):
        return [_own_words_only(each, file, depth + 1) for each in value]
    if not isinstance(value, dict):
        return value
    if "@import" in value:
        raise DataError(_elsewhere(file, value["@import"]))
    return {
        key: _context(each, file) if key == "@context" else _own_words_only(each, file, depth + 1)
        for key, each in value.items()
    }


def _context(context: Any, file: SourceFile, depth: int = 0) -> Any:
    if isinstance(context, str):
        if not _SCHEMA_ORG.fullmatch(context.strip()):
            raise DataError(_elsewhere(file, context))
        return dict(_OWN_WORDS)
    if isinstance(context, list):
        if depth > _DEEPEST:
            raise DataError(f"{file.name} is nested too deeply. Save it as N-Triples.")
        return [_context(each, file, depth + 1) for each in context]
    return _own_words_only(context, file, depth + 1)


def _elsewhere(file: SourceFile, address: object) -> str:
    return (
        f"{file.name}: the meaning of its words stands at {str(address)[:80]!r}, and nothing is fetched. "
        "Write the @context into the file, or save it as N-Triples or Turtle."
    )
