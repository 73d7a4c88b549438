from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.values.same_ids import matching_ids


@pytest.mark.parametrize(
    ("left", "right", "mended"),
    [
        ("0.0 1.0 2.0", "0 1 2", "0 1 2"),
        ("7 8 9", "007 008 010", "007 008 9"),
        ("AB CD", "ab cd", "ab cd"),
        ("{a} {b}", "a b", "a b"),
        ("１２ １３", "12 13", "12 13"),
        ("http://x/1 http://x/2", "1 2", "1 2"),
        ("item_a item_b", "a b", "a b"),
        ("4.00638E+12 4.00711E+12", "4006381333931 4007110000000", "4006381333931 4007110000000"),
    ],
)
def test_ids_that_differ_in_spelling_alone_meet(left: str, right: str, mended: str) -> None:
    found = matching_ids(pd.Series(left.split()), pd.Series(right.split()))
    assert found is not None
    assert (found[0].tolist(), found[1].tolist()) == (mended.split(), right.split())


@pytest.mark.parametrize(
    ("left", "right"),
    [("1 2", "1 2 3"), ("1 2", "3 4"), ("a A", "b B"), ("4.00638E+12 4.00711E+12", "4006381333931 4006381333932")],
)
def test_ids_that_meet_or_have_no_clear_cause_stay(left: str, right: str) -> None:
    assert matching_ids(pd.Series(left.split()), pd.Series(right.split())) is None
