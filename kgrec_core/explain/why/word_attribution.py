"""Which words of an item's text carry its score: words are taken out, and the real encoders read what is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.effort_limits import MOST_READINGS
from kgrec_core.explain.removal.coalitions import Coalitions, Game
from kgrec_core.model.recommender import Recommender
from kgrec_core.schema.explanation import Weighted
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.text.encoder import TextEncoder

AT_ONCE = 32
_WORD = re.compile(r"\w")
_ONE = r"\w+(?:['’-]\w+)*\W*"  # Schindler's and PG-13 are one word each
_TOKEN = re.compile(rf"^\W*{_ONE}|{_ONE}")

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class TextReading:
    """What reads the text of one item: BERT for its likeness to other items, XLNet for its own vector.

    item_bert: (items, BERT dim), unit rows of all items as they were trained with · power: of the text kernel
    request: (BERT dim,) vector of a request; None where there is none
    """

    user: UserContext
    candidate: int
    bert: TextEncoder
    xlnet: TextEncoder
    item_bert: Tensor
    power: float
    request: Tensor | None = None

    def scores(self, texts: Sequence[str]) -> Values:
        """(len(texts),) scores of the item if these were its text; one without a word is no text at all.

        Centre and scale of the text kernel are coefficients of the trained model and stay.
        """
        distinct = list(dict.fromkeys(texts))
        read = [text for text in distinct if _WORD.search(text)]
        found = {text: self._score(None, None, None) for text in distinct if text not in set(read)}
        if read:
            own, vectors = torch.from_numpy(self.xlnet.encode(read)), torch.from_numpy(self.bert.encode(read))
            like, said = self._similar(vectors), self._like_request(vectors)
            found |= {text: self._score(own[row], like[row], said[row]) for row, text in enumerate(read)}
        return np.array([found[text] for text in texts], dtype=np.float64)

    @cached_property
    def _centred(self) -> Tensor:
        return torch.nn.functional.normalize(self.item_bert - self.item_bert.mean(0), dim=1)

    @property
    def _scale(self) -> float:
        """What turns a power of a cosine into the similarity of the model."""
        return self.user.recommender.world.own_similarity

    def _raw(self, centred: Tensor) -> Tensor:
        """(n, items) positive cosines to `power`, 0 for the item itself."""
        cosines: Tensor = (centred @ self._centred.T).clamp(min=0) ** self.power
        cosines[:, self.candidate] = 0
        return cosines

    def _similar(self, vectors: Tensor) -> Tensor:
        return self._scale * self._raw(self._from_mean(vectors))

    def _like_request(self, vectors: Tensor) -> Tensor:
        """(n,) likeness of these texts to the request; 0 where there is none."""
        if self.request is None:
            return vectors.new_zeros(len(vectors))
        cosines: Tensor = self._from_mean(vectors) @ self._from_mean(self.request.unsqueeze(0))[0]
        return self._scale * cosines.clamp(min=0) ** self.power

    def _from_mean(self, vectors: Tensor) -> Tensor:
        return torch.nn.functional.normalize(vectors - self.item_bert.mean(0), dim=1)

    @cached_property
    def _edited(self) -> Recommender:
        """The model over a world of its own, in which the item's text may be changed."""
        model = self.user.recommender
        world = replace(model.world, item_text=model.world.item_text.clone(), similarity=model.world.similarity.clone())
        return Recommender(world, model.linear, model.fusion)

    def _score(self, own: Tensor | None, like: Tensor | None, request: Tensor | None) -> float:
        world, user = self._edited.world, self.user.under(self._edited)
        world.item_text[self.candidate] = 0 if own is None else own
        world.similarity[:, self.candidate] = 0 if like is None else like
        if user.request is not None:
            similarity = user.request.similarity.clone()
            similarity[self.candidate] = 0 if request is None else request
            user = replace(user, request=replace(user.request, similarity=similarity))
        game = _Anew(user, self.candidate)
        return float(game.scores(game.everything())[0])


class _Anew(Game):
    """A game whose item is read each time: what the model keeps of it is from another text."""

    def _vectors(self, left: Coalitions) -> Tensor:
        return self._read_anew(left)


@dataclass(frozen=True, eq=False)
class WordValues:
    """Values of words (Owen values over halves of the text, as shap's PartitionExplainer takes them)."""

    base: float
    score: float
    words: tuple[Weighted, ...]


def attribute_words(
    reading: TextReading, document: str, progress: Progress = no_progress, evaluations: int = MOST_READINGS
) -> WordValues:
    """Base, score and words of `document`, the text of the item; base + sum of values = score."""
    from kgrec_core.explain.why.shap_library import PartitionExplainer, Text

    if not _WORD.search(document):
        alone = float(reading.scores([document])[0])
        return WordValues(alone, alone, ())
    if len(_words_of(document)["input_ids"]) == 1:  # shap takes halves of a text, and one word has none
        base, whole = reading.scores(["", document]).tolist()
        return WordValues(base, whole, (Weighted(document, whole - base),))
    done = 0

    def score(texts: npt.NDArray[Any]) -> Values:
        nonlocal done
        done += len(texts)
        progress("Reading the text without some of its words", min(1.0, done / evaluations))
        return reading.scores([str(text) for text in texts])

    masker = Text(_words_of, mask_token=" ", collapse_mask_token=True)
    explainer = PartitionExplainer(score, masker)
    found = explainer([document], max_evals=evaluations, batch_size=AT_ONCE, silent=True)
    values = np.asarray(found.values[0], dtype=np.float64)
    base = float(np.ravel(found.base_values)[0])
    words = tuple(Weighted(str(word), float(value)) for word, value in zip(found.data[0], values, strict=True))
    progress("Ready", 1.0)
    return WordValues(base, base + float(values.sum()), words)


def _words_of(text: str, return_offsets_mapping: bool = True) -> dict[str, list[Any]]:
    """Words with the signs behind them, as shap asks for tokens; signs before the first word are its part too."""
    spans = [match.span() for match in _TOKEN.finditer(text)] or [(0, len(text))] * bool(text)
    return {"input_ids": [text[start:end] for start, end in spans], "offset_mapping": spans}
