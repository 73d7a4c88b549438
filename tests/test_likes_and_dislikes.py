"""Thumbs given on the page count in every answer about the person, as they count in the list."""

from __future__ import annotations

import pytest

from kgrec_core import service
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.changes import Change


def test_what_if_and_why_not_see_the_same_score_as_the_explanation(tiny: service.Service) -> None:
    user = tiny.users()[0].user_id
    first, second, *_, last = (entry.item.item_id for entry in tiny.recommend(user).items)
    asker = Asker(user, likes=(first,), dislikes=(second,))
    told = tiny.explain(asker, last)
    tried = tiny.what_if(asker, Change(), last).item
    assert tried is not None and tried.score == pytest.approx(told.score, abs=1e-5)
    assert tiny.why_not(asker, last, k=1).score == pytest.approx(told.score, abs=1e-5)
    assert tried.score != pytest.approx(tiny.explain(user, last).score, abs=1e-5)


def test_a_thumb_can_be_taken_away_like_anything_of_the_history(tiny: service.Service) -> None:
    user = tiny.users()[0].user_id
    first, *_, last = (entry.item.item_id for entry in tiny.recommend(user).items)
    before = tiny.what_if(user, Change(), last).item
    without = tiny.what_if(Asker(user, likes=(first,)), Change(without_items=(first,)), last).item
    assert before is not None and without is not None
    assert without.score == pytest.approx(before.score, abs=1e-5)
