"""What the other columns of a table of interactions mean: how much, what happened, when, or what they tell of whom."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kgrec_core.data.plan.profiles import Profile, determines
from kgrec_core.data.plan.reading_plan import CLOCK, FACT, LEFT_OUT, PROFILE, ColumnMeaning
from kgrec_core.data.values.column_words import (
    grades_nothing,
    is_bare_name,
    is_count,
    is_event,
    is_id,
    is_name,
    is_other_time,
    is_rating,
    is_tag,
    is_text,
    is_whole,
    last_noun,
    nouns,
    time_rank,
    words_of,
)
from kgrec_core.data.values.event_words import event_weights, rating_words
from kgrec_core.data.values.yes_no import as_yes_no
from kgrec_core.schema.columns import EVENT, TEXT, TIMESTAMP, TITLE, VALUE

_BOUND = 0.98  # share of the rows from which one column settles another
_WRITTEN = frozenset("text review comment comments note notes tip feedback body opinion remarks".split())  # by people
_MOST_GRADES = 101
_MOST_COUNTED = 1_000_000  # how often anybody does anything


def meanings(
    profiles: Mapping[str, Profile], user: ColumnMeaning, item: ColumnMeaning, named: bool
) -> list[ColumnMeaning]:
    """The meaning of each column, in their order. user, item: those that were found."""
    rest = {name: each for name, each in profiles.items() if name not in (user.column, item.column)}
    found = {user.column: user, item.column: item}
    found |= _times(rest)
    rest = {name: each for name, each in rest.items() if name not in found}
    found |= _event(rest, named)
    rest = {name: each for name, each in rest.items() if name not in found}
    found |= _value(rest, profiles[item.column], named, any(each.meaning == EVENT for each in found.values()))
    if not named:
        found |= _unnamed_facts({n: each for n, each in rest.items() if n not in found}, profiles, user, item)
    for name, each in rest.items():
        if name not in found:
            found[name] = _other(each, profiles[user.column], profiles[item.column], named)
    return _with_title([found[name] for name in profiles], profiles, item.column)


def _times(rest: Mapping[str, Profile]) -> dict[str, ColumnMeaning]:
    """The day or moment of the event, and the clock beside it where it has a column of its own."""
    ranked = sorted(
        ((rank, name) for name, each in rest.items() if each.dates and (rank := _time_rank(name)) is not None),
        key=lambda pair: pair[0],
    )
    if not ranked:
        return {}
    chosen = ranked[0][1]
    near = len(ranked) > 1 and ranked[0][0] == ranked[1][0]
    why = "its cells are dates" + (f"; {ranked[1][1]!r} would be another" if near else "")
    found = {chosen: ColumnMeaning(chosen, TIMESTAMP, not near, why)}
    clock = next((name for name, each in rest.items() if each.clocks), "")
    if clock:
        found[clock] = ColumnMeaning(clock, CLOCK, True, f"its cells are times of day, beside {chosen!r}")
    return found


def _time_rank(name: str) -> int | None:
    rank = time_rank(name)
    if rank is not None:
        return rank
    return None if is_other_time(name) else 3


def _event(rest: Mapping[str, Profile], named: bool) -> dict[str, ColumnMeaning]:
    """The column whose few words tell what happened."""
    for name, each in rest.items():
        if each.distinct > 40 or each.numeric or each.dates or not each.distinct or (named and not is_event(name)):
            continue
        weights = event_weights(map(str, each.values))
        if weights and len(weights) >= 0.5 * each.distinct and _covers(each, weights) >= 0.5:
            return {
                name: ColumnMeaning(
                    name, EVENT, True, "its words tell what happened: " + ", ".join(map(str, each.values[:4]))
                )
            }
    return {}


def _covers(each: Profile, known: Mapping[str, float]) -> float:
    """Share of the filled cells whose word is known."""
    counts = np.bincount(each.codes[each.codes >= 0], minlength=each.distinct)
    inside = np.array([str(value) in known for value in each.values])
    return float(counts[inside].sum() / max(counts.sum(), 1))


def _value(rest: Mapping[str, Profile], item: Profile, named: bool, has_event: bool) -> dict[str, ColumnMeaning]:
    """The grade, or how often; nothing where the event says it already."""
    usable = {name: each for name, each in rest.items() if _can_be_value(each, item)}
    grades = [name for name, each in usable.items() if is_rating(name) and not is_id(name) and _grades(each)]
    if grades:
        best = min(grades, key=lambda name: (not is_whole(name), len(words_of(name)), list(usable).index(name)))
        others = [
            name
            for name in grades
            if name != best and (is_whole(name), len(words_of(name))) == (is_whole(best), len(words_of(best)))
        ]
        why = "its name says so" + (f"; {others[0]!r} would be another" if others else "")
        return {best: ColumnMeaning(best, VALUE, not others, why)}
    words = [name for name, each in usable.items() if named and not is_id(name) and _grade_words(each)]
    if words:
        return {words[0]: ColumnMeaning(words[0], VALUE, False, "its words are grades: " + _some(usable[words[0]]))}
    if has_event:
        return {}
    counts = [name for name, each in usable.items() if is_count(name) and each.numeric and not _is_id(name)]
    if counts and named:
        best = min(counts, key=lambda name: (len(words_of(name)), list(usable).index(name)))
        return {best: ColumnMeaning(best, VALUE, True, "its name tells how often or how many")}
    if named:
        return {}
    numbers = [name for name, each in usable.items() if each.numeric and _could_grade(each)]
    return {numbers[0]: ColumnMeaning(numbers[0], VALUE, False, "few numbers, as grades are")} if numbers else {}


def _can_be_value(each: Profile, item: Profile) -> bool:
    """A mean grade of the item is none of the person's."""
    settled = item.repeats >= 2 and each.distinct > 2 and determines(item, each) >= _BOUND
    return bool(each.distinct) and not each.dates and not settled


def _grades(each: Profile) -> bool:
    if each.numeric:
        return True
    texts = each.sample
    return as_yes_no(texts) is not None or rating_words(map(str, each.values[:50])) is not None or _short_words(each)


def _grade_words(each: Profile) -> bool:
    """Whether the few words of a column grade something, as from "strongly agree" to "disagree"."""
    return 2 <= each.distinct <= 12 and not each.numeric and rating_words(map(str, each.values)) is not None


def _some(each: Profile) -> str:
    return ", ".join(map(str, each.values[:4]))


def _short_words(each: Profile) -> bool:
    return each.distinct <= 12 and each.words <= 3


def _could_grade(each: Profile) -> bool:
    """Whether numbers without a name can be grades in whole, half or tenth steps, or counts."""
    numbers = each.numbers[np.isfinite(each.numbers)]
    if each.distinct < 2 or float(numbers.max()) >= _MOST_COUNTED:
        return False
    return not each.decimals or bool(each.distinct <= _MOST_GRADES and (numbers * 10 % 1 == 0).all())


def _is_id(name: str) -> bool:
    return is_id(name) and bool(nouns(name))


def _unnamed_facts(
    rest: Mapping[str, Profile], profiles: Mapping[str, Profile], user: ColumnMeaning, item: ColumnMeaning
) -> dict[str, ColumnMeaning]:
    """Words without a name that each item has one of: its title, where each belongs to one item; else facts."""
    of, by = profiles[item.column], profiles[user.column]
    found: dict[str, ColumnMeaning] = {}
    for name, each in rest.items():
        if of.repeats < 1.3 or each.distinct < 2 or not each.worded or determines(by, each) >= _BOUND:
            continue
        if determines(of, each) >= _BOUND:
            title = (
                not of.worded and determines(each, of) >= _BOUND and TITLE not in {m.meaning for m in found.values()}
            )
            found[name] = ColumnMeaning(name, TITLE if title else FACT, False, "each item has one value of it")
    return found


def _other(each: Profile, user: Profile, item: Profile, named: bool) -> ColumnMeaning:
    """What a column tells of the item or of the person, or why it is left out."""
    if not each.distinct:
        return ColumnMeaning(each.name, LEFT_OUT, True, "it is empty")
    if named and _WRITTEN & {*words_of(each.name)} and each.words > 2:
        return ColumnMeaning(each.name, LEFT_OUT, True, "it is what people wrote")
    if named and each.distinct > 1 and not each.is_index:
        of_item = determines(item, each) if item.repeats >= 1.3 else 0.0
        of_user = determines(user, each) if user.repeats >= 1.3 else 0.0
        if of_item >= _BOUND and (of_item >= of_user or last_noun(each.name) != "person"):
            if of_user < _BOUND or last_noun(each.name) != "person":
                return ColumnMeaning(each.name, FACT, True, "each item has one value of it")
        if is_tag(each.name) and not is_id(each.name) and not each.numeric and not each.dates and each.words <= 5:
            return ColumnMeaning(each.name, FACT, True, "words that people gave the item")
        if of_user >= _BOUND:
            return ColumnMeaning(each.name, PROFILE, True, "each person has one value of it")
    why = "it differs from row to row" if each.distinct > 1 else "it is the same in every row"
    if grades_nothing(each.name) and named:
        why = "its numbers grade nothing"
    return ColumnMeaning(each.name, LEFT_OUT, True, why)


def _with_title(found: list[ColumnMeaning], profiles: Mapping[str, Profile], item: str) -> list[ColumnMeaning]:
    """The column of a fact that is the title of the item, if there is one."""
    facts = {each.column: profiles[each.column] for each in found if each.meaning == FACT}
    title = title_column(facts, profiles[item].distinct, item)
    text = text_column({name: each for name, each in facts.items() if name != title})
    told = {title: TITLE, text: TEXT}
    return [
        ColumnMeaning(each.column, told[each.column], True, "its name says so") if each.column in told else each
        for each in found
    ]


def title_column(profiles: Mapping[str, Profile], things: int, item: str) -> str:
    """The column of an item's title, by its name, then by values as titles are; "" for none.

    things: how many items · item: the column of their ids
    """
    ranked = sorted(
        (rank, -len(_nouns(name) & _nouns(item)), place, name)
        for place, (name, each) in enumerate(profiles.items())
        if (rank := _title_rank(each, things)) is not None
    )
    return ranked[0][3] if ranked else ""


def _nouns(name: str) -> set[str]:
    return {word for word in words_of(name) if word not in ("id", "name", "title")}


def _title_rank(each: Profile, things: int) -> int | None:
    name = each.name
    if each.numeric or each.dates or each.lists or each.addresses or not each.distinct or "person" in nouns(name):
        return None
    if is_bare_name(name):
        return 0
    if is_name(name) and not _other_thing(name):
        return 1
    varied = each.distinct >= 0.5 * things and each.words <= 12
    if varied and is_text(name) and each.words <= 8:
        return 3
    if last_noun(name) == "thing" and not is_id(name) and varied and not _other_thing(name):
        return 2
    if each.distinct >= 0.8 * things and 1.3 <= each.words <= 10 and not is_other_time(name) and not _other_thing(name):
        return 4
    return None


def _other_thing(name: str) -> bool:
    """Whether a name speaks of something that an item has: its author, its brand."""
    return bool(
        {"author", "artist", "brand", "category", "album", "publisher", "store", "seller", "original", "series"}
        & {*words_of(name)}
    )


def text_column(profiles: Mapping[str, Profile]) -> str:
    """The column of a description; "" for none."""
    found = [name for name, each in profiles.items() if is_text(name) and _is_prose(each) and not each.lists]
    return max(found, key=lambda name: profiles[name].words, default="")


def _is_prose(each: Profile) -> bool:
    """Whether cells are sentences, or shorter texts that hardly any two items share."""
    return each.words > 6 or (each.words >= 3 and each.distinct > 0.8 * each.filled)
