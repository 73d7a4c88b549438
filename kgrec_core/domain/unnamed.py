"""What is said of a thing without a name, only a code: "both have the same genre", not "both are Q201658 films"."""

from __future__ import annotations

import re

from kgrec_core.domain.phrases import RelationPhrase
from kgrec_core.domain.plain_phrases import LAST, braced

_CODE = re.compile(
    r"[A-Z]{1,4}[-_]?\d{3,}[A-Z\d]*|/?[gm][./][0-9a-z_]{3,}|[a-z]{2}\d{6,}|_:\S+|\d{5,}"
    r"|[0-9a-f]{16,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
)
_BEFORE = tuple(f" {word} {{tail}}" for word in "by with from in on at about like of for to".split())


def is_code(label: str) -> bool:
    """Whether a label names nothing that people know.

    >>> [is_code(label) for label in ("Q201658", "/m/07s9rl0", "Drama", "PG-13", "1990s", "R2-D2", "18-24")]
    [True, True, False, False, False, False, False]
    """
    return _CODE.fullmatch(label) is not None


def of_one_thing(pattern: str, phrase: RelationPhrase) -> str:
    """A pattern of a phrase said of something without a name; "" where it cannot be said so.

    >>> from kgrec_core.domain.presets import VIDEO
    >>> [of_one_thing(VIDEO.phrase(name).shared, VIDEO.phrase(name)) for name in ("director", "keyword", "genre")]
    ['both directed by the same person', 'both have the same keyword', '']
    """
    label = f"the {braced(phrase.label)} {{tail}}"
    if label in pattern:
        return pattern.replace(label, f"the same {braced(phrase.label)}")
    if pattern.endswith(_BEFORE):
        return pattern.replace("{tail}", f"the same {'one' if phrase.priority >= LAST else braced(phrase.entity_type)}")
    return ""
