"""Checks at the edge: ids, lists of ids, lengths, lines of words and facts as they may be given."""

from __future__ import annotations

from collections.abc import Iterable

from kgrec_core.errors import ConfigError


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


def line(given: object, what: str) -> str:
    """A line of words without blanks around it, "" for None. Raises ConfigError for what is no text."""
    if given is not None and not isinstance(given, str):
        raise ConfigError(f"{what} is {given!r}; give a line of words.")
    return (given or "").strip()


def facts(given: object) -> tuple[tuple[str, str], ...]:
    """Pairs of a relation and a value. Raises ConfigError for what is no pair of texts."""
    several = given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    return tuple(map(_fact, several))


def _fact(given: object) -> tuple[str, str]:
    match given:
        case (str() as relation, str() as value):
            return relation, value
    raise ConfigError(f"{given!r} is no fact; give pairs of a relation and a value, such as ('genre', 'drama').")
