"""What a person chooses for an import."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from kgrec_core.data.ingest.fact_columns import ColumnPlan
from kgrec_core.data.plan.reading_plan import ReadingPlan
from kgrec_core.errors import ConfigError

AUTO = "auto"


@dataclass(frozen=True)
class Choice:
    """What a person chooses for an import; the defaults suit most data."""

    format: str = AUTO
    domain: str = ""  # "" for the usual one of the format
    title: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)  # file column -> contract column, where the guess is wrong
    plan: ReadingPlan | None = None  # how files are read, as shown before and edited; None for a plan made anew
    positive: float | None = None  # values from here on are likes; None for the rule of the domain and scale
    min_users: int | None = None  # items met by fewer are set aside; None for as few as the model needs
    keep_user_ids: bool = False
    keep_columns: frozenset[str] = frozenset()  # direct identifiers that are kept on purpose
    names: str = ""  # the column of the table of users that people are called by on screens; "" for none
    columns: tuple[ColumnPlan, ...] | None = None  # how attributes become facts; None for the guess
    accepted: tuple[str, ...] = ()  # phrases of the texts that become facts

    def __post_init__(self) -> None:
        if self.positive is not None and not math.isfinite(self.positive):
            raise ConfigError(f"--positive is {self.positive}; choose a number, such as 4.")
        if self.min_users is not None and self.min_users < 0:
            raise ConfigError(f"--min-users is {self.min_users}; choose a whole number from 0 on.")
