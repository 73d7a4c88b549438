from __future__ import annotations

from collections.abc import Callable

from benchmarks.counterfactuals import Judged, Sets, summary
from kgrec_core.explain.change.counterfactual import SmallestRemoval

EVENTS = range(4)


def only(*working: tuple[int, ...]) -> Callable[[Sets], bool]:
    return lambda sets: any(each in working for each in sets)


def found(*gone: int, exhausted: int = 0) -> SmallestRemoval:
    return SmallestRemoval("found", gone, tried=len(gone), exhausted=exhausted)


def test_an_answer_is_minimal_when_no_smaller_set_works() -> None:
    right = Judged.of(found(0, 1, exhausted=1), EVENTS, only((0, 1)), 100)
    wrong = Judged.of(found(0, 1, exhausted=1), EVENTS, only((0, 1), (3,)), 100)
    assert (right.smallest, wrong.smallest) == (True, False)
    told = summary([right, wrong])
    assert told["minimal"] == 1 / 2 and told["minimal_judged"] == 2
    assert told["proven_and_not_minimal"] == 1


def test_an_answer_that_does_not_work_is_not_valid() -> None:
    assert summary([Judged.of(found(0), EVENTS, only((1,)), 100)])["valid"] == 0


def test_a_wrong_none_is_no_answer() -> None:
    none = SmallestRemoval("none", tried=2)
    right, wrong = (Judged.of(none, EVENTS, only(*sets), 100) for sets in ([(0, 1, 2)], [(0, 3)]))
    assert (right.denied, wrong.denied) == (True, False)
    assert summary([right, wrong])["answered"] == 1 / 2


def test_a_search_that_gave_up_is_no_answer() -> None:
    assert summary([Judged.of(SmallestRemoval("budget", tried=3), EVENTS, only(), 100)])["answered"] == 0


def test_where_there_are_too_many_sets_nothing_is_said_of_them() -> None:
    several = Judged.of(found(0, 1, 2), EVENTS, only((0, 1, 2)), 9)  # 4 of one and 6 of two
    assert several.valid and several.smallest is None
    assert summary([several])["minimal"] is None and summary([several])["minimal_judged"] == 0
