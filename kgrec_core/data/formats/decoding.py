"""Bytes to text: encodings, NUL bytes, lines."""

from __future__ import annotations

import codecs

from kgrec_core.data.formats.encodings import MARKS_UTF16, guessed, is_utf8, mostly_utf8, unmarked_utf16
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger
from kgrec_core.errors import DataError

_LOST = "\ufffd"
_MEND = "Look at titles and names. If they look wrong, save the file as UTF-8."


def decoded(file: SourceFile, ledger: Ledger) -> str:
    """The whole text of a file: UTF-8, UTF-16, else what its letters suggest, with a remark where it began.

    Raises DataError for NUL bytes and for what is no text at all.
    """
    data = file.path.read_bytes()
    if data[:2] in MARKS_UTF16:
        return _checked(file, _utf16(file, data, "utf-16"))
    if codec := unmarked_utf16(data):
        ledger.note(file.name, "does not say how it is encoded; read as UTF-16", _MEND)
        return _checked(file, _utf16(file, data, codec))
    try:
        return _checked(file, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        return _checked(file, _mixed(file, data, ledger, row) if mostly_utf8(data) else _other(file, data, ledger, row))


def lines_of(file: SourceFile, ledger: Ledger) -> list[tuple[int, str]]:
    """Line number, from 1, and text of each line that is not blank."""
    text = decoded(file, ledger)
    ledger.allowance.rows(file.name, text.count("\n"))
    numbered = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)
    return [(number, line) for number, line in numbered if line.strip()]


def _utf16(file: SourceFile, data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise DataError(f"{file.name} begins like UTF-16 and is not ({error.reason}). Save it as UTF-8.") from error


def _other(file: SourceFile, data: bytes, ledger: Ledger, row: int) -> str:
    """The text of a file that is not UTF-8; what cannot be read is replaced by U+FFFD."""
    found = guessed(data)
    text = data.decode(found.codec, "replace")
    lost = f"; {gone:,} characters of it cannot be read" if (gone := text.count(_LOST)) else ""
    if found.sure:
        ledger.note(file.name, f"is not UTF-8; read as {found.title}{lost}", _MEND, row=row)
    else:
        ledger.warn(file.name, f"is not UTF-8; read as {found.title}, which is a guess{lost}", _MEND, row=row)
    return text


def _mixed(file: SourceFile, data: bytes, ledger: Ledger, row: int) -> str:
    """The text of a file of which some lines are not UTF-8."""
    lines = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    others = [line for line in lines if not is_utf8(line)]
    found = guessed(b"\n".join(others))
    what = f"is UTF-8, except {len(others):,} lines; they were read as {found.title}"
    ledger.warn(file.name, what, _MEND, row=row)
    return "\n".join(line.decode("utf-8" if is_utf8(line) else found.codec, "replace") for line in lines)


def _checked(file: SourceFile, text: str) -> str:
    place = text.find("\0")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        raise DataError(f"{file.name}, line {line}: there is a NUL byte, so this is not a text table. Export it again.")
    if not text.strip():
        raise DataError(f"{file.name} holds nothing but blanks. Give a file with at least one row.")
    return text
