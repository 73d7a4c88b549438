"""Texts into floats without more understanding. By itself, since every reader of numbers in uploaded texts uses it."""

from __future__ import annotations

import pandas as pd


def floats_of(texts: pd.Series) -> pd.Series:
    """Floats of texts such as "12", "-0.5" or "1e5"; not-a-number for all others.

    An exponent of four figures or more is no number: pandas 2.3 ends the whole process over "1e2147483648".

    >>> floats_of(pd.Series(["12", "1e2147483648", "x"])).tolist()
    [12.0, nan, nan]
    """
    if texts.dtype == object or isinstance(texts.dtype, pd.StringDtype):
        large = texts.astype(str).str.contains(r"[eE][+-]?\d{4}", regex=True)
        texts = texts.mask(large.to_numpy(dtype=bool)) if large.any() else texts
    return pd.to_numeric(texts, errors="coerce").astype(float)
