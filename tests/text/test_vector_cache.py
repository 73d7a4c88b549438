from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.text import vector_cache
from kgrec_core.text.vector_cache import VectorStore


@dataclass
class LengthEncoder:
    """Turns a text into (its length, 1) and remembers what it was asked."""

    fingerprint: str = "length"
    dim: int = 2
    asked: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> npt.NDArray[np.float32]:
        self.asked += texts
        progress("Counting letters", 1.0)
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def test_only_texts_never_seen_reach_the_encoder(tmp_path: Path) -> None:
    encoder = LengthEncoder()
    VectorStore(tmp_path).encode(encoder, ["a", "bb"])
    encoder.asked.clear()
    vectors = VectorStore(tmp_path).encode(encoder, ["bb", "ccc", "a", "bb"])
    assert encoder.asked == ["ccc"]
    assert vectors.tolist() == [[2, 1], [3, 1], [1, 1], [2, 1]]


def test_a_text_given_twice_is_encoded_once(tmp_path: Path) -> None:
    encoder = LengthEncoder()
    VectorStore(tmp_path).encode(encoder, ["a", "a", "a"])
    assert encoder.asked == ["a"]


def test_encoders_do_not_share_vectors(tmp_path: Path) -> None:
    VectorStore(tmp_path).encode(LengthEncoder("one"), ["a"])
    other = LengthEncoder("two")
    VectorStore(tmp_path).encode(other, ["a"])
    assert other.asked == ["a"] and len(list(tmp_path.glob("*.safetensors"))) == 2


@pytest.mark.parametrize("damage", [b"", b"garbage", None])
def test_a_damaged_file_is_rebuilt(tmp_path: Path, damage: bytes | None) -> None:
    encoder, vectors = LengthEncoder(), VectorStore(tmp_path)
    vectors.encode(encoder, ["a", "bb"])
    path = vectors.path(encoder)
    whole = path.read_bytes()
    path.write_bytes(whole[:-8] + bytes(8) if damage is None else damage)
    encoder.asked.clear()
    assert vectors.encode(encoder, ["a", "bb"]).tolist() == [[1, 1], [2, 1]]
    vectors.encode(encoder, ["a", "bb"])
    assert encoder.asked == ["a", "bb"]


def test_a_cancelled_run_keeps_the_chunks_it_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_cache, "_CHUNK", 2)

    class Cancelled(Exception):
        pass

    def cancel_late(what: str, share: float) -> None:
        if share > 0.5:
            raise Cancelled

    encoder = LengthEncoder()
    with pytest.raises(Cancelled):
        VectorStore(tmp_path).encode(encoder, ["a", "bb", "ccc", "dddd"], cancel_late)
    encoder.asked.clear()
    VectorStore(tmp_path).encode(encoder, ["a", "bb", "ccc", "dddd"])
    assert encoder.asked == ["ccc", "dddd"]
    assert {path.name for path in tmp_path.iterdir()} == {VectorStore(tmp_path).path(encoder).name, ".lock"}


def test_progress_counts_all_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_cache, "_CHUNK", 1)
    shares: list[float] = []
    VectorStore(tmp_path).encode(LengthEncoder(), ["a", "bb"], lambda _, share: shares.append(share))
    assert shares == [0.5, 1.0, 1.0]


def test_no_texts_give_an_empty_table(tmp_path: Path) -> None:
    assert VectorStore(tmp_path).encode(LengthEncoder(), []).shape == (0, 2)


def test_what_a_killed_run_has_not_finished_is_swept(tmp_path: Path) -> None:
    encoder = LengthEncoder()
    VectorStore(tmp_path).encode(encoder, ["a"])
    path = VectorStore(tmp_path).path(encoder)
    part = tmp_path / f".{path.name}.0a1b2c3d.part"
    part.write_bytes(b"half")
    vector_cache.sweep_vectors(tmp_path)
    assert path.is_file() and not part.exists()
