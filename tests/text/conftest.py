from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import BertConfig, BertModel, XLNetConfig, XLNetModel

from kgrec_core.text.wordpieces import learn_word_pieces

FILMS = [
    "Heat (1995). director: Michael Mann. genre: Crime, Drama.",
    "Collateral (2004). director: Michael Mann. genre: Crime, Thriller.",
    "Toy Story (1995). director: John Lasseter. genre: Animation, Comedy.",
    "Cars (2006). director: John Lasseter. genre: Animation, Sport.",
    "Alien (1979). director: Ridley Scott. genre: Horror.",
]


@pytest.fixture(scope="session")
def films() -> list[str]:
    return list(FILMS)


def _save(model: Any, folder: Path) -> Path:
    tokenizer = learn_word_pieces(FILMS, size=300, max_length=64)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=300, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    return _save(BertModel(config), tmp_path_factory.mktemp("models") / "bert")


@pytest.fixture(scope="session")
def tiny_xlnet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    config = XLNetConfig(vocab_size=300, d_model=16, n_layer=2, n_head=2, d_inner=32)
    return _save(XLNetModel(config), tmp_path_factory.mktemp("models") / "xlnet")


@pytest.fixture(params=["tiny_bert", "tiny_xlnet"])
def tiny_model(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder
