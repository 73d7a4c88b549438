from __future__ import annotations

import json
import subprocess
import sys

from tests.test_layering import ROOT


def test_four_processes_at_one_name_never_mix_what_they_write() -> None:
    """In a process of its own, whose main module its children can import."""
    command = [sys.executable, "-m", "benchmarks.together", "--rounds", "2", "--json"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found = json.loads(ended.stdout)
    assert found["wrong"] == []
    assert found["replace: done"] and found["delete: done"] and found["read: done"]
