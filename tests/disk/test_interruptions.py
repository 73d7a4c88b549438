"""What is kept is whole after any write of any operation has failed, or was the last one before a kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_whatever_write_fails_or_is_the_last_old_or_new_is_whole_and_nothing_is_left_behind() -> None:
    """In a process of its own, since it forks. Each write is stopped twice; see tests/disk/interruptions.py."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.disk.interruptions"],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert {name: each["wrong"] for name, each in found.items()} == {name: [] for name in found}
    assert all(each["failing"] >= 20 and each["killed"] >= 20 and each["processes"] >= 2 for each in found.values())
