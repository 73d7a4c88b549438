from __future__ import annotations

import numpy as np
import pytest

from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split, split_next, split_random, split_temporal


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
    for split in (split_random(history([7, count]), seed=3), split_temporal(history([7, count]))):
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
    split = split_temporal(history([10]))
    assert split.test.items.tolist() == [0]  # the highest timestamp
    assert split.valid.items.tolist() == [1]


def test_what_comes_next_is_asked_of_who_is_known_until_then() -> None:
    split = split_next(history([10]))
    assert split.test.items.tolist() == [0] and split.valid.items.tolist() == [1]
    assert sorted(split.known.items.tolist()) == list(range(1, 10))
    assert split_temporal(history([10])).known.items.tolist() == split.train.items.tolist()


def test_equal_times_are_ordered_by_item() -> None:
    whole = history([10])
    same_time = Interactions(whole.users, whole.items, whole.values, np.zeros(10, np.int64))
    split = split_temporal(same_time)
    assert (split.valid.items.tolist(), split.test.items.tolist()) == ([8], [9])
