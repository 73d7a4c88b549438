"""What one import may still read: every reader and every container spends from it, before or while it parses."""

from __future__ import annotations

from kgrec_core.config import ImportLimits
from kgrec_core.errors import DataError

_MEGABYTE = 1_000_000
_FREE = 10 * _MEGABYTE  # bytes that anything may grow to, however small it was packed
LEAST_CELL = 8  # bytes that a cell takes when it is read, even an empty one


class Allowance:
    """Filled with the limits, and emptied by what is read. Every method raises DataError when nothing is left."""

    def __init__(self, limits: ImportLimits) -> None:
        self._limits = limits
        self._bytes = limits.megabytes * _MEGABYTE
        self._files, self._rows, self._cells = limits.files, limits.rows, limits.cells

    def file(self, name: str) -> None:
        """One more file is opened."""
        self._files -= 1
        if self._files < 0:
            raise DataError(f"{name}: there are more than {self._limits.files} files. Give only those that are needed.")

    def bytes(self, name: str, size: int) -> None:
        """`size` bytes more are to be read, unpacked and decoded."""
        self.has_room(name, size)
        self._bytes -= size

    def has_room(self, name: str, size: int) -> None:
        """Nothing is spent: whether `size` bytes more could be."""
        if size > self._bytes:
            raise DataError(
                f"{name}: with this file there are more than {self._limits.megabytes} MB to read, unpacked. "
                "Give fewer or smaller files, or raise KGREC_MAX_MB."
            )

    def growth(self, name: str, packed: int, size: int) -> None:
        """What took `packed` bytes becomes `size` bytes: more than any table would grow, and it is made to do harm."""
        if size > _FREE + self._limits.growth * packed:
            raise DataError(
                f"{name}: {packed:,} bytes of it would become {size:,} or more, which is more than "
                f"{self._limits.growth} times as much. Give the table as plain CSV."
            )

    def rows(self, name: str, rows: int) -> None:
        """`rows` rows more."""
        self._rows -= rows
        if self._rows < 0:
            raise DataError(
                f"{name}: with this file there are more than {self._limits.rows:,} rows. Give fewer rows, such as "
                "those of the last year, or raise KGREC_MAX_ROWS."
            )

    def columns(self, name: str, columns: int) -> None:
        """A table is that wide."""
        if columns > self._limits.columns:
            raise DataError(
                f"{name} has {columns:,} columns; at most {self._limits.columns:,} are read. "
                "Leave out those that are not needed, or raise KGREC_MAX_COLUMNS."
            )

    def table(self, name: str, rows: int, columns: int) -> None:
        """A table of that size more, every row as wide as the widest."""
        self.has_cells(name, rows, columns)
        self._cells -= rows * columns

    def has_cells(self, name: str, rows: int, columns: int) -> None:
        """Nothing is spent: whether a table of that size more could be read."""
        self.columns(name, columns)
        if rows * columns > self._cells:
            raise DataError(
                f"{name}: with this table of {rows:,} rows and {columns:,} columns there are more than "
                f"{self._limits.cells:,} cells. Leave out columns or rows that are not needed, "
                "or raise KGREC_MAX_CELLS."
            )
