"""Texts into floats without more understanding. By itself, since every reader of numbers in uploaded texts uses it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

_LARGE = re.compile(r"[eE][+-]?\d{4}")


def floats_of(texts: pd.Series) -> pd.Series:
    """Floats of texts such as "12", "-0.5" or "1e5"; not-a-number for all others.

    An exponent of four figures or more is no number: pandas 2.3 ends the whole process over "1e2147483648".

    >>> floats_of(pd.Series(["12", "1e2147483648", "x"])).tolist()
    [12.0, nan, nan]
    """
    if texts.dtype == object or isinstance(texts.dtype, pd.StringDtype):
        large = [_LARGE.search(str(text)) is not None for text in texts]
        texts = texts.mask(np.array(large)) if any(large) else texts
    return pd.to_numeric(texts, errors="coerce").astype(float)
