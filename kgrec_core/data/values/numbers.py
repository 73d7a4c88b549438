"""Numbers as people and programs write them, read alike in the whole column."""

from __future__ import annotations

import pandas as pd

from kgrec_core.data.values.distinct import numbers_of


def as_numbers(texts: pd.Series, decimal_comma: bool = False, whole: bool = False) -> pd.Series:
    """Floats; not-a-number for what is none.

    decimal_comma: the file speaks for "3,5", such as one whose cells are parted by semicolons
    whole: the numbers are counts, so that "1.234" can only be a thousand
    """
    return numbers_of(texts, lambda cells: pd.to_numeric(cells, errors="coerce"))
