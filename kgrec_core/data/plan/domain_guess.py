"""Which preset of words suits a data set: judged by the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_DOMAINS: Mapping[str, list[str]] = {  # what an item is called in a preset; "article" may be news or goods
    "video": "movie film".split(),
    "music": "song track artist".split(),
    "e-commerce": "product sku asin parentasin produkt".split(),
    "news": "news".split(),
    "books": "book isbn".split(),
}


def guess_domain(columns: Sequence[str]) -> str:
    """The preset whose word for an item is in a name, as in "movieId"; "" when there is none, or more than one."""
    words = {_key(name).removesuffix("id").removesuffix("name").removesuffix("title") for name in columns}
    found = [domain for domain, known in _DOMAINS.items() if words.intersection(known)]
    return found[0] if len(found) == 1 else ""


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.lower())
