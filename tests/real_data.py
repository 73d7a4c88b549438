"""Where real data sets are, for tests that read them: the folder that KGREC_REAL_DATA names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_PLACE = Path(os.environ.get("KGREC_REAL_DATA") or "no-real-data")


def real(folder: str) -> Path:
    """A folder of real data; skips the test, with the reason, where there is none."""
    if not (_PLACE / folder).is_dir():
        pytest.skip(
            f"There is no {folder}: the real data are not part of the project. Name their folder: KGREC_REAL_DATA"
        )
    return _PLACE / folder
