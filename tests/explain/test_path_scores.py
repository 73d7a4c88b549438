"""Credits of paths: what facts carry is dealt out among the paths over them, and nothing counts twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgrec_core import service
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.removed_edges import item_scores_without, measure
from kgrec_core.explain.why.path_scores import credited, shown_paths
from kgrec_core.explain.why.strongest_cause import causes
from kgrec_core.graph.item_paths import ItemPath, bridged_paths, shared_paths
from kgrec_core.schema.asker import Visitor


@pytest.fixture
def context(tiny: service.Service) -> UserContext:
    return tiny._context(Visitor(["f0", "f2", "f8"]))


def ways(game: Game) -> list[ItemPath]:
    graph, history = game.world.graph, game.user.items.tolist()
    return [*shared_paths(graph, history, game.candidate), *bridged_paths(graph, history, game.candidate, 6)]


def lost(game: Game, paths: list[ItemPath]) -> float:
    edges = np.unique([edge for path in paths for edge in path.edges]).astype(np.int64)
    whole, without = item_scores_without(game.user, game.candidate, [edges[:0], edges]).tolist()
    return float(whole - without)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_credits_sum_to_what_the_score_loses_without_all_their_edges(context: UserContext, data: st.DataObject) -> None:
    game = Game(context, data.draw(st.sampled_from([1, 3, 4, 9, 10])))
    chosen = data.draw(st.lists(st.sampled_from(ways(game)), min_size=1, max_size=6, unique=True))
    found = credited(game, chosen)
    assert all(path.contribution > 0 for path in found)
    together = lost(game, [path.path for path in found])
    assert sum(path.contribution for path in found) == pytest.approx(together, abs=1e-4)


def test_two_paths_over_one_fact_share_what_it_carries(context: UserContext) -> None:
    """Films 0 and 2 have one director with film 4, and what matters is that film 4 has it."""
    game = Game(context, 4)
    director = [path for path in ways(game) if len(path.edges) == 2 and path.items[0] in (0, 2)]
    kind = game.world.graph.relation_names.index("director")
    both = [path for path in director if game.world.graph.relations[path.edges[-1]] == kind]
    assert len(both) == 2
    alone, found = measure(context, both), credited(game, both)
    assert sum(path.contribution for path in alone) > 1.5 * lost(game, both)  # each counted the fact whole
    assert [path.contribution for path in found] == pytest.approx([lost(game, both) / 2] * 2, rel=0.2)


def test_a_detour_over_facts_that_are_shown_has_only_what_it_adds(context: UserContext) -> None:
    """Film 0 - its director - film 2 - a genre - film 4, beside the direct paths over that genre."""
    game = Game(context, 4)
    graph = game.world.graph
    direct = [path for path in ways(game) if len(path.edges) == 2]
    first, last = direct[0], direct[-1]
    detour = ItemPath((first.items[0], last.items[0], 4), (*first.edges, *last.edges))
    assert graph.heads[last.edges[-1]] == 4
    found = credited(game, [first, last, detour])
    assert detour not in [path.path for path in found]  # all its edges are those of shorter paths


def test_what_has_less_than_asked_is_left_out_but_for_the_strongest(context: UserContext) -> None:
    game = Game(context, 4)
    every = credited(game, ways(game)[:6])
    assert len(credited(game, ways(game)[:6], least=1e6)) == 1
    least = every[0].contribution / 2
    assert all(path.contribution >= least for path in credited(game, ways(game)[:6], least))


@pytest.mark.parametrize("item", [1, 3, 4, 9, 10])
def test_of_several_paths_each_costs_by_itself_what_was_asked(context: UserContext, item: int) -> None:
    """Facts that go together cost more than one after the other, for those that are left weigh more."""
    game = Game(context, item)
    for least in sorted(lost(game, [path]) for path in ways(game)[:6]):
        found = credited(game, ways(game)[:6], max(least, 0.0))
        assert len(found) == 1 or all(lost(game, [path.path]) >= least - 1e-6 for path in found)


def test_the_shown_paths_begin_in_the_history_strongest_first(context: UserContext, tiny: service.Service) -> None:
    for item, cause in zip((1, 4, 9), causes(context, [1, 4, 9], tiny._display), strict=True):
        found = shown_paths(Game(context, item), cause)
        credits = [path.contribution for path in found]
        assert credits == sorted(credits, reverse=True)
        assert {path.path.items[0] for path in found} <= set(context.items.tolist())
