"""From what people name, files, folders and archives, to the plain files behind it; what is no data is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kgrec_core.config import ImportLimits
from kgrec_core.data.formats import archives
from kgrec_core.data.formats.file_kinds import is_document, is_spreadsheet, no_table
from kgrec_core.data.formats.source_files import Gathered, Given, LeftOut, SourceFile
from kgrec_core.data.formats.xlsx_sizes import extents
from kgrec_core.data.size_limits import Allowance
from kgrec_core.errors import DataError

_Found = SourceFile | LeftOut


def gather(files: Sequence[Given], folder: Path, limits: ImportLimits) -> Gathered:
    """All plain files behind what was given; archives are unpacked into `folder`, which must be empty and temporary.

    Raises DataError for what is missing, too large, or tries to leave its folder, and for what is no table where a
    person named it for one, or where there is nothing else.
    """
    allowance = Allowance(limits)
    found = [each for given in files for each in _open(given, folder, allowance)]
    kept = [each for each in found if isinstance(each, SourceFile)]
    left = [each for each in found if isinstance(each, LeftOut)]
    if not kept and left:
        more = f" ({len(left) - 1} more files beside it are no tables either.)" if len(left) > 1 else ""
        raise DataError(f"{left[0].name} {left[0].why}. {left[0].mend}{more}")
    if not kept:
        raise DataError("There is no file to read. Name at least the file of interactions.")
    name, times = Counter(file.name for file in kept).most_common(1)[0]
    if times > 1:
        raise DataError(f"{name} was given twice. Name each file once, or rename one of them.")
    return Gathered(tuple(kept), tuple(left))


def _open(given: Given, folder: Path, allowance: Allowance) -> Iterator[_Found]:
    path, name = given.path, archives.readable(given.name or given.path.name)
    if path.is_dir():
        for inside in sorted(path.rglob("*")):
            shown = f"{name}/{archives.readable(inside.relative_to(path).as_posix())}"
            if inside.is_file() and not inside.is_symlink() and not archives.hidden(shown):
                yield from _whole_or_left(SourceFile(shown, inside), folder, allowance)
        return
    if not path.is_file():
        raise DataError(f"There is no file {name}. Check the spelling and the folder.")
    for each in _whole_or_left(SourceFile(name, path, given.role), folder, allowance):
        if isinstance(each, LeftOut) and given.role and each.name == name:
            raise DataError(f"{each.name} {each.why}. {each.mend}")
        yield each


def _whole_or_left(file: SourceFile, folder: Path, allowance: Allowance) -> Iterator[_Found]:
    """As `_plain`; what is damaged is left out."""
    try:
        yield from _plain(file, folder, allowance)
    except archives.DamagedError as error:
        yield error.left_out


def _plain(file: SourceFile, folder: Path, allowance: Allowance) -> Iterator[_Found]:
    """The file itself, or those in it."""
    if archives.is_packed(file):
        file = archives.unpacked(file, folder, allowance)
        if archives.is_packed(file) or (archives.is_zip(file) and not is_spreadsheet(file)):
            yield archives.nested(file)
            return
        yield from _untar(file, folder, allowance) if archives.is_tar(file) else _checked(file, allowance)
    elif archives.is_zip(file) and not is_spreadsheet(file) and not is_document(file):
        for inner in archives.from_zip(file, folder, allowance):
            yield from _inside(inner, folder, allowance)
    else:
        allowance.file(file.name)
        allowance.bytes(file.name, file.path.stat().st_size)
        yield from _untar(file, folder, allowance) if archives.is_tar(file) else _checked(file, allowance)


def _untar(file: SourceFile, folder: Path, allowance: Allowance) -> Iterator[_Found]:
    for inner in archives.from_tar(file, folder):
        if isinstance(inner, SourceFile):
            allowance.file(inner.name)
        yield from _inside(inner, folder, allowance)


def _inside(inner: _Found, folder: Path, allowance: Allowance) -> Iterator[_Found]:
    """One file of an archive, which may be made shorter once more but hold no further archive."""
    if isinstance(inner, SourceFile) and archives.is_packed(inner):
        inner = archives.unpacked(inner, folder, allowance)
    if isinstance(inner, LeftOut):
        yield inner
    elif archives.is_packed(inner) or archives.is_tar(inner) or (archives.is_zip(inner) and not _in_zip(inner)):
        yield archives.nested(inner)
    else:
        yield from _checked(inner, allowance)


def _in_zip(file: SourceFile) -> bool:
    return is_spreadsheet(file) or is_document(file)


def _checked(file: SourceFile, allowance: Allowance) -> Iterator[_Found]:
    """The file with its sheets counted, or why it is no table."""
    if found := no_table(file):
        yield replace(found, path=file.path)
        return
    _check_sheets(file, allowance)
    yield file


def _check_sheets(file: SourceFile, allowance: Allowance) -> None:
    """An XLSX file is an archive itself, which its reader unpacks."""
    if not is_spreadsheet(file) and not archives.is_zip(file):
        return
    with archives.opened_zip(file) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
        allowance.bytes(file.name, size)
        allowance.growth(file.name, file.size, size)
        for sheet in extents(archive, file.name):
            allowance.table(file.name, sheet.rows, sheet.columns)
            allowance.bytes(file.name, sheet.letters)
            allowance.growth(file.name, file.size, sheet.letters)
