"""The words of a plan on screen: what a table holds, what a column means, and errors without words of the terminal."""

from __future__ import annotations

import re

ROLES = {
    "interactions": "Who did what with what",
    "items": "What the things are",
    "users": "Who the people are",
    "triples": "Facts about things",
    "labels": "Names for the facts",
    "": "Left out",
}
JOINED = "Adds to another table"
MEANINGS = {
    "user_id": "who",
    "item_id": "what",
    "value": "rating or count",
    "event": "what happened",
    "timestamp": "when",
    "title": "title",
    "text": "text",
    "fact": "fact",
    "profile": "about the person",
    "head": "about which thing",
    "relation": "what is said",
    "tail": "what it names",
    "head_label": "name of the thing",
    "tail_label": "name of what it names",
    "key": "links tables",
    "clock": "time of day",
    "": "left out",
}
_OF_TERMINAL = re.compile(r"(?<![\w-])--[a-z]|KGREC_[A-Z]|`python -m")
_SENTENCES = re.compile(r"(?<=[.!?]) +(?=[A-Z])")


def on_screen(text: str) -> str:
    """The sentences of a message that make sense on a screen: none that tells an option or a variable."""
    return " ".join(each for each in _SENTENCES.split(text) if not _OF_TERMINAL.search(each))


def missing(table: str, meaning: str) -> str:
    """What a plan lacks, as a sentence; names as they are."""
    if not table:
        return "No table says who did what with what. Choose one that does."
    return f"In {table}, no column is chosen for “{MEANINGS.get(meaning, meaning)}”. Choose it below that table."
