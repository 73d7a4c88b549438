"""What the users of a data set are called. By itself, since sentences, graphs and pickers shall call them the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kgrec_core.data.catalog import Catalog
from kgrec_core.schema.columns import NAME, USER


def names_of_people(catalog: Catalog) -> Mapping[str, str]:
    """By id, in user_vocab order: a name that was kept, with the id where two people have it; else "Viewer 15"."""
    table = catalog.users
    named = table is not None and NAME in table
    kept = dict(zip(table[USER], table[NAME].fillna(""), strict=True)) if table is not None and named else {}
    often = Counter(kept.values())
    return {user: _name(user, kept.get(user, ""), often, catalog) for user in catalog.user_vocab.ids}


def _name(user: str, kept: str, often: Counter[str], catalog: Catalog) -> str:
    if not kept:
        return f"{catalog.domain.user} {user}"
    return kept if often[kept] == 1 else f"{kept} ({user})"
