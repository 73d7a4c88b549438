"""What an import found: every finding with its place, and an account in which no row is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kgrec_core.data.plan.reading_plan import ReadingPlan

ERROR, WARNING, NOTE = "error", "warning", "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of thing in one column of one file, shown at the first row that has it."""

    severity: str  # error | warning | note
    file: str
    row: int | None  # as a text editor counts lines: a header is line 1; None for the file as a whole
    column: str
    value: str
    what: str
    mend: str
    rows: int  # rows that have it
    fate: str  # kept | merged | dropped


@dataclass(frozen=True, slots=True)
class FileAccount:
    """Where the records of one file went: kept + merged + dropped = records."""

    file: str
    table: str  # interactions | items | users | triples | labels; "" for a file that is not used
    rows: int  # in the file, its header left out
    records: int  # what the rows hold: one each, unless a row lists several
    unit: str  # what a record is: rows, clicks, ...
    kept: int
    merged: int
    dropped: int


@dataclass(frozen=True, slots=True)
class FileColumns:
    """What each column of a plain table was taken for."""

    file: str
    table: str
    used: Mapping[str, str]  # column of the file -> user_id, title, ..., "text", "fact: brand" or "profile"
    unused: tuple[str, ...]  # columns that are left out


@dataclass(frozen=True, slots=True)
class ProfileColumn:
    """How few users share their value in a column of the users table."""

    columns: tuple[str, ...]
    k: int  # users in the smallest group with equal values: k-anonymity (Sweeney 2002)
    alone: int  # users in a group of one


@dataclass(frozen=True, slots=True)
class AddedRows:
    """What newer rows brought to a data set that was there."""

    rows: int  # pairs of user and item of the new files that were used
    interactions: int  # of these, pairs that were not there; of the others the latest counts, or counts were added up
    users: int  # who had no interaction before
    items: int
    facts: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The answer of `validate` and of `import`."""

    dataset: str
    format: str
    format_title: str
    domain: str
    users: int
    items: int
    interactions: int
    positives: int
    triples: int
    accounts: tuple[FileAccount, ...]
    findings: tuple[Finding, ...]  # errors first
    privacy: tuple[str, ...]  # what was done to protect people, one sentence each
    anonymity: ProfileColumn | None
    seconds: float
    columns: tuple[FileColumns, ...] = ()  # of plain tables; published formats say themselves what theirs are
    rule: str = ""  # what counts as liked, in a sentence
    added: AddedRows | None = None  # where rows were added to what is there; the counts above are of all then
    plan: ReadingPlan | None = None  # how plain tables were read, what was guessed included

    @property
    def ok(self) -> bool:
        """Whether the files can be imported."""
        return not any(finding.severity == ERROR for finding in self.findings)
