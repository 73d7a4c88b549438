"""What the names of files say of their rows, as "clicks" and "buys" do, and what each event counts.

By itself: the planner says what tables are, and this what their rows say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.profiles import Profile
from kgrec_core.data.plan.reading_plan import TablePlan
from kgrec_core.data.values.column_words import are_pieces, is_count, words_of
from kgrec_core.data.values.event_words import event_weights
from kgrec_core.data.values.missing import MARKS, no_rating
from kgrec_core.schema.columns import EVENT, VALUE


def with_events_of_files(plans: Sequence[TablePlan]) -> list[TablePlan]:
    """The plans of interactions with what the names of their files say of all their rows.

    Where these differ; or where one table has a column of events, in whose company rows without any would say nothing.
    """
    beside_events = any(each.column(EVENT) for each in plans)
    words = [_event_of(each, beside_events) for each in plans]
    if not beside_events and len({word for word in words if word}) < 2:
        return list(plans)
    return [replace(each, event=word) for each, word in zip(plans, words, strict=True)]


def weights_of(plans: Sequence[TablePlan], profiles: Mapping[str, Mapping[str, Profile]]) -> dict[str, float]:
    """Word of an event -> its weight, for all words of these plans that are known."""
    words: set[str] = {plan.event for plan in plans if plan.event}
    for plan in plans:
        column = plan.column(EVENT)
        words |= set(map(str, profiles[plan.table][column].values)) if column else set()
    return event_weights(sorted(words)) if words else {}


def unrated(plans: Sequence[TablePlan], tables: Mapping[str, RawTable]) -> tuple[str, ...]:
    """Cells that stand for "no rating" in the values of these plans, as the rest of their scale shows."""
    columns = [(each, name) for each in plans if (name := each.column(VALUE)) and not is_count(name)]
    cells = [tables[each.table].frame[name].astype(str).str.strip() for each, name in columns]
    texts = pd.concat(cells, ignore_index=True) if cells else pd.Series(dtype=object)
    return no_rating(texts.where(~texts.isin(MARKS), ""))


def _event_of(each: TablePlan, beside_events: bool) -> str:
    value = each.column(VALUE)
    if each.column(EVENT) or (value and not (beside_events and are_pieces(value))):
        return ""
    stem = each.table.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
    words = [word for word in words_of(stem) if event_weights([word])]
    return words[-1] if words else stem if beside_events else ""
