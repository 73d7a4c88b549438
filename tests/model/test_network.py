from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from kgrec_core.model.network import Fusion, Parts
from kgrec_core.model.recommender import Histories, Recommender, pad

EVENTS = ((0, 3, 1.0), (6, 0, 0.35), (2, 2, 1.0), (9, 2, 1.0))


def batch(*users: tuple[tuple[int, int, float], ...]) -> Histories:
    kinds = (np.int64, np.int64, np.float32)
    columns = [list(zip(*events, strict=True)) or [(), (), ()] for events in users]
    return pad([tuple(np.array(each, kind) for each, kind in zip(user, kinds, strict=True)) for user in columns])


@pytest.fixture
def random_model(tiny_recommender: Recommender, tiny_fusion: Fusion) -> Recommender:
    """The closed form of the trained model under a network with random weights, so that every part counts."""
    return replace(tiny_recommender, fusion=tiny_fusion)


def test_a_user_without_history_gets_finite_scores_that_differ(random_model: Recommender) -> None:
    scores = random_model.scores(batch(()))
    assert scores.shape == (1, 10) and bool(scores.isfinite().all())
    assert len(set(scores[0].tolist())) == 10


def test_a_history_changes_the_scores(random_model: Recommender) -> None:
    empty, some = random_model.scores(batch((), EVENTS))
    assert float((empty - some).abs().max()) > 1e-3


def test_the_order_of_events_changes_nothing(random_model: Recommender) -> None:
    one, other = random_model.scores(batch(EVENTS, EVENTS[::-1]))
    torch.testing.assert_close(one, other, atol=1e-5, rtol=1e-5)


def test_two_users_with_the_same_history_get_the_same_scores(random_model: Recommender) -> None:
    first, _, second = random_model.scores(batch(EVENTS, EVENTS[:1], EVENTS))
    torch.testing.assert_close(first, second, atol=1e-6, rtol=1e-6)


def test_padding_changes_nothing(random_model: Recommender) -> None:
    long = tuple((item, 2, 1.0) for item in range(10))
    alone, padded = random_model.scores(batch(EVENTS[:1])), random_model.scores(batch(EVENTS[:1], long))
    torch.testing.assert_close(alone[0], padded[0], atol=1e-5, rtol=1e-5)


def test_the_level_of_an_event_matters_to_the_scores(random_model: Recommender) -> None:
    loved, disliked = random_model.scores(batch(((0, 3, 1.0),), ((0, 0, 1.0),)))
    assert not torch.allclose(loved, disliked, atol=1e-3)


def test_the_same_words_at_another_level_are_another_event(tiny_fusion: Fusion) -> None:
    text, item = torch.ones(2, 6), torch.zeros(2, 8)
    loved, disliked = tiny_fusion.event_vectors(text, torch.tensor([3, 0]), item)
    torch.testing.assert_close(loved - disliked, tiny_fusion.level.weight[3] - tiny_fusion.level.weight[0])
    assert float((loved - disliked).detach().norm()) > 0.1


def test_attention_of_an_empty_history_is_all_on_the_empty_event(tiny_fusion: Fusion) -> None:
    user, weights = tiny_fusion.attend(
        torch.ones(1, 2, 8), torch.zeros(1, 3, 8), torch.zeros(1, 1, 3, dtype=torch.bool)
    )
    assert weights[0, 0].tolist() == [1.0, 0.0, 0.0, 0.0]
    torch.testing.assert_close(user[0, 0], tiny_fusion.empty)


def test_attention_sums_to_one_and_gives_padding_nothing(tiny_fusion: Fusion) -> None:
    mask = torch.tensor([[[True, True, False]]])
    _, weights = tiny_fusion.requires_grad_(False).attend(torch.randn(1, 5, 8), torch.randn(1, 3, 8), mask)
    torch.testing.assert_close(weights.sum(-1), torch.ones(1, 5))
    assert weights[..., 3].abs().sum() == 0 and float(weights[..., :3].min()) > 0


def test_a_score_is_the_weighted_branches_plus_the_network(tiny_fusion: Fusion) -> None:
    """With a silent network: sum of exp(log weight) x branch / scale, and of what is expected in units of the first."""
    torch.nn.init.zeros_(tiny_fusion.mlp[-1].weight)
    torch.nn.init.zeros_(tiny_fusion.mlp[-1].bias)
    tiny_fusion.log_weight.data = torch.tensor([2.0, 1.0, 1.0, 3.0, 1.0]).log()
    tiny_fusion.log_first.data = tiny_fusion.log_weight.data
    tiny_fusion.scale.copy_(torch.tensor([1.0, 2.0, 2.0, 1.0, 4.0]))
    tiny_fusion.expected.copy_(torch.tensor([0.5, 3.0, 0.0]))
    score = tiny_fusion(Parts(torch.randn(8), torch.randn(8), torch.tensor([1.0, 6.0, 4.0, 0.5, 8.0, 4.0, 0.1, 9.0])))
    heard = 2 * 1.0 + 1 * 6 / 2 + 1 * 4 / 2 + 3 * 0.5 + 1 * 8 / 4
    assert float(score.detach()) == pytest.approx(heard + 2 * (0.5 * 4 + 3 * 0.1 + 0 * 9))


def test_the_network_says_nothing_of_an_item_that_nobody_met(tiny_fusion: Fusion) -> None:
    tiny_fusion.requires_grad_(False).mlp[-1].bias.fill_(5.0)
    item, user, branches = torch.randn(3, 8), torch.randn(3, 8), torch.rand(3, 8)
    parts = Parts(item, user, branches, met=torch.tensor([1.0, 0.5, 0.0]))
    said = tiny_fusion.mlp(torch.cat([user, item, user * item, branches[:, :5] / tiny_fusion.scale], 1)).squeeze(1)
    torch.testing.assert_close(tiny_fusion(parts), tiny_fusion.closed(parts) + said * torch.tensor([1.0, 0.5, 0.0]))


def test_a_weight_of_who_is_new_counts_half_as_much_with_every_seven_events_that_are_known(tiny_fusion: Fusion) -> None:
    torch.nn.init.zeros_(tiny_fusion.mlp[-1].weight)
    torch.nn.init.zeros_(tiny_fusion.mlp[-1].bias)
    assert tiny_fusion.silent
    tiny_fusion.log_weight.data[0], tiny_fusion.log_first.data[0] = torch.tensor([2.0, 10.0]).log()
    branches = torch.tensor([1.0, 0, 0, 0, 0, 0, 0, 0]).expand(3, 1, -1)
    known = torch.tensor([[0], [7], [21]])
    score = tiny_fusion(Parts(torch.randn(8), torch.randn(3, 1, 8), branches, known=known)).detach().squeeze(1)
    torch.testing.assert_close(score, torch.tensor([10.0, 2 + 8 / 2, 2 + 8 / 8]))


def test_popularity_counts_half_as_much_with_every_seven_events_that_are_known(tiny_fusion: Fusion) -> None:
    tiny_fusion.log_prior.data = torch.tensor(3.0).log()
    known = torch.tensor([[0], [7], [21]])
    added = tiny_fusion.requires_grad_(False).prior(torch.tensor([2.0, -1.0]), known)
    torch.testing.assert_close(added, torch.tensor([[6.0, -3.0], [3.0, -1.5], [0.75, -0.375]]))


def test_an_item_with_text_and_without_id_still_has_a_vector(tiny_fusion: Fusion) -> None:
    torch.nn.init.zeros_(tiny_fusion.item_id.weight)
    cold = tiny_fusion.requires_grad_(False).item_vectors(torch.ones(1, 6), torch.tensor([4]))
    torch.testing.assert_close(cold, tiny_fusion.item_text(torch.ones(1, 6)))
    assert float(cold.norm()) > 0.1


def test_ids_are_hidden_in_training_and_shown_later(tiny_fusion: Fusion) -> None:
    ids, text = torch.zeros(400, dtype=torch.int64), torch.zeros(400, 6)
    torch.nn.init.zeros_(tiny_fusion.item_text.bias)
    assert bool((tiny_fusion.item_vectors(text, ids).abs().sum(1) > 0).all())
    torch.manual_seed(0)
    shown = (tiny_fusion.train().item_vectors(text, ids).abs().sum(1) > 0).float().mean()
    assert float(shown) == pytest.approx(1 - tiny_fusion.id_dropout, abs=0.05)
