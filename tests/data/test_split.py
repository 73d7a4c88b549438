from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split, split_global, split_next, split_random, split_temporal
from kgrec_core.errors import DataError


def history(counts: list[int]) -> Interactions:
    """User i met items 0 .. counts[i]-1, the higher the item the earlier; all liked."""
    users = np.repeat(np.arange(len(counts)), counts)
    items = np.concatenate([np.arange(count) for count in counts])
    return Interactions(users, items, np.full(len(users), 4, np.float32), 1000 - items)


def sizes(split: Split, user: int) -> tuple[int, int, int]:
    train, valid, test = (len(part.of_user(user)) for part in (split.train, split.valid, split.test))
    return train, valid, test


def pairs(part: Interactions) -> set[tuple[int, int]]:
    return set(zip(part.users.tolist(), part.items.tolist(), strict=True))


@pytest.mark.parametrize(
    ("count", "parts"),
    [(1, (1, 0, 0)), (2, (1, 0, 1)), (3, (1, 1, 1)), (10, (8, 1, 1)), (20, (16, 2, 2)), (100, (80, 10, 10))],
)
def test_each_user_is_split_eight_to_one_to_one(count: int, parts: tuple[int, int, int]) -> None:
    for split in (split_random(history([7, count]), seed=3), split_temporal(history([7, count]), seed=3)):
        assert sizes(split, user=1) == parts


def test_parts_do_not_overlap_and_nothing_is_lost() -> None:
    whole = history([1, 2, 13, 40])
    split = split_random(whole, seed=0)
    parts = [pairs(split.train), pairs(split.valid), pairs(split.test)]
    assert sum(map(len, parts)) == len(whole)
    assert set.union(*parts) == pairs(whole)


def test_the_same_seed_gives_the_same_split_and_another_seed_another() -> None:
    whole = history([30, 30])
    assert pairs(split_random(whole, 1).test) == pairs(split_random(whole, 1).test)
    assert pairs(split_random(whole, 1).test) != pairs(split_random(whole, 2).test)


def test_a_random_split_does_not_depend_on_the_order_of_rows() -> None:
    whole = history([30, 12])
    shuffled = whole.select(np.random.default_rng(5).permutation(len(whole)))
    assert pairs(split_random(whole, 1).test) == pairs(split_random(shuffled, 1).test)


def test_a_temporal_split_tests_on_the_latest() -> None:
    split = split_temporal(history([10]), seed=0)
    assert split.test.items.tolist() == [0]  # the highest timestamp
    assert split.valid.items.tolist() == [1]


def test_what_comes_next_is_asked_of_who_is_known_until_then() -> None:
    split = split_next(history([10]), seed=0)
    assert split.test.items.tolist() == [0] and split.valid.items.tolist() == [1]
    assert sorted(split.known.items.tolist()) == list(range(1, 10))
    assert split_temporal(history([10]), seed=0).known.items.tolist() == split.train.items.tolist()


def with_times(whole: Interactions, times: np.ndarray) -> Interactions:
    return replace(whole, timestamps=times)


def test_equal_times_are_ordered_at_random_by_the_seed_and_their_share_is_told() -> None:
    """Of user 0 all ten have one time, of the nine others no two."""
    whole = history([10] * 10)
    tied = with_times(whole, np.where(whole.users == 0, 5, whole.timestamps))
    tests = [split_temporal(tied, seed).test.of_user(0).items.tolist() for seed in range(20)]
    assert len({tuple(each) for each in tests}) > 3
    assert tests[0] == split_temporal(tied, 0).test.of_user(0).items.tolist()
    assert split_temporal(tied, 0).tied == 1 / 10
    assert split_temporal(whole, 0).tied == 0


def test_ties_do_not_depend_on_the_order_of_rows() -> None:
    whole = history([30] * 3)
    tied = with_times(whole, np.where(whole.users == 0, 5, whole.timestamps))
    shuffled = tied.select(np.random.default_rng(5).permutation(len(tied)))
    assert pairs(split_temporal(tied, 1).test) == pairs(split_temporal(shuffled, 1).test)


@pytest.mark.parametrize("split", [split_temporal, split_next])
def test_where_chance_would_decide_for_most_users_a_split_by_time_is_refused(
    split: Callable[[Interactions, int], Split],
) -> None:
    whole = history([10, 10, 10])
    dates_only = with_times(whole, np.where(whole.users > 0, 86_400, whole.timestamps))
    with pytest.raises(DataError, match=r"Of 67% of the users .* the random split"):
        split(dates_only, 0)


def test_without_any_time_a_split_by_time_is_refused() -> None:
    whole = history([10, 10])
    nothing = with_times(whole, np.zeros(20, np.int64))
    for split in (partial(split_temporal, seed=0), partial(split_next, seed=0), split_global):
        with pytest.raises(DataError, match="have none"):
            split(nothing)


def test_one_time_for_all_hides_what_came_after_it_of_who_was_there_before() -> None:
    """Users 0 and 1 have 50 events each at times 0 to 49 and 50 to 99; only user 1 is there at both ends of 90."""
    whole = history([50, 50])
    split = split_global(with_times(whole, np.arange(100) + 1))
    assert set(split.test.users.tolist()) == {1}
    assert split.test.timestamps.min() > split.known.timestamps.max()
    assert (len(split.train), len(split.valid), len(split.test)) == (80, 10, 10)
    assert split.valid_is_read


def test_who_comes_only_after_the_time_for_all_is_not_asked() -> None:
    split = split_global(with_times(history([85, 10, 5]), np.arange(100) + 1))
    assert set(split.test.users.tolist()) == {1}  # user 2 is not known until then


def test_a_time_for_all_that_nobody_crosses_is_refused() -> None:
    with pytest.raises(DataError, match="both before and after"):
        split_global(with_times(history([90, 10]), np.arange(100) + 1))
