"""The words of a field: how items and people are called, the phrase of each relation, when something is liked."""

from kgrec_core.domain.phrases import RelationPhrase
from kgrec_core.domain.presets import BOOKS, DOMAINS, E_COMMERCE, MUSIC, NEWS, OTHER, SOCIAL, VIDEO
from kgrec_core.domain.words import CONSUMED, LEVELS, SO_SO, Domain, event_level

__all__ = [
    "BOOKS",
    "CONSUMED",
    "DOMAINS",
    "E_COMMERCE",
    "LEVELS",
    "MUSIC",
    "NEWS",
    "OTHER",
    "SOCIAL",
    "SO_SO",
    "VIDEO",
    "Domain",
    "RelationPhrase",
    "event_level",
]
