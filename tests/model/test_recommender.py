from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch

from kgrec_core.model.closed_form import branch_scores, columns, through
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.recommender import Recommender, pad
from kgrec_core.model.world import World


def test_there_are_two_branches_of_events_and_one_a_relation_and_one_of_the_text_as_liked_and_as_expected(
    tiny_recommender: Recommender,
) -> None:
    heard = ("collaborative", "sequence", "genre", "director", "text")
    expected = ("expected genre", "expected director", "expected text")
    assert tiny_recommender.columns.names == (*heard, *expected)
    assert tiny_recommender.columns.names[tiny_recommender.columns.heard] == heard


def test_branches_come_in_the_order_of_their_names(tiny_world: World, tiny_recommender: Recommender) -> None:
    linear, history = tiny_recommender.linear, torch.eye(10)[:3]
    branches = branch_scores(tiny_world, linear, history)
    assert branches.shape == (3, 10, 8)
    torch.testing.assert_close(branches[..., 0], history @ linear.weights)
    torch.testing.assert_close(branches[..., 1], history @ linear.more[0].weights)
    residual = through(history, linear.residuals)
    torch.testing.assert_close(branches[..., 2:4], tiny_world.kernel.scores(residual) * linear.met.unsqueeze(1))
    torch.testing.assert_close(branches[..., 4], residual @ tiny_world.similarity * linear.met)
    dual = history @ linear.expected
    torch.testing.assert_close(branches[..., 5:7], tiny_world.kernel.scores(dual) * linear.unknown.unsqueeze(1))
    torch.testing.assert_close(branches[..., 7], dual @ tiny_world.similarity * linear.unknown)


def test_of_an_item_that_nobody_met_only_what_is_expected_of_it_counts(
    tiny_world: World, tiny_recommender: Recommender
) -> None:
    unknown = torch.zeros(10)
    unknown[4] = 1.0
    branches = branch_scores(tiny_world, replace(tiny_recommender.linear, unknown=unknown), torch.eye(10))
    assert branches[:, 4, 2:5].abs().sum() == 0 < branches[:, 4, 5:].abs().sum()
    others = torch.arange(10) != 4
    assert branches[:, others, 5:].abs().sum() == 0 < branches[:, others, 2:5].abs().sum()


def test_a_world_without_text_has_the_same_graph_and_a_silent_text_branch(
    tiny_world: World, tiny_recommender: Recommender
) -> None:
    silent = tiny_world.without_text()
    branches = branch_scores(silent, tiny_recommender.linear, torch.eye(10))
    assert branches[..., [4, 7]].abs().sum() == 0
    heard, told = [0, 1, 2, 3, 5, 6], branch_scores(tiny_world, tiny_recommender.linear, torch.eye(10))
    torch.testing.assert_close(branches[..., heard], told[..., heard])
    assert silent.item_text.abs().sum() == silent.event_text.abs().sum() == 0


def test_a_batch_is_scored_as_its_users_are_alone(tiny_inputs: Inputs, tiny_recommender: Recommender) -> None:
    data = tiny_inputs.interactions
    level, weight = np.full(3, 2), np.ones(3, dtype=np.float32)
    users = [(data.of_user(user).items[:3], level, weight) for user in range(4)]
    together = tiny_recommender.scores(pad(users))
    for row, user in enumerate(users):
        torch.testing.assert_close(tiny_recommender.scores(pad([user]))[0], together[row], atol=1e-5, rtol=1e-5)


def test_a_world_without_some_edges_is_built_from_the_graph_that_is_left(
    tiny_world: World, tiny_recommender: Recommender
) -> None:
    gone = np.array([0, 3])
    left = tiny_world.without_edges(gone)
    assert len(left.graph.heads) == len(tiny_world.graph.heads) - 2 == left.edge_index.shape[1]
    assert len(left.kernel.heads) == len(left.graph.heads)
    assert columns(left, tiny_recommender.linear) == tiny_recommender.columns
