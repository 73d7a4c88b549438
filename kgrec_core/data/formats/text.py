"""Bytes to text: encodings, NUL bytes, lines."""

from __future__ import annotations

from kgrec_core.data.formats.source import SourceFile
from kgrec_core.data.ledger import Ledger
from kgrec_core.errors import DataError

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decoded(file: SourceFile, ledger: Ledger) -> str:
    """The whole text of a file: UTF-8, UTF-16 with its mark, else Western European with a note where it began.

    Raises DataError for NUL bytes and for what is no text at all.
    """
    data = file.path.read_bytes()
    if data[:2] in _UTF16:
        return _checked(file, _utf16(file, data))
    try:
        return _checked(file, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = _checked(file, _western(data))
        ledger.note(
            file.name,
            "is not UTF-8; read as Western European (Windows-1252)",
            "Look at names with accents. If they are wrong, save the file as UTF-8.",
            row=line,
        )
        return text


def lines_of(file: SourceFile, ledger: Ledger) -> list[tuple[int, str]]:
    """Line number, from 1, and text of each line that is not blank."""
    text = decoded(file, ledger)
    ledger.allowance.rows(file.name, text.count("\n"))
    numbered = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)
    return [(number, line) for number, line in numbered if line.strip()]


def _utf16(file: SourceFile, data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise DataError(f"{file.name} begins like UTF-16 and is not ({error.reason}). Save it as UTF-8.") from error


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")  # knows every byte


def _checked(file: SourceFile, text: str) -> str:
    place = text.find("\0")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        raise DataError(f"{file.name}, line {line}: there is a NUL byte, so this is not a text table. Export it again.")
    if not text.strip():
        raise DataError(f"{file.name} holds nothing but blanks. Give a file with at least one row.")
    return text
