"""A language model as a function from texts to unit vectors: BERT, XLNet, or any other that `AutoModel` loads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from kgrec_core.errors import ConfigError
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.text.characters import SIZE, beside, unread_share
from kgrec_core.text.pretrained_weights import load_model

if TYPE_CHECKING:
    from transformers import PreTrainedModel
from kgrec_core.text.device import choose_device

Vectors = npt.NDArray[np.float32]
Pooling = Literal["mean", "cls"]


@dataclass(frozen=True, slots=True)
class TextEncoder:
    """Texts to unit vectors. Make one with `TextEncoder.load`.

    `fingerprint` names all that the vectors depend on (weights, vocabulary, pooling, length), so vectors of two
    encoders with one fingerprint may share a cache, wherever their folders lie.
    """

    name: str  # as asked for, for people
    max_length: int  # tokens, special ones included; the rest of a text is not read
    pooling: Pooling
    device: torch.device
    dim: int
    fingerprint: str
    _tokenizer: Any = field(repr=False)
    _model: PreTrainedModel = field(repr=False)
    unread: float = 0.0  # share of the words for which characters are read beside the model; none are where it is 0

    @classmethod
    def load(
        cls, name_or_path: str, max_length: int = 96, device: str = "auto", pooling: Pooling = "mean"
    ) -> TextEncoder:
        """The encoder of a local folder (no network is touched) or of a hub name (cache first, then network).

        Raises ConfigError when there is no such model, and for an unknown pooling or device.
        """
        if pooling not in get_args(Pooling):
            raise ConfigError(f"Pooling is {pooling!r}; choose one of {', '.join(map(repr, get_args(Pooling)))}.")
        if max_length < 4:
            raise ConfigError(f"max_length is {max_length} tokens; choose at least 4, two of them are special tokens.")
        chosen = choose_device(device)
        tokenizer, model = load_model(name_or_path)
        nn.Module.to(model, chosen).train(False)
        fingerprint = f"{_digest(tokenizer, model)}-{pooling}-{max_length}"
        if chosen.type == "cuda":
            fingerprint += "-bf16"  # half-precision vectors differ in the third decimal
        dim = int(model.config.hidden_size)
        return cls(str(name_or_path), max_length, pooling, chosen, dim, fingerprint, tokenizer, model)

    def encode(self, texts: Sequence[str], progress: Progress = no_progress, batch_size: int = 64) -> Vectors:
        """Unit vectors, (len(texts), dim), in the order of `texts`. Texts of like length share a batch."""
        vectors = np.zeros((len(texts), int(self._model.config.hidden_size)), dtype=np.float32)
        done = 0
        for rows, batch in self._batches(texts, batch_size):
            vectors[rows] = self._forward(batch)
            done += len(rows)
            progress("Reading texts", done / len(texts))
        return beside(vectors, texts, self.unread) if self.unread else vectors

    def unread_share(self, texts: Sequence[str]) -> float:
        """Share of the words of `texts`, 0 to 1, that the model does not know and does not more than spell."""
        return unread_share(self._tokenizer, texts)

    def beside_characters(self, share: float) -> TextEncoder:
        """The same with character n-grams beside it, for texts of which it cannot read `share`; itself for 0."""
        if not share:
            return self
        name = f"{self.fingerprint}-characters-{SIZE}-{share:.2f}"
        return replace(self, dim=self.dim + SIZE, fingerprint=name, unread=share)

    def tokens(self, text: str) -> tuple[str, ...]:
        """The word pieces that the model reads of `text`, special tokens included."""
        return tokens_of(self._tokenizer, text, self.max_length)

    def vocabulary(self) -> tuple[str, ...]:
        """All word pieces that it knows, in the order of the alphabet."""
        special = set(self._tokenizer.all_special_tokens)
        return tuple(sorted(piece for piece in self._tokenizer.get_vocab() if piece not in special))

    def _batches(self, texts: Sequence[str], batch_size: int) -> Iterator[tuple[list[int], dict[str, Tensor]]]:
        if not texts:
            return
        ids = _ids(self._tokenizer, texts, self.max_length)
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]), reverse=True)  # the slowest and largest first
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            # on the right whatever the tokenizer prefers: absolute positions count from the left, XLNet's are relative
            batch = self._tokenizer.pad(
                {"input_ids": [ids[row] for row in rows]}, return_tensors="pt", padding_side="right"
            )
            yield rows, {name: batch[name].to(self.device) for name in ("input_ids", "attention_mask")}

    @torch.inference_mode()
    def _forward(self, batch: dict[str, Tensor]) -> Vectors:
        half = self.device.type == "cuda"
        with torch.autocast(self.device.type, torch.bfloat16, enabled=half):
            hidden = self._model(**batch).last_hidden_state.float()  # (batch, length, dim)
        if self.pooling == "mean":
            pooled = mean_pool(hidden, batch["attention_mask"])
        else:
            # BERT puts its class token first, XLNet last
            pooled = mean_pool(hidden, batch["input_ids"] == self._tokenizer.cls_token_id)
        unit: Vectors = nn.functional.normalize(pooled, dim=-1).cpu().numpy()
        return unit


def tokens_of(tokenizer: Any, text: str, max_length: int) -> tuple[str, ...]:
    """The first `max_length` word pieces of `text`, special tokens included, as encoders read it."""
    return tuple(tokenizer.convert_ids_to_tokens(_ids(tokenizer, [text], max_length)[0]))


def _ids(tokenizer: Any, texts: Sequence[str], max_length: int) -> list[list[int]]:
    encoded: list[list[int]] = tokenizer(list(texts), truncation=True, max_length=max_length)["input_ids"]
    return encoded


def mean_pool(hidden: Tensor, mask: Tensor) -> Tensor:
    """Mean over the tokens with mask 1; zero where there is none.

    hidden: (batch, length, dim) float · mask: (batch, length), 1 = counts · returns (batch, dim)
    """
    weights = mask.to(hidden.dtype).unsqueeze(-1)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)


def _digest(tokenizer: Any, model: PreTrainedModel) -> str:
    """Model type and a hash of weights and vocabulary.

    The pooler is left out: it does not touch the token vectors, and is random where a checkpoint has none.
    """
    digest = hashlib.sha256(repr(sorted(tokenizer.get_vocab().items())).encode())
    for name, weight in sorted(model.state_dict().items()):
        if not name.startswith("pooler."):
            digest.update(name.encode())
            digest.update(weight.detach().cpu().contiguous().numpy().tobytes())
    return f"{model.config.model_type}-{digest.hexdigest()[:20]}"
