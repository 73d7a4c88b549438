"""Which column of one table names the rows of another: keys, judged by what both hold and by what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.profiles import Profile, shared
from kgrec_core.data.values.column_words import (
    is_bare_id,
    is_count,
    is_id,
    is_of_many,
    last_noun,
    nouns,
    plain,
    role_words,
    words_of,
)

Profiles = Mapping[str, Mapping[str, Profile]]
"""Table -> column -> profile."""
FIRST = "column 1"  # of a table without names
_FOUND = 0.5  # share of the keys that the other table has
_SURE = 0.9
_FEW = 10_000  # distinct cells that are compared before anything else is asked of a column
_TELLING = 1_000  # whole numbers from here on are ids that do not meet by chance


@dataclass(frozen=True, slots=True)
class Key:
    """Cells of `column` of `table` stand in `target_column` of `target`, where each stands once."""

    table: str
    column: str
    target: str
    target_column: str
    found: float  # share of the distinct cells of `column` that `target` has


def keys(tables: Sequence[RawTable], profiles: Profiles) -> list[Key]:
    """All keys between tables, the best of each column of a table to another table."""
    return [key for one in tables for other in tables if one is not other for key in _between(one, other, profiles)]


def _between(one: RawTable, other: RawTable, profiles: Profiles) -> Iterator[Key]:
    if other.name == one.parent or one.name == other.parent:
        return
    targets = [each for each in profiles[other.name].values() if _names_rows(each)]
    for column in profiles[one.name].values():
        near = targets
        if column.distinct <= _FEW:  # what no target shares needs no second look
            near = [target for target in targets if not column.known.isdisjoint(target.known)]
        if not near or not _can_name(column):
            continue
        found = [(share, target) for target in near if (share := _meets(column, target, one, other)) > 0]
        if found:
            share, target = max(found, key=lambda pair: (pair[0], plain(pair[1].name) == plain(column.name)))
            yield Key(one.name, column.name, other.name, target.name, round(share, 3))


def _names_rows(each: Profile) -> bool:
    """Whether a column can be the key of its table."""
    return each.unique and _can_name(each) and (not each.is_index or is_id(each.name) or each.name == FIRST)


def _can_name(each: Profile) -> bool:
    a_number_of = is_of_many(each.name) or (is_count(each.name) and not is_id(each.name))
    found = each.distinct >= 2 and not each.dates and not each.clocks and not each.lists and each.words <= 8
    return bool(found and not a_number_of)


def _meets(column: Profile, target: Profile, one: RawTable, other: RawTable) -> float:
    """The share of the keys that are found, 0 where the columns are not of one kind."""
    agree = _agree(column.name, target.name, one, other) or _same_rows(column, target, one, other)
    telling = _telling(column) and _telling(target)
    if not agree and not telling:
        return _meets_unnamed(column, target, one, other)
    share = shared(column, target)
    if share >= _FOUND and agree:
        return share
    return share if share >= _SURE and column.distinct >= 5 else 0.0


def _meets_unnamed(column: Profile, target: Profile, one: RawTable, other: RawTable) -> float:
    """Small numbers without names meet where the other file is called after items or users, and most of these occur."""
    if one.named or other.named or not ({"items", "users"} & role_words(other.stem)):
        return 0.0
    both = min(shared(column, target), shared(target, column))
    return shared(column, target) if both >= _FOUND else 0.0


def _agree(column: str, target: str, one: RawTable, other: RawTable) -> bool:
    """Whether two names speak of one thing: alike, or "movie_id" and the "id" of a table of movies."""
    if one.named and other.named and plain(column) == plain(target) and plain(column):
        return not is_bare_id(column) or bool(_stems(one.stem) & _stems(other.stem))
    own = _stems(column)
    if is_bare_id(target) and own & _stems(other.stem):
        return True
    return bool(is_id(column) and is_id(target) and own & _stems(target))


def _same_rows(column: Profile, target: Profile, one: RawTable, other: RawTable) -> bool:
    """Whether two tables with a bare "id" each are of the same things: most of each stands in the other."""
    bare = one.named and other.named and is_bare_id(column.name) and plain(column.name) == plain(target.name)
    apart = nouns(one.stem) and nouns(other.stem) and nouns(one.stem).isdisjoint(nouns(other.stem))
    return bool(bare and not apart and min(shared(column, target), shared(target, column)) >= _SURE)


def _stems(name: str) -> set[str]:
    """The words of a name without an s at their end, those for an id and of two letters left out."""
    return {
        _singular(word).removesuffix("id") or word
        for word in words_of(name)
        if len(word) > 2 and not is_bare_id(word) and word not in ("raw", "list", "data", "full", "small", "csv")
    }


def _singular(word: str) -> str:
    single = word.rstrip("s")
    return f"{single[:-2]}y" if single.endswith("ie") and len(single) > 3 else single  # movie, movies; category


def _telling(each: Profile) -> bool:
    """Whether values are so special that two columns do not share them by chance."""
    if each.numeric:
        return bool(each.whole and float(each.numbers.median()) >= _TELLING)
    return (each.distinct >= 5 and last_noun(each.name) != "") or (each.length >= 4 and each.distinct >= 5)
