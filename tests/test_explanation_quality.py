"""How good reasons are over many people: means of single measures, each beside chance."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core import explanation_quality, service


def test_each_measure_is_the_mean_of_what_single_people_got(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    tiny, told = service.open("tiny"), []
    found = explanation_quality.measure(tiny, 2, lambda what, share: told.append(share))
    assert found.people == 2 and told == [0.0, 0.5]
    first, last = tiny.users()[0].user_id, tiny.users()[-1].user_id
    items = [
        tiny.recommend(user, explanation_quality.PLACES).items[place].item.item_id
        for place, user in enumerate((first, last))
    ]
    single = [
        next(one for one in tiny.trust(user, item).measures if one.name == found.rows[0].mean.name)
        for user, item in zip((first, last), items, strict=True)
    ]
    assert found.rows[0].mean.value == pytest.approx((single[0].value + single[1].value) / 2)
    assert found.rows[0].mean.random == pytest.approx((single[0].random + single[1].random) / 2)


def test_ahead_counts_in_the_direction_that_is_better(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    for row in explanation_quality.measure(service.open("tiny"), 3).rows:
        difference = row.mean.value - row.mean.random
        assert row.ahead.mean == pytest.approx(difference if row.mean.higher_is_better else -difference)
        assert row.ahead.low <= row.ahead.mean <= row.ahead.high
