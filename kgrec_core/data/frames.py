"""Tables whose columns people named."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def with_columns(frame: pd.DataFrame, made: Mapping[str, object]) -> pd.DataFrame:
    """The frame with these columns, new ones last. Unlike DataFrame.assign it takes any name, such as "self".

    >>> with_columns(pd.DataFrame({"a": [1]}), {"self": 2}).columns.tolist()
    ['a', 'self']
    """
    columns = {**{name: frame[name] for name in frame.columns}, **made}
    return pd.DataFrame(columns, index=frame.index, copy=False)
