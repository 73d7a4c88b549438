"""Files as people give them, and the plain ones behind them that are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kgrec_core.data.formats.encodings import leniently

ROLES = ("interactions", "items", "users", "triples")
PARQUET, ZIP = b"PAR1", b"PK\x03\x04"

_HEAD = 1 << 16  # bytes read to recognise a format


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
        """The first 64 KiB as text, a last line that is not whole left out if it is not the only one.

        Wrong bytes are replaced. "" of a workbook and of other files that are no text.
        """
        with self.path.open("rb") as file:
            data = file.read(_HEAD)
        if data.startswith((ZIP, PARQUET)):
            return ""
        if len(data) < _HEAD or b"\n" not in data:
            return leniently(data)
        return leniently(data[: data.rfind(b"\n") + 1]).rpartition("\n")[0]

    def lines(self, most: int = 5) -> list[str]:
        """The first lines, without their ends."""
        return self.head().splitlines()[:most]

    def starts(self, *marks: bytes) -> bool:
        """Whether its first bytes are one of these."""
        with self.path.open("rb") as file:
            return file.read(max(map(len, marks))).startswith(marks)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not read. why: "is a picture, not a table"; mend: what a person does who needs it · path: where a
    whole file lies, as long as archives are unpacked
    """

    name: str
    why: str
    mend: str
    damaged: bool = False  # whether it might have held a table
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """All plain files behind what was given, and what lies beside them and is no data."""

    files: tuple[SourceFile, ...]
    left_out: tuple[LeftOut, ...] = ()
