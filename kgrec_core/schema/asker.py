"""Who asks: a stored user by their id, or a visitor by what they like and write; ids and lines are checked here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgrec_core.errors import ConfigError

NEW_VISITOR = "new visitor"


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom a list or a reason is for. Lists are kept as tuples, whole numbers as texts of their digits.

    Raises ConfigError for what is no id, no list of ids or no request.
    """

    user: str | None = None  # id in the data; None for a visitor
    history: tuple[str, ...] | None = None  # item ids, all liked, in place of a stored user's own
    likes: tuple[str, ...] = ()  # item ids, beside the history
    dislikes: tuple[str, ...] = ()  # item ids; each takes away what a like adds
    request: str = ""  # what they typed; "" for nothing

    def __post_init__(self) -> None:
        checked = {
            "user": None if self.user is None else one_id(self.user),
            "history": None if self.history is None else ids(self.history, "history"),
            "likes": ids(self.likes, "likes"),
            "dislikes": ids(self.dislikes, "dislikes"),
            "request": checked_request(self.request, "request"),
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
    return Asker(None, None, ids(likes, "likes"), ids(dislikes, "dislikes"), request)


def asker_of(given: Asker | str) -> Asker:
    """A text is the id of a stored user.

    >>> asker_of("15")
    Asker(user='15', history=None, likes=(), dislikes=(), request='')
    """
    return given if isinstance(given, Asker) else Asker(one_id(given))


def one_id(given: object) -> str:
    """An id as text; a whole number is taken for its digits. Raises ConfigError for anything else."""
    if isinstance(given, str):
        return given
    if isinstance(given, bool) or not hasattr(given, "__index__"):
        raise ConfigError(f"{given!r} is no id; give an id as a text, such as '15'.")
    return str(given)


def ids(given: object, what: str) -> tuple[str, ...]:
    """Ids as texts. Raises ConfigError for a single text, whose letters would be read as ids."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ConfigError(f"{what} is {given!r}; give a list of ids, such as [{str(given)!r}].")
    return tuple(map(one_id, given))


def length(k: object) -> int:
    """The length of a list. Raises ConfigError for what is no whole number from 1 on."""
    if isinstance(k, bool) or not hasattr(k, "__index__") or int(k.__index__()) < 1:
        raise ConfigError(f"k is {k!r}; choose a whole number from 1 on.")
    return int(k.__index__())


def checked_request(given: object, what: str) -> str:
    """A request without blanks around it, "" for None. Raises ConfigError for what is no text."""
    if given is not None and not isinstance(given, str):
        raise ConfigError(f"{what} is {given!r}; give a line of words.")
    return (given or "").strip()


def pairs(given: object) -> tuple[tuple[str, str], ...]:
    """Pairs of a relation and a value. Raises ConfigError for what is no pair of texts."""
    several = given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    return tuple(map(_pair, several))


def _pair(given: object) -> tuple[str, str]:
    match given:
        case (str() as relation, str() as value):
            return relation, value
    raise ConfigError(f"{given!r} is no fact; give pairs of a relation and a value, such as ('genre', 'drama').")
