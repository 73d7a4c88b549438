"""On what a language model runs: cuda, mps or cpu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from kgrec_core.errors import ConfigError

if TYPE_CHECKING:
    pass


def choose_device(device: str) -> torch.device:
    """`device` as torch knows it; "auto" is the fastest there is: cuda, else mps, else cpu."""
    if device == "auto":
        return torch.device(
            "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
        )
    try:
        chosen = torch.device(device)
    except RuntimeError as error:
        raise ConfigError(f"Device is {device!r}; choose 'auto', 'cpu', 'cuda' or 'mps'.") from error
    if chosen.type == "cuda" and not torch.cuda.is_available():
        raise ConfigError(f"Device is {device!r}, but there is no CUDA device here. Choose 'auto' or 'cpu'.")
    return chosen
