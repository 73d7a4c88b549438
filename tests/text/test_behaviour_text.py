from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import split_random
from kgrec_core.text.behaviour_text import Behaviour, pairs_of, read_behaviour
from tests.worlds import tiny_catalog


def _read(part: Interactions, seed: int = 0) -> Behaviour:
    return read_behaviour(tiny_catalog(), part, np.random.default_rng(seed))


def _everything() -> Interactions:
    return Interactions.from_catalog(tiny_catalog())


def _of(behaviour: Behaviour, person: int) -> list[str]:
    return [behaviour.documents[row] for row in behaviour.events[behaviour.people == person]]


def _true_pairs(behaviour: Behaviour) -> Iterator[tuple[int, int, int]]:
    pairs = pairs_of(behaviour, np.unique(behaviour.people), 60, np.random.default_rng(1))
    yield from zip(pairs.first.tolist(), pairs.second.tolist(), pairs.follows.tolist(), strict=True)


def test_a_person_s_events_are_sentences_in_the_order_in_which_they_were_met() -> None:
    first = _of(_read(_everything()), 0)
    assert len(first) == 10
    assert [document.split(" (")[0] for document in first[:3]] == ["Loved: Comet 0", "Loved: Comet 3", "Loved: Comet 6"]
    assert first[3].startswith("Disliked: Letter 9")


def test_where_no_time_is_known_the_order_is_a_random_one() -> None:
    everything = _everything()
    timeless = replace(everything, timestamps=np.zeros_like(everything.timestamps))
    orders = {tuple(_of(_read(timeless, seed), 0)) for seed in range(4)}
    assert len(orders) == 4 and len({frozenset(order) for order in orders}) == 1


def test_half_of_the_pairs_follow_and_the_others_were_never_met_by_that_person() -> None:
    behaviour = _read(_everything())
    met = {person: set(behaviour.events[behaviour.people == person].tolist()) for person in range(16)}
    steps = {
        (a, b)
        for person in met
        for events in [behaviour.events[behaviour.people == person].tolist()]
        for a, b in pairwise(events)
    }
    found = list(_true_pairs(behaviour))
    assert sum(follows for _, _, follows in found) == len(found) / 2 == 30
    assert all((a, b) in steps for a, b, follows in found if follows)
    assert all(any(a in met[p] and b not in met[p] for p in met) for a, b, follows in found if not follows)


def test_each_first_event_comes_once_with_what_followed_and_once_with_something_else() -> None:
    found = list(_true_pairs(_read(_everything())))
    assert sorted(a for a, _, follows in found if follows) == sorted(a for a, _, follows in found if not follows)


def test_nothing_of_the_held_out_parts_is_read() -> None:
    split = split_random(_everything(), seed=3)
    behaviour = _read(split.train)
    trained = set(zip(split.train.users.tolist(), split.train.items.tolist(), strict=True))
    titles = {person: " ".join(_of(behaviour, person)) for person in range(16)}
    names = [f"{'Comet' if item < 7 else 'Letter'} {item} (" for item in range(14)]
    read = {(person, item) for person, said in titles.items() for item, name in enumerate(names) if name in said}
    assert read == trained


def test_pairs_are_of_the_people_asked_for() -> None:
    behaviour = _read(_everything())
    pairs = pairs_of(behaviour, np.array([2]), 100, np.random.default_rng(0))
    own = set(behaviour.events[behaviour.people == 2].tolist())
    assert len(pairs) == 2 * 9 and set(pairs.first.tolist()) <= own


def test_one_who_met_everything_gives_no_pair() -> None:
    everything = _everything()
    behaviour = _read(everything.select(everything.users == 0))
    assert len(pairs_of(behaviour, np.array([0]), 10, np.random.default_rng(0))) == 0
