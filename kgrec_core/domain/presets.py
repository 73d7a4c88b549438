"""The presets: what is said of films, artists, products, articles, books and people, and of anything else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kgrec_core.domain.common_relations import common_relations
from kgrec_core.domain.phrases import RelationPhrase, dull, in_order, say
from kgrec_core.domain.words import Domain

_ARE, _FROM = "{tail} {items}", "both come from {tail}"  # pop artists; countries
_TAGGED = say("tag", "tag", "both are tagged {tail}", "{items} tagged {tail}", "its tags")
_COUNTRY = dull("country", "country", _FROM, "{items} from {tail}")
_DECADE = dull("decade", "decade", "both are from the {tail}", "{items} from the {tail}")

_VIDEO = dict(
    director=say("director", "person", "both directed by {tail}", "{items} directed by {tail}"),
    actor=say("cast", "person", "{tail} plays in both", "{items} with {tail}"),
    writer=say("writer", "person", "both written by {tail}", "{items} written by {tail}"),
    genre=say("genre", "genre", "both are {tail} films", _ARE, "its genres"),
    award=say("award", "award", "each is an {tail}", "{items} that are each an {tail}", "its awards"),
    language=dull("language", "language", "both are in {tail}", "{items} in {tail}"),
    country=_COUNTRY,
    certificate=dull("certificate", "certificate", "both are rated {tail}", "{items} rated {tail}"),
    decade=_DECADE,
    tag=_TAGGED,
)

_MUSIC = dict(
    member=say("member", "person", "{tail} is a member of both", "{items} with {tail}", "its members"),
    artist=say("artist", "person", "both are by {tail}", "{items} by {tail}"),
    album=say("album", "album", "both are on {tail}", "{items} on {tail}"),
    genre=say("genre", "genre", "both play {tail}", _ARE, "its genres"),
    tag=say("tag", "tag", "listeners call both {tail}", "{items} that listeners call {tail}", "its tags"),
    similar_to=say("similar to", "artist", "both are like {tail}", "{items} like {tail}", "what it is like"),
    associated_act=say(
        "worked with", "artist", "both worked with {tail}", "{items} who worked with {tail}", "who they worked with"
    ),
    former_member=say(
        "former member", "person", "{tail} was a member of both", "{items} that {tail} left", "its former members"
    ),
    label=say("record label", "label", "both are released by {tail}", "{items} released by {tail}"),
    hometown=dull("hometown", "place", _FROM, "{items} from {tail}"),
    birthplace=dull("birthplace", "place", "both were born in {tail}", "{items} born in {tail}"),
    instrument=dull(
        "instrument", "instrument", "both play the {tail}", "{items} who play the {tail}", "what they play"
    ),
    occupation=dull("occupation", "occupation", "both work as {tail}", "{items} who work as {tail}", "what they do"),
    country=_COUNTRY,
    decade=_DECADE,
)

_E_COMMERCE = dict(
    brand=say("brand", "brand", "both are made by {tail}", "{items} made by {tail}"),
    works_with=say(
        "works with", "system", "both work with {tail}", "{items} that work with {tail}", "what it works with"
    ),
    complements=say("goes with", "product", "both go with {tail}", "{items} that go with {tail}", "what it goes with"),
    feature=say("feature", "feature", "both are {tail}", _ARE, "its features"),
    subcategory=say("subcategory", "category", "both are in {tail}", "{items} in {tail}"),
    category=say("category", "category", "both are in {tail}", "{items} in {tail}"),
    price_band=say("price", "price", "both are in the price range {tail}", "{items} in the price range {tail}"),
    also_bought=say(
        "bought together",
        "product",
        "both are bought with {tail}",
        "{items} bought with {tail}",
        "what is bought with it",
    ),
    also_viewed=say(
        "viewed together",
        "product",
        "both are viewed with {tail}",
        "{items} viewed with {tail}",
        "what is viewed with it",
    ),
    material=say("material", "material", "both are made of {tail}", "{items} made of {tail}"),
    style=say("style", "style", "both have the style {tail}", "{items} with the style {tail}"),
    colour=say("colour", "colour", "both are {tail}", _ARE),
    tag=_TAGGED,
)

_NEWS = dict(
    mentions=say("mentions", "entity", "both mention {tail}", "{items} that mention {tail}", "what it mentions"),
    author=say("author", "person", "both are written by {tail}", "{items} written by {tail}"),
    topic=say("topic", "topic", "both are about {tail}", "{items} about {tail}"),
    keyword=say("keyword", "topic", "both are about {tail}", "{items} about {tail}", "its keywords"),
    subcategory=say("topic", "topic", "both are about {tail}", "{items} about {tail}"),
    place=say("place", "place", "both are about {tail}", "{items} about {tail}", "the place it is about"),
    tag=_TAGGED,
    publisher=dull("publisher", "publisher", "both are published by {tail}", "{items} published by {tail}"),
    category=dull("section", "section", "both are in the section {tail}", "{items} in the section {tail}"),
)

_BOOKS = dict(
    series=say("series", "series", "both are part of {tail}", "{items} of the series {tail}"),
    author=say("author", "person", "both are written by {tail}", "{items} written by {tail}"),
    genre=say("genre", "genre", "both are {tail} books", _ARE, "its genres"),
    subject=say("subject", "subject", "both are about {tail}", "{items} about {tail}", "what it is about"),
    tag=say("shelf", "tag", "readers shelve both as {tail}", "{items} that readers shelve as {tail}", "its shelves"),
    publisher=dull("publisher", "publisher", "both are published by {tail}", "{items} published by {tail}"),
    language=dull("language", "language", "both are in {tail}", "{items} in {tail}"),
    decade=_DECADE,
)

_SOCIAL = dict(
    friend=say("friend", "person", "both are friends of {tail}", "{items} who are friends of {tail}", "their friends"),
    group=say("group", "group", "both are in {tail}", "{items} in {tail}", "their groups"),
    interest=say("interest", "interest", "both like {tail}", "{items} who like {tail}", "their interests"),
    employer=say("employer", "organisation", "both work at {tail}", "{items} who work at {tail}", "their employer"),
    school=say("school", "organisation", "both went to {tail}", "{items} who went to {tail}", "their school"),
    knows=say("knows", "person", "both know {tail}", "{items} who know {tail}", "who they know"),
    listens_to=say("listens to", "artist", "both listen to {tail}", "{items} who listen to {tail}", "what they hear"),
    tag=say("tag", "tag", "both are tagged {tail}", "{items} tagged {tail}", "their tags"),
    profession=say("profession", "profession", "both work as {tail}", "{items} who work as {tail}", "their profession"),
    place=say("place", "place", "both live in {tail}", "{items} who live in {tail}", "where they live"),
    language=dull("language", "language", "both speak {tail}", "{items} who speak {tail}", "their languages"),
)


def _all(own: Mapping[str, RelationPhrase], items: str) -> Mapping[str, RelationPhrase]:
    """The relations of a preset, which are told first, and those that any thing may have."""
    return in_order(**own, **{name: each for name, each in common_relations(items).items() if name not in own})


VIDEO = Domain("video", "film", "films", "Viewer", "liked", "watched", 4.0, _all(_VIDEO, "films"), acts="views")
MUSIC = Domain("music", "artist", "artists", "Listener", "liked", "played", 4.0, _all(_MUSIC, "artists"), acts="plays")
E_COMMERCE = Domain(
    "e-commerce",
    "product",
    "products",
    "Shopper",
    "liked",
    "bought",
    4.0,
    _all(_E_COMMERCE, "products"),
    acts="purchases",
)
NEWS = Domain("news", "article", "articles", "Reader", "liked", "read", 4.0, _all(_NEWS, "articles"), acts="clicks")
BOOKS = Domain("books", "book", "books", "Reader", "liked", "read", 4.0, _all(_BOOKS, "books"), acts="reads")
SOCIAL = Domain(
    "social", "person", "people", "Member", "liked", "followed", 4.0, _all(_SOCIAL, "people"), acts="connections"
)
OTHER = Domain("other", "item", "items", "User", "liked", "chose", 4.0, _all({}, "items"), acts="choices")

_ALL = (VIDEO, MUSIC, E_COMMERCE, NEWS, BOOKS, SOCIAL, OTHER)
DOMAINS: Mapping[str, Domain] = MappingProxyType({each.name: each for each in _ALL})
