"""The data sets that come with the product, built from files inside installed packages, or made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from kgrec_core.data.builtin import movies, storefront
from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import E_COMMERCE, VIDEO, Domain

__all__ = ["BUILTIN", "BuiltIn"]


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A data set that can be built offline; `build` is given a callback for lines about what it did."""

    name: str
    title: str
    description: str
    domain: Domain
    sources: tuple[str, ...]  # one line each: what, from where, licence
    build: Callable[[Callable[[str], None]], Catalog]


_ALL = (
    BuiltIn(
        "movies",
        "Films",
        "659 viewers who rated 2,078 films, with directors, casts, genres and awards. Everyone liked at least five.",
        VIDEO,
        movies.SOURCES,
        partial(movies.build_movies, True),
    ),
    BuiltIn(
        "movies-full",
        "Films, with rarely rated ones",
        "The same without a threshold: all 671 viewers and 9,066 films, many of them rated once.",
        VIDEO,
        movies.SOURCES,
        partial(movies.build_movies, False),
    ),
    BuiltIn(
        "storefront",
        "Shop (made up)",
        "2,000 shoppers and 1,200 products, made up so that the reason of every purchase is known: a brand, a feature, "
        "a price range, or something that works with what they own.",
        E_COMMERCE,
        storefront.SOURCES,
        storefront.build_storefront,
    ),
)

BUILTIN: Mapping[str, BuiltIn] = MappingProxyType({each.name: each for each in _ALL})
