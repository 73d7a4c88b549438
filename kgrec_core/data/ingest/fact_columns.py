"""Which columns of a table of items can become facts, and how: a plan that people see and correct before it is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kgrec_core.data.frames import with_columns
from kgrec_core.data.ingest.category_codes import are_categories, lists_categories, named_by
from kgrec_core.data.ingest.code_names import spelled_out
from kgrec_core.data.ingest.column_relations import names_kinds, relation_of, words_of
from kgrec_core.data.ingest.item_ends import ends_at_items
from kgrec_core.data.ingest.no_facts import READ_AS_TEXT, by_name, by_values
from kgrec_core.data.ingest.number_bands import (
    FEW,
    amount_of,
    are_numbers_mostly,
    bands,
    decades,
    tells_decade,
    unit_of,
)
from kgrec_core.data.ingest.relation_names import relation_name
from kgrec_core.data.ingest.shelves_of_readers import without_readers
from kgrec_core.data.ingest.yes_no_facts import FLAGS, flag_relations, flag_word, tells_nothing, yes_of
from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.data.values.cell_words import mean_words
from kgrec_core.data.values.codes import ADDRESS, are_numbers
from kgrec_core.data.values.list_cells import LISTS, how_split, split_by
from kgrec_core.data.values.missing import is_mark
from kgrec_core.data.values.numbers import as_numbers
from kgrec_core.domain import Domain
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import ITEM, TEXT, TITLE

SEPARATORS = ("|", ";", ",")  # that are offered; a person may choose any other
DECADES, BANDS = "decades", "bands"
_WORDY = 6  # words on average: longer cells are text
_EXAMPLES = 4
_LONGEST = 120  # letters of a value that can be the name of anything
_OWN = frozenset({ITEM, TITLE, TEXT, "raw_title", "year"})  # columns that are parts of every item


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What becomes of one column; change it with dataclasses.replace and give it back in Choice.columns."""

    column: str
    use: bool
    relation: str
    entity_type: str
    separator: str  # between the values of a cell, or "lists"; "" for one value a cell
    binning: str  # "", decades, bands, flags: its name is the value where it says yes
    values: int  # distinct
    shared: int  # distinct values that at least two items have: only these link items
    facts: int
    coverage: float  # share of the items with a value
    examples: tuple[str, ...]  # the most frequent values
    why: str


def plan_columns(items: pd.DataFrame, domain: Domain) -> tuple[ColumnPlan, ...]:
    """A plan for each column of items that is no id, title or text."""
    known = {*_OWN, *PROVENANCE} - {"year"}
    texts = {str(name): _shown(items[name]) for name in items.columns if name not in known}
    flags = flag_relations(texts)
    plans = [_plan(items, name, cells, flags.get(name), domain) for name, cells in texts.items()]
    return _without_repeats(plans, texts, _shown(items[TITLE]) if TITLE in items else None)


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
        what = f"A relation cannot be called {relation!r}, which is a part of every item."
        raise ConfigError(f"{what} Choose another name.")
    plan = replace(plan, relation=relation, entity_type=domain.phrase(relation).entity_type)
    texts = _shown(items[plan.column])
    return replace(_counted(_values_of(items, texts, plan).tolist(), texts, plan, ""), use=True)


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
            values = _values_of(items, _shown(items[plan.column]), plan)
            cells = pd.Series([_in_one(each) for each in values], index=values.index, dtype=object)
            before = made.get(plan.relation)
            made[plan.relation] = cells if before is None else _joined(before, cells, "|")
            relations[plan.relation] = (plan.relation, plan.entity_type)
        elif plan.binning == "" and _reads_as_text(_shown(items[plan.column]), plan):
            before = made.get(TEXT, items[TEXT] if TEXT in items else pd.Series("", index=items.index, dtype=object))
            made[TEXT] = _joined(before, _as_text(_shown(items[plan.column]), plan), " ")
        if plan.column != "year":
            gone.append(plan.column)
    return with_columns(items.drop(columns=gone), made), relations


def _plan(
    items: pd.DataFrame, column: str, texts: pd.Series, flag: tuple[str, str] | None, domain: Domain
) -> ColumnPlan:
    filled, words = texts[texts != ""], words_of(column)
    relation, separator, binning, against = relation_of(column, domain), "", "", ""
    if tells_decade(column, filled):
        relation, binning = "decade", DECADES
    elif flag is not None:
        relation, binning, against = flag[0], FLAGS, "it has no name for what it says" * tells_nothing(flag[1])
    elif are_numbers_mostly(filled) and not are_categories(words, filled):
        relation, binning, against = _of_numbers(filled, words, relation)
    else:
        separator = how_split(filled, names_kinds(column, relation))
    relation = f"other_{relation}" if relation in _OWN else relation
    kind = domain.phrase(relation).entity_type
    plan = ColumnPlan(column, True, relation, kind, separator, binning, 0, 0, 0, 0.0, (), "")
    cells = _values_of(items, texts, plan).tolist()
    return _counted(cells, texts, plan, _against(cells, filled, plan) or against)


def _of_numbers(filled: pd.Series, words: Sequence[str], relation: str) -> tuple[str, str, str]:
    """The relation of a column of numbers, how they are binned, and the reason against it."""
    amount, numbers = amount_of(words), as_numbers(filled)
    many = filled.nunique() > FEW or bool((numbers.dropna() % 1 != 0).any())
    if amount:
        return (f"{amount}_band", BANDS, "") if many else (amount, "", "")
    return (f"{relation}_band" if many else relation), BANDS if many else "", "its name says no unit of its numbers"


def _against(cells: Sequence[Sequence[str]], filled: pd.Series, plan: ColumnPlan) -> str:
    """The reason against a column, "" for none. cells: the values of each row · filled: the texts of rows with one."""
    if not len(filled):
        return "it is empty"
    some = Counter(filled.head(1000))
    if sum(count for text, count in some.items() if ADDRESS.match(text)) > 0.5 * sum(some.values()):
        return "it holds links"
    named = "" if plan.binning == DECADES else by_name(words_of(plan.column), filled)
    if named or plan.binning:
        return named
    if not plan.separator and is_text(filled):
        return READ_AS_TEXT
    values = pd.Series([value for cell in cells for value in cell], dtype=object)
    if plan.separator == LISTS and are_numbers(values.head(2_000).tolist()) and not lists_categories(filled):
        return "it holds numbers that name nothing"
    if is_text(values):
        return READ_AS_TEXT
    against = by_values(values, len(cells))
    return "" if against == "it holds codes" and are_categories(words_of(plan.column), filled) else against


def _without_repeats(
    plans: Sequence[ColumnPlan], texts: Mapping[str, pd.Series], titles: pd.Series | None
) -> tuple[ColumnPlan, ...]:
    """The plans, without columns that say what another one or the title says."""
    made: list[ColumnPlan] = []
    words = {plan.column: frozenset(words_of(plan.column)) for plan in plans}
    digests = {plan.column: hash(tuple(texts[plan.column])) for plan in plans}
    spoken = [plan.column for plan in plans if plan.use and not plan.binning]
    for plan in plans:
        alike = [one for one in made if one.use and words[one.column] & words[plan.column]]
        same = [one.column for one in alike if digests[one.column] == digests[plan.column]]
        if plan.use and same:
            plan = replace(plan, use=False, why=f"it says the same as {same[0]!r}")
        elif plan.use and not plan.binning and (said := named_by(plan.column, texts, spoken)):
            plan = replace(plan, use=False, why=f"it holds codes, whose names stand in {said!r}")
        elif plan.use and titles is not None and (titles == texts[plan.column]).mean() > 0.5:
            plan = replace(plan, use=False, why="it repeats the title")
        made.append(plan)
    return tuple(made)


def _counted(cells: Sequence[Sequence[str]], texts: pd.Series, plan: ColumnPlan, against: str) -> ColumnPlan:
    spelled = {value.casefold(): value for cell in cells for value in cell if value}
    once = [each for cell in cells for each in {value.casefold(): None for value in cell if value}]
    counts = pd.Series(once, dtype=object).value_counts()
    shared = int((counts >= 2).sum())
    if not against and not shared:
        against = "no two items share a value, so it would link nothing"
    if not against and len(counts) == 1 and len(cells) > 1 and counts.iloc[0] == len(cells):
        against = "every item has the same value"
    return replace(
        plan,
        use=not against,
        values=len(counts),
        shared=shared,
        facts=int(counts.sum()),
        coverage=round(float((texts != "").mean()), 3) if len(texts) else 0.0,
        examples=tuple(spelled[value] for value in counts.index[:_EXAMPLES]),
        why=against or f"{shared:,} of {len(counts):,} values are shared by at least two items",
    )


def _values_of(items: pd.DataFrame, texts: pd.Series, plan: ColumnPlan) -> pd.Series:
    """A list of values for each cell."""
    if plan.binning == DECADES:
        return decades(texts).map(_one)
    if plan.binning == BANDS:
        return bands(texts, unit_of(words_of(plan.column), texts[texts != ""])).map(_one)
    if plan.binning == FLAGS:
        return _flagged(texts, plan)
    cells = split_by(texts, plan.separator, _is_name)
    cells = spelled_out(plan.relation, cells)
    cells = without_readers(plan.relation, cells)
    return ends_at_items(plan.relation, cells, items) if {ITEM, TITLE} <= set(items.columns) else cells


def _flagged(texts: pd.Series, plan: ColumnPlan) -> pd.Series:
    """What the name of the column says, where the cell says yes."""
    yes = yes_of(texts)
    word = flag_word(plan.column, plan.relation)
    return (texts != "" if yes is None else yes).map({True: [word], False: []})


def _one(value: str) -> list[str]:
    return [value] if value else []


def _in_one(values: Sequence[str]) -> str:
    return "|".join(value.replace("|", "/") for value in values)


def _is_name(value: str) -> bool:
    return len(value) <= _LONGEST and not ADDRESS.match(value) and any(letter.isalnum() for letter in value)


def _shown(column: pd.Series) -> pd.Series:
    """Trimmed texts, "" for what stands for nothing."""
    cells = [cell if isinstance(cell, str) else _text(cell) for cell in column]
    texts = {cell: "" if is_mark(text := _text(cell)) else text for cell in set(cells)}
    return pd.Series([texts[cell] for cell in cells], index=column.index, name=column.name, dtype=object)


def _reads_as_text(texts: pd.Series, plan: ColumnPlan) -> bool:
    return plan.why == READ_AS_TEXT or (not plan.separator and is_text(texts))


def _as_text(texts: pd.Series, plan: ColumnPlan) -> pd.Series:
    return split_by(texts, plan.separator).map(". ".join) if plan.separator else texts


def is_text(column: pd.Series) -> bool:
    """Whether cells have so many words that they are read as text."""
    often = Counter(cell if isinstance(cell, str) else _text(cell) for cell in column)
    filled = {cell: count for cell, count in often.items() if _text(cell)}
    return mean_words(filled) > _WORDY


def _joined(one: pd.Series, other: pd.Series, between: str) -> pd.Series:
    both = (one != "") & (other != "")
    return one + np.where(both, between, "") + other


def _text(value: object) -> str:
    text = "" if value is None or value is pd.NA or value != value else str(value).strip()
    quoted = text.startswith(("u'", "'")) and text.endswith("'") and text.count("'") == 2  # as Python writes a word
    return text.lstrip("u").strip("'").strip() if quoted else text
