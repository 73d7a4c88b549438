"""Which columns of a table of items can become facts, and how: a plan that people see and correct before it is used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from kgrec_core.data.frames import with_columns
from kgrec_core.data.import_report import FileColumns
from kgrec_core.data.ingest.cleaning import CleanTables
from kgrec_core.data.ingest.relation_names import relation_name
from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.data.values.numbers import as_numbers
from kgrec_core.domain import Domain
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import ITEM, TEXT, TITLE

SEPARATORS = ("|", ";", ",")  # that are looked for; a person may choose any other
DECADES, BANDS = "decades", "bands"
_WORDY = 6  # words on average: longer cells are text
_NAME_LENGTH = 4  # words of a value that can be one of several in a cell
_OFTEN = 0.1  # share of the filled cells with a separator that makes it one
_FEW = 20  # distinct numbers that are kinds rather than amounts
_BAND_ENDS = (0.2, 0.4, 0.6, 0.8)  # quantiles
_EXAMPLES = 4
_OWN = frozenset({ITEM, TITLE, TEXT, "raw_title", "year"})  # columns that are parts of every item


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What becomes of one column; change it with dataclasses.replace and give it back in Choice.columns."""

    column: str
    use: bool
    relation: str
    entity_type: str
    separator: str  # between the values of a cell; "" for one value a cell
    binning: str  # "", decades, bands
    values: int  # distinct
    shared: int  # distinct values that at least two items have: only these link items
    facts: int
    coverage: float  # share of the items with a value
    examples: tuple[str, ...]  # the most frequent values
    why: str


def plan_columns(items: pd.DataFrame, domain: Domain) -> tuple[ColumnPlan, ...]:
    """A plan for each column of items that is no id, title or text."""
    known = {*_OWN, *PROVENANCE} - {"year"}
    return tuple(_plan(items, str(name), domain) for name in items.columns if name not in known)


def alike(plans: Sequence[ColumnPlan]) -> dict[str, tuple[str, ...]]:
    """Relations that several used columns become, and these columns."""
    found: dict[str, list[str]] = {}
    for plan in plans:
        if plan.use:
            found.setdefault(plan.relation, []).append(plan.column)
    return {relation: tuple(columns) for relation, columns in found.items() if len(columns) > 1}


def recounted(items: pd.DataFrame, plans: Sequence[ColumnPlan], domain: Domain) -> tuple[ColumnPlan, ...]:
    """Plans that a person changed, with what they come to; `use` stays as it was chosen.

    Raises ConfigError for a relation that cannot be called so.
    """
    return tuple(_recounted(items, plan, domain) if plan.use and plan.column in items else plan for plan in plans)


def _recounted(items: pd.DataFrame, plan: ColumnPlan, domain: Domain) -> ColumnPlan:
    relation = relation_name(plan.relation)
    if relation in _OWN:
        raise ConfigError(
            f"A relation cannot be called {relation!r}, which is a part of every item. Choose another name."
        )
    plan = replace(plan, relation=relation, entity_type=domain.phrase(relation).entity_type)
    return replace(_counted(items, items[plan.column].map(_text), plan, ""), use=True)


def with_plan(items: pd.DataFrame, plans: Sequence[ColumnPlan]) -> tuple[pd.DataFrame, dict[str, tuple[str, str]]]:
    """The items with one column a used plan, called like its relation, values separated by "|"; and those relations.

    Long texts are appended to the text of the item. A year stays as a number beside its decade.
    """
    relations: dict[str, tuple[str, str]] = {}
    made: dict[str, pd.Series] = {}
    gone: list[str] = []
    for plan in plans:
        if plan.column not in items:
            continue
        if plan.use:
            cells = _values_of(items[plan.column], plan).map("|".join)
            before = made.get(plan.relation)
            made[plan.relation] = cells if before is None else _joined(before, cells, "|")
            relations[plan.relation] = (plan.relation, plan.entity_type)
        elif plan.binning == "" and is_text(items[plan.column]):
            before = made.get(TEXT, items[TEXT] if TEXT in items else pd.Series("", index=items.index, dtype=object))
            made[TEXT] = _joined(before, items[plan.column].astype(str), " ")
        if plan.column != "year":
            gone.append(plan.column)
    return with_columns(items.drop(columns=gone), made), relations


def singular(name: str) -> str:
    """The relation of a column name: one genre is said of an item, though the column is called genres.

    >>> singular("Genres"), singular("categories"), singular("Cast"), singular("series")
    ('genre', 'category', 'cast', 'series')
    """
    plain = relation_name(name)
    if plain.endswith("ies") and plain != "series":
        return plain[:-3] + "y"
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("ss", "us", "is", "series")) else plain


def _plan(items: pd.DataFrame, column: str, domain: Domain) -> ColumnPlan:
    texts = items[column].map(_text)
    filled = texts[texts != ""]
    relation = relation_name(column) if relation_name(column) in domain.relations else singular(column)
    if _is_year(column, filled):
        relation, separator, binning = "decade", "", DECADES
    elif _are_amounts(filled):
        relation, separator, binning = f"{relation}_band", "", BANDS
    else:
        separator, binning = _separator(filled), ""
    relation = f"other_{relation}" if relation in _OWN else relation
    plan = ColumnPlan(
        column, True, relation, domain.phrase(relation).entity_type, separator, binning, 0, 0, 0, 0.0, (), ""
    )
    return _counted(items, texts, plan, _reason_against(filled, separator, binning))


def _counted(items: pd.DataFrame, texts: pd.Series, plan: ColumnPlan, against: str) -> ColumnPlan:
    values = _values_of(texts, plan).explode().dropna()
    values = values[values != ""]
    folded = values.str.casefold()
    once = pd.DataFrame({"row": values.index, "value": folded.to_numpy()}).drop_duplicates()
    counts = once["value"].value_counts()
    shared = int((counts >= 2).sum())
    if not against and not shared:
        against = "no two items share a value, so it would link nothing"
    spelled = dict(zip(folded, values, strict=True))
    return ColumnPlan(
        plan.column,
        not against,
        plan.relation,
        plan.entity_type,
        plan.separator,
        plan.binning,
        len(counts),
        shared,
        int(counts.sum()),
        round(float((texts != "").mean()), 3) if len(texts) else 0.0,
        tuple(spelled[value] for value in counts.index[:_EXAMPLES]),
        against or f"{shared:,} of {len(counts):,} values are shared by at least two items",
    )


def _reason_against(filled: pd.Series, separator: str, binning: str) -> str:
    if not len(filled):
        return "it is empty"
    if filled.str.match(r"https?://").mean() > 0.5:
        return "it holds links"
    if not binning and not separator and is_text(filled):
        return "it reads like a description; it is read as text"
    if not binning and not separator and len(filled) > 10 and filled.nunique() > 0.95 * len(filled):
        return "nearly every item has a value of its own"
    return ""


def _values_of(column: pd.Series, plan: ColumnPlan) -> pd.Series:
    """A list of values for each cell."""
    texts = column.map(_text)
    if plan.binning == DECADES:
        years = as_numbers(texts)
        return years.map(lambda year: [f"{int(year) // 10 * 10}s"] if np.isfinite(year) else [])
    if plan.binning == BANDS:
        numbers = as_numbers(texts.str.replace(r"[^\d.,-]", "", regex=True))
        return _bands(numbers).map(lambda band: [band] if band else [])
    if not plan.separator:
        return texts.map(lambda text: [text.replace("|", "/")] if text else [])
    return texts.str.split(plan.separator, regex=False).map(lambda parts: [p for part in parts if (p := part.strip())])


def _bands(numbers: pd.Series) -> pd.Series:
    """Such as "10 to 25" for a number between two quantiles of its column, "" for none."""
    known = numbers[np.isfinite(numbers)]
    ends = sorted({_round(float(end)) for end in known.quantile(list(_BAND_ENDS))}) if len(known) else []
    names = [f"up to {ends[0]:g}"] if ends else ["any"]
    names += [f"{low:g} to {high:g}" for low, high in pairwise(ends)]
    names += [f"over {ends[-1]:g}"] if ends else []
    place = np.searchsorted(ends, numbers.fillna(0).to_numpy(), side="left")
    return pd.Series([names[min(band, len(names) - 1)] for band in place], numbers.index, dtype=object).where(
        np.isfinite(numbers), ""
    )


def _round(number: float) -> float:
    """Two significant digits, as people set prices."""
    return float(f"{number:.2g}")


def _is_year(column: str, filled: pd.Series) -> bool:
    if not re.search(r"year|jahr|released|published|decade", column.lower()) or not len(filled):
        return False
    numbers = as_numbers(filled)
    return bool(((numbers >= 1000) & (numbers <= 2100) & (numbers % 1 == 0)).mean() > 0.9)


def _are_amounts(filled: pd.Series) -> bool:
    if not len(filled):
        return False
    numbers = as_numbers(filled.str.replace(r"^[$€£]\s*|\s*[$€£]$", "", regex=True))
    return bool(np.isfinite(numbers).mean() > 0.9 and filled.nunique() > _FEW) or bool(
        np.isfinite(numbers).mean() > 0.9 and (numbers.dropna() % 1 != 0).any()
    )


def _separator(filled: pd.Series) -> str:
    for separator in SEPARATORS:
        if len(filled) and filled.str.contains(separator, regex=False).mean() >= _OFTEN:
            parts = filled.str.split(separator, regex=False).explode().str.strip()
            if parts.str.count(" ").mean() + 1 <= _NAME_LENGTH:
                return separator
    return ""


def is_text(column: pd.Series) -> bool:
    """Whether cells have so many words that they are read as text."""
    filled = column[column.map(_text) != ""].astype(str)
    return bool(len(filled)) and float(filled.str.count(r"\s+").mean()) + 1 > _WORDY


def _joined(one: pd.Series, other: pd.Series, between: str) -> pd.Series:
    both = (one != "") & (other != "")
    return one + np.where(both, between, "") + other


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value).strip()


def described(
    read: Sequence[FileColumns], clean: CleanTables, plans: Sequence[ColumnPlan], gone: Sequence[str]
) -> tuple[FileColumns, ...]:
    """The columns as read, with those of items and users that became facts, text or profiles among the used ones.

    gone: columns that were left out, since they name or reach a person
    """
    words = [plan.column for plan in plans if not plan.binning and plan.column in clean.items]
    facts = {column: TEXT for column in words if is_text(clean.items[column])}
    facts |= {plan.column: f"fact: {plan.relation}" for plan in plans if plan.use}
    profile = {str(name): "profile" for name in (() if clean.users is None else clean.users.columns)}
    more: Mapping[str, Mapping[str, str]] = {"items": facts, "users": profile}
    return tuple(_with(one, more.get(one.table, {}), gone) for one in read)


def _with(one: FileColumns, meant: Mapping[str, str], gone: Sequence[str]) -> FileColumns:
    found = {name: meant[name] for name in one.unused if name in meant and name not in gone}
    return replace(one, used={**one.used, **found}, unused=tuple(name for name in one.unused if name not in found))
