"""The last layers of a BERT apart, to be taught again and again on what the layers below make of a text once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from kgrec_core.errors import ConfigError
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.text.encoder import mean_pool

if TYPE_CHECKING:
    from transformers import PreTrainedModel

_CHUNK = 32  # texts of like length that are read together
_NEVER = -1e4  # added to the attention to what is no token
_BERTS = ("bert", "roberta", "xlm-roberta", "camembert", "electra")  # whose layers are called alike


class UpperLayers(nn.Module):
    """The last layers of a BERT, on the states that the layers below have made of each text."""

    def __init__(self, name: str, model: PreTrainedModel, layers: int, device: torch.device) -> None:
        super().__init__()
        stack = getattr(getattr(model, "encoder", None), "layer", None)
        if not isinstance(stack, nn.ModuleList) or model.config.model_type not in _BERTS:
            raise ConfigError(
                f"The language model {name!r} ({model.config.model_type}) is not built of BERT's layers, so it cannot "
                "be adapted to interactions. Name a BERT in KGREC_BERT, or prepare without adaptation."
            )
        self.device, self._half = device, _quick_in_half(device)
        frozen = nn.Module.to(model, device).requires_grad_(False)
        self._model = (frozen,)  # in a tuple, so that it is no part of this module
        self._below = max(0, len(stack) - layers)
        self.layers = nn.ModuleList(list(stack)[self._below :])  # the model's own: it learns with them

    @torch.no_grad()
    def lower_states(
        self, tokenizer: Any, texts: Sequence[str], max_length: int, progress: Progress = no_progress
    ) -> list[Tensor]:
        """What enters the upper layers, (tokens, dim) for each text."""
        (model,) = self._model
        encoder: Any = nn.Module.train(model, False).encoder
        stack = encoder.layer
        ids = tokenizer(list(texts), truncation=True, max_length=max_length)["input_ids"]
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]), reverse=True)
        states: list[Tensor] = [torch.empty(0)] * len(ids)
        encoder.layer = stack[: self._below]
        try:
            for start in range(0, len(order), _CHUNK):
                rows = order[start : start + _CHUNK]
                batch = tokenizer.pad(
                    {"input_ids": [ids[row] for row in rows]}, return_tensors="pt", padding_side="right"
                )
                read = {name: batch[name].to(self.device) for name in ("input_ids", "attention_mask")}
                with torch.autocast(self.device.type, torch.bfloat16, enabled=self._half):
                    hidden = model(**read).last_hidden_state.float().cpu()
                for place, row in enumerate(rows):
                    states[row] = hidden[place, : len(ids[row])].clone()
                progress("BERT reads the items", (start + len(rows)) / len(order))
        finally:
            encoder.layer = stack
        return states

    def forward(self, states: Sequence[Tensor]) -> Tensor:
        """Unit vectors, (texts, dim): means over the tokens, as `TextEncoder` takes them."""
        order = sorted(range(len(states)), key=lambda row: len(states[row]))
        pooled = [self._pooled([states[row] for row in order[at : at + _CHUNK]]) for at in range(0, len(order), _CHUNK)]
        back = torch.from_numpy(np.argsort(order))
        return nn.functional.normalize(torch.cat(pooled)[back], dim=-1)

    def _pooled(self, states: list[Tensor]) -> Tensor:
        hidden = nn.utils.rnn.pad_sequence(states, batch_first=True).to(self.device)  # (texts, length, dim)
        lengths = torch.tensor([len(each) for each in states])
        there = (torch.arange(hidden.shape[1]) < lengths[:, None]).to(self.device)
        unread = (~there)[:, None, None, :].to(torch.bfloat16 if self._half else hidden.dtype) * _NEVER
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self._half):
            for layer in self.layers:
                found = layer(hidden, attention_mask=unread)
                hidden = found[0] if isinstance(found, tuple) else found
        return mean_pool(hidden.float(), there)


def _quick_in_half(device: torch.device) -> bool:
    """Whether it multiplies in bfloat16 by instructions of its own: learning then takes half the time."""
    can = torch.cpu.get_capabilities()
    return device.type == "cuda" or (device.type == "cpu" and bool(can.get("avx512_bf16") or can.get("amx_bf16")))
