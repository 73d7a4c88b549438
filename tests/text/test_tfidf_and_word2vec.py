from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from kgrec_core.text.tfidf_and_word2vec import (
    TfIdf,
    TfIdfEncoder,
    Word2VecEncoder,
    nearest,
    terms,
    tfidf_vectors,
    word2vec_vectors,
)


def test_pairs_of_words_do_not_cross_punctuation() -> None:
    assert terms("Michael Mann, Crime") == ["michael", "mann", "crime", "michael mann"]


def test_the_heaviest_terms_are_those_of_few_documents(films: list[str]) -> None:
    top = TfIdf.fit(films).top_terms(4, n=20)
    weight = {term.label: term.value for term in top}
    assert {"alien", "ridley scott", "horror"} <= set(weight)
    assert weight["alien"] > weight["director"]
    assert [term.value for term in top] == sorted(weight.values(), reverse=True)


def test_a_word_of_a_pair_already_said_is_not_repeated(films: list[str]) -> None:
    labels = [term.label for term in TfIdf.fit(films).top_terms(4, n=20)]
    assert "ridley scott" in labels and "ridley" not in labels


@pytest.mark.parametrize("vectors", [tfidf_vectors, word2vec_vectors])
def test_dense_vectors_have_length_one_and_repeat(vectors: object, films: list[str]) -> None:
    first, second = (vectors(films, size=8, seed=3) for _ in range(2))  # type: ignore[operator]
    assert first.shape == (5, 8) and first.dtype == np.float32
    assert np.linalg.norm(first, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert np.array_equal(first, second)


def test_tfidf_puts_films_of_one_director_together(films: list[str]) -> None:
    vectors = tfidf_vectors(films, size=4)
    assert [nearest(vectors, row, n=1)[0][0] for row in range(4)] == [1, 0, 3, 2]


@pytest.mark.parametrize("encoder", [TfIdfEncoder, Word2VecEncoder])
def test_unknown_words_give_a_zero_vector(encoder: type, films: list[str]) -> None:
    assert not encoder.fit(films, size=8).encode(["zzz"]).any()


def test_the_fingerprint_follows_documents_size_and_seed(films: list[str]) -> None:
    fits = [(films, 4, 0), (films[:4], 4, 0), (films, 3, 0), (films, 4, 1)]
    assert len({TfIdfEncoder.fit(*arguments).fingerprint for arguments in fits}) == len(fits)


def test_word2vec_gives_the_same_numbers_in_every_process(films: list[str]) -> None:
    code = (
        "import sys; from kgrec_core.text.tfidf_and_word2vec import word2vec_vectors;"
        f"sys.stdout.write(word2vec_vectors({films!r}, size=8, seed=1).tobytes().hex())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {word2vec_vectors(films, size=8, seed=1).tobytes().hex()}


@pytest.mark.parametrize("encoder", [TfIdfEncoder, Word2VecEncoder])
@pytest.mark.parametrize("documents", [["", "..."], [f"p{number}." for number in range(60)]])
def test_documents_that_share_no_word_are_known_by_none(encoder: type, documents: list[str]) -> None:
    vectors = encoder.fit(documents, size=8).encode(documents)
    assert vectors.shape == (len(documents), 8) and not vectors.any()
    assert nearest(vectors, 1) == []


def test_where_no_word_is_shared_no_term_is_heavy() -> None:
    assert TfIdf.fit([f"p{number}." for number in range(60)]).top_terms(3) == ()
