"""How large the tables of an XLSX file are, counted while its XML streams by and before anything of it is built."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from kgrec_core.errors import DataError

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_TEXTS = "xl/sharedstrings.xml"
_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_BLOCK = 1 << 16
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Extent:
    """One sheet. rows and columns: up to the last cell, wherever it stands; letters: of all its cells."""

    rows: int
    columns: int
    letters: int


def extents(archive: zipfile.ZipFile, name: str) -> Iterator[Extent]:
    """Each sheet of the archive, one after the other. Raises DataError for XML that is broken or defines entities."""
    try:
        lengths: list[int] = []
        for entry in archive.infolist():
            if entry.filename.lower() == _TEXTS:
                with archive.open(entry) as texts:
                    lengths = _Texts().read(texts)
        for entry in archive.infolist():
            if _SHEET.fullmatch(entry.filename):
                with archive.open(entry) as sheet:
                    yield _Sheet(lengths).read(sheet)
    except (expat.ExpatError, *BROKEN) as error:
        raise DataError(f"{name} cannot be read as XLSX ({error}). Save it again, or as CSV.") from error


def _parsed(
    xml: IO[bytes], start: Callable[..., object], end: Callable[..., object], data: Callable[..., object]
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.StartDoctypeDeclHandler = _refuse  # no spreadsheet has one; entities are defined there
    while block := xml.read(_BLOCK):
        parser.Parse(block)
    parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise ValueError("it defines a document type, as no spreadsheet does")


def _plain(tag: str) -> str:
    return tag.rpartition(":")[2]


class _Texts:
    """Lengths of the shared texts, in their order."""

    def __init__(self) -> None:
        self._lengths: list[int] = []

    def read(self, xml: IO[bytes]) -> list[int]:
        _parsed(xml, self._start, lambda _: None, self._data)
        return self._lengths

    def _start(self, tag: str, _: object) -> None:
        if _plain(tag) == "si":
            self._lengths.append(0)

    def _data(self, text: str) -> None:
        if self._lengths:
            self._lengths[-1] += len(text)


class _Sheet:
    """Counts one sheet. A cell without a place stands behind the one before."""

    def __init__(self, lengths: list[int]) -> None:
        self._lengths = lengths
        self._row = self._column = self._rows = self._columns = self._letters = 0
        self._shared = self._value = False
        self._text: list[str] = []

    def read(self, xml: IO[bytes]) -> Extent:
        _parsed(xml, self._start, self._end, self._data)
        return Extent(self._rows, self._columns, self._letters)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match _plain(tag):
            case "row":
                self._row, self._column = _whole(attributes.get("r", ""), self._row + 1), 0
                self._rows = max(self._rows, self._row)
            case "c":
                place = _PLACE.fullmatch(attributes.get("r", ""))
                self._column = _number(place[1]) if place else self._column + 1
                self._rows = max(self._rows, int(place[2]) if place else self._row)
                self._columns = max(self._columns, self._column)
                self._shared = attributes.get("t") == "s"
            case "v" | "t":
                self._value, self._text = True, []

    def _end(self, tag: str) -> None:
        if self._value and _plain(tag) in ("v", "t"):
            text, self._value = "".join(self._text), False
            place = _whole(text, -1) if self._shared else -1
            self._letters += self._lengths[place] if 0 <= place < len(self._lengths) else len(text)

    def _data(self, text: str) -> None:
        if self._value:
            self._text.append(text)


def _number(letters: str) -> int:
    """Of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise
