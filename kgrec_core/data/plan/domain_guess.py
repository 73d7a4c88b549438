"""Which preset a data set speaks for: by the names of its columns, relations and files; told, and never certain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.plan.reading_plan import ReadingPlan
from kgrec_core.domain import DOMAINS, Domain
from kgrec_core.domain.item_words import item_word, plural
from kgrec_core.domain.standard_relations import folded, standard_relation
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import ITEM, RELATION, TITLE

_WORDS: Mapping[str, Mapping[float, str]] = {  # preset: weight: words of names
    "video": {
        3.0: "movie movies film films imdb tmdb pelicula peliculas filme kino cinema фильм фильмы 电影 映画",
        1.5: "director actor plot screenplay certificate cinematographer runtime trailer tagline",
        1.0: "writer seasons episode storyline",
    },
    "books": {
        3.0: "book books isbn isbn10 buch buecher livre livres libro libros livro книга 图书 书籍 本 goodreads",
        1.5: "author publisher binding pages coverartist shelf edition narrator",
        0.5: "series illustrator translator",
    },
    "music": {
        3.0: "song songs track tracks spotify lastfm musicbrainz lied chanson cancion песня трек 歌曲 曲 danceability",
        1.5: "artist album lyrics tempo bpm scrobbles listens label performer composer",
    },
    "e-commerce": {
        3.0: """product products produkt produit producto prodotto товар 商品 产品 sku stockcode asin cart checkout
            lineitem warenkorb""",
        1.5: """price brand invoice order orders quantity purchase bestellung rechnung category shipping
            discount preis einzelpreis prix precio bestelldatum artikel warengruppe""",
        0.5: "customer kunde client cliente color size",
    },
    "news": {
        3.0: "news headline nachrichten noticias новости 新闻 impression impressions newsid",
        1.5: "byline abstract section journalist",
    },
}
_ENOUGH, _AHEAD = 3.0, 1.0
_SAID = {"video": "films", "books": "books", "music": "music", "e-commerce": "shops", "news": "news"}
_SHOWN = 4
_MOST = 500  # relations that are looked at


@dataclass(frozen=True, slots=True)
class DomainGuess:
    """name: of a preset · item: a known noun for the items where the preset has another word, else "" · why: a
    sentence, "" where nothing speaks for a preset
    """

    name: str
    item: str
    why: str


def guess_of_plan(plan: ReadingPlan, triples: pd.DataFrame | None) -> DomainGuess:
    """By all columns of the tables that are read, the relations of their facts, and what the items are called."""
    read = [each for each in plan.tables if each.role]
    columns = [one for each in read for one in each.columns]
    keys = [one.column for meaning in (ITEM, TITLE) for one in columns if one.meaning == meaning]
    files = [_stem(each.table) for role in ("items", "interactions") for each in read if each.role == role]
    relations = [] if triples is None or RELATION not in triples else list(map(str, triples[RELATION].unique()[:_MOST]))
    return guess_domain([one.column for one in columns], relations, files, keys)


def _stem(name: str) -> str:
    return re.split(r"[/\\]", name)[-1].rsplit(".", 1)[0]


def guess_domain(
    columns: Sequence[str], relations: Sequence[str] = (), files: Sequence[str] = (), keys: Sequence[str] = ()
) -> DomainGuess:
    """The preset that names speak for, "other" where none does clearly.

    files: names without their ending · keys: the columns that hold the ids or titles of the items

    >>> guess_domain(["user_id", "recipe_id", "minutes"], keys=["recipe_id"])
    DomainGuess(name='other', item='recipe', why="The items are called recipes, since there is 'recipe_id'.")
    """
    scores = {name: _score(name, [*columns, *relations], files) for name in _WORDS}
    ranked = sorted(scores, key=lambda name: -sum(scores[name].values()))
    best, second = (sum(scores[name].values()) for name in ranked[:2])
    source = next((name for name in [*keys, *files] if item_word(name)), "")
    noun = item_word(source)
    clear = best >= _ENOUGH and best - second >= _AHEAD
    if noun and not (clear and noun in ("song", "album", "series", "show", "video", "magazine", "listing", "place")):
        song = noun in ("song", "album")
        name = "music" if song else "video" if noun in ("anime", "show", "series") and ranked[0] == "video" else "other"
        return DomainGuess(name, noun, f"The items are called {plural(noun)}, since there is {source!r}.")
    if not clear:
        return DomainGuess("other", "", "")
    name = ranked[0]
    shown = sorted(scores[name], key=lambda word: -scores[name][word])[:_SHOWN]
    why = f"The words are those of {_SAID[name]}, since there {'is' if len(shown) == 1 else 'are'} {_listed(shown)}."
    return DomainGuess(name, noun if name == "music" and noun in ("song", "album") else "", why)


def _score(preset: str, names: Sequence[str], files: Sequence[str]) -> dict[str, float]:
    """Name that speaks for it -> its weight; a word counts once."""
    weights = {word: weight for weight, words in _WORDS[preset].items() for word in words.split()}
    found: dict[str, float] = {}
    said: set[str] = set()
    for name in [*names, *files]:
        words = _words(name)
        word = max(
            (each for each in words if each in weights and each not in said), key=weights.__getitem__, default=""
        )
        if word:
            said |= {word, *(each for each in words if each in weights)}
            found[name] = weights[word]
    return found


def _words(name: str) -> set[str]:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    parts = [folded(part) for part in re.split(r"[\W_\d]+", apart) if part]
    singular = {part.removesuffix("s") for part in parts}
    whole = folded(name)
    usual = {standard_relation(name), *map(standard_relation, parts)}
    return ({*parts, *singular, whole, whole.removesuffix("id"), *usual}) - {""}


def _listed(names: Sequence[str]) -> str:
    quoted = [repr(name) for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def domain_named(name: str) -> Domain:
    """A preset. Raises ConfigError."""
    if name not in DOMAINS:
        raise ConfigError(f"There is no domain {name!r}. Choose one of {', '.join(domain_names())}.")
    return DOMAINS[name]


def domain_names() -> tuple[str, ...]:
    return tuple(sorted(DOMAINS))
