"""Work done once a distinct cell, and handed back in the order of the column. By itself, for numbers, dates, ids."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd


def numbers_of(texts: pd.Series, read: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """`read` asked for the distinct cells, as trimmed texts ("" for nothing); floats in the order of `texts`.

    >>> numbers_of(pd.Series(["1", "1", None]), lambda cells: cells.str.len()).tolist()
    [1.0, 1.0, nan]
    """
    codes, values = pd.factorize(texts.astype(object), use_na_sentinel=True)
    cells = pd.Series([str(value).strip() for value in values], dtype=object)
    found = read(cells).to_numpy(dtype=float, na_value=np.nan) if len(cells) else np.empty(0)
    return pd.Series(np.append(found, np.nan)[codes], index=texts.index, dtype=float)
