"""Who asks: a stored user by their id, or a visitor by what they like and write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kgrec_core import checks

NEW_VISITOR = "new visitor"


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom a list or a reason is for. Lists are kept as tuples, whole numbers as texts of their digits.

    Raises ConfigError for what is no id, no list of ids or no line of words.
    """

    user: str | None = None  # id in the data; None for a visitor
    history: tuple[str, ...] | None = None  # item ids, all liked, in place of a stored user's own
    likes: tuple[str, ...] = ()  # item ids, beside the history
    dislikes: tuple[str, ...] = ()  # item ids; each takes away what a like adds
    request: str = ""  # what they typed; "" for nothing

    def __post_init__(self) -> None:
        checked = {
            "user": None if self.user is None else checks.one_id(self.user),
            "history": None if self.history is None else checks.ids(self.history, "history"),
            "likes": checks.ids(self.likes, "likes"),
            "dislikes": checks.ids(self.dislikes, "dislikes"),
            "request": checks.line(self.request, "request"),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @property
    def name(self) -> str:
        """What answers call them."""
        return NEW_VISITOR if self.user is None else self.user

    @property
    def stored(self) -> str | None:
        """The user whose stored history counts; None where `history`, or nothing, stands in for it."""
        return self.user if self.history is None else None


def Visitor(likes: Sequence[str] = (), dislikes: Sequence[str] = (), request: str = "") -> Asker:
    """Someone without a stored history; with nothing given, somebody of whom nothing is known.

    >>> Visitor(likes=["296"], request="a French film").likes
    ('296',)
    """
    return Asker(None, None, checks.ids(likes, "likes"), checks.ids(dislikes, "dislikes"), request)


def asker_of(given: Asker | str) -> Asker:
    """A text is the id of a stored user.

    >>> asker_of("15")
    Asker(user='15', history=None, likes=(), dislikes=(), request='')
    """
    return given if isinstance(given, Asker) else Asker(checks.one_id(given))
