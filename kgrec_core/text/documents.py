"""Documents: an item in words, and one behaviour event in words.

An event document depends only on (item, rating level), so a catalogue of n items has at most
n x len(LEVELS) of them and each is encoded once for all users. Recency is therefore not in the text:
a document with a date would differ per user and per day and could not be shared. The model gets recency
as a number beside the event vector.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping

from kgrec_core.domain import CONSUMED, LEVELS, Domain
from kgrec_core.schema.columns import ITEM, TEXT, TITLE

SEPARATOR = "|"  # between the values of one cell, most important first

_NOT_ATTRIBUTES = frozenset({ITEM, TITLE, "raw_title", "year", TEXT})
_ITEM_VALUES = 4  # values said of one attribute in an item document; a cast has hundreds
_EVENT_VALUES = 3
_EVENT_ATTRIBUTES = 3
_SAME_TYPE = 2  # attributes of one entity type in an event document: director and cast, but not writer too

_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL | re.IGNORECASE)
_JOINERS = "\u200c\u200d"  # they shape words in Persian, Indic scripts and emoji


def clean_text(raw: object) -> str:
    """`raw` without markup, in Unicode NFKC, on one line with single spaces; "" for a missing value.

    Entities and tags are undone as often as they were applied, so the result does not change when cleaned again.
    """
    if raw is None or (isinstance(raw, float) and math.isnan(raw)):
        return ""
    text = str(raw)
    for _ in range(8):  # data are rarely escaped more than twice
        cleaned = _clean_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _clean_once(text: str) -> str:
    text = _TAG.sub(" ", html.unescape(unicodedata.normalize("NFKC", text)))
    shown = text if text.isprintable() else "".join(_plain(char) for char in text)
    return " ".join(shown.split())


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":
        return char if char in _JOINERS else ""
    return " " if category in {"Cc", "Cs"} else char


def item_document(row: Mapping[str, object], domain: Domain) -> str:
    """Title, year, one short sentence per attribute in the domain's words, and the item's own text last."""
    attributes = sorted(_attributes(row), key=lambda name: domain.phrase(name).priority)
    facts = [f"{domain.phrase(name).label}: {', '.join(_values(row[name], _ITEM_VALUES))}" for name in attributes]
    return ". ".join(part for part in (_heading(row), *facts, clean_text(row.get(TEXT))) if part) + "."


def level_document(row: Mapping[str, object], level: int, domain: Domain) -> str:
    """One behaviour event in words: the verb of `LEVELS[level]`, title, year, and the key attributes."""
    verb = domain.consumed if level == CONSUMED else domain.liked if level == 2 else LEVELS[level]
    facts = [", ".join(_values(row[name], _EVENT_VALUES)) for name in _key_attributes(row, domain)]
    return f"{verb.capitalize()}: " + ". ".join((_heading(row), *facts)) + "."


def _heading(row: Mapping[str, object]) -> str:
    title, year = clean_text(row.get(TITLE)), _year(row.get("year"))
    return f"{title} ({year})" if year else title


def _year(cell: object) -> str:
    """The year as people write it; tables hold it as 1999, 1999.0, "1999" or nothing."""
    text = clean_text(cell)
    if text in {"<NA>", "NaT", "nan"}:
        return ""
    return text.removesuffix(".0")


def _attributes(row: Mapping[str, object]) -> Iterator[str]:
    """Columns that say something of the item in words; links are not words, a decade repeats the year."""
    for name, cell in row.items():
        if name in _NOT_ATTRIBUTES or not isinstance(cell, str) or not cell.strip(" |"):
            continue
        if cell.startswith(("http://", "https://")) or (name == "decade" and _year(row.get("year"))):
            continue
        yield name


def _key_attributes(row: Mapping[str, object], domain: Domain) -> list[str]:
    """The few attributes said first in this domain, not all of one entity type."""
    chosen: list[str] = []
    types: list[str] = []
    for name in sorted(_attributes(row), key=lambda name: domain.phrase(name).priority):
        kind = domain.phrase(name).entity_type
        if len(chosen) < _EVENT_ATTRIBUTES and types.count(kind) < _SAME_TYPE:
            chosen.append(name)
            types.append(kind)
    return chosen


def _values(cell: object, most: int) -> list[str]:
    found: list[str] = []
    for value in str(cell).split(SEPARATOR):  # a cast has hundreds; what is not said is not cleaned
        cleaned = clean_text(value)
        if cleaned and cleaned not in found:
            found.append(cleaned)
        if len(found) == most:
            break
    return found
