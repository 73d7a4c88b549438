"""Texts that a language model cannot read: how many of their words these are, and what is read in its place.

A model of English has most letters of other scripts in its vocabulary, so the share of its unknown token alone says
nothing: of Russian, Greek, Korean and Arabic texts it is 0. A word counts as unread as well where its pieces hold fewer
than one and a half letters on average: it is spelled, and a spelled word has no meaning for a model that never met it.
Of the BERT that comes with the requirements 0 to 3 % of the words are unread of languages in Latin letters, and 56 to
100 % of all others (`python -m benchmarks.unread_words`). Pictographs and numbers are no words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

BOUND = 0.1  # share of the words beyond which characters are read beside the language model
SIZE = 512  # numbers that the character n-grams are hashed into: cosines of unlike texts stay within 1 / sqrt(512)
_SAMPLE = 20_000  # different words that are tried
# signs of Chinese are words of their own; any other word is a run of letters with the vowel signs that belong to them
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|(?:[^\W\d_\u3400-\u9fff\uf900-\ufaff][\u0300-\u036f\u0900-\u0e7f]*)+")
_RUN = re.compile(r"(?:\w[\u0300-\u036f\u0900-\u0e7f]*)+")  # Chinese parts no words, so a run is whole
_PLAIN = re.compile(r"[a-z0-9]+")
_LETTERS = 1.5  # of a piece, below which a word is spelled
_MARKS = "#▁Ġ"  # of the beginnings and the insides of words


def unread_share(tokenizer: Any, texts: Sequence[str]) -> float:
    """Share of the words of `texts`, 0 to 1, that hold an unknown piece or are spelled; 0 of none.

    >>> unread_share(None, ["1999", "..."])
    0.0
    """
    counts = Counter(word for text in texts for word in _WORD.findall(text))
    tried = counts.most_common(_SAMPLE)
    if not tried:
        return 0.0
    pieces = tokenizer([word for word, _ in tried], add_special_tokens=False)["input_ids"]
    unread = sum(
        count
        for (word, count), ids in zip(tried, pieces, strict=True)
        if tokenizer.unk_token_id in ids or _spelled(word, tokenizer.convert_ids_to_tokens(ids))
    )
    return unread / sum(count for _, count in tried)


def _spelled(word: str, pieces: Sequence[str]) -> bool:
    parts = [piece for piece in (each.strip(_MARKS) for each in pieces) if piece]
    return not parts or (len(parts) > 1 and len(_letters(word)) < _LETTERS * len(parts))


def _letters(word: str) -> str:
    """Without the signs that models of plain letters take off."""
    return "".join(sign for sign in word if unicodedata.category(sign) != "Mn")


def character_vectors(texts: Sequence[str]) -> Vectors:
    """(len(texts), SIZE) float32, rows of L2 norm 1 or, where all is in plain Latin letters, 0.

    Runs of one to three characters inside words, hashed with signs (scikit-learn); nothing is learnt, so a text has
    the same vector beside any others. Words of plain Latin letters are left to the language model.
    """
    if not texts:
        return np.zeros((0, SIZE), np.float32)
    vectors: Vectors = _hashing().transform(list(texts)).toarray().astype(np.float32)
    return vectors


def beside(vectors: Vectors, texts: Sequence[str], share: float) -> Vectors:
    """(len(texts), dim + SIZE), unit rows: of the language model and of characters, these with `share` of a cosine."""
    both = np.concatenate([np.sqrt(1 - share) * vectors, np.sqrt(share) * character_vectors(texts)], axis=1)
    unit: Vectors = (both / np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-12)).astype(np.float32)
    return unit


def told(share: float) -> str:
    """What is said of a language model beside which characters are read; "" where none are."""
    return f"cannot read {share:.0%} of the words, so character n-grams are read beside it" if share else ""


@cache
def _hashing() -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(analyzer=_runs, n_features=SIZE, norm="l2", dtype=np.float32)


def _runs(text: str) -> Iterator[str]:
    for word in _RUN.findall(unicodedata.normalize("NFKC", text).casefold()):
        if not _PLAIN.fullmatch(word):
            padded = f" {word} "
            yield from word
            yield from (padded[at : at + size] for size in (2, 3) for at in range(len(padded) - size + 1))
