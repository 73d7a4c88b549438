"""How many people share a profile. By itself, since whoever answers for people's data looks for it under its name."""

from __future__ import annotations

import pandas as pd

from kgrec_core.data.import_report import ProfileColumn
from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.schema.columns import NAME, USER


def anonymity(users: pd.DataFrame | None) -> ProfileColumn | None:
    """The smallest group of users who are alike in all profile columns; None without such columns."""
    columns = [] if users is None else [name for name in users.columns if name not in (USER, NAME, *PROVENANCE)]
    if users is None or not columns or not len(users):
        return None
    sizes = users.groupby(columns, dropna=False, sort=False).size()
    return ProfileColumn(tuple(map(str, columns)), int(sizes.min()), int((sizes == 1).sum()))
