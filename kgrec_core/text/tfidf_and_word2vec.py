"""TF-IDF and Word2Vec: what a document says without a language model, for the trace and for tiny machines."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from kgrec_core.schema.explanation import Weighted
from kgrec_core.schema.progress import Progress, no_progress

Vectors = npt.NDArray[np.float32]

_BREAK = re.compile(r"[^\w\s'’-]+")
_WORD = re.compile(r"\w+")
_SMALL = 50  # documents; below this every word counts, above it a word must be in two documents


def words(text: str) -> list[str]:
    """The lower-case runs of letters and digits of any script."""
    return _WORD.findall(text.lower())


def terms(text: str) -> list[str]:
    """Words, and pairs of words that no comma, full stop or other punctuation parts."""
    runs = [words(run) for run in _BREAK.split(text)]
    return [word for run in runs for word in run] + [f"{a} {b}" for run in runs for a, b in pairwise(run)]


@dataclass(frozen=True, slots=True)
class TfIdf:
    """Words and word pairs of documents, weighted by rarity (scikit-learn, rows of L2 norm 1)."""

    terms: tuple[str, ...]  # column names
    matrix: Any = field(repr=False)  # scipy CSR, (documents, terms) float32
    _vectorizer: Any = field(repr=False)

    @classmethod
    def fit(cls, documents: Sequence[str]) -> TfIdf:
        """No terms where no two documents share a word, such as ids alone."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        least = 2 if len(documents) >= _SMALL else 1
        vectorizer = TfidfVectorizer(analyzer=terms, min_df=least, max_df=0.8 if least == 2 else 1.0, dtype=np.float32)
        try:
            matrix = vectorizer.fit_transform(documents)
        except ValueError:  # empty vocabulary
            return cls((), csr_matrix((len(documents), 0), dtype=np.float32), None)
        return cls(tuple(vectorizer.get_feature_names_out()), matrix.tocsr(), vectorizer)

    def top_terms(self, document: int, n: int = 8) -> tuple[Weighted, ...]:
        """The `n` heaviest terms of the document with this index, heaviest first.

        Of equal weights the longer term comes first, then the alphabet; a word of a pair already said is not repeated.
        """
        row = self.matrix[document]
        pairs = [(self.terms[column], float(weight)) for column, weight in zip(row.indices, row.data, strict=True)]
        chosen: list[Weighted] = []
        for term, weight in sorted(pairs, key=lambda pair: (-pair[1], -len(pair[0].split()), pair[0])):
            if len(chosen) < n and not any(f" {term} " in f" {said.label} " for said in chosen):
                chosen.append(Weighted(term, weight))
        return tuple(chosen)

    def transform(self, documents: Sequence[str]) -> Any:
        """(len(documents), terms) CSR of any documents in the terms of the fitted ones."""
        if not self.terms:
            return csr_matrix((len(documents), 0), dtype=np.float32)
        return self._vectorizer.transform(documents)


@dataclass(frozen=True, slots=True)
class TfIdfEncoder:
    """TF-IDF pressed into `dim` numbers by truncated SVD; stands in for a language model."""

    dim: int
    fingerprint: str
    _tfidf: TfIdf = field(repr=False)
    _basis: Vectors = field(repr=False)  # (terms, dim), columns beyond the rank are zero

    @classmethod
    def fit(cls, documents: Sequence[str], size: int = 256, seed: int = 0) -> TfIdfEncoder:
        """Deerwester et al. 1990, latent semantic analysis."""
        from sklearn.decomposition import TruncatedSVD

        tfidf = TfIdf.fit(documents)
        rank = min(size, *(side - 1 for side in tfidf.matrix.shape))
        basis = np.zeros((len(tfidf.terms), size), dtype=np.float32)
        if rank > 0:
            svd = TruncatedSVD(rank, random_state=seed).fit(tfidf.matrix)
            basis[:, :rank] = svd.components_.T
        else:
            basis[:, 0] = 1.0
        return cls(size, _fingerprint("tfidf", documents, size, seed), tfidf, basis)

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        """(len(texts), dim) float32 of L2 norm 1; zero for a text without a known term."""
        vectors = _unit(self._tfidf.transform(texts) @ self._basis) if texts else np.zeros((0, self.dim), np.float32)
        progress("Weighing words", 1.0)
        return vectors

    def tokens(self, text: str) -> tuple[str, ...]:
        """The words that are read of `text`."""
        return tuple(words(text))


@dataclass(frozen=True, slots=True)
class Word2VecEncoder:
    """Mean Word2Vec vector of a text's words, rare words heavier; stands in for a language model."""

    dim: int
    fingerprint: str
    _rows: dict[str, int] = field(repr=False)
    _vectors: Vectors = field(repr=False)  # (words, dim), scaled by idf

    @classmethod
    def fit(cls, documents: Sequence[str], size: int = 128, seed: int = 0) -> Word2VecEncoder:
        """Skip-gram with negative sampling (Mikolov et al. 2013); same numbers in every process for one seed.

        Knows no word where no two documents share one, such as ids alone; every vector is zero then.
        """
        from gensim.models import Word2Vec

        sentences = [words(document) for document in documents]
        model = Word2Vec(
            vector_size=size,
            window=10,  # an item document is a bag of facts; far words are as telling as near ones
            min_count=2 if len(documents) >= _SMALL else 1,
            sg=1,
            epochs=10,
            seed=seed,
            workers=1,
            hashfxn=stable_hash,  # Python's own hash of a string differs in every process
        )
        model.build_vocab(sentences)
        if not model.wv.index_to_key:
            nothing = np.zeros((0, size), dtype=np.float32)
            return cls(size, _fingerprint("word2vec", documents, size, seed), {}, nothing)
        model.train(sentences, total_examples=len(sentences), epochs=model.epochs)
        rows: dict[str, int] = dict(model.wv.key_to_index)
        vectors = _unit(np.asarray(model.wv.vectors, dtype=np.float32)) * _idf(sentences, rows)[:, None]
        return cls(size, _fingerprint("word2vec", documents, size, seed), rows, vectors)

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        """(len(texts), dim) float32 of L2 norm 1; zero for a text without a known word."""
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for index, text in enumerate(texts):
            rows = [self._rows[word] for word in words(text) if word in self._rows]
            if rows:
                vectors[index] = self._vectors[rows].mean(axis=0)
        progress("Averaging word vectors", 1.0)
        return _unit(vectors)

    def tokens(self, text: str) -> tuple[str, ...]:
        """The words that are read of `text`."""
        return tuple(words(text))


def tfidf_vectors(documents: Sequence[str], size: int = 256, seed: int = 0) -> Vectors:
    """Dense TF-IDF of the documents, (len(documents), size)."""
    return TfIdfEncoder.fit(documents, size, seed).encode(documents)


def word2vec_vectors(documents: Sequence[str], size: int = 128, seed: int = 0) -> Vectors:
    """Word2Vec document vectors, (len(documents), size)."""
    return Word2VecEncoder.fit(documents, size, seed).encode(documents)


def nearest(vectors: Vectors, index: int, n: int = 5) -> list[tuple[int, float]]:
    """The `n` other rows most like row `index`, with their cosine, most alike first; rows have L2 norm 1.

    None where row `index` is 0, of a text without a known word.
    """
    if not vectors[index].any():
        return []
    cosine = vectors @ vectors[index]
    cosine[index] = -np.inf
    order = np.argsort(-cosine, kind="stable")[: min(n, len(vectors) - 1)]
    return [(int(row), float(cosine[row])) for row in order]


def stable_hash(word: str) -> int:
    """A hash of `word` that is the same in every process."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _idf(sentences: Sequence[Sequence[str]], rows: dict[str, int]) -> Vectors:
    """ln(documents / documents with the word) per vocabulary row, at least 0.05 so that no document is empty."""
    counts = np.zeros(len(rows))
    for sentence in sentences:
        for word in set(sentence):
            if word in rows:
                counts[rows[word]] += 1
    return np.maximum(np.log(len(sentences) / counts), 0.05).astype(np.float32)


def _unit(vectors: Any) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.where(norms > 0, norms, 1)).astype(np.float32)
    return unit


def _fingerprint(kind: str, documents: Sequence[str], size: int, seed: int) -> str:
    digest = hashlib.sha256("\x00".join(documents).encode("utf-8", "surrogatepass")).hexdigest()[:20]
    return f"{kind}-{digest}-{size}-{seed}"
