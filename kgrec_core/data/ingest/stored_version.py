"""One version of an imported data set as it is read from the disk, and what rows can be added to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.ingest.additions import BaseSet
from kgrec_core.data.ingest.fact_columns import ColumnPlan
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.ingest.stored_choice import decoded
from kgrec_core.data.plan.reading_plan import ReadingPlan
from kgrec_core.data.values.scales import Scale
from kgrec_core.errors import DataError

_ANEW = "Import all files again, the newer rows among them, in place of what is there."


@dataclass(frozen=True, slots=True)
class Step:
    """Rows that were added to a version."""

    data_hash: str  # of that version
    rows: int  # pairs of user and item that were added or are later than before
    items: int  # that were not there


@dataclass(frozen=True, eq=False)
class Stored:
    """One version of a data set. names: its key, None where user ids were kept · folder: of this version."""

    catalog: Catalog
    names: Pseudonyms | None
    data_hash: str  # of the catalog
    folder: Path
    content: Mapping[str, Any]  # what its report holds beside

    @property
    def line(self) -> tuple[Step, ...]:
        """The versions that this one was made of by adding rows, the oldest first; none where all was read at once."""
        return tuple(Step(**step) for step in self.content.get("line", ()))

    @property
    def base(self) -> BaseSet:
        """What rows can be added to. Raises DataError where that is not known, or nobody's new rows would be theirs."""
        if "choice" not in self.content:
            raise DataError(f"The data set {self.catalog.name!r} was imported by an older version. {_ANEW}")
        if self.names is None and self.content["keyed"]:
            raise DataError(f"The key of the user ids of {self.catalog.name!r} is gone, so new rows would be of "
                            f"strangers. {_ANEW}")  # fmt: skip
        scale = self.content["scale"]
        plans = decoded(tuple[ColumnPlan, ...], self.content["plans"])
        read = decoded(ReadingPlan, self.content["report"]["plan"]) if self.content["report"].get("plan") else None
        return BaseSet(self.catalog, plans, scale and Scale(**scale), read, tuple(self.content["liked_words"]))

    @property
    def choice(self) -> Choice:
        """What was chosen when it was imported. Raises as `base` does."""
        found: Choice = decoded(Choice, self.content["choice"])
        return found
