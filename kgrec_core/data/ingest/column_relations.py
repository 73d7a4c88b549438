"""What a column of items is called as a relation: one word for "Genres", "genre_2" and "productGenreName"."""

from __future__ import annotations

import re

from kgrec_core.data.ingest.relation_names import relation_name
from kgrec_core.domain import Domain
from kgrec_core.domain.standard_relations import standard_relation

_FIRST = frozenset(  # words before the one that counts: what the thing is, and that there are more of it
    """lineitem line item items product products movie film book game recipe song track show anime business restaurant
    beer wine place venue hotel course job master metadata main primary secondary first second third all top list my
    popular artikel produkt produit producto prodotto""".split()
)
_LAST = frozenset(
    "name names label labels list text title titles value values desc string array ids id s code codes".split()
)
_KINDS = frozenset(  # of which a thing often has several
    """genre tag keyword ingredient topic subject theme shelf mechanic mood feature amenity skill platform language
    country cuisine variety character award instrument allergen diet occasion""".split()
)
_PLURAL_ALIKE = ("ss", "us", "is", "series", "species")


def relation_of(column: str, domain: Domain) -> str:
    """The relation of a column: its own words, singular, without numbers and without what only names the item.

    >>> from kgrec_core.domain import BOOKS, VIDEO
    >>> [relation_of(name, BOOKS) for name in ("Book-Author", "literaryGenre", "coverArtist", "popular_shelves")]
    ['author', 'literary_genre', 'cover_artist', 'shelf']
    >>> [relation_of(name, VIDEO) for name in ("actor_1_name", "genre2", "production_companies", "Lineitem vendor")]
    ['actor', 'genre', 'production_company', 'vendor']
    """
    plain = relation_name(column)
    if plain in domain.relations:
        return plain
    words = words_of(_ending(column))
    kept = [word for word in words if not word.isdigit()]
    while len(kept) > 1 and kept[-1] in _LAST:
        kept = kept[:-1]
    rest = kept
    while len(rest) > 1 and rest[0] in _FIRST:
        rest = rest[1:]
        if _is_known("_".join(_singular(rest)), domain):
            break
    known = _is_known("_".join(_singular(rest)), domain)
    return "_".join(_singular(rest if known else kept)) or "related_to"


def _ending(column: str) -> str:
    """The last part of a dotted path, "WiFi" of "attributes.WiFi", but "artist.name" as it is."""
    last = column.rsplit(".", 1)[-1]
    said = [word for word in words_of(last) if not word.isdigit() and word not in _LAST]
    return last if said else column


def names_kinds(column: str, relation: str) -> bool:
    """Whether cells of a column probably hold several values, by its name: kinds, or a plural.

    >>> names_kinds("genre", "genre"), names_kinds("styles", "style"), names_kinds("author", "author")
    (True, True, False)
    """
    words = [word for word in words_of(column) if not word.isdigit()]
    plural = bool(words) and words[-1] != singular(words[-1]) and not words[-1].endswith("ss")
    return plural or (standard_relation(relation) or relation) in _KINDS


def words_of(name: str) -> list[str]:
    """The words of a name of a column, small: of "productGenre_2" product, genre, 2.

    >>> words_of("productGenre_2"), words_of("Book-Author"), words_of("genre1"), words_of("ISBN13"), words_of("类别")
    (['product', 'genre', '2'], ['book', 'author'], ['genre', '1'], ['isbn', '13'], ['类别'])
    """
    last = re.split(r"[/#]", name.rstrip("/#"))[-1]
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_]{3})(?=\d)", " ", last)
    return [part for part in re.split(r"[\W_]+", apart.casefold()) if part]


def _singular(words: list[str]) -> list[str]:
    return [*words[:-1], singular(words[-1])] if words else []


def singular(word: str) -> str:
    """One of it: one genre is said of an item, though the column is called genres.

    >>> [singular(word) for word in ("genres", "categories", "cast", "series", "shelves", "hashes", "movies")]
    ['genre', 'category', 'cast', 'series', 'shelf', 'hash', 'movie']
    """
    if word.endswith(_PLURAL_ALIKE) or len(word) < 4:
        return word
    if word in ("movies", "cookies", "zombies"):
        return word[:-1]
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("lves"):
        return f"{word[:-3]}f"
    return word[:-2] if word.endswith(("shes", "ches", "xes")) else word.removesuffix("s")


def _is_known(relation: str, domain: Domain) -> bool:
    return relation in domain.relations or bool(standard_relation(relation))
