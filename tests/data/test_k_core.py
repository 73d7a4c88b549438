from __future__ import annotations

import pandas as pd

from kgrec_core.data.k_core import k_core


def likes(text: str) -> pd.DataFrame:
    """'a1 a2 b1' is: a likes 1, a likes 2, b likes 1."""
    return pd.DataFrame([(pair[0], pair[1]) for pair in text.split()], columns=["user_id", "item_id"])


def test_dropping_an_item_can_drop_a_user_who_then_has_too_few() -> None:
    kept = k_core(likes("a1 a2 b1 b2 c1 c3"), k=2)  # 3 has one like; without it c has one too
    assert set(kept["user_id"]) == {"a", "b"}
    assert len(kept) == 4


def test_a_core_may_be_empty() -> None:
    assert k_core(likes("a1 b2"), k=2).empty
