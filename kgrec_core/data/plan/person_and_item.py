"""Which column of a table says who, and which what: judged by names, by values, and by how the two occur together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.columns_together import FEW, Candidate, has_twin, is_coarse, telling, together
from kgrec_core.data.plan.profiles import Profile
from kgrec_core.data.plan.reshaped import ITEM_CELL, USER_CELL
from kgrec_core.data.plan.table_keys import Key
from kgrec_core.data.values.column_words import (
    GROUP,
    PERSON,
    THING,
    grades_nothing,
    is_author_of_opinion,
    is_bare_id,
    is_count,
    is_event,
    is_id,
    is_name,
    is_of_many,
    is_other_time,
    is_rating,
    is_text,
    last_noun,
    nouns,
    role_words,
    sounds_like_person,
    time_rank,
    words_of,
)
from kgrec_core.schema.columns import ITEM, USER

_ACTS = 1.0  # points of a table that tells what somebody did or thought
_HINTED = 3.0  # points for what the shape of a table says
_CHOSEN = 20.0  # points of a column that a person chose
_KEY = 3.5  # points of the name of an id
_MOST = 6  # candidates of each kind that are paired
_BY_NAME = 2.5  # points that a name alone gives
CHOSEN = "chosen"  # why, where a person said so
LEAST = 3.0  # points of a pair that is taken where columns have names
_LEAST_UNNAMED = 1.2
_KINDS = frozenset(  # things that many things share: an author is met only where no book is named
    """category subcategory brand artist author album tag subject store seller shop merchant company publisher type
    genre title series kategorie marke warengruppe page url group event""".split()
)
_SITTINGS = frozenset("session visit basket cart sitzung seance sesion sessao сессия 会话 세션".split())


@dataclass(frozen=True, slots=True)
class Pair:
    """A reading of a table as interactions. Points of evidence: for the person, the item, and both."""

    table: str
    user: str
    item: str
    points: float
    user_sure: bool
    item_sure: bool
    user_why: str
    item_why: str


def pairs(
    table: RawTable,
    profiles: Mapping[str, Profile],
    keys: Sequence[Key],
    chosen: Mapping[str, str],
    hints: Mapping[str, str],
) -> list[Pair]:
    """All readings that hold together, the likeliest first.

    chosen: column -> meaning, as a person said · hints: column -> meaning, as the shape of the table speaks for
    """
    free = {name: each for name, each in profiles.items() if name not in chosen}
    about = opinions_of(table)
    people = _chosen(profiles, chosen, USER) or _best(
        _hinted(each, *_person(each, place, table, about, keys), hints.get(each.name) == USER)
        for place, each in enumerate(free.values())
    )
    things = _chosen(profiles, chosen, ITEM) or _best(
        _hinted(each, *_thing(each, place, table, about, keys), hints.get(each.name) == ITEM)
        for place, each in enumerate(free.values())
    )
    people = [
        (each, points - is_coarse(each, people), why) if points < _BY_NAME else (each, points, why)
        for each, points, why in people
    ]
    if not table.named:
        things = [(each, points + has_twin(each, free), why) for each, points, why in things]
    things = [(each, points - is_coarse(each, things), why) for each, points, why in things]
    acts = _ACTS * (table.named and any(_acts(each) for each in profiles.values()))
    found = [
        Pair(
            table.name,
            user.name,
            item.name,
            _points(
                user_points + item_points + together(user, item, table.named) + _of_table(table) + acts, user, item
            ),
            user_points >= _BY_NAME,
            item_points >= _BY_NAME,
            user_why,
            item_why,
        )
        for (user, user_points, user_why), (item, item_points, item_why) in product(people, things)
        if user is not item and user_points + item_points > 0
    ]
    return sorted(found, key=lambda pair: -pair.points)


def _points(found: float, user: Profile, item: Profile) -> float:
    """The points of a pair; what is called as the contract calls it is taken, whatever its values."""
    return max(found, LEAST) if (user.name, item.name) == (USER, ITEM) else found


def points_beside_others(pair: Pair) -> float:
    """Points by which readings of several tables are compared: one chosen column may be the key of a table of items."""
    chosen = [why for why in (pair.user_why, pair.item_why) if why == CHOSEN]
    return pair.points - (_CHOSEN - _KEY) * (len(chosen) == 1)


def enough(pair: Pair, table: RawTable) -> bool:
    """Whether a reading is likely enough to be taken."""
    return pair.points >= (LEAST if table.named else _LEAST_UNNAMED)


def _hinted(each: Profile, points: float, why: str, hinted: bool) -> Candidate:
    return (each, points + _HINTED, "the shape of the table says so") if hinted else (each, points, why)


def _acts(each: Profile) -> bool:
    """Whether a column tells of one act: a grade, an event."""
    return (is_rating(each.name) or is_event(each.name)) and not is_id(each.name) and 1 < each.distinct <= 101


def _chosen(profiles: Mapping[str, Profile], chosen: Mapping[str, str], meaning: str) -> list[Candidate]:
    return [
        (profiles[name], _CHOSEN, CHOSEN) for name, meant in chosen.items() if meant == meaning and name in profiles
    ]


def _best(found: Iterable[Candidate]) -> list[Candidate]:
    return sorted((one for one in found if one[1] > 0), key=lambda one: -one[1])[:_MOST]


def _person(each: Profile, place: int, table: RawTable, about: str, keys: Sequence[Key]) -> tuple[float, str]:
    """about: `opinions_of` the table"""
    points, why = _plain_values(each, table, PERSON), f"{each.distinct:,} values, each in {each.repeats:.1f} rows"
    if table.named:
        named = nouns(each.name)
        if is_author_of_opinion(each.name, about):
            points, why = points + 3, "its name speaks of who wrote it"
        elif last_noun(each.name) == PERSON or (PERSON in named and is_id(each.name)):
            points, why = points + 3 + 0.5 * is_id(each.name) - 0.7 * is_name(each.name), "its name says so"
        elif PERSON in named:
            points, why = points + 1, "its name speaks of a person"
        elif GROUP in named and not is_other_time(each.name) and THING not in named:
            sitting = bool(_SITTINGS.intersection(words_of(each.name))) or "session" in each.name.lower()
            points, why = points + (2.5 if sitting else 1.2), "its name speaks of a visit or a purchase"
        elif last_noun(each.name) == THING:
            points -= 2
        points += 0.8 * sounds_like_person(each.name) - _other_use(each)
        points -= 3 * (each.numeric and not is_id(each.name) and each.name.casefold().endswith("s"))  # "visitors"
    else:
        points += max(0.6 - 0.3 * place, 0)
    points += 2 * each.people_ids - 2 * each.thing_ids
    points += 1.5 * _leads_to(each, table, keys, PERSON, "users")
    return points - 2 * (each.unique and telling(each)), why


def _thing(each: Profile, place: int, table: RawTable, about: str, keys: Sequence[Key]) -> tuple[float, str]:
    points, why = _plain_values(each, table, THING), f"{each.distinct:,} values, each in {each.repeats:.1f} rows"
    if table.named:
        named = nouns(each.name)
        kind = bool(_KINDS.intersection(words_of(each.name))) and not (is_name(each.name) and is_id(each.name))
        if is_author_of_opinion(each.name, about):
            points -= 3
        elif last_noun(each.name) == THING:
            points += (1.2 if kind else 3) + 0.5 * is_id(each.name) - 0.3 * is_name(each.name)
            points -= 1.5 * (GROUP in named and each.distinct < 0.1 * each.rows)  # the number of a line of an order
            why = "its name says so"
        elif THING in named and GROUP not in named and PERSON not in named:
            points, why = points + 1, "its name speaks of a thing"
        elif is_name(each.name):
            points, why = points + 0.8, "its name speaks of a title"
        elif GROUP in named and each.words >= 2 and not each.numeric:
            points, why = points + 1, "its cells are titles"
        elif PERSON in named or GROUP in named:
            points -= 3
        points += 1.0 * (is_bare_id(each.name) and each.repeats > 1.3)
        titles = GROUP in named and each.words >= 2 and not each.numeric
        points -= 0 if titles else _other_use(each)
    else:
        points += 0.5 * math.log10(max(each.distinct, 1)) - 0.2 * (place == 0) + 0.3 * (not each.numeric)
    points += 2 * each.thing_ids - 3 * each.people_ids
    points += 1.5 * _leads_to(each, table, keys, THING, "items")
    return points - 1.5 * (each.unique and telling(each)), why


def opinions_of(table: RawTable) -> str:
    """The words of a table that tell whether its rows are opinions: its name, and ids such as "review_id"."""
    return " ".join((table.stem, *(name for name in table.columns if is_id(name))))


def _plain_values(each: Profile, table: RawTable, kind: str) -> float:
    """Points for values that can be ids or names at all; a plain name of such an id outweighs most."""
    points = _points_of_values(each)
    trusted = table.named and last_noun(each.name) == kind and (is_id(each.name) or len(words_of(each.name)) == 1)
    return max(points, -1.0) if trusted and each.rows < FEW else points


def _points_of_values(each: Profile) -> float:
    if each.distinct < 2 or each.dates or each.clocks or each.lists:
        return -9
    if each.decimals and not (nouns(each.name) and is_id(each.name)):
        return -9
    if each.words > 12 or each.filled < 0.3 * each.rows:
        return -4
    return 0.5 * (each.repeats >= 1.5) - 3 * each.is_index - 2 * (each.addresses and each.repeats < 1.5)


def _other_use(each: Profile) -> float:
    """Points against a column whose name says that it is something else."""
    name = each.name
    if nouns(name) and is_id(name):
        return 0
    other = is_rating(name) or is_count(name) or is_event(name) or is_text(name) or time_rank(name) is not None
    thing = bool(nouns(name))
    return 3.0 * (is_of_many(name) or (other and not thing) or grades_nothing(name) or is_other_time(name))


def _leads_to(each: Profile, table: RawTable, keys: Sequence[Key], noun: str, role: str) -> bool:
    """Whether the column names the rows of a table of people or of things."""
    return any(
        key.table == table.name
        and key.column == each.name
        and (
            noun in nouns(key.target_column)
            or role in role_words(key.target)
            or noun in nouns(key.target.rsplit("/", 1)[-1].rsplit(".", 1)[0])
        )
        for key in keys
    )


def _says_names(table: RawTable) -> bool:
    """Whether the names of its columns stand in the file; those of lists that were reshaped do not."""
    return table.named and table.columns != (USER_CELL, ITEM_CELL)


def _of_table(table: RawTable) -> float:
    """Points for the name of the file or sheet."""
    roles = role_words(table.stem)
    return (
        0.5 * ("interactions" in roles)
        - 2.0 * ("social" in roles)
        - 2.0 * ("sample" in roles)
        - 0.3 * ("interactions" not in roles and bool(roles & {"items", "users"}))
        - 0.7 * ("interactions" not in roles and "items" in roles and not _says_names(table))
    )
