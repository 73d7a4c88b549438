"""Words of texts, and where known labels stand in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kgrec_core.data.ingest.normal_labels import normal
from kgrec_core.data.stop_words import stop_words

LONGEST = 6  # words, or signs of Chinese, of a label
_READ = 2_000  # characters of a text
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff](?:[^\W\u3400-\u9fff]|['’.&-](?=[^\W\u3400-\u9fff]))*|[^\w\s]")

Key = str  # words of a label as they are compared, parted by spaces


@dataclass(frozen=True, slots=True)
class Words:
    """Of one text; parallel."""

    words: tuple[str, ...]  # as spelled
    keys: tuple[str, ...]  # as compared


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """Words `start` to `end` of the text in row `row`."""

    row: int
    start: int
    end: int
    key: Key


def words_of(text: str) -> Words:
    """The words and signs of a text, or of its beginning where it is long."""
    words = _TOKEN.findall(text[:_READ])
    return Words(tuple(words), tuple(normal(without_s(word)) for word in words))


def without_s(word: str) -> str:
    """Without the ending of a genitive.

    >>> without_s("Norvik's")
    'Norvik'
    """
    return re.sub(r"['’]s$", "", word)


def spelled(words: Sequence[str]) -> str:
    """Words with spaces between them, none before a sign and none between signs of Chinese."""
    return re.sub(r"\s+(?=[,.;:!?)\]])|(?<=[\u3400-\u9fff，。])\s+(?=[\u3400-\u9fff，。])", "", " ".join(words))


def can_be_found(key: Key) -> bool:
    """Whether a label may be looked for: short enough, and neither a number nor a letter alone."""
    words = key.split(" ")
    return len(words) <= LONGEST and len(whole := "".join(words)) > 1 and not whole.isdigit() and may_be_label(words)


def may_be_label(words: Sequence[str]) -> bool:
    """Whether they may be a label: neither the first nor the last is a word such as "the", and none is a sign."""
    return bool(words) and all(map(is_word, words)) and not {words[0], words[-1]} & stop_words()


def is_word(token: str) -> bool:
    return token[:1].isalnum()


def label_places(texts: Sequence[Words], keys: Collection[Key]) -> Iterator[LabelPlace]:
    """Where known labels stand, the longest first, none inside another."""
    sizes: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        first, *rest = key.split(" ")
        sizes[first].add(1 + len(rest))
    for row, text in enumerate(texts):
        place = 0
        while place < len(text.keys):
            ends = sorted((place + size for size in sizes.get(text.keys[place], ())), reverse=True)
            end = next((end for end in ends if " ".join(text.keys[place:end]) in keys), 0)
            if end:
                yield LabelPlace(row, place, end, " ".join(text.keys[place:end]))
            place = end or place + 1
