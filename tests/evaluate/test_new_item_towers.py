from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy.sparse import csr_matrix

from kgrec_core.evaluate.new_item_peers import BERT, FACTS, Scored
from kgrec_core.evaluate.new_item_towers import dropout_net, entity_vectors, kgnn_tower, singular_vectors
from tests.evaluate.two_kinds import HIDDEN, content, question


def _trained(name: str, seed: int = 0) -> Scored:
    if name == "dropoutnet":
        return dropout_net(content(), question(seed))
    return kgnn_tower(content(), question(seed), (FACTS, BERT) if name == "kgnn-facts-bert" else (FACTS,))


@pytest.mark.parametrize("name", ["dropoutnet", "kgnn-facts", "kgnn-facts-bert"])
def test_hidden_items_of_the_kind_that_one_likes_come_first(name: str) -> None:
    scores, setting = _trained(name)
    assert question().ndcg(scores) > 0.95
    assert setting.endswith("steps")


def test_the_same_seed_gives_the_same_scores() -> None:
    assert torch.equal(_trained("kgnn-facts")[0], _trained("kgnn-facts")[0])


def test_what_was_liked_of_hidden_items_is_not_read() -> None:
    """The answers may be anything: the scores stay."""
    asked = question()
    other = replace(asked, wanted=~asked.wanted)
    assert torch.equal(dropout_net(content(), asked)[0], dropout_net(content(), other)[0])


def test_without_text_two_items_of_the_same_facts_get_the_same_score() -> None:
    scores = kgnn_tower(content(), question(), (FACTS,))[0]
    assert HIDDEN[2] % 4 != HIDDEN[3] % 4  # they differ in a fact that says nothing
    assert not torch.allclose(scores[:, HIDDEN[0]], scores[:, HIDDEN[2]])  # of different kinds


def test_entities_of_the_same_items_start_from_the_same_vector() -> None:
    vectors = entity_vectors(content(), 64)
    assert vectors.shape == (6, 64)
    assert not torch.allclose(vectors[0], vectors[1], atol=1e-3)
    assert float(vectors.pow(2).mean()) == pytest.approx(1.0, rel=1e-3)


def test_singular_vectors_keep_the_likeness_of_rows_and_are_zero_beyond_the_rank() -> None:
    rows = np.array([[2.0, 0.0, 0.0], [2.0, 0.0, 0.0], [0.0, 1.0, 0.0]], dtype=np.float32)
    vectors = singular_vectors(rows, 5)
    likeness = vectors @ vectors.T
    assert (likeness / likeness[2, 2]).tolist() == [pytest.approx(row, abs=1e-4) for row in (rows @ rows.T).tolist()]
    assert not vectors[:, 3:].any()


def test_towers_do_without_facts() -> None:
    nothing = csr_matrix((20, 0), dtype=np.float32)
    whole = content()
    bare = replace(
        whole, facts=nothing, edges=whole.edges[:, :0], relations=whole.relations[:0], entities=0, relation_count=0
    )
    for scores, _ in (dropout_net(bare, question()), kgnn_tower(bare, question(), (FACTS, BERT))):
        assert question().ndcg(scores) > 0.95
