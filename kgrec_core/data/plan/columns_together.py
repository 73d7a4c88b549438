"""How columns of one table occur beside each other: what one settles of another, and a pair of person and item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgrec_core.data.plan.profiles import Profile, determines, shared
from kgrec_core.data.values.column_words import is_bare_name

Candidate = tuple[Profile, float, str]
"""A column, its points, and why."""
FEW = 20
"""Rows, below which names count and values do not."""
_BOUND = 0.98  # share of the rows from which one column settles another


def is_coarse(each: Profile, things: Sequence[Candidate]) -> float:
    """Points against what another candidate settles, as a beer settles its brewery."""
    finer = (
        other
        for other, points, _ in things
        if other is not each and points > 1 and other.distinct > 1.2 * each.distinct
    )
    settled = any(
        telling(other)
        and not _named_by(each, other, things)
        and determines(other, each) >= _BOUND
        and determines(each, other) < _BOUND
        for other in finer
    )
    return 1.5 if settled else 0.0


def _named_by(each: Profile, other: Profile, things: Sequence[Candidate]) -> bool:
    """Whether titles are of `each` and not of the finer `other`: copies of one book have one title."""
    titles = [one for one, _, _ in things if is_bare_name(one.name) and one not in (each, other)]
    return any(
        determines(each, one) >= _BOUND and determines(one, each) >= _BOUND and determines(one, other) < _BOUND
        for one in titles
    )


def has_twin(each: Profile, profiles: Mapping[str, Profile]) -> float:
    """Points for an id that stands beside a name of the same things, or a name beside an id."""
    twins = (
        other
        for other in profiles.values()
        if other is not each and not (each.numeric and other.numeric) and 0.8 < other.distinct / each.distinct < 1.25
    )
    same = any(determines(each, other) >= _BOUND and determines(other, each) >= _BOUND for other in twins)
    return 1.0 * (same and each.repeats > 1.3)


def together(user: Profile, item: Profile, named: bool) -> float:
    """Points for how the two occur beside each other: each person with several items, each item with several people."""
    points = 0.0
    if item.distinct > 1 and telling(user) and determines(user, item) >= _BOUND:
        points -= 4
    if user.distinct > 1 and telling(item) and determines(item, user) >= _BOUND:
        points -= 4
    both_numbers = user.numeric and item.numeric
    if telling(user) and not both_numbers and min(shared(user, item), shared(item, user)) > 0.3:
        points -= 3  # people who follow people
    return points


def telling(each: Profile) -> bool:
    """Whether there are so many rows that it tells something when no value stands twice."""
    return each.rows >= FEW
