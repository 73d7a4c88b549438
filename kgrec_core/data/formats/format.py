"""What a reader is, and what it hands on: tables with the columns of the contract, every cell still a string."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger, concat
from kgrec_core.data.plan.reading_plan import ReadingPlan


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person chose of how to read. domain: "" when not said; mapping: file column -> contract column."""

    domain: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    plan: ReadingPlan | None = None  # a plan that was saved or edited
    before: ReadingPlan | None = None  # of the files that these add to; theirs where the columns are the same


@dataclass(frozen=True, eq=False)
class Tables:
    """Raw tables with provenance (ledger.FILE, ledger.ROW); None where the files have no such table.

    relations: attribute columns of items, cells separated by "|" -> (relation, entity type)
    implicit: whether a value counts how often (plays, clicks) and every interaction is positive
    pieces: whether it counts the pieces of one event (a quantity bought), so that a row is an event whatever it is
    guess: whether the other columns of items may become facts too
    """

    interactions: pd.DataFrame | None = None
    items: pd.DataFrame | None = None
    users: pd.DataFrame | None = None
    triples: pd.DataFrame | None = None
    relations: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    implicit: bool = False
    pieces: bool = False
    guess: bool = False
    sources: tuple[str, ...] = ()
    event_weights: Mapping[str, float] = field(default_factory=dict)  # word of EVENT -> weight
    no_rating: tuple[str, ...] | None = None  # cells of VALUE that stand for "no rating"; None where they are not known
    plan: ReadingPlan | None = None  # what was read and how, of plain tables

    def with_more(self, other: Tables) -> Tables:
        """The rows of both."""
        return Tables(
            interactions=_both(self.interactions, other.interactions),
            items=_both(self.items, other.items),
            users=_both(self.users, other.users),
            triples=_both(self.triples, other.triples),
            relations={**self.relations, **other.relations},
            implicit=self.implicit,
            pieces=self.pieces,
            guess=self.guess,
            sources=(*self.sources, *other.sources),
            event_weights={**self.event_weights, **other.event_weights},
            no_rating=self.no_rating,
            plan=self.plan,
        )


@dataclass(frozen=True, slots=True)
class Format:
    """One way in which data are published. claims: the files that it knows, none when the data are not its own."""

    name: str
    title: str
    domain: str
    claims: Callable[[Sequence[SourceFile]], list[SourceFile]]
    read: Callable[[Sequence[SourceFile], Ledger, Wish], Tables]


def named(files: Sequence[SourceFile], *bases: str) -> list[SourceFile]:
    """The files with one of these names, in the order of the names."""
    return [file for base in bases for file in files if file.base == base]


def set_aside(files: Sequence[SourceFile], ledger: Ledger, why: str) -> None:
    """Files of the format that are not needed; their lines are counted, but for a header."""
    for file in files:
        data = file.path.read_bytes()
        lines = data.count(b"\n") + (not data.endswith(b"\n"))
        ledger.unused(file.name, max(lines - _has_header(file), 0), why)


def _has_header(file: SourceFile) -> bool:
    """Whether the first line of a csv holds no number, as names of columns do."""
    first = "".join(file.lines(1))
    return file.suffix in (".csv", ".tsv") and not any(letter.isdigit() for letter in first)


def _both(one: pd.DataFrame | None, other: pd.DataFrame | None) -> pd.DataFrame | None:
    frames = [frame for frame in (one, other) if frame is not None]
    return concat(frames) if frames else None
