"""Labels as they are compared. By itself, since facts, items and proposals compare alike."""

from __future__ import annotations

import unicodedata


def normal(text: str) -> str:
    """A label as it is compared.

    >>> normal("  Sigur  Rós ") == normal("SIGUR RÓS")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
