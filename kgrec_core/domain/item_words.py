"""What the items of a data set are called in sentences: recipes, games, restaurants; from a list of known nouns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from kgrec_core.domain.phrases import RelationPhrase, say
from kgrec_core.domain.plain_phrases import LAST
from kgrec_core.domain.standard_relations import folded
from kgrec_core.domain.words import Domain

_NOUNS: Mapping[str, str] = {  # English noun: how it is written in names of columns and files
    "recipe": "recipe recipes rezept rezepte recette recettes receta recetas ricetta ricette receita рецепт 菜谱",
    "game": "game games spiel spiele jeu jeux juego juegos gioco giochi jogo игра игры 游戏 ゲーム videogame",
    "board game": "boardgame boardgames brettspiel brettspiele",
    "restaurant": "restaurant restaurants restaurante restaurantes ristorante ristoranti ресторан рестораны 餐厅 餐廳",
    "anime": "anime animes",
    "manga": "manga mangas",
    "comic": "comic comics",
    "beer": "beer beers bier biere cerveza cervezas birra cerveja пиво 啤酒",
    "wine": "wine wines wein weine vin vins vino vinos vini vinho вино 葡萄酒",
    "whisky": "whisky whiskies whiskey",
    "coffee": "coffee coffees kaffee",
    "tea": "teas tee",
    "cocktail": "cocktail cocktails drink drinks",
    "course": "course courses kurs kurse cours curso cursos corso corsi курс курсы 课程 mooc",
    "job": "job jobs stelle stellen emploi emplois empleo lavoro вакансия vacancy vacancies 职位",
    "place": "place places poi pois ort orte lieu lieux lugar lugares luogo luoghi место места spot venue venues 地点",
    "hotel": "hotel hotels hotel hôtel отель 酒店",
    "business": "business businesses",
    "museum": "museum museums museo musee",
    "attraction": "attraction attractions sight sights",
    "event": "meetup meetups concert concerts",
    "podcast": "podcast podcasts",
    "show": "show shows tvshow tvshows",
    "series": "tvseries dizi",
    "video": "video videos clip clips",
    "channel": "channel channels",
    "stream": "streamer streamers",
    "app": "app apps application",
    "toy": "toy toys spielzeug",
    "perfume": "perfume perfumes fragrance fragrances parfum",
    "dish": "dish dishes gericht gerichte plat plats plato platos piatto piatti блюдо menuitem",
    "meal": "meal meals",
    "joke": "joke jokes witz witze",
    "paper": "paper papers publication publications",
    "repository": "repo repos repository repositories",
    "car": "car cars auto autos",
    "plant": "plant plants pflanze pflanzen",
    "painting": "painting paintings artwork artworks",
    "photo": "photo photos",
    "poem": "poem poems",
    "story": "story stories",
    "question": "question questions",
    "house": "house houses apartment apartments",
    "listing": "listing listings",
    "dress": "dress dresses",
    "shoe": "shoe shoes",
    "song": "song songs track tracks lied lieder titre chanson cancion brano musica песня трек 歌曲 曲",
    "album": "album albums",
    "magazine": "magazine magazines",
    "lecture": "lecture lectures talk talks",
    "lesson": "lesson lessons exercise exercises",
    "trail": "trail trails hike hikes",
    "team": "team teams",
    "doctor": "doctor doctors",
}
_KNOWN = {folded(name): noun for noun, names in _NOUNS.items() for name in names.split()}
OF_ANYTHING = "chose"  # what people do with things of no kind that is known
_SAME = frozenset({"anime", "manga", "series"})  # in the plural
_SONGS = {
    "genre": say("genre", "genre", "both are {tail} songs", "{tail} {items}", "its genres"),
    "tag": say("tag", "tag", "listeners call both {tail}", "{items} that listeners call {tail}", "its tags"),
    "member": say("member", "person", "{tail} plays on both", "{items} with {tail}", "who plays"),
}


_DONE = {  # what people do with the things, and what many of these acts are called
    "game": ("played", "plays"),
    "board game": ("played", "plays"),
    "podcast": ("heard", "plays"),
    "video": ("watched", "views"),
    "show": ("watched", "views"),
    "series": ("watched", "views"),
    "anime": ("watched", "views"),
    "stream": ("watched", "views"),
    "channel": ("watched", "views"),
    "manga": ("read", "reads"),
    "comic": ("read", "reads"),
    "paper": ("read", "reads"),
    "poem": ("read", "reads"),
    "story": ("read", "reads"),
    "magazine": ("read", "reads"),
    "joke": ("read", "reads"),
    "restaurant": ("visited", "visits"),
    "place": ("visited", "visits"),
    "business": ("visited", "visits"),
    "museum": ("visited", "visits"),
    "attraction": ("visited", "visits"),
    "hotel": ("visited", "visits"),
    "course": ("took", "enrolments"),
    "app": ("used", "uses"),
}
_MADE = frozenset({"recipe", "dish", "meal", "cocktail", "course", "lesson", "lecture", "board game"})
_TAKES = say("time", "time", "both take {tail}", "{items} that take {tail}", "the time it takes")


def item_word(name: str) -> str:
    """The English noun for what a name of a column or file says, "recipe" for "recipe_id" or "Rezepte"; "" for none.

    >>> item_word("recipe_id"), item_word("RAW_recipes"), item_word("Rezept-Nr"), item_word("product")
    ('recipe', 'recipe', 'recipe', '')
    """
    whole = folded(name)
    parts = [folded(part) for part in "".join(each if each.isalpha() else " " for each in name).split()]
    return next((_KNOWN[part] for part in (whole, whole.removesuffix("id"), *parts) if part in _KNOWN), "")


def plural(noun: str) -> str:
    """Of a known noun.

    >>> [plural(noun) for noun in ("recipe", "dish", "story", "anime", "board game")]
    ['recipes', 'dishes', 'stories', 'anime', 'board games']
    """
    if noun in _SAME:
        return noun
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "sh", "ch", "x")) else f"{noun}s"


def with_item(domain: Domain, noun: str) -> Domain:
    """The words of a domain for items of another name: "both are Thai recipes". noun: of the known ones; "" changes
    nothing.
    """
    if not noun or noun == domain.item or noun not in _NOUNS:
        return domain
    items = plural(noun)
    own = _SONGS if noun == "song" and domain.name == "music" else {}
    taking = {"length_band": replace(_TAKES, priority=LAST)} if noun in _MADE else {}
    renamed = {name: _renamed(phrase, domain.items, items) for name, phrase in domain.relations.items()}
    placed = {name: replace(phrase, priority=renamed[name].priority) for name, phrase in own.items()}
    found = replace(domain, item=noun, items=items, relations=MappingProxyType({**renamed, **placed, **taking}))
    if noun not in _DONE or domain.implicit or domain.consumed != OF_ANYTHING:
        return found
    consumed, acts = _DONE[noun]
    return replace(found, consumed=consumed, acts=acts)


def _renamed(phrase: RelationPhrase, old: str, new: str) -> RelationPhrase:
    """A phrase that ends with the word for the items, with another word."""
    end = f" {old}"
    return (
        replace(phrase, shared=phrase.shared.removesuffix(end) + f" {new}") if phrase.shared.endswith(end) else phrase
    )
