"""One table, who met what, is enough: items that are ids alone have no word, no fact and no graph."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from kgrec_core import Change, Visitor, service
from kgrec_core.__main__ import main
from kgrec_core.workspace import own_data

ITEMS, USERS, EACH = 60, 30, 10


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[service.Service]:
    folder, rng = tmp_path_factory.mktemp("one"), np.random.default_rng(0)
    rows = [f"c{user},p{item}" for user in range(USERS) for item in rng.permutation(ITEMS)[:EACH]]
    table = folder / "orders.csv"
    table.write_text("\n".join(["user_id,item_id", *rows]), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(folder / "home"))
        own_data.import_files("one", [own_data.Given(table)])
        assert main(["prepare", "one", "--rounds", "1"]) == 0
        yield service.open("one")


def test_every_question_is_answered(opened: service.Service) -> None:
    user = opened.users()[0].user_id
    first, *_, last = (row.item.item_id for row in opened.recommend(user).items)
    explanation = opened.explain(user, first)
    assert explanation.text and explanation.paths == ()
    assert opened.why_not(user, last, k=3).rank == 10
    assert opened.what_if(user, Change(without_items=[opened.history(user)[0].item.item_id]), first).item
    assert opened.trust(user, first).measures
    assert opened.recommend(Visitor(request="something blue")).items
    assert opened.knowledge.statistics().facts == 0


def test_the_six_steps_tell_that_there_are_no_words_and_no_facts(opened: service.Service) -> None:
    user = opened.users()[0].user_id
    item = opened.recommend(user).items[0].item.item_id
    steps = opened.trace(user, item)
    assert steps.tfidf == steps.word2vec == steps.neighbours == ()
    assert len(opened.explain_text(user, item).words) == 1
