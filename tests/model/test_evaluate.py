from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split, split_next, split_temporal
from kgrec_core.errors import ConfigError, DataError
from kgrec_core.model import evaluate as module
from kgrec_core.model.evaluate import (
    OURS,
    PEERS,
    SCHEMES,
    Run,
    answers_of_test,
    answers_of_validation,
    evaluate,
    evaluate_peers,
    measure,
    protocol,
    scores_when_asked,
    settings_of,
    summary,
)
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.metrics import RankingMetrics, ranking_metrics
from kgrec_core.model.recommender import Recommender
from kgrec_core.model.train import knowing, score_users
from kgrec_core.schema import Evaluation


@pytest.fixture(scope="module")
def heard() -> list[tuple[str, float]]:
    return []


@pytest.fixture(scope="module")
def table(
    tiny_inputs: Inputs, small_model: ModelConfig, short_training: TrainConfig, heard: list[tuple[str, float]]
) -> Evaluation:
    def listen(what: str, share: float) -> None:
        heard.append((what, share))

    return evaluate(tiny_inputs, "tiny", "random", 2, small_model, replace(short_training, epochs=1), listen)


def test_the_table_names_every_model_in_order(table: Evaluation) -> None:
    names = ["ours", "ours-no-graph", "ours-shuffled-graph", "ours-no-text", "ease", "itemknn", "popularity"]
    assert [row.model for row in table.rows] == names == [*OURS, *PEERS]


def test_the_table_says_how_it_was_measured(table: Evaluation) -> None:
    assert table.dataset == "tiny"
    assert table.protocol == "random 8:1:1, 2 seeds, full catalogue, NDCG@10 binary log2"
    assert "1 seed," in protocol("temporal", 1)


def test_each_row_is_a_share_inside_its_interval(table: Evaluation) -> None:
    for row in table.rows:
        assert 0 <= row.ci95[0] <= row.ndcg_10 <= row.ci95[1] <= 1, row.model
        assert all(0 <= each <= 1 for each in (row.recall_20, row.hr_10, row.mrr)), row.model
        assert row.seconds >= 0


def test_progress_names_model_and_seed_and_grows_to_one(table: Evaluation, heard: list[tuple[str, float]]) -> None:
    shares = [share for _, share in heard]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
    assert any("seed 1 of 2" in what and "ours-no-text" in what for what, _ in heard)
    assert any("seed 2 of 2" in what and "itemknn" in what for what, _ in heard)


def test_an_unknown_scheme_is_refused_with_the_known_ones(tiny_inputs: Inputs, small_model: ModelConfig) -> None:
    with pytest.raises(ConfigError, match=r"'weekly'.*random, temporal, next"):
        evaluate(tiny_inputs, "tiny", "weekly", 1, small_model, TrainConfig())


def test_no_seed_is_refused(tiny_inputs: Inputs, small_model: ModelConfig) -> None:
    with pytest.raises(ConfigError, match="choose 1 or more"):
        evaluate(tiny_inputs, "tiny", "random", 0, small_model, TrainConfig())


def test_ablations_lose_what_they_are_named_after(tiny_inputs: Inputs, small_model: ModelConfig) -> None:
    worlds = dict(module._worlds(tiny_inputs, small_model, seed=0))
    graph = tiny_inputs.graph
    assert list(worlds) == list(OURS)
    assert worlds["ours"].graph is graph and len(worlds["ours-no-graph"].graph.heads) == 0
    shuffled = worlds["ours-shuffled-graph"].graph
    assert len(shuffled.tails) == len(graph.tails) and shuffled.tails.tolist() != graph.tails.tolist()
    assert worlds["ours-no-text"].similarity.abs().sum() == 0 and worlds["ours-no-text"].graph is graph


def one_user(*rows: tuple[int, float]) -> Interactions:
    items, values = zip(*rows, strict=True)
    zeros = np.zeros(len(rows), dtype=np.int64)
    return Interactions(zeros, np.array(items), np.array(values, dtype=np.float32), zeros)


@pytest.fixture
def split() -> Split:
    """One user: items 0 and 1 to train, 2 to validate; of the test part 3 is liked and 4 is not."""
    return Split(one_user((0, 5.0), (1, 1.0)), one_user((2, 5.0)), one_user((3, 4.0), (4, 2.0)))


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
    metrics = measure(scores, answers_of_test(tiny_inputs, split))
    assert metrics.users.tolist() == [0] and metrics.mrr.tolist() == [1 / 2]


def test_a_test_part_without_likes_is_refused_in_words(tiny_inputs: Inputs, split: Split) -> None:
    with pytest.raises(DataError, match="None of the 1 test interactions is liked"):
        answers_of_test(tiny_inputs, replace(split, test=one_user((4, 2.0))))


def run(users: list[int], ndcg: list[float], seconds: float) -> Run:
    values = np.array(ndcg)
    return Run("ours", RankingMetrics(np.array(users), values, values, values, values), seconds)


def test_a_row_is_the_mean_over_seeds() -> None:
    row = summary([run([0, 1], [0.2, 0.4], 3.0), run([0, 2], [0.6, 0.8], 5.0)])
    assert row.ndcg_10 == pytest.approx(((0.2 + 0.4) / 2 + (0.6 + 0.8) / 2) / 2)
    assert row.seconds == (3.0 + 5.0) / 2


def test_the_interval_counts_each_user_once_however_many_seeds() -> None:
    means = module._user_means([each.metrics for each in (run([0, 1], [0.2, 0.4], 0), run([0, 3], [0.6, 0.8], 0))])
    assert means.tolist() == pytest.approx([(0.2 + 0.6) / 2, 0.4, 0.8])


def test_peers_know_nothing_of_validation_and_test(tiny_inputs: Inputs) -> None:
    """Popularity by hand, from the liked train interactions alone."""
    split = split_temporal(tiny_inputs.interactions)
    liked = split.train.items[split.train.values >= 4]
    scores = np.tile(np.bincount(liked, minlength=10), (24, 1)).astype(float)
    answers = answers_of_test(tiny_inputs, split)
    by_hand = ranking_metrics(scores, answers.seen, answers.relevant)
    popularity = evaluate_peers(tiny_inputs, split)[-1]
    assert popularity.model == "popularity"
    np.testing.assert_allclose(popularity.metrics.ndcg_10, by_hand.ndcg_10)


def test_where_the_next_is_asked_every_method_has_read_the_validation_part(
    tiny_inputs: Inputs, tiny_recommender: Recommender, small_model: ModelConfig
) -> None:
    split = split_next(tiny_inputs.interactions)
    read = split.train.joined(split.valid)
    liked = read.items[read.values >= 4]
    answers = answers_of_test(tiny_inputs, split)
    by_hand = ranking_metrics(np.tile(np.bincount(liked, minlength=10), (24, 1)).astype(float), *vars(answers).values())
    assert np.array_equal(evaluate_peers(tiny_inputs, split)[-1].metrics.ndcg_10, by_hand.ndcg_10)
    training = tiny_inputs.training_set(read, small_model)
    ours = score_users(knowing(tiny_recommender, training, small_model), training)
    assert np.array_equal(scores_when_asked(tiny_recommender, tiny_inputs, split, small_model), ours)
    by_time = scores_when_asked(tiny_recommender, tiny_inputs, replace(split, valid_is_read=False), small_model)
    assert not np.array_equal(by_time, ours)


def test_only_after_a_gap_does_training_leave_one(small_model: ModelConfig) -> None:
    gaps = {scheme: settings_of(scheme, small_model, TrainConfig())[1].gap for scheme in SCHEMES}
    assert gaps["next"] == 0 < gaps["temporal"]
    assert settings_of("random", small_model, TrainConfig())[0].recency is None


def test_seeds_begin_at_the_one_of_the_configuration(
    tiny_inputs: Inputs, small_model: ModelConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[int] = []

    def note(inputs: Inputs, split: Split, model: ModelConfig, config: TrainConfig, progress: object) -> list[Run]:
        used.append(config.seed)
        return [replace(run([0], [0.5], 1.0), model=name) for name in (*OURS, *PEERS)]

    monkeypatch.setattr(module, "evaluate_split", note)
    evaluate(tiny_inputs, "tiny", "temporal", 3, small_model, TrainConfig(seed=4))
    assert used == [4, 5, 6]
