from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy import sparse
from transformers import AutoModel

from kgrec_core.errors import ConfigError, DataError
from kgrec_core.text.encoder import TextEncoder
from kgrec_core.text.interaction_adaptation import (
    InteractionConfig,
    adapt_to_interactions,
    collaborative_vectors,
)

TINY = InteractionConfig(layers=1, epochs=3, batch=8, learning_rate=3e-2, map_rate=1e-2, dims=4, held_out=0.3)
MET, NEW = 120, 20  # films


def _films() -> list[str]:
    """In turn of two genres; the other words are drawn at random, the same for both."""
    rng = np.random.default_rng(0)
    words = ("Heat", "Collateral", "Cars", "Alien", "Toy Story", "Michael Mann", "John Lasseter", "Ridley Scott")
    drawn = [" ".join(rng.choice(words, 4)) for _ in range(MET + NEW)]
    return [f"{text}. genre: {('Crime', 'Animation')[row % 2]}." for row, text in enumerate(drawn)]


FILMS = _films()


def _likes() -> sparse.csr_matrix:
    """Thirty people; each likes half of the films of one genre, drawn at random. Nobody met the last films."""
    rng = np.random.default_rng(0)
    met = rng.random((30, MET + NEW)) < 0.5
    same = np.arange(30)[:, None] % 2 == np.arange(MET + NEW)[None] % 2
    met[:, MET:] = False
    return sparse.csr_matrix((met & same).astype(np.float32))


def _vectors(folder: Path) -> np.ndarray:
    return TextEncoder.load(str(folder), device="cpu").encode(FILMS)


def _told_apart(vectors: np.ndarray) -> float:
    """Mean centred cosine of two films of one genre less that of two of different ones, of those that nobody met."""
    centred = vectors - vectors.mean(0)  # all texts of a catalogue share much
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    alike, genre = centred[MET:] @ centred[MET:].T, np.arange(NEW) % 2
    one = (genre[:, None] == genre) & ~np.eye(NEW, dtype=bool)
    return float(alike[one].mean() - alike[genre[:, None] != genre].mean())


def test_films_that_nobody_met_come_nearer_to_those_that_the_same_people_would_like(
    tiny_bert: Path, tmp_path: Path
) -> None:
    report = adapt_to_interactions(str(tiny_bert), FILMS, _likes(), tmp_path / "bert", replace(TINY, epochs=10))
    assert _told_apart(_vectors(tmp_path / "bert")) > _told_apart(_vectors(tiny_bert)) + 0.2
    assert report.right_after > report.right_before
    assert report.items == 84 and report.held_out_items == 36  # three tenths of those that were met
    assert 1 <= report.epochs <= 10


def test_the_folder_loads_as_any_other_model_with_vectors_of_its_own(tiny_bert: Path, tmp_path: Path) -> None:
    adapt_to_interactions(str(tiny_bert), FILMS, _likes(), tmp_path / "bert", TINY)
    before, after = (TextEncoder.load(str(folder), device="cpu") for folder in (tiny_bert, tmp_path / "bert"))
    assert before.fingerprint != after.fingerprint  # so their vectors are kept apart
    assert {path.suffix for path in (tmp_path / "bert").iterdir()} == {".json", ".safetensors"}
    assert [path.name for path in tmp_path.iterdir()] == ["bert"]


def test_lower_layers_and_words_stay_as_they_came(tiny_bert: Path, tmp_path: Path) -> None:
    adapt_to_interactions(str(tiny_bert), FILMS, _likes(), tmp_path / "bert", TINY)
    before, after = (AutoModel.from_pretrained(folder).state_dict() for folder in (tiny_bert, tmp_path / "bert"))
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert changed and all(name.startswith("encoder.layer.1") for name in changed)


def test_what_nobody_met_is_not_read(tiny_bert: Path, tmp_path: Path) -> None:
    other = [*FILMS[:MET], *["Alien (1979). genre: Horror."] * NEW]
    for name, documents in (("first", FILMS), ("second", other)):
        torch.manual_seed(len(name))  # what happened before does not matter
        adapt_to_interactions(str(tiny_bert), documents, _likes(), tmp_path / name, TINY)
    assert np.array_equal(_vectors(tmp_path / "first"), _vectors(tmp_path / "second"))


def test_an_encoder_that_learns_nothing_of_use_stays_as_it_came(tiny_bert: Path, tmp_path: Path) -> None:
    useless = replace(TINY, epochs=1, learning_rate=0.0, map_rate=0.0)
    report = adapt_to_interactions(str(tiny_bert), FILMS, _likes(), tmp_path / "bert", useless)
    assert report.epochs == 0 and report.right_after == report.right_before
    assert np.array_equal(_vectors(tmp_path / "bert"), _vectors(tiny_bert))


def test_progress_rises_to_one_and_random_numbers_of_the_caller_are_left_alone(tiny_bert: Path, tmp_path: Path) -> None:
    torch.manual_seed(5)
    expected, shares = torch.rand(3), []
    torch.manual_seed(5)
    adapt_to_interactions(
        str(tiny_bert), FILMS, _likes(), tmp_path / "bert", TINY, lambda _, share: shares.append(share)
    )
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert torch.equal(torch.rand(3), expected)


def test_items_that_the_same_people_like_have_parallel_collaborative_vectors() -> None:
    likes = sparse.csr_matrix(np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]], dtype=np.float32))
    vectors = collaborative_vectors(likes, dims=8)  # of which three people and four items leave two
    assert vectors.shape == (4, 2)
    assert np.allclose(vectors[0], vectors[1], atol=1e-5) and np.allclose(vectors[2], vectors[3], atol=1e-5)
    assert np.allclose(vectors.mean(0), 0, atol=1e-6)
    assert np.linalg.norm(vectors[0] - vectors[2]) == pytest.approx(np.sqrt(1 + 1 + 1), abs=1e-4)


def test_a_model_of_other_layers_is_refused_in_words(tiny_xlnet: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"xlnet\) is not built of BERT's layers"):
        adapt_to_interactions(str(tiny_xlnet), FILMS, _likes(), tmp_path / "bert", TINY)
    assert not (tmp_path / "bert").exists()


def test_too_few_items_are_refused_with_a_way_out(tiny_bert: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"Somebody met 9 of the items; at least 10 .* Prepare without adaptation"):
        adapt_to_interactions(str(tiny_bert), FILMS[:9], _likes()[:, :9].tocsr(), tmp_path / "bert", TINY)


@pytest.mark.parametrize(
    ("setting", "message"),
    [({"layers": 0}, "at least 1"), ({"batch": 1}, "at least 2"), ({"held_out": 1.0}, "between 0 and 1")],
)
def test_settings_that_cannot_work_are_refused(setting: dict[str, float], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        InteractionConfig(**setting)  # type: ignore[arg-type]
