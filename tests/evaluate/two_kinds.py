"""Twenty items of two kinds that facts, words and vectors tell apart; each of sixteen people likes one of the kinds."""

from __future__ import annotations

import numpy as np
import torch
from scipy.sparse import csr_matrix

from kgrec_core.evaluate.hidden_items import NewItemQuestion
from kgrec_core.evaluate.new_item_peers import Content

ITEMS, USERS, HIDDEN = 20, 16, (3, 8, 14, 19)
KIND = np.arange(ITEMS) // 10


def content() -> Content:
    """Entity 0 or 1 says the kind; entities 2 to 5 say nothing of it."""
    rng = np.random.default_rng(0)
    items = np.repeat(np.arange(ITEMS), 2)
    tails = np.stack([KIND, 2 + np.arange(ITEMS) % 4], 1).ravel()
    facts = csr_matrix((np.ones(len(items), dtype=np.float32), (items, tails)), shape=(ITEMS, 6))
    vectors = np.eye(2)[KIND].repeat(3, 1) + 0.1 * rng.normal(size=(ITEMS, 6))
    edges = torch.from_numpy(np.stack([tails, items]))
    relations = torch.arange(len(items)) % 2
    return Content(facts, facts, torch.from_numpy(vectors).float(), edges, relations, 6, 2)


def question(seed: int = 0) -> NewItemQuestion:
    """People with even numbers like the first kind; each has met three in four of the items that are not hidden."""
    hidden = np.isin(np.arange(ITEMS), HIDDEN)
    liked = (np.arange(USERS) % 2)[:, None] == KIND
    met = (np.add.outer(np.arange(USERS), np.arange(ITEMS)) % 4 > 0) & ~hidden
    likes = torch.from_numpy((liked & met).astype(np.float32))
    history = torch.from_numpy(np.where(met, np.where(liked, 1.0, 0.2), 0.0).astype(np.float32))
    return NewItemQuestion(history, likes, likes, liked & hidden, hidden, seed)
