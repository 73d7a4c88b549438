"""Where popularity speaks most for an item, that is what is told first."""

from __future__ import annotations

from kgrec_core import service
from kgrec_core.schema.asker import Visitor


def made_a_hit(tiny: service.Service, worth: float) -> str:
    """The id of the film that most viewers liked, to which popularity now adds that much more."""
    display = tiny._display
    best = max(range(len(display.cards)), key=display.liked_by)
    tiny._bundle.recommender.linear.popularity[best] += worth
    return display.item_id(best)


def reason_for(tiny: service.Service, item: str) -> str:
    found = tiny.recommend(Visitor([other.item_id for other in tiny.items() if other.item_id != item][:3]), k=14)
    return next(row.reason for row in found.items if row.item.item_id == item)


def test_what_popularity_lifts_most_is_not_said_to_be_there_for_ones_history(tiny: service.Service) -> None:
    hit = made_a_hit(tiny, 100.0)
    likes = len(tiny.users_who_liked(hit))
    assert reason_for(tiny, hit) == f"Because many others liked it: {likes} of {len(tiny.users())} viewers."
    found = tiny.explain(Visitor(["f0", "f8"]), hit)
    assert found.attributions[0].player == "popularity"
    assert found.text[0].sentence.startswith("Mostly because many others liked it")


def test_what_popularity_speaks_against_is_no_favourite_of_others(tiny: service.Service) -> None:
    assert "others liked it" not in reason_for(tiny, made_a_hit(tiny, -100.0))


def test_an_item_that_few_liked_is_not_said_to_be_liked_by_many(tiny: service.Service) -> None:
    display = tiny._display
    least = min(range(len(display.cards)), key=display.liked_by)
    tiny._bundle.recommender.linear.popularity[least] += 100.0
    assert reason_for(tiny, display.item_id(least)).startswith("Because others liked it:")
