from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel

from kgrec_core.errors import ConfigError, DataError
from kgrec_core.text.behaviour_text import Behaviour
from kgrec_core.text.bert_adaptation import AdaptConfig, adapt_bert
from kgrec_core.text.encoder import TextEncoder

TINY = AdaptConfig(pairs=120, epochs=3, batch=8, learning_rate=3e-3, head_rate=1e-2, layers=1, max_length=64)


@pytest.fixture(scope="module")
def behaviour(films: list[str]) -> Behaviour:
    """Twenty people, who meet either the first two films or the last three, in turn."""
    events = [[0, 1] * 12 if person % 2 else [2, 3, 4] * 8 for person in range(20)]
    people = [[person] * len(met) for person, met in enumerate(events)]
    return Behaviour(tuple(films), np.concatenate(events), np.concatenate(people))


def test_words_are_guessed_better_and_followers_told_from_others(
    tiny_bert: Path, behaviour: Behaviour, tmp_path: Path
) -> None:
    long = replace(TINY, pairs=400, epochs=12, batch=16, learning_rate=1e-2, head_rate=3e-2, held_out=0.2)
    report = adapt_bert(str(tiny_bert), behaviour, tmp_path / "bert", long)
    assert report.language_after < report.language_before
    assert report.next_after > 0.8  # 0.5 by chance
    assert report.pairs == 400 and report.held_out_pairs == 80


def test_the_folder_loads_as_any_other_model(tiny_bert: Path, behaviour: Behaviour, tmp_path: Path) -> None:
    adapt_bert(str(tiny_bert), behaviour, tmp_path / "bert", TINY)
    before, after = (TextEncoder.load(str(folder), device="cpu") for folder in (tiny_bert, tmp_path / "bert"))
    assert before.fingerprint != after.fingerprint  # so their vectors are kept apart
    assert before.tokens(behaviour.documents[0]) == after.tokens(behaviour.documents[0])
    assert {path.suffix for path in (tmp_path / "bert").iterdir()} == {".json", ".safetensors"}
    assert [path.name for path in tmp_path.iterdir()] == ["bert"]


def test_one_seed_gives_one_model(tiny_bert: Path, behaviour: Behaviour, tmp_path: Path) -> None:
    vectors = []
    for name in ("first", "second"):
        torch.manual_seed(len(name))  # what happened before does not matter
        adapt_bert(str(tiny_bert), behaviour, tmp_path / name, TINY)
        vectors.append(TextEncoder.load(str(tmp_path / name), device="cpu").encode(behaviour.documents))
    assert np.array_equal(*vectors)


def test_lower_layers_and_words_stay_as_they_came(tiny_bert: Path, behaviour: Behaviour, tmp_path: Path) -> None:
    adapt_bert(str(tiny_bert), behaviour, tmp_path / "bert", TINY)
    before, after = (AutoModel.from_pretrained(folder).state_dict() for folder in (tiny_bert, tmp_path / "bert"))
    changed = {name.split(".attention")[0] for name in before if not torch.equal(before[name], after[name])}
    assert changed and all(name.startswith("encoder.layer.1") for name in changed)


def test_progress_rises_to_one_and_random_numbers_of_the_caller_are_left_alone(
    tiny_bert: Path, behaviour: Behaviour, tmp_path: Path
) -> None:
    torch.manual_seed(5)
    expected, shares = torch.rand(3), []
    torch.manual_seed(5)
    adapt_bert(str(tiny_bert), behaviour, tmp_path / "bert", TINY, lambda _, share: shares.append(share))
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert torch.equal(torch.rand(3), expected)


def test_a_model_that_is_no_bert_is_refused_in_words(tiny_xlnet: Path, behaviour: Behaviour, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"xlnet\) does not learn from masked words as BERT does"):
        adapt_bert(str(tiny_xlnet), behaviour, tmp_path / "bert", TINY)
    assert not (tmp_path / "bert").exists()


def test_too_little_behaviour_is_refused_with_a_way_out(tiny_bert: Path, behaviour: Behaviour, tmp_path: Path) -> None:
    few = Behaviour(behaviour.documents, behaviour.events[:9], behaviour.people[:9])
    with pytest.raises(DataError, match="Prepare without adaptation"):
        adapt_bert(str(tiny_bert), few, tmp_path / "bert", TINY)


@pytest.mark.parametrize(
    ("setting", "message"),
    [({"pairs": 0}, "at least 1"), ({"held_out": 1.0}, "between 0 and 1"), ({"warm_up": 0.0}, "between 0 and 1")],
)
def test_settings_that_cannot_work_are_refused(setting: dict[str, float], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        AdaptConfig(**setting)  # type: ignore[arg-type]
