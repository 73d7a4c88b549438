from __future__ import annotations

import numpy as np
import torch

from kgrec_core import service
from kgrec_core.model.histories import pad


def made_a_hit(tiny: service.Service) -> str:
    """The id of the film that most viewers liked, which from now on is ahead for everybody."""
    say, recommender = tiny._say, tiny._bundle.recommender
    best = max(range(len(say.cards)), key=say.liked_by)
    recommender.__dict__["appeal"] = torch.eye(len(say.cards))[best] * 100
    return say.item_id(best)


def reason_for(tiny: service.Service, item: str) -> str:
    found = tiny.recommend(history=[other.item_id for other in tiny.items() if other.item_id != item][:3], k=14)
    return next(row.reason for row in found.items if row.item.item_id == item)


def test_appeal_is_the_score_for_someone_without_a_history_above_the_mean(tiny: service.Service) -> None:
    """Popularity is left out: how much of it is there depends on how many events are known."""
    model = tiny._bundle.recommender
    nothing = np.zeros(0, dtype=np.int64)
    alone = model.scores(pad([(nothing, nothing, nothing.astype(np.float32))]))[0]
    alone -= model.fusion.prior(model.linear.popularity, torch.tensor(0))
    torch.testing.assert_close(model.appeal, alone - alone.mean())


def test_what_is_ahead_for_everybody_is_not_said_to_be_there_for_ones_history(tiny: service.Service) -> None:
    hit = made_a_hit(tiny)
    likes = len(tiny.users_who_liked(hit))
    assert reason_for(tiny, hit) == f"Because many others liked it: {likes} of {len(tiny.users())} viewers."
    first = tiny.explain(None, hit, history=["f0", "f8"]).text[0]
    assert first.sentence.startswith("Because many others liked it")


def test_a_film_that_few_know_is_no_favourite_of_many(tiny: service.Service) -> None:
    hit = made_a_hit(tiny)
    model = tiny._bundle.recommender
    model.__dict__["appeal"] = 100 - model.appeal  # all but the hit are ahead now
    others = [row for row in tiny.recommend(history=["f0"], k=14).items if row.item.item_id != hit]
    least = min(others, key=lambda row: len(tiny.users_who_liked(row.item.item_id)))
    assert "many others" not in least.reason
