"""What names or reaches a person inside a text: found by its form, and put out of sight."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd

from kgrec_core.errors import KgrecError

EMAIL = re.compile(  # from where a run of its letters begins, so that a long run without an address is read once
    r"(?:(?<![\w.+%'&-])[\w.+%'&-]+|[\w.+%'&-]{1,64})(?:@|%40)[\w-]+(?:\.[\w-]+)+"
)
_PHONE = re.compile(  # from the plus or the bracket on; a plain number is a number
    r"(?<![\w+])(?!(?<=:\d\d )\+[01]\d[0-5]\d (?:19|20)\d\d(?!\d))"  # the zone and year of "10:20:30 +0000 2012"
    r"\+\d[\d\s()./-]{6,18}\d(?!\w)|(?<!\w)\(0\d{1,5}\)[\s/-]?\d[\d\s/-]{3,14}\d(?!\w)"
    r"|(?<![\w./-])0\d{2,4}[ /]\d[\d ]{3,11}\d(?![\w./-])"
)
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_]\w[\w.]{1,28}")
_CONTACT = re.compile(f"(?P<mail>{EMAIL.pattern})|(?P<phone>{_PHONE.pattern})|(?P<handle>{_HANDLE.pattern})")
_SIGNS = re.compile(r"[@+(0%]")  # one of them is in every contact

Name = Callable[[str], str]
"""What stands in place of a person, for their e-mail address, number, handle or id."""


def shape(text: str) -> str:
    """The text with every letter as x and every digit as 9: where its separators stand, and nothing of what it says.

    >>> shape("anna@x.org,17;Ü")
    'xxxx@x.xxx,99;x'
    """
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", text))


def without_contacts(text: str, name: Name | None = None) -> str:
    """The text without e-mail addresses, telephone numbers and handles such as @anna.

    >>> without_contacts("by anna@x.org, +49 151 2345678"), without_contacts("ask @anna_k", lambda _: "q7")
    ('by [e-mail], [phone]', 'ask q7')
    """
    if not _SIGNS.search(text):
        return text

    def hidden(match: re.Match[str]) -> str:
        return (
            name(match.group()) if name else {"mail": "[e-mail]", "phone": "[phone]"}.get(str(_kind(match)), "[handle]")
        )

    return _CONTACT.sub(hidden, text)


@contextmanager
def nobody_named() -> Iterator[None]:
    """What our own errors say inside is said without contacts."""
    try:
        yield
    except KgrecError as error:
        said = _without_contacts_in(error.args)
        if said == error.args:
            raise
        raise type(error)(*said) from None


def _without_contacts_in(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same for all texts of what an error holds."""
    found: list[Any] = []
    for part in parts:
        if isinstance(part, tuple):
            found.append(_without_contacts_in(part))
        else:
            found.append(without_contacts(part) if isinstance(part, str) else part)
    return tuple(found)


def reaches(text: str) -> bool:
    """Whether the whole text is an e-mail address, a telephone number or a handle."""
    return bool(_CONTACT.fullmatch(text.strip()))


def per_value(column: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """The column with each text changed, work being done once a distinct value; what is no text stays."""
    codes, values = pd.factorize(column.astype(object))
    made = pd.Series([change(value) if isinstance(value, str) else value for value in values], dtype=object)
    if len(made) and all(one is other for one, other in zip(made, values, strict=True)):
        return column
    return pd.Series(made.reindex(codes).to_numpy(), index=column.index, dtype=object)


def _kind(match: re.Match[str]) -> str | None:
    return next((kind for kind in ("mail", "phone", "handle") if match[kind]), None)
