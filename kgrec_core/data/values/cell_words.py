"""How many words cells have, also where no blanks part them, as in Chinese and Japanese.

By itself: reading plans and the import of facts both count so.
"""

from __future__ import annotations

import pandas as pd

_END_OF_WORD = r"\s+|[\u3040-\u30ff\u4e00-\u9fff]{2}"


def word_counts(texts: pd.Series) -> pd.Series:
    """About how many words each text has; two Chinese or Japanese signs are about one.

    >>> word_counts(pd.Series(["two words", "龙井绿茶适合日常使用"])).tolist()
    [2, 6]
    """
    return texts.str.count(_END_OF_WORD) + 1
