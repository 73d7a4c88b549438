"""Why one item stands above another: differences of exact parts, and the model asked again without them."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest

from kgrec_core.explain.asker_scores import only, without
from kgrec_core.explain.change import why_above
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.why.waterfall import TOLERANCE
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.comparison import WhyAbove
from kgrec_core.service import Service


@pytest.fixture
def answers(tiny: Service) -> list[WhyAbove]:
    """For some people, each item of their list beside the next, and the first beside the last."""
    found = []
    for user in ("u0", "u1", "u5"):
        listed = [row.item.item_id for row in tiny.recommend(user, k=4).items]
        found += [tiny.compare.why_above(user, *pair) for pair in (*pairwise(listed), (listed[0], listed[-1]))]
    return found


def test_the_item_that_ranks_better_is_the_one_above_in_whatever_order_they_are_asked(tiny: Service) -> None:
    first, second = (row.item.item_id for row in tiny.recommend("u0", k=2).items)
    one, other = tiny.compare.why_above("u0", first, second), tiny.compare.why_above("u0", second, first)
    assert one.above.item_id == other.above.item_id == first
    assert one.causes == other.causes and one.sentence == other.sentence


def test_differences_of_all_causes_sum_to_the_gap_of_the_scores(answers: list[WhyAbove]) -> None:
    for found in answers:
        assert sum(cause.difference for cause in found.causes) == pytest.approx(found.gap, abs=TOLERANCE)
        named = sum(each.cause.difference for each in found.named)
        assert named + found.rest == pytest.approx(found.gap, abs=TOLERANCE)


def test_scores_are_those_of_the_explanations(tiny: Service, answers: list[WhyAbove]) -> None:
    for found in answers[:3]:
        explained = [tiny.why(found.user, card.item_id) for card in (found.above, found.below)]
        assert [found.score_above, found.score_below] == pytest.approx([each.score for each in explained], abs=1e-5)
        assert [found.rank_above, found.rank_below] == [each.rank for each in explained]


def test_the_model_without_a_named_history_item_has_a_smaller_gap_or_turns(
    tiny: Service, answers: list[WhyAbove]
) -> None:
    asked = 0
    for found in answers:
        stored = [event for event in tiny.history(found.user)]
        for each in found.named:
            if each.cause.kind != "history":
                continue
            gone = each.cause.name.removeprefix("history:")
            assert gone in {event.item.item_id for event in stored}
            context = tiny._context(Asker(found.user))
            kept = context.items != tiny._item(gone)
            left = only(context, kept).scores
            gap = float(left[tiny._item(found.above.item_id)] - left[tiny._item(found.below.item_id)])
            assert gap == pytest.approx(each.gap_without, abs=1e-4)
            assert gap < found.gap
            asked += 1
    assert asked


def test_the_model_without_a_named_kind_of_fact_has_a_smaller_gap_or_turns(
    tiny: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all causes named, for facts are weak in so small a world."""
    for limit, value in (("NAMED", 99), ("TRIED", 99), ("TELLING", 0.0)):
        monkeypatch.setattr(why_above, limit, value)
    monkeypatch.setattr(why_above, "_confirmation", lambda *asked: "")
    pairs = [(f"f{first}", f"f{second}") for first in range(0, 7, 2) for second in range(7, 14, 2)]
    answers = [tiny.compare.why_above("u0", *pair) for pair in pairs]
    asked = [(found, each) for found in answers for each in found.named if each.cause.kind == "facet"]
    assert asked
    for found, each in asked:
        relation, gap, both = each.cause.name.removeprefix("facet:"), 0.0, (found.above, found.below)
        history = tiny._context(Asker("u0"))
        for card in both:
            history = without(history, tiny._item(card.item_id))
        for sign, card in zip((1, -1), both, strict=True):
            game = Game(history, tiny._item(card.item_id))
            left, names = game.everything(), game.world.graph.relation_names
            kinds = game.world.kernel.edge_relation[game.edges].numpy()
            left.edges[0, np.flatnonzero(kinds == names.index(relation))] = False
            gap += sign * float(game.scores(left)[0])
        assert gap == pytest.approx(each.gap_without, abs=1e-4) and gap < found.gap


def test_named_causes_speak_more_for_the_item_above_and_are_few(answers: list[WhyAbove]) -> None:
    assert any(len(found.named) > 1 for found in answers)
    for found in answers:
        assert len(found.named) <= why_above.NAMED
        assert all(each.cause.difference > 0 and each.gap_without < found.gap for each in found.named)


def test_numbers_of_the_sentence_add_up_as_they_are_written(answers: list[WhyAbove]) -> None:
    for found in answers:
        if not found.named:
            continue
        told = [float(number) for number in re.findall(r"\(([+-][\d.]+)\)", found.sentence)]
        gap = float(re.search(r" by ([\d.]+) in score,", found.sentence)[1])  # type: ignore[index]
        rest = float(re.search(r"all else (?:adds|takes) (\d+\.\d+)", found.sentence)[1])  # type: ignore[index]
        against = "all else takes" in found.sentence
        assert sum(told) + (-rest if against else rest) == pytest.approx(gap, abs=1e-9)
        assert all(each.cause.label in found.sentence for each in found.named)


def test_the_confirmation_says_who_is_ahead_without_the_named_causes(answers: list[WhyAbove]) -> None:
    for found in answers:
        if found.named:
            ahead = found.above if found.gap_without_named >= 0 else found.below
            assert f"puts {ahead.title} ahead" in found.confirmation


def test_items_of_the_history_are_judged_as_if_they_were_new(tiny: Service) -> None:
    known = [event.item.item_id for event in tiny.history("u0")][:2]
    found = tiny.compare.why_above("u0", *known)
    assert not {f"history:{item}" for item in known} & {cause.name for cause in found.causes}


def test_somebody_without_a_history_is_told_by_what_is_left(tiny: Service) -> None:
    found = tiny.compare.why_above(Asker(None, (), request="a love letter"), "f1", "f9")
    assert sum(cause.difference for cause in found.causes) == pytest.approx(found.gap, abs=TOLERANCE)
