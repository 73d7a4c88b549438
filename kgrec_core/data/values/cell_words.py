"""How many words cells have, also where no blanks part them, as in Chinese and Japanese.

By itself: reading plans and the import of facts both count so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

_END_OF_WORD = re.compile(r"\s+|[\u3040-\u30ff\u4e00-\u9fff]{2}")


def word_counts(texts: pd.Series) -> pd.Series:
    """About how many words each text has; two Chinese or Japanese signs are about one.

    >>> word_counts(pd.Series(["two words", "龙井绿茶适合日常使用"])).tolist()
    [2, 6]
    """
    return texts.str.count(_END_OF_WORD.pattern) + 1


def mean_words(often: Mapping[str, int]) -> float:
    """About how many words cells have on average; 0 for no cells. often: in how many cells each text stands.

    >>> mean_words({"two words": 3, "one": 1})
    1.75
    """
    words = sum(count * (len(_END_OF_WORD.findall(text)) + 1) for text, count in often.items())
    return words / sum(often.values()) if often else 0.0
