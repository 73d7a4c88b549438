"""Whether words that name nothing may count as a text: whether the items' texts are more like them than like nonsense.

A sentence encoder gives a vector to anything, and some item is always the nearest. So 200 random lines, of one to eight
pieces of the encoder's own vocabulary, are compared with the items first, drawn from a fixed seed when a request is
read for the first time (a second). The likeness to the nearest item that one in twenty of them reaches is the limit. As
the model compares texts: cosine of vectors whose mean over the items was taken off. Of `movies` the limit is 0.37 and
the median 0.27, of `storefront` 0.31 and 0.22 (`python -m benchmarks.understood` measures what comes through).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kgrec_core.request.request_text import WORD, Words, folded

RANDOM_LINES, LONGEST = 200, 8  # lines, and pieces of a line
RARE = 0.95  # share of the random lines that stay below the limit
# Letters a word piece, on average, below which a word is cut to bits: 95 % of words of keys struck at random are, and
# 14 % of the words in the texts of `movies`, mostly names; words that stand in an item's text are never judged so.
CUT = 2.5
_TRIED = 400  # words of the items, for which the encoder may be of another script

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ItemTexts:
    """texts: all that is known of each item, in words · vectors: (items, dim) · read: texts to unit vectors ·
    pieces: the word pieces of a word · vocabulary: of the encoder
    """

    texts: Sequence[str]
    vectors: Vectors
    read: Callable[[Sequence[str]], Vectors]
    pieces: Callable[[str], Sequence[str]]
    vocabulary: Callable[[], Sequence[str]]

    def counts(self, words: Sequence[str], text: str) -> bool:
        """Whether a text counts. words: those of it that say something, folded, "" between two that lie apart.

        It does where an item's text is more like it than nonsense gets, where two of its words stand side by side in an
        item's text, and where all of them stand in some and it is no less like them than the usual nonsense.
        """
        said = [word for word in words if word]
        if not said:
            return False
        if any(self.hold(pair) for pair in pairwise(words) if all(pair)):
            return True
        usual, limit = self._limits
        likeness = float(self._nearest([text])[0])
        return likeness >= limit or (likeness >= usual and all(map(self._has, said)))

    def hold(self, words: Words) -> bool:
        """Whether some item's text has these words, in this order."""
        return f" {' '.join(words)} " in self._all

    def is_cut(self, word: str) -> bool:
        """Whether the encoder reads letters of it and no word. Never a word of an item's text."""
        return not self._has(folded(word)) and self._letters(word) < self._least

    def _has(self, word: str) -> bool:
        """In the singular or the plural."""
        forms = {word, f"{word}s", word.removesuffix("s"), word.removesuffix("es")}
        return not forms.isdisjoint(self._words)

    def _letters(self, word: str) -> float:
        """Letters in a piece of it, none in a piece that is unknown."""
        pieces = [piece.strip("#▁Ġ") for piece in self.pieces(word)]
        return sum(len(piece) for piece in pieces if piece.isalnum()) / max(len(pieces), 1)

    def _nearest(self, texts: Sequence[str]) -> Vectors:
        """(texts,) the likeness of each to the item nearest to it."""
        centre = self.vectors.mean(0)
        likeness = _unit(self.read(texts) - centre) @ _unit(self.vectors - centre).T
        nearest: Vectors = likeness.max(1)
        return nearest

    @cached_property
    def _limits(self) -> tuple[float, float]:
        """The median and the limit of the random lines."""
        rng = np.random.default_rng(0)
        known = [bare for piece in self.vocabulary() if len(bare := piece.strip("#▁Ġ")) > 1 and bare.isalpha()]
        lengths = rng.integers(1, LONGEST + 1, RANDOM_LINES)
        lines = [" ".join(rng.choice(known, length)) for length in lengths]
        usual, limit = np.quantile(self._nearest(lines), [0.5, RARE])
        return float(usual), float(limit)

    @cached_property
    def _least(self) -> float:
        words = [word for word in sorted(self._words) if word.isalpha() and len(word) > 2]
        some = words[:: max(1, len(words) // _TRIED)]
        return min(CUT, float(np.median([self._letters(word) for word in some]))) if some else CUT

    @cached_property
    def _all(self) -> str:
        return " | ".join(["", *(" ".join(WORD.findall(folded(text))) for text in self.texts), ""])

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._all.split())


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit
