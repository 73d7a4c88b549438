"""The usual relations that Wikidata has codes for: what stands in a file is the code, what people read is the word."""

from __future__ import annotations

from collections.abc import Mapping

_CODES: Mapping[str, str] = {
    "p31": "type",
    "p50": "author",
    "p57": "director",
    "p58": "writer",
    "p61": "inventor",
    "p69": "school",
    "p84": "architect",
    "p86": "composer",
    "p88": "commissioned_by",
    "p98": "editor",
    "p106": "occupation",
    "p108": "employer",
    "p110": "illustrator",
    "p118": "league",
    "p123": "publisher",
    "p131": "place",
    "p135": "movement",
    "p136": "genre",
    "p144": "based_on",
    "p155": "follows",
    "p156": "followed_by",
    "p161": "actor",
    "p162": "producer",
    "p166": "award",
    "p170": "creator",
    "p172": "ethnic_group",
    "p175": "artist",
    "p176": "brand",
    "p178": "developer",
    "p179": "series",
    "p180": "depicts",
    "p186": "material",
    "p195": "collection",
    "p264": "label",
    "p272": "production_company",
    "p279": "category",
    "p287": "designer",
    "p344": "cinematographer",
    "p361": "part_of",
    "p364": "language",
    "p400": "platform",
    "p407": "language",
    "p437": "format",
    "p449": "network",
    "p462": "colour",
    "p463": "member",
    "p495": "country",
    "p527": "has_part",
    "p571": "inception",
    "p577": "publication_date",
    "p585": "date",
    "p655": "translator",
    "p658": "tracklist",
    "p674": "character",
    "p676": "lyricist",
    "p725": "voice_actor",
    "p737": "influenced_by",
    "p750": "distributor",
    "p840": "setting",
    "p915": "filming_place",
    "p921": "subject",
    "p941": "inspired_by",
    "p1040": "editor",
    "p1056": "product",
    "p1303": "instrument",
    "p1411": "nominated_for",
    "p1431": "executive_producer",
    "p1552": "feature",
    "p1716": "brand",
    "p2747": "certificate",
    "p6216": "copyright_status",
    "p8371": "references",
}


def coded_relation(name: str) -> str:
    """The usual relation that a code stands for; "" for a name that is no code, or one that is not known.

    >>> coded_relation("p57"), coded_relation("p99999"), coded_relation("director")
    ('director', '', '')
    """
    return _CODES.get(name.casefold(), "")
