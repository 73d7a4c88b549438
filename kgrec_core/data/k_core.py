"""The k-core of a table of interactions.

By itself, as the field knows it under this name.
"""

from __future__ import annotations

import pandas as pd

from kgrec_core.schema.columns import ITEM, USER


def k_core(positives: pd.DataFrame, k: int) -> pd.DataFrame:
    """The largest part of `positives` in which each user and each item has at least `k` rows; may be empty.

    Seidman 1983, on the bipartite graph of users and items: drop what is below k until nothing is.
    """
    kept = positives
    while True:
        enough = kept.groupby(USER)[USER].transform("size").ge(k) & kept.groupby(ITEM)[ITEM].transform("size").ge(k)
        if enough.all():
            return kept
        kept = kept[enough]
