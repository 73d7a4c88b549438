from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split, split_next, split_temporal
from kgrec_core.errors import DataError
from kgrec_core.evaluate.compared_models import BY_NAME, Trial
from kgrec_core.evaluate.protocol import (
    SCHEMES,
    answers_of_test,
    answers_of_validation,
    protocol,
    scores_when_asked,
    settings_of,
)
from kgrec_core.evaluate.quality_run import first_rows
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.metrics import Matrix, ranking_metrics
from kgrec_core.model.recommender import Recommender
from kgrec_core.model.training import knowing, score_users
from kgrec_core.schema.progress import no_progress


def test_the_table_says_how_it_was_measured() -> None:
    assert protocol("random", 2, 100) == "random 8:1:1, 2 seeds from 100, full catalogue, NDCG@10 binary log2"
    assert "1 seed from 0," in protocol("temporal", 1)
    assert protocol("next", 1, tied=0.184).endswith("equal times in random order (they decide for 18% of the people)")


def one_user(*rows: tuple[int, float]) -> Interactions:
    items, values = zip(*rows, strict=True)
    zeros = np.zeros(len(rows), dtype=np.int64)
    return Interactions(zeros, np.array(items), np.array(values, dtype=np.float32), zeros)


@pytest.fixture
def split() -> Split:
    """One user: items 0 and 1 to train, 2 to validate; of the test part 3 is liked and 4 is not."""
    return Split(one_user((0, 5.0), (1, 1.0)), one_user((2, 5.0)), one_user((3, 4.0), (4, 2.0)))


def asked(inputs: Inputs, split: Split, model: ModelConfig) -> Trial:
    return Trial(inputs, (), split, model, TrainConfig())


def popularity(inputs: Inputs, split: Split, model: ModelConfig) -> Matrix:
    return BY_NAME["popularity"].fit(asked(inputs, split, model), no_progress).scores


def test_train_and_validation_items_are_no_candidates(tiny_inputs: Inputs, split: Split) -> None:
    answers = answers_of_test(tiny_inputs, split)
    assert np.flatnonzero(answers.seen[0]).tolist() == [0, 1, 2]
    assert np.flatnonzero(answers.relevant[0]).tolist() == [3]
    assert not answers.seen[1:].any() and not answers.relevant[1:].any()


def test_validation_ranks_all_but_the_train_items(tiny_inputs: Inputs, split: Split) -> None:
    answers = answers_of_validation(tiny_inputs, split)
    assert np.flatnonzero(answers.seen[0]).tolist() == [0, 1]
    assert np.flatnonzero(answers.relevant[0]).tolist() == [2]


def test_a_disliked_test_item_is_a_candidate_and_a_miss(tiny_inputs: Inputs, split: Split) -> None:
    scores = np.zeros((24, 10))
    scores[0, [4, 3]] = 2.0, 1.0
    answers = answers_of_test(tiny_inputs, split)
    metrics = ranking_metrics(scores, answers.seen, answers.relevant)
    assert metrics.users.tolist() == [0] and metrics.mrr.tolist() == [1 / 2]


def test_a_test_part_without_likes_is_refused_in_words(tiny_inputs: Inputs, split: Split) -> None:
    with pytest.raises(DataError, match="None of the 1 test interactions is liked"):
        answers_of_test(tiny_inputs, replace(split, test=one_user((4, 2.0))))


def test_what_prepare_tells_is_the_mean_over_users_of_ours_and_of_simple_methods(
    tiny_inputs: Inputs, small_model: ModelConfig
) -> None:
    split = split_temporal(tiny_inputs.interactions, 0)
    trial, scores = asked(tiny_inputs, split, small_model), np.random.default_rng(0).random((24, 10))
    ours, *others = first_rows(trial, scores, 3.0)
    answers = answers_of_test(tiny_inputs, split)
    assert ours.ndcg_10 == pytest.approx(ranking_metrics(scores, *vars(answers).values()).ndcg_10.mean())
    assert ours.seconds == 3 and ours.ci95[0] <= ours.ndcg_10 <= ours.ci95[1]
    assert [row.model for row in others] == ["ease", "itemknn", "popularity"]


def test_peers_know_nothing_of_validation_and_test(tiny_inputs: Inputs, small_model: ModelConfig) -> None:
    """Popularity by hand, from the liked train interactions alone."""
    split = split_temporal(tiny_inputs.interactions, 0)
    liked = split.train.items[split.train.values >= 4]
    scores = np.tile(np.bincount(liked, minlength=10), (24, 1)).astype(float)
    answers = answers_of_test(tiny_inputs, split)
    by_hand = ranking_metrics(scores, answers.seen, answers.relevant)
    found = ranking_metrics(popularity(tiny_inputs, split, small_model), answers.seen, answers.relevant)
    np.testing.assert_allclose(found.ndcg_10, by_hand.ndcg_10)


def test_where_the_next_is_asked_every_method_has_read_the_validation_part(
    tiny_inputs: Inputs, tiny_recommender: Recommender, small_model: ModelConfig
) -> None:
    split = split_next(tiny_inputs.interactions, 0)
    read = split.train.joined(split.valid)
    liked = read.items[read.values >= 4]
    answers = answers_of_test(tiny_inputs, split)
    counted = np.tile(np.bincount(liked, minlength=10), (24, 1)).astype(float)
    by_hand, found = (
        ranking_metrics(scores, *vars(answers).values())
        for scores in (counted, popularity(tiny_inputs, split, small_model))
    )
    assert np.array_equal(found.ndcg_10, by_hand.ndcg_10)
    training = tiny_inputs.training_set(read, small_model)
    ours = score_users(knowing(tiny_recommender, training, small_model), training)
    assert np.array_equal(scores_when_asked(tiny_recommender, tiny_inputs, split, small_model), ours)
    by_time = scores_when_asked(tiny_recommender, tiny_inputs, replace(split, valid_is_read=False), small_model)
    assert not np.array_equal(by_time, ours)


def test_only_after_a_gap_does_training_leave_one(small_model: ModelConfig) -> None:
    gaps = {scheme: settings_of(scheme, small_model, TrainConfig())[1].gap for scheme in SCHEMES}
    assert gaps["next"] == gaps["global"] == 0 < gaps["temporal"]
    assert settings_of("random", small_model, TrainConfig())[0].recency is None
