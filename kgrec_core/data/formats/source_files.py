"""Files as people give them: single ones, folders, zip and gzip, opened within limits and never run."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kgrec_core.config import ImportLimits
from kgrec_core.data.formats.encodings import leniently
from kgrec_core.data.formats.xlsx_sizes import extents
from kgrec_core.data.size_limits import Allowance
from kgrec_core.errors import DataError

ROLES = ("interactions", "items", "users", "triples")

_CHUNK = 1 << 20
_HEAD = 1 << 16  # bytes read to recognise a format
_PICKLES = (".pkl", ".pickle", ".p", ".pt", ".pth", ".npy", ".npz", ".joblib", ".rds", ".rdata")
_ARCHIVES = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst")
_BINARY = {
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "an SQLite database",
    b"\xd0\xcf\x11\xe0": "an old Office file; save it as .xlsx or CSV",
    b"7z\xbc\xaf": "a 7z archive; pack it as .zip",
    b"Rar!": "a rar archive; pack it as .zip",
    b"BZh": "a bzip2 archive; pack it as .gz",
    b"\xfd7zXZ": "an xz archive; pack it as .gz",
    b"(\xb5/\xfd": "a zstd archive; pack it as .gz",
}
PARQUET, ZIP, GZIP = b"PAR1", b"PK\x03\x04", b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Given:
    """A file or folder that a person named, and the table they named it for ("" when they did not)."""

    path: Path
    role: str = ""
    name: str = ""  # what to call it; its own name when empty


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One plain file to read. name: as shown to people, with its folder or archive; base: lower-case file name."""

    name: str
    path: Path
    role: str = ""
    packed: int = 0  # bytes that it took where it was given, in its archive; 0 for those that it has

    @property
    def base(self) -> str:
        return self.name.rsplit("/", 1)[-1].lower()

    @property
    def stem(self) -> str:
        return self.base.rsplit(".", 1)[0]

    @property
    def suffix(self) -> str:
        return Path(self.base).suffix

    @property
    def size(self) -> int:
        """Bytes that it took where it was given."""
        return self.packed or self.path.stat().st_size

    def head(self) -> str:
        """The first 64 KiB as text, the last line cut off where it is not whole; wrong bytes are replaced."""
        with self.path.open("rb") as file:
            data = file.read(_HEAD)
        if len(data) < _HEAD:
            return leniently(data)
        return leniently(data[: data.rfind(b"\n") + 1]).rpartition("\n")[0]

    def lines(self, most: int = 5) -> list[str]:
        """The first lines, without their ends."""
        return self.head().splitlines()[:most]


def gather(files: Sequence[Given], folder: Path, limits: ImportLimits) -> tuple[SourceFile, ...]:
    """All plain files behind what was given; archives are unpacked into `folder`, which must be empty and temporary.

    Raises DataError for what is missing, too large, not data, or tries to leave its folder.
    """
    allowance = Allowance(limits)
    found = [file for each in files for file in _open(each, folder, allowance)]
    if not found:
        raise DataError("There is no file to read. Name at least the file of interactions.")
    for file in found:
        _check_kind(file)
    twice = [file.name for file in found if sum(other.name == file.name for other in found) > 1]
    if twice:
        raise DataError(f"{twice[0]} was given twice. Name each file once, or rename one of them.")
    return tuple(found)


def _open(file: Given, folder: Path, allowance: Allowance) -> Iterator[SourceFile]:
    path, name = file.path, file.name or file.path.name
    if path.is_dir():
        for inside in sorted(path.rglob("*")):
            shown = f"{name}/{inside.relative_to(path).as_posix()}"
            if inside.is_file() and not inside.is_symlink() and not _hidden(shown):
                yield from _plain(SourceFile(shown, inside), folder, allowance)
        return
    if not path.is_file():
        raise DataError(f"There is no file {name}. Check the spelling and the folder.")
    yield from _plain(SourceFile(name, path, file.role), folder, allowance)


def _plain(file: SourceFile, folder: Path, allowance: Allowance) -> Iterator[SourceFile]:
    with file.path.open("rb") as opened:
        start = opened.read(4)
    if start == ZIP and not file.base.endswith(".xlsx"):
        yield from _unzip(file, folder, allowance)
    elif start[:2] == GZIP:
        yield _gunzip(file, folder, allowance)
    else:
        allowance.file(file.name)
        allowance.bytes(file.name, file.path.stat().st_size)
        _check_sheets(file, allowance)
        yield file


def _check_sheets(file: SourceFile, allowance: Allowance) -> None:
    """An XLSX file is an archive itself, which its reader unpacks."""
    if file.base.endswith(".xlsx") or _starts(file.path, ZIP):
        with _zip(file) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            allowance.bytes(file.name, size)
            allowance.growth(file.name, file.size, size)
            for sheet in extents(archive, file.name):
                allowance.table(file.name, sheet.rows, sheet.columns)
                allowance.bytes(file.name, sheet.letters)
                allowance.growth(file.name, file.size, sheet.letters)


def _zip(file: SourceFile) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file.path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DataError(f"{file.name} is a damaged zip file ({error}). Pack it again.") from error


def _unzip(file: SourceFile, folder: Path, allowance: Allowance) -> Iterator[SourceFile]:
    with _zip(file) as archive:
        for entry in archive.infolist():
            shown = f"{file.name}/{entry.filename}"
            _check_entry(entry, shown)
            if entry.is_dir() or _hidden(entry.filename):
                continue
            allowance.file(shown)
            allowance.has_room(shown, entry.file_size)  # before a byte is unpacked
            allowance.growth(shown, entry.compress_size, entry.file_size)
            target = _fresh(folder)
            try:
                with archive.open(entry) as packed:
                    _copy(packed, target, allowance, shown, entry.compress_size)
            except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
                raise DataError(f"{shown} cannot be unpacked ({error}). Pack the files again.") from error
            inner = SourceFile(shown, target, packed=max(entry.compress_size, 1))
            if _starts(target, GZIP):
                yield _gunzip(inner, folder, allowance)
            elif _starts(target, ZIP) and not inner.base.endswith(".xlsx"):
                raise DataError(f"{shown} is an archive inside an archive. Unpack it and give the files themselves.")
            else:
                _check_sheets(inner, allowance)
                yield inner


def _check_entry(entry: zipfile.ZipInfo, shown: str) -> None:
    name = entry.filename
    if not name:
        raise DataError(f"{shown} has a file without a name, so it is damaged. Pack the files again.")
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\0" in name:
        raise DataError(f"{shown!r} names a place outside of the archive. Pack the files again without folders above.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise DataError(f"{shown} is a link, not a file. Pack the file itself.")
    if entry.flag_bits & 1:
        raise DataError(f"{shown} is locked by a password. Pack the files without one.")


def _gunzip(file: SourceFile, folder: Path, allowance: Allowance) -> SourceFile:
    target = _fresh(folder)
    allowance.file(file.name)
    name = file.name[: -len(".gz")] if file.name.lower().endswith(".gz") else file.name
    try:
        with gzip.open(file.path) as packed:
            _copy(packed, target, allowance, file.name, file.size)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise DataError(f"{file.name} is a damaged gzip file ({error}). Pack it again.") from error
    if _starts(target, GZIP) or _starts(target, ZIP):
        raise DataError(f"{file.name} is an archive inside an archive. Unpack it and give the files themselves.")
    return SourceFile(name, target, file.role, file.size)


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, allowance: Allowance, name: str, size: int) -> None:
    """Unpacks piece by piece, so that a bomb is found when it exceeds the limit and not when it fills the disk.

    size: of the packed bytes
    """
    with target.open("wb") as out:
        while piece := packed.read(_CHUNK):
            allowance.bytes(name, len(piece))
            out.write(piece)
            allowance.growth(name, size, out.tell())


def _fresh(folder: Path) -> Path:
    return folder / f"{sum(1 for _ in folder.iterdir()):05d}"


def _starts(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _check_kind(file: SourceFile) -> None:
    with file.path.open("rb") as opened:
        start = opened.read(16)
    if not start:
        raise DataError(f"{file.name} is empty. Give a file with at least one row.")
    if file.suffix in _PICKLES or (start[0] == 0x80 and start[1:2] <= b"\x05"):
        raise DataError(
            f"{file.name} is a saved program object (pickle or like it), which could run code when opened. "
            "Export the table as CSV or Parquet."
        )
    for magic, kind in _BINARY.items():
        if start.startswith(magic):
            raise DataError(f"{file.name} is {kind}, not a table. Give CSV, TSV, Parquet, JSON Lines or XLSX.")
    if file.suffix in _ARCHIVES:
        raise DataError(f"{file.name} is named like an archive and is none. Give the file itself, or a .zip or .gz.")
