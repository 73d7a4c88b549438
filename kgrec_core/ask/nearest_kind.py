"""The kinds of questions that are nearest in meaning to one that no form of the grammar reads, by the encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

SURE, NEAR = 0.93, 0.86  # cosine from which a question is answered, and from which it is asked back
MOST = 3  # kinds that are offered
NAMED = {  # with an item in the place of "this"
    "why": ("why do you recommend this", "what is the reason for this", "i do not understand why this is here"),
    "why_not": ("why is this not on my list", "what is the reason that this is missing", "i never see this, why"),
    "bring_in": ("what do i have to do to get this recommended", "what would it take for this to appear"),
    "more_like": ("i would like to see more of the same kind as this", "which others resemble this"),
    "who_else": ("which other people are fond of this", "is this liked by many people"),
    "how_sure": ("how certain is the reason for this", "is it really true that i would like this"),
    "what_is": ("what is this about", "give me the facts on this"),
    "without_item": ("how would my list look if i had not known this", "forget that i liked this"),
}
NAMELESS = {
    "drives": ("what has most influence on my recommendations", "where do my recommendations come from"),
    "likes": ("what have i liked so far", "which ones did i enjoy before"),
    "list": ("what do you recommend to me", "show me what is on my list"),
    "undo": ("take the last change back",),
}

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Near:
    kind: str
    sure: bool


@dataclass(frozen=True, eq=False)
class NearestKind:
    """encode: texts to unit vectors."""

    encode: Encode

    def kinds(self, question: str, named: bool) -> tuple[Near, ...]:
        """Nearest first, none where nothing is near. question: with "this" in the place of what it names"""
        kinds, vectors = self._named if named else self._nameless
        likeness = vectors @ self.encode([question])[0]
        best: dict[str, float] = {}
        for place in np.argsort(-likeness, kind="stable").tolist():
            best.setdefault(kinds[place], float(likeness[place]))
        return tuple(Near(kind, score >= SURE) for kind, score in best.items() if score >= NEAR)[:MOST]

    @cached_property
    def _named(self) -> tuple[list[str], npt.NDArray[np.float32]]:
        return self._encoded(NAMED)

    @cached_property
    def _nameless(self) -> tuple[list[str], npt.NDArray[np.float32]]:
        return self._encoded(NAMELESS)

    def _encoded(self, examples: dict[str, tuple[str, ...]]) -> tuple[list[str], npt.NDArray[np.float32]]:
        kinds = [kind for kind, texts in examples.items() for _ in texts]
        return kinds, self.encode([text for texts in examples.values() for text in texts])
