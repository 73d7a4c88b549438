from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
import torch
from torch import Tensor

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import IntArray, events, targets
from kgrec_core.data.split import Split, split_random, split_temporal
from kgrec_core.model import calibration as calibration_module
from kgrec_core.model import fitting
from kgrec_core.model import training as training_module
from kgrec_core.model.closed_form import ClosedForm, Linear
from kgrec_core.model.fitting import TrainingSet
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.linear import fit_linear
from kgrec_core.model.masked_histories import Question, candidates, from_few, latest
from kgrec_core.model.recommender import Histories, Recommender, history_scores, pad
from kgrec_core.model.training import TrainReport, score_users, train
from kgrec_core.model.world import World


@pytest.fixture(scope="module")
def split(tiny_inputs: Inputs) -> Split:
    return split_random(tiny_inputs.interactions, 0)


def trained(inputs: Inputs, split: Split, model: ModelConfig, config: TrainConfig) -> tuple[Recommender, TrainReport]:
    training = inputs.training_set(split.train, model)
    return train(inputs.world(model), training, split.valid, model, config)


def test_the_same_seed_gives_the_same_numbers(
    tiny_inputs: Inputs, split: Split, small_model: ModelConfig, short_training: TrainConfig
) -> None:
    (one, first), (two, second) = (trained(tiny_inputs, split, small_model, short_training) for _ in range(2))
    training = tiny_inputs.training_set(split.train, small_model)
    assert first == second
    np.testing.assert_array_equal(score_users(one, training), score_users(two, training))


def test_a_validation_part_without_likes_keeps_the_start(
    tiny_inputs: Inputs, split: Split, small_model: ModelConfig, short_training: TrainConfig
) -> None:
    nothing = replace(split, valid=split.valid.select(split.valid.values < 4))
    _, report = trained(tiny_inputs, nothing, small_model, short_training)
    assert set(report.validation) == {0.0} and report.best_epoch == 0


def test_what_comes_next_is_asked_of_events_after_all_that_is_known_with_a_gap_between() -> None:
    """100 events at ages 0 to 99: known are the oldest, asked the newest, and 12 between are neither."""
    ages = np.arange(100, dtype=np.float32)
    events = (np.arange(100), np.zeros(100, dtype=np.int64), np.ones(100, dtype=np.float32))
    rng, config = np.random.default_rng(0), TrainConfig(gap=0.12, held_out=0.3)
    for _ in range(20):
        question = latest(pad([events], [ages]), config, rng)
        known = question.known.items[question.known.mask].tolist()
        asked = question.answers.items[question.answers.mask].tolist()
        assert known == list(range(100 - len(known), 100)) and asked == list(range(len(asked)))
        assert 11 <= 100 - len(known) - len(asked) <= 13
        assert float(question.known.ages[question.known.mask].min()) == 0


def test_by_time_a_model_learns_and_repeats_itself(tiny_inputs: Inputs, short_training: TrainConfig) -> None:
    split, model = split_temporal(tiny_inputs.interactions, 0), ModelConfig(dim=8, hidden=8).by_time()
    (one, first), (_, second) = (trained(tiny_inputs, split, model, short_training) for _ in range(2))
    assert first == second and first.losses[-1] > 0
    assert one.linear.recency == model.recency
    training = tiny_inputs.training_set(split.train, model)
    assert not np.array_equal(score_users(one, training), score_users(one, training, gap=0.3))


def test_another_seed_gives_other_numbers(
    tiny_inputs: Inputs, split: Split, small_model: ModelConfig, short_training: TrainConfig
) -> None:
    seeds = (replace(short_training, seed=seed) for seed in (0, 1))
    first, second = (trained(tiny_inputs, split, small_model, config)[1].losses for config in seeds)
    assert first != second


def test_training_lowers_the_loss(tiny_inputs: Inputs, split: Split) -> None:
    model = ModelConfig(ridge=5.0, dim=8, hidden=8, dropout=0.0, id_dropout=0.0)
    config = TrainConfig(epochs=30, patience=30, batch_users=8, folds=3, learning_rate=1e-2)
    losses = trained(tiny_inputs, split, model, config)[1].losses
    assert np.mean(losses[-5:]) < np.mean(losses[:5])


def test_the_model_given_back_is_that_of_the_best_round(
    tiny_inputs: Inputs, split: Split, small_model: ModelConfig, short_training: TrainConfig
) -> None:
    recommender, report = trained(tiny_inputs, split, small_model, short_training)
    again = training_module._validate(recommender, tiny_inputs.training_set(split.train, small_model), split.valid, 0.0)
    assert again == pytest.approx(max(report.validation))
    assert report.validation[report.best_epoch] == max(report.validation)
    assert len(report.validation) == len(report.losses) + 1


@dataclass(frozen=True, eq=False)
class Listening(TrainingSet):
    """A training set that remembers whose histories were asked for."""

    asked: list[IntArray] = field(default_factory=list)

    def histories(self, users: IntArray) -> Histories:
        self.asked.append(users)
        return TrainingSet.histories(self, users)


def test_the_closed_form_that_scores_a_user_in_training_has_not_seen_them(
    tiny_inputs: Inputs,
    tiny_world: World,
    small_model: ModelConfig,
    short_training: TrainConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = tiny_inputs.training_set(tiny_inputs.interactions, small_model)
    listening = Listening(
        plain.users, plain.data, plain.levels, plain.weights, plain.targets, plain.ages, plain.positive
    )
    rows = {tuple(row): user for user, row in enumerate(plain.histories(np.arange(24)).dense(10).tolist())}
    assert len(rows) == 24  # no two viewers are alike, so that a row tells whose it is
    fitted: dict[Tensor, set[int]] = {}
    checked: list[int] = []

    def fit(history: Tensor, positives: Tensor, ridge: float) -> Linear:
        linear = fit_linear(history, positives, ridge)
        fitted[linear.weights] = {rows[tuple(row)] for row in history.tolist()}
        return linear

    def branches(world: World, linear: ClosedForm, histories: Histories) -> Tensor:
        checked.extend(user for user in listening.asked[-1].tolist() if user not in fitted[linear.weights])
        assert not fitted[linear.weights] & set(listening.asked[-1].tolist())
        return history_scores(world, linear, histories)

    monkeypatch.setattr(fitting, "fit_linear", fit)
    monkeypatch.setattr(calibration_module, "history_scores", branches)
    recommender, _ = train(tiny_world, listening, tiny_inputs.interactions, small_model, short_training)
    assert set(checked) == set(range(24))
    assert fitted[recommender.linear.weights] == set(range(24))  # the one that is used later has seen all


def test_a_hidden_event_is_nowhere_in_what_asks_for_it(
    tiny_inputs: Inputs,
    tiny_world: World,
    small_model: ModelConfig,
    short_training: TrainConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The history of the branches and the events of attention are one and the same, and shorter than the whole."""
    training = tiny_inputs.training_set(tiny_inputs.interactions, small_model)
    dense: list[Tensor] = []
    shares: list[float] = []

    def branches(world: World, linear: ClosedForm, histories: Histories) -> Tensor:
        dense.append(histories.dense(world.items))
        return history_scores(world, linear, histories)

    def score(*arguments: object) -> Tensor:
        histories = arguments[3]
        assert isinstance(histories, Histories)
        torch.testing.assert_close(histories.dense(10), dense[-1])
        shares.append(float(histories.mask.sum()) / (9 * len(histories.mask)))
        return score_parts(*arguments)

    score_parts = training_module.score_parts
    monkeypatch.setattr(calibration_module, "history_scores", branches)
    monkeypatch.setattr(training_module, "score_parts", score)
    train(tiny_world, training, tiny_inputs.interactions, small_model, replace(short_training, few=0.0))
    assert np.mean(shares) == pytest.approx(1 - short_training.held_out, abs=0.1)


def test_a_sample_as_large_as_the_rest_is_the_whole_catalogue() -> None:
    wanted = torch.tensor([False, True, False, False, True])
    items, log_share = candidates(wanted, 99, np.random.default_rng(0))
    assert sorted(items.tolist()) == [0, 1, 2, 3, 4] and log_share.tolist() == [0.0] * 5


def test_a_sampled_item_stands_for_the_items_that_were_not_drawn() -> None:
    wanted = torch.zeros(101, dtype=torch.bool)
    wanted[7] = True
    items, log_share = candidates(wanted, 20, np.random.default_rng(0))
    assert items[0] == 7 and len(set(items.tolist())) == 21
    assert log_share.exp().tolist() == pytest.approx([1.0] + [100 / 20] * 20)


def test_events_read_their_level_and_weight_from_the_value(tiny_inputs: Inputs, small_model: ModelConfig) -> None:
    levels, weights = events(np.array([5.0, 4.0, 3.0, 1.0], dtype=np.float32), tiny_inputs.domain, small_model)
    assert levels.tolist() == [3, 2, 1, 0]  # loved, liked, found so-so, disliked
    assert weights.tolist() == pytest.approx([1.0, 1.0, small_model.so_so_weight, small_model.disliked_weight])


def test_the_closed_form_shall_predict_what_was_so_so_by_half_and_what_was_disliked_not_at_all(
    tiny_inputs: Inputs, small_model: ModelConfig
) -> None:
    wanted = targets(np.array([5.0, 4.0, 3.0, 1.0], dtype=np.float32), tiny_inputs.domain, small_model)
    assert wanted.tolist() == [1.0, 1.0, 0.5, 0.0]


def test_progress_goes_from_nothing_to_one(
    tiny_inputs: Inputs, split: Split, small_model: ModelConfig, short_training: TrainConfig
) -> None:
    heard: list[float] = []
    training = tiny_inputs.training_set(split.train, small_model)
    arguments: Sequence[object] = (tiny_inputs.world(small_model), training, split.valid, small_model, short_training)
    train(*arguments, lambda _, share: heard.append(share))  # type: ignore[arg-type]
    assert heard[0] == 0 and heard[-1] == 1 and heard == sorted(heard)


def test_of_a_large_catalogue_fewer_people_are_scored_at_once_and_alike(
    tiny_recommender: Recommender, tiny_inputs: Inputs, small_model: ModelConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = tiny_inputs.training_set(tiny_inputs.interactions, small_model)
    longest, sizes = int(np.bincount(training.data.users).max()), []
    whole = score_users(tiny_recommender, training)
    scores = Recommender.scores

    def listen(self: Recommender, histories: Histories) -> Tensor:
        sizes.append(len(histories.items))
        return scores(self, histories)

    monkeypatch.setattr(Recommender, "scores", listen)
    monkeypatch.setattr(training_module, "_ATTENDED", 7 * 10 * (1 + longest))  # room for seven people and ten items
    np.testing.assert_allclose(score_users(tiny_recommender, training), whole, atol=1e-5)
    assert sizes == [7, 7, 7, 3]


def test_some_questions_come_from_few_events_as_those_of_a_new_visitor_do(tiny_inputs: Inputs) -> None:
    config, rng = TrainConfig(few_most=4), np.random.default_rng(0)
    training = tiny_inputs.training_set(tiny_inputs.interactions, ModelConfig())
    histories = training.histories(np.arange(24))
    whole = Question(histories, histories)
    few = from_few(whole, config, rng)
    counts = few.known.mask.sum(1)
    assert set(counts.tolist()) == {1, 2, 3, 4}
    assert bool((few.known.dense(10) <= histories.dense(10)).all())
    assert few.answers is whole.answers
