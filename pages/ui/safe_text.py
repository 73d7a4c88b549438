"""Text from the data, made harmless: it may change nothing on the page but its own words."""

from __future__ import annotations

import re
import unicodedata

from kgrec_core.schema.cards import ItemCard

LIMIT = 160  # characters; longer text ends in "…"
JOINER = "\u2060"  # WORD JOINER: invisible, and splits what a renderer would turn into a link, a sign or an icon

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$^=&:\"'])")
# What is replaced after escapes are resolved, so that a backslash does not stop it: bare links, e-mail addresses,
# :icon: codes and arrows.
_LIVE = re.compile(r"(https?(?=:)|www(?=\.)|.(?=@)|:(?=\w)|[-<>~=](?=[-<>=]))", re.IGNORECASE)
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_ISOLATE, _END = "\u2068", "\u2069"


def plain(text: str, limit: int = LIMIT) -> str:
    """One line of at most `limit` characters, without control or direction characters: for widgets and charts."""
    line = "".join(char if unicodedata.category(char)[0] != "C" or char == "\u200d" else " " for char in text)
    line = " ".join(_DIRECTION_MARKS.sub("", line).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def plain_title(item: ItemCard) -> str:
    return plain(f"{item.title} ({item.year})" if item.year else item.title, 90)


def escape_markdown(text: str, limit: int = LIMIT) -> str:
    """`plain` text that Markdown, with Streamlit's directives, shows letter by letter."""
    line = _SPECIAL.sub(r"\\\1", _LIVE.sub(rf"\1{JOINER}", plain(text, limit)))
    mixed = any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in line)
    return f"{_ISOLATE}{line}{_END}" if mixed else line
