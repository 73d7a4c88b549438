"""Cells that are blank since the cell above says the same, as in reports and where cells are merged."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kgrec_core.data.frames import with_columns

_BLANK = 0.3  # share of blank cells of the column, at least
_NEW = 0.9  # share of its values that stand once, at least
_FULL = 0.9  # share of rows whose other cells are filled by half, at least
_FEWEST = 6  # rows


def filled_down(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The frame with the first columns filled down where each of their values begins a block, and their names.

    frame: cells alone, without provenance
    """
    names: list[str] = []
    for name in frame.columns[:3]:
        others = [each for each in frame.columns if each not in (name, *names)]
        if not others or not _begins_blocks(frame[name], frame[others]):
            break
        names.append(str(name))
    made = {name: frame[name].where(frame[name] != "").ffill().fillna("") for name in names}
    return (with_columns(frame, made) if made else frame), names


def _begins_blocks(cells: pd.Series, others: pd.DataFrame) -> bool:
    filled = (cells != "").to_numpy()
    if len(cells) < _FEWEST or not filled[0] or not _BLANK <= 1 - filled.mean() < 1:
        return False
    values = cells[filled]
    whole = (others != "").mean(axis=1) >= 0.5
    return bool(values.nunique() >= _NEW * len(values) and len(values) > 1 and whole.mean() >= _FULL)


def told(names: Sequence[str]) -> str:
    """What a report says of it."""
    return f"{', '.join(map(repr, names))}: blank cells below a value were read as that value, as blocks are written"
