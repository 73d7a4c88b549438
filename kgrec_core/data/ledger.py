"""The ledger of an import: what each file held, what became of each record, and what was found where.

Tables carry two columns of provenance while they are being cleaned: FILE and ROW. Rows made from others, such as facts
from attributes, have an empty FILE and are not accounted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kgrec_core.config import ImportLimits
from kgrec_core.data.frames import with_columns
from kgrec_core.data.import_report import ERROR, NOTE, WARNING, FileAccount, FileColumns, Finding
from kgrec_core.data.masking import Name, per_value, without_contacts
from kgrec_core.data.size_limits import Allowance
from kgrec_core.schema.columns import USER

FILE, ROW = "_file", "_row"
PROVENANCE = (FILE, ROW)
_LONGEST_VALUE = 80  # characters of a value that are shown
_NOTHING = "Nothing to do."
_ORDER = {ERROR: 0, WARNING: 1, NOTE: 2}


@dataclass(frozen=True, slots=True)
class _Read:
    table: str
    rows: int
    records: int
    unit: str


class Ledger:
    """Filled by readers and checks, in the order in which they run; read once at the end."""

    def __init__(self, limits: ImportLimits | None = None, name: Name | None = None) -> None:
        """name: what stands for a user id in the rows that are lost before ids are replaced in the tables."""
        self.limits = limits or ImportLimits()
        self._name = name
        self.allowance = Allowance(self.limits)
        self._read: dict[str, _Read] = {}
        self._lost: dict[str, dict[str, int]] = {"merged": {}, "dropped": {}}
        self._findings: dict[tuple[str, str, str, str], Finding] = {}
        self._gone: list[pd.DataFrame] = []
        self._called: dict[tuple[str, str], str] = {}
        self._columns: dict[str, FileColumns] = {}

    def read(self, file: str, table: str, rows: int) -> None:
        """A file was read: `rows` data rows, the bad ones included."""
        self._read[file] = _Read(table, rows, rows, "rows")

    def is_table(self, file: str, table: str) -> None:
        """What a file that was read before its meaning was known turned out to be."""
        self._read[file] = replace(self._read[file], table=table)

    def called(self, file: str, table: str, meaning: Mapping[str, str], others: Sequence[str]) -> None:
        """What the columns of the file are taken for (its name -> contract column), and those that are none of it.

        Findings then name what a person finds in the file.
        """
        self._called |= {(file, meant): name for name, meant in meaning.items()}
        used = {without_contacts(name): meant for name, meant in meaning.items()}
        self._columns[file] = FileColumns(file, table, used, tuple(map(without_contacts, others)))

    def own_name(self, file: str, column: str) -> str:
        """What the file calls a column of the contract; "" when that is not known."""
        return self._called.get((file, column), "")

    def columns(self) -> tuple[FileColumns, ...]:
        """What became of the columns of each plain table, in the order read."""
        return tuple(self._columns.values())

    def holds_more(self, file: str, more: int, unit: str) -> None:
        """The rows of `file` list several things each, called `unit`: `more` in all than there are rows."""
        known = self._read[file]
        self._read[file] = replace(known, records=known.records + more, unit=unit)

    def unused(self, file: str, rows: int, why: str) -> None:
        """A file that was given and is not needed."""
        self.read(file, "", rows)
        self._lost["dropped"][file] = rows
        self._find(Finding(NOTE, file, None, "", "", why, _NOTHING, rows, "dropped"))

    def note(self, file: str, what: str, mend: str = _NOTHING, row: int | None = None) -> None:
        self._find(Finding(NOTE, file, row, "", "", what, mend, 0, "kept"))

    def warn(self, file: str, what: str, mend: str, row: int | None = None) -> None:
        """Something about a file that will matter."""
        self._find(Finding(WARNING, file, row, "", "", what, mend, 0, "kept"))

    def error(self, file: str, what: str, mend: str, column: str = "") -> None:
        """Something without which nothing can be imported."""
        self._find(Finding(ERROR, file, None, column, "", what, mend, 0, "kept"))

    def keep(self, rows: pd.DataFrame, column: str, what: str, mend: str, severity: str = WARNING) -> None:
        """Rows that stay, with a remark."""
        self._note_rows(rows, column, what, mend, severity, "kept")

    def drop(self, rows: pd.DataFrame, column: str, what: str, mend: str, severity: str = WARNING) -> None:
        """Rows that are left out; they are listed in the file of dropped rows."""
        self._lose(rows, column, what, mend, severity, "dropped")

    def merge(self, rows: pd.DataFrame, column: str, what: str, mend: str) -> None:
        """Rows that say again what another row says."""
        self._lose(rows, column, what, mend, NOTE, "merged")

    @property
    def failed(self) -> bool:
        return any(finding.severity == ERROR for finding in self._findings.values())

    def findings(self) -> tuple[Finding, ...]:
        """Errors first, then warnings, then notes, each in the order found."""
        return tuple(sorted(self._findings.values(), key=lambda finding: _ORDER[finding.severity]))

    def accounts(self) -> tuple[FileAccount, ...]:
        return tuple(self._account(file, read) for file, read in self._read.items())

    def gone(self) -> pd.DataFrame:
        """All merged and dropped rows: file, row, fate, why, record."""
        columns = ["file", "row", "fate", "why", "record"]
        return pd.concat(self._gone, ignore_index=True) if self._gone else pd.DataFrame(columns=columns, dtype=object)

    def _account(self, file: str, read: _Read) -> FileAccount:
        merged, dropped = (self._lost[fate].get(file, 0) for fate in ("merged", "dropped"))
        kept = read.records - merged - dropped
        return FileAccount(file, read.table, read.rows, read.records, read.unit, kept, merged, dropped)

    def ids_are_hidden(self) -> None:
        """From here on user ids in the tables are replaced, or to be kept."""
        self._name = None

    def _lose(self, rows: pd.DataFrame, column: str, what: str, mend: str, severity: str, fate: str) -> None:
        if self._name and USER in rows:
            rows = with_columns(rows, {USER: per_value(rows[USER], self._name)})
        self._note_rows(rows, column, what, mend, severity, fate)
        rows = rows[rows[FILE] != ""]
        for file, count in rows[FILE].value_counts(sort=False).items():
            if count:
                self._lost[fate][str(file)] = self._lost[fate].get(str(file), 0) + int(count)
        if len(rows):
            self._gone.append(_listed(rows, f"{column}: {what}" if column else what, fate))

    def _note_rows(self, rows: pd.DataFrame, column: str, what: str, mend: str, severity: str, fate: str) -> None:
        counts = rows[FILE].value_counts(sort=False)
        first = rows.drop_duplicates(FILE)
        for position in range(len(first)):
            row = first.iloc[position]
            if row[FILE] == "":
                continue
            value = shown(row[column]) if column in first else ""
            file = str(row[FILE])
            named = self._called.get((file, column), column)
            self._find(Finding(severity, file, int(row[ROW]), named, value, what, mend, int(counts[file]), fate))

    def _find(self, finding: Finding) -> None:
        parts = (finding.column, finding.value, finding.what, finding.mend)
        column, value, what, mend = map(without_contacts, parts)
        finding = replace(finding, column=column, value=value, what=what, mend=mend)
        key = (finding.file, finding.column, finding.what, finding.fate)
        known = self._findings.get(key)
        self._findings[key] = replace(known, rows=known.rows + finding.rows) if known else finding


def shown(value: object) -> str:
    """A value as a report shows it: on one line, at most 80 characters."""
    text = "" if value is None or value is pd.NA or value != value else " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def with_provenance(frame: pd.DataFrame, file: str, rows: Sequence[int] | npt.NDArray[Any]) -> pd.DataFrame:
    """The frame with FILE and ROW; FILE is a category, since a million rows share one name."""
    names = pd.Categorical.from_codes(np.zeros(len(frame), dtype=np.int8), categories=pd.Index([file]))
    return frame.assign(_file=names, _row=np.asarray(rows, dtype=np.int64))


def concat(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables below each other; FILE stays a category."""
    if len(frames) == 1:
        return frames[0].reset_index(drop=True)
    names = pd.Index(dict.fromkeys(name for frame in frames for name in _file_names(frame)))
    same = [frame.assign(**{FILE: pd.Categorical(frame[FILE], categories=names)}) for frame in frames]
    return pd.concat(same, ignore_index=True)


def _file_names(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame[FILE].astype("category").cat.categories]


def _listed(rows: pd.DataFrame, why: str, fate: str) -> pd.DataFrame:
    columns = [name for name in rows.columns if name not in PROVENANCE]
    texts = rows[columns].astype(object).where(rows[columns].notna(), "").astype(str)
    texts = with_columns(texts, {name: per_value(texts[name], without_contacts) for name in columns})
    record = texts.iloc[:, 0] if len(columns) == 1 else _joined(texts)
    listed: Mapping[str, object] = {
        "file": rows[FILE].astype(str).to_numpy(),
        "row": rows[ROW].to_numpy(),
        "fate": fate,
        "why": why,
        "record": record.to_numpy(),
    }
    return pd.DataFrame(listed)


def _joined(texts: pd.DataFrame) -> pd.Series:
    joined = f"{texts.columns[0]}=" + texts.iloc[:, 0]
    for name in texts.columns[1:]:
        joined = joined + f" · {name}=" + texts[name]
    return joined
