"""How a relation is called: one plain name for what files write in many ways."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kgrec_core.data.values.addresses import last_part
from kgrec_core.schema.property_codes import coded_relation

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_PASSIVE: Mapping[str, str] = {  # said of the item
    "directed_by": "director",
    "written_by": "writer",
    "authored_by": "author",
    "produced_by": "producer",
    "composed_by": "composer",
    "created_by": "creator",
    "published_by": "publisher",
    "performed_by": "artist",
    "sung_by": "artist",
    "edited_by": "editor",
    "illustrated_by": "illustrator",
    "translated_by": "translator",
    "designed_by": "designer",
    "developed_by": "developer",
    "distributed_by": "distributor",
    "manufactured_by": "brand",
    "starring": "actor",
    "stars": "actor",
    "acted_by": "actor",
    "played_by": "actor",
    "narrated_by": "narrator",
    "tagged_with": "tag",
    "tagged_as": "tag",
}
_ACTIVE: Mapping[str, str] = {  # said of the other end
    "directed": "director",
    "directs": "director",
    "wrote": "writer",
    "writes": "writer",
    "authored": "author",
    "produced": "producer",
    "produces": "producer",
    "composed": "composer",
    "created": "creator",
    "creates": "creator",
    "published": "publisher",
    "publishes": "publisher",
    "performed": "artist",
    "performs": "artist",
    "sings": "artist",
    "edited": "editor",
    "illustrated": "illustrator",
    "translated": "translator",
    "designed": "designer",
    "developed": "developer",
    "develops": "developer",
    "manufactures": "brand",
    "makes": "brand",
    "acted_in": "actor",
    "acts_in": "actor",
    "plays_in": "actor",
    "starred_in": "actor",
    "stars_in": "actor",
    "appears_in": "character",
    "narrated": "narrator",
}
_HAS = re.compile(r"(?:has|have)_(?=.{3})(?!part)")
_IN = re.compile(
    r"(?:(?:is_)?(?:in|of|belongs_to|belong_to|part_of|with)_)(genre|category|subcategory|series|type|tag)"
)
_NUMBERED = re.compile(
    r"(category|subcategory|genre|brand|author|publisher|artist|album|series|director|actor|language|country|department|"
    r"group|type|label|tag|topic|seller|studio|developer|manufacturer|collection|franchise|cuisine)_?ids?"
)


def relation_name(raw: str) -> str:
    """A relation as a plain name: the last part of an address or of a dotted path, in small letters with underscores.

    >>> relation_name("http://dbpedia.org/ontology/recordLabel"), relation_name("film.film.Directed By")
    ('record_label', 'directed_by')
    >>> relation_name("wdt:P57"), relation_name("BORN_IN")
    ('p57', 'born_in')
    """
    last = last_part(raw).rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    last = last.rsplit(".", 1)[-1] if last.count(".") and not last.endswith(".") else last
    apart = _CAMEL.sub("_", last)
    kept = "".join(letter if letter.isalnum() else "_" for letter in apart.casefold())
    return "_".join(part for part in kept.split("_") if part) or "related_to"


def fact_relation(raw: str, turned: bool = False) -> str:
    """The name of a relation of facts, called by what stands at its end where the file says it as a verb.

    turned: whether the item stands at the end of the fact in the file, as in "Ann · directed · Rain"

    >>> fact_relation("hasDirector"), fact_relation("isDirectedBy"), fact_relation("ACTED_IN", turned=True)
    ('director', 'director', 'actor')
    >>> fact_relation("categoryid"), fact_relation("1"), fact_relation("born_in")
    ('category', 'relation_1', 'born_in')
    """
    name = relation_name(raw)
    if name.isdecimal():
        return f"relation_{name}"
    plain = name.removeprefix("is_").removeprefix("was_") if name.endswith(("_by", "_of", "_in", "_with")) else name
    plain = _HAS.sub("", plain, count=1)
    if turned and plain in _ACTIVE:
        return _ACTIVE[plain]
    if turned and plain.endswith("_of") and plain.count("_") == 1 and plain != "part_of":
        return plain.removesuffix("_of")
    if match := _IN.fullmatch(plain) or _NUMBERED.fullmatch(plain):
        return match[1]
    return _PASSIVE.get(plain, plain)


def read_as(relation: str) -> str:
    """What a relation is for a reader: the word for a code, else its name."""
    return coded_relation(relation) or relation
