"""The summary of a data set: who is in it, what is liked most, what the lists show, and what drives them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kgrec_core import lists_summary, service


@pytest.fixture
def tiny(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> service.Service:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    return service.open("tiny")


def test_what_is_listed_is_what_the_lists_of_all_show(tiny: service.Service) -> None:
    found = lists_summary.summarise(tiny)
    lists = [{row.item.item_id for row in tiny.recommend(user.user_id, lists_summary.K).items} for user in tiny.users()]
    listed = set().union(*lists)
    assert (found.people, found.asked, found.items) == (len(lists), len(lists), len(tiny.items()))
    assert found.listed == len(listed) and found.coverage == pytest.approx(len(listed) / len(tiny.items()))
    for each in found.most_listed:
        assert each.people == sum(each.item.item_id in shown for shown in lists)


def test_best_sellers_are_what_most_people_liked(tiny: service.Service) -> None:
    likes = {card.item_id: len(tiny.users_who_liked(card.item_id)) for card in tiny.items()}
    best = lists_summary.summarise(tiny, named=2).best_sellers
    assert [each.people for each in best] == sorted(likes.values(), reverse=True)[:2]
    assert all(likes[each.item.item_id] == each.people for each in best)


def test_what_drives_lists_is_told_in_shares_and_the_progress_rises(tiny: service.Service) -> None:
    told: list[float] = []
    found = lists_summary.summarise(tiny, progress=lambda _, share: told.append(share))
    assert told == sorted(told) and 0 <= told[0] <= told[-1] == 1
    wanted = tiny.whole_model.explain(lists_summary.SAMPLED, lists_summary.K)
    assert replace(found.whole, ms=0) == replace(wanted, ms=0)
    assert found.to_look_at == tiny.lists.personas(tiny.users())
