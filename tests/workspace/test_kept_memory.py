from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from kgrec_core.workspace.kept_memory import kept_memory

MIB = 1 << 20


def resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux is asked")
def test_memory_is_kept_for_the_next_array_and_given_back_at_the_end() -> None:
    before = resident()
    with kept_memory():
        large = np.ones(200 * MIB, dtype=np.int8)
        del large
        assert resident() - before > 150 * MIB
    assert resident() - before < 50 * MIB


def test_it_ends_with_an_error_as_without_one() -> None:
    with pytest.raises(ValueError, match="of the training"), kept_memory():
        raise ValueError("of the training")


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with kept_memory():
        assert np.ones(3).sum() == 3
