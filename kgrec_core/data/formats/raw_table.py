"""A table as it stands in a file, before anybody says what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.ledger import PROVENANCE


@dataclass(frozen=True, eq=False)
class RawTable:
    """One table of a file: the file itself, a sheet of a workbook, a nested list of JSON, the statements of a graph.

    name: as shown to people, "shop.xlsx" or, where a file holds several, "shop.xlsx/Orders"; also the FILE of its rows
    frame: every cell a string, "" for nothing, with provenance (ledger.FILE, ledger.ROW)
    named: whether the columns have the names that the file gives them; else they are "column 1", "column 2", ...
    ragged: whether lines have any number of cells, as baskets and sequences do; the frame then has the one column
        "line", whose cells are separated by CELL_BREAK
    role: the table that a person named the file for, "" when they did not
    parent: the name of the table whose rows hold these as a nested list; their other cells are repeated here
    """

    name: str
    frame: pd.DataFrame
    named: bool = True
    ragged: bool = False
    role: str = ""
    parent: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, without provenance."""
        return tuple(str(name) for name in self.frame.columns if name not in PROVENANCE)

    @property
    def stem(self) -> str:
        """The last part of the name, in small letters, without its ending."""
        return self.name.rsplit("/", 1)[-1].lower().rsplit(".", 1)[0]


CELL_BREAK = "\x1f"
