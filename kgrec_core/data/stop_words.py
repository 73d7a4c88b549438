"""Words that say nothing by themselves, "the" or "with"; scikit-learn's list, taken in when it is first asked for."""

from __future__ import annotations


def stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)
