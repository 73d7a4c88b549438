"""Zip, tar, gzip, bzip2, xz and zstd, unpacked piece by piece within limits, and never outside of the folder."""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Protocol

import pyarrow as pa

from kgrec_core.data.formats.source_files import ZIP, LeftOut, SourceFile
from kgrec_core.data.size_limits import Allowance
from kgrec_core.errors import DataError

_CHUNK = 1 << 20
_TAR, _TAR_AT = b"ustar", 257
_AGAIN = "Pack it again."
_NESTED = "Unpack it and give the files themselves."
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    tarfile.TarError,
    pa.ArrowException,
    EOFError,
    RuntimeError,
    NotImplementedError,
    OSError,
    ValueError,
)
_PACKED: dict[bytes, tuple[str, tuple[str, ...]]] = {
    b"\x1f\x8b": ("gzip", (".gz",)),
    b"BZh": ("bzip2", (".bz2",)),
    b"\xfd7zXZ": ("xz", (".xz",)),
    b"(\xb5/\xfd": ("zstd", (".zst", ".zstd")),
}
_TARS = {".tgz": ".tar", ".tbz2": ".tar", ".tbz": ".tar", ".txz": ".tar", ".tzst": ".tar"}
_MEMORY = 1 << 28  # bytes that the dictionary of an xz file may take


class DamagedError(DataError):
    """A file that cannot be opened; what lies beside it may still be read."""

    def __init__(self, name: str, why: str, mend: str) -> None:
        super().__init__(f"{name} {why}. {mend}")
        self.left_out = LeftOut(name, why, mend, damaged=True)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def is_packed(file: SourceFile) -> bool:
    """Whether it is one file, made shorter."""
    return file.starts(*_PACKED)


def is_tar(file: SourceFile) -> bool:
    with file.path.open("rb") as opened:
        return opened.read(_TAR_AT + len(_TAR))[_TAR_AT:] == _TAR


def opened_zip(file: SourceFile) -> zipfile.ZipFile:
    """Raises DataError."""
    try:
        return zipfile.ZipFile(file.path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedError(file.name, f"is a damaged zip file ({error})", _AGAIN) from error


def from_zip(file: SourceFile, folder: Path, allowance: Allowance) -> Iterator[SourceFile | LeftOut]:
    """Its files, and what is not unpacked. Raises DataError for what is damaged, too large, or leaves its folder."""
    with opened_zip(file) as archive:
        for entry in archive.infolist():
            shown = f"{file.name}/{_zip_name(entry)}"
            check_place(entry.filename, shown)
            if entry.is_dir() or hidden(shown):
                continue
            if locked := _locked(entry):
                yield LeftOut(shown, *locked)
                continue
            allowance.file(shown)
            allowance.has_room(shown, entry.file_size)  # before a byte is unpacked
            allowance.growth(shown, entry.compress_size, entry.file_size)
            target = fresh(folder)
            try:
                with archive.open(entry) as packed:
                    _copy(packed, target, allowance, shown, entry.compress_size)
            except _DAMAGED as error:
                raise DamagedError(shown, f"cannot be unpacked ({error})", "Pack the files again.") from error
            yield SourceFile(shown, target, packed=max(entry.compress_size, 1))


def from_tar(file: SourceFile, folder: Path) -> Iterator[SourceFile | LeftOut]:
    """Its files; they take no more room than the archive itself, which was counted. Raises DataError."""
    whole = max(file.path.stat().st_size, 1)
    try:
        with tarfile.open(file.path, "r:") as archive:
            for entry in archive:
                shown = f"{file.name}/{readable(entry.name.removeprefix('./'))}"
                check_place(entry.name, shown)
                if entry.isdir() or hidden(shown):
                    continue
                packed = archive.extractfile(entry) if entry.isreg() and not entry.issparse() else None
                if packed is None:
                    yield LeftOut(shown, "is a link, not a file", "Pack the file itself.")
                    continue
                target = fresh(folder)
                with packed, target.open("wb") as out:
                    while piece := packed.read(_CHUNK):
                        out.write(piece)
                yield SourceFile(shown, target, packed=max(entry.size * file.size // whole, 1))
    except _DAMAGED as error:
        raise DamagedError(file.name, f"is a damaged tar file ({error})", _AGAIN) from error


def unpacked(file: SourceFile, folder: Path, allowance: Allowance) -> SourceFile:
    """The one file that was made shorter. Raises DataError."""
    kind, suffixes = next(value for mark, value in _PACKED.items() if file.starts(mark))
    target = fresh(folder)
    allowance.file(file.name)
    try:
        with _OPENERS[kind](file.path) as packed:
            _copy(packed, target, allowance, file.name, file.size)
    except _DAMAGED as error:
        raise DamagedError(file.name, f"is a damaged {kind} file ({error})", _AGAIN) from error
    return SourceFile(_unpacked_name(file.name, suffixes), target, file.role, file.size)


def nested(file: SourceFile) -> LeftOut:
    """What is said of an archive in an archive."""
    return LeftOut(file.name, "is an archive inside an archive", _NESTED)


def is_zip(file: SourceFile) -> bool:
    return file.starts(ZIP)


def check_place(name: str, shown: str) -> None:
    """Raises DataError for a name that leads out of its archive."""
    if not name:
        raise DataError(f"{shown} has a file without a name, so it is damaged. Pack the files again.")
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\0" in name:
        raise DataError(f"{shown!r} names a place outside of the archive. Pack the files again without folders above.")


def hidden(name: str) -> bool:
    """Whether a file or a folder that it lies in is one that systems hide."""
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def readable(name: str) -> str:
    """A name that can be shown and written, whatever bytes it has."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def fresh(folder: Path) -> Path:
    """A place for one more file."""
    return folder / f"{sum(1 for _ in folder.iterdir()):05d}"


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """Written by Windows, folders are parted by backslashes, and letters may be UTF-8 without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.filename
    return readable(name.replace("\\", "/"))


def _locked(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link, not a file", "Pack the file itself."
    if entry.flag_bits & 1:
        return "is locked by a password", "Pack the files without one."
    return None


def _unpacked_name(name: str, suffixes: tuple[str, ...]) -> str:
    small = name.lower()
    for short, long in _TARS.items():
        if small.endswith(short):
            return name[: -len(short)] + long
    return next((name[: -len(each)] for each in suffixes if small.endswith(each)), name)


def _copy(packed: _Readable, target: Path, allowance: Allowance, name: str, size: int) -> None:
    """Unpacks piece by piece, so that a bomb is found when it exceeds the limit and not when it fills the disk.

    size: of the packed bytes
    """
    with target.open("wb") as out:
        while piece := packed.read(_CHUNK):
            allowance.bytes(name, len(piece))
            out.write(piece)
            allowance.growth(name, size, out.tell())


class _Xz:
    """An xz file whose dictionary is bounded, as `lzma.open` does not do it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._reader = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)

    def __enter__(self) -> _Xz:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int, /) -> bytes:
        while True:
            if self._reader.eof:
                rest = (self._reader.unused_data or self._file.read(_CHUNK)).lstrip(b"\0")
                if not rest:
                    return b""
                self._reader = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)
                piece = self._reader.decompress(rest, size)
            else:
                block = self._file.read(_CHUNK) if self._reader.needs_input else b""
                if self._reader.needs_input and not block:
                    raise EOFError("it ends too early")
                piece = self._reader.decompress(block, size)
            if piece:
                return piece


class _Zstd:
    def __init__(self, path: Path) -> None:
        self._stream = pa.CompressedInputStream(pa.OSFile(str(path)), "zstd")

    def __enter__(self) -> _Zstd:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def read(self, size: int, /) -> bytes:
        return bytes(self._stream.read(size))


_OPENERS: dict[str, Callable[[Path], gzip.GzipFile | bz2.BZ2File | _Xz | _Zstd | IO[bytes]]] = {
    "gzip": gzip.open,
    "bzip2": bz2.open,
    "xz": _Xz,
    "zstd": _Zstd,
}
