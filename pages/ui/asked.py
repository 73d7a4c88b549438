"""Whom a list or a reason is for, and what they try to do without."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.schema import Edge


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a list or a reason is for: a stored user or, where `user` is None, a new visitor.

    history: item ids that a new visitor likes · liked, disliked: thumbs given here · text: a line of words
    """

    user: str | None
    history: tuple[str, ...] | None = None
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    text: str = ""

    @property
    def thumbs(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.liked, self.disliked

    @property
    def likes(self) -> tuple[str, ...] | None:
        """The history of a new visitor with the thumbs up given here; None where a stored history counts."""
        return None if self.user is not None else (*(self.history or ()), *self.liked)


@dataclass(frozen=True, slots=True)
class Gone:
    """What a person tries to do without: item ids of the history, facts, the line that they wrote."""

    items: tuple[str, ...] = ()
    edges: tuple[Edge, ...] = ()
    words: bool = False

    def __bool__(self) -> bool:
        return bool(self.items or self.edges or self.words)
