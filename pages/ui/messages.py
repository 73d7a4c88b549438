"""Messages with named places: the one for a number, and how names stand in a row.

A sentence is one string, with a place for each name, number and title; another case is another sentence. So each can be
put into another language by itself.
"""

from __future__ import annotations

from collections.abc import Sequence


def counted(count: int, one: str, many: str, **places: object) -> str:
    """The message for one or for many, its places filled in; {count} is the number.

    >>> counted(1, "{count} {item} is left", "{count} {items} are left", item="film", items="films")
    '1 film is left'
    """
    return (one if count == 1 else many).format(count=count, **places)


def listed(names: Sequence[str]) -> str:
    """Names in a row, the last behind "and".

    >>> listed(["Alien"]), listed(["Alien", "Heat", "Ran"])
    ('Alien', 'Alien, Heat and Ran')
    """
    if len(names) < 2:
        return "".join(names)
    return "{names} and {last}".format(names=", ".join(names[:-1]), last=names[-1])


def first_names(names: Sequence[str], shown: int, total: int | None = None) -> str:
    """So many names, and how many more there are. total: of all, where `names` does not hold them all.

    >>> first_names(["Alien", "Heat", "Ran"], 2)
    'Alien, Heat and 1 more'
    """
    rest = (len(names) if total is None else total) - shown
    return (
        "{names} and {rest:,} more".format(names=", ".join(names[:shown]), rest=rest) if rest > 0 else ", ".join(names)
    )
