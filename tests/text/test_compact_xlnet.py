from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoTokenizer

from kgrec_core.errors import ConfigError
from kgrec_core.text.compact_xlnet import (
    XLNetPretrainConfig,
    bag_of_pieces_weights,
    keep_predicted,
    train_compact_xlnet,
    turn,
)
from kgrec_core.text.encoder import TextEncoder
from kgrec_core.text.tfidf_and_word2vec import nearest, tfidf_vectors

TINY = XLNetPretrainConfig(layers=1, hidden=16, heads=2, inner=32, vocabulary=200, max_length=16, epochs=3, batch=8)
GENRES = ("comedy", "western", "horror", "musical")
STORIES = [f"Film {number}. genre: {GENRES[number % 4]}." for number in range(40)]


@pytest.fixture(scope="module")
def targets() -> np.ndarray:
    return tfidf_vectors(STORIES, size=24)


def test_the_folder_loads_as_any_other_model(tmp_path: Path, targets: np.ndarray) -> None:
    train_compact_xlnet(STORIES, targets, tmp_path / "xlnet", TINY)
    encoder = TextEncoder.load(str(tmp_path / "xlnet"), max_length=16, device="cpu")
    assert encoder.fingerprint.startswith("xlnet-") and encoder.dim == 16
    assert encoder.tokens(STORIES[0])[-2:] == ("<sep>", "<cls>")
    assert {path.suffix for path in (tmp_path / "xlnet").iterdir()} == {".json", ".safetensors"}


def test_one_seed_gives_one_model(tmp_path: Path, targets: np.ndarray) -> None:
    vectors = []
    for name in ("first", "second"):
        torch.manual_seed(len(name))  # what happened before does not matter
        train_compact_xlnet(STORIES, targets, tmp_path / name, TINY)
        vectors.append(TextEncoder.load(str(tmp_path / name), device="cpu").encode(STORIES[:5]))
    assert np.array_equal(*vectors)


def test_the_vocabulary_is_the_same_in_every_process() -> None:
    code = (
        "from kgrec_core.text.wordpieces import learn_word_pieces;"
        f"print(sorted(learn_word_pieces({STORIES!r}, 200, 16).get_vocab().items()))"
    )
    outputs = {subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(3)}
    assert len(outputs) == 1


def test_training_leaves_the_caller_s_random_numbers_alone(tmp_path: Path, targets: np.ndarray) -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    train_compact_xlnet(STORIES, targets, tmp_path / "xlnet", TINY)
    assert torch.equal(torch.rand(3), expected)


def test_documents_of_one_genre_come_together(tmp_path: Path, targets: np.ndarray) -> None:
    report = train_compact_xlnet(STORIES, targets, tmp_path / "xlnet", replace(TINY, epochs=20))
    vectors = TextEncoder.load(str(tmp_path / "xlnet"), device="cpu").encode(STORIES)
    alike = [nearest(vectors, row, n=1)[0][0] % 4 == row % 4 for row in range(40)]
    assert sum(alike) >= 36
    assert report.distances[-1] < report.distances[0] and len(report.language_losses) == 20


def test_progress_rises_to_one(tmp_path: Path, targets: np.ndarray) -> None:
    shares: list[float] = []
    train_compact_xlnet(STORIES, targets, tmp_path / "xlnet", TINY, lambda _, share: shares.append(share))
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_a_model_trained_before_is_replaced(tmp_path: Path, targets: np.ndarray) -> None:
    (tmp_path / "xlnet").mkdir()
    (tmp_path / "xlnet" / "old.txt").write_text("old")
    train_compact_xlnet(STORIES, targets, tmp_path / "xlnet", TINY)
    assert not (tmp_path / "xlnet" / "old.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["xlnet"]


def test_the_saved_tokenizer_keeps_its_special_tokens(tiny_xlnet: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(tiny_xlnet, local_files_only=True)
    assert (tokenizer.pad_token, tokenizer.mask_token, tokenizer.padding_side) == ("<pad>", "<mask>", "left")


def test_turned_targets_keep_their_cosines(targets: np.ndarray) -> None:
    turned = turn(targets, 32)
    assert turned.shape == (40, 32)
    assert turned @ turned.T == pytest.approx(targets @ targets.T, abs=1e-4)


def test_only_predicted_positions_are_kept() -> None:
    labels = torch.tensor([[-100, 7, -100, 9], [-100, -100, 5, -100]])
    kept, mapping = keep_predicted(labels, torch.eye(4).expand(2, 4, 4))
    assert kept.tolist() == [[7, 9], [5, -100]]
    assert mapping.argmax(-1).tolist() == [[1, 3], [2, 0]]


def test_the_mean_of_first_piece_vectors_predicts_the_targets() -> None:
    targets = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    weights = bag_of_pieces_weights([[0], [1], [0, 1]], targets, vocabulary=3)
    assert weights[:2].tolist() == [pytest.approx([1, 0], abs=0.02), pytest.approx([0, 1], abs=0.02)]
    assert weights[2].tolist() == [0, 0]  # a piece that no document has


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"max_length": 15}, "even number"),
        ({"hidden": 18, "heads": 4}, "multiple of heads"),
        ({"epochs": 0}, "at least 1"),
        ({"held_out": 1.0}, "between 0 and 1"),
    ],
)
def test_settings_that_cannot_work_are_refused(setting: dict[str, int], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        XLNetPretrainConfig(**setting)  # type: ignore[arg-type]


def test_too_few_documents_are_refused(tmp_path: Path, targets: np.ndarray) -> None:
    with pytest.raises(ConfigError, match="at least 10"):
        train_compact_xlnet(STORIES[:3], targets[:3], tmp_path / "xlnet", TINY)
