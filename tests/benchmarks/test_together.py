from __future__ import annotations

from benchmarks import together


def test_four_processes_at_one_name_never_mix_what_they_write() -> None:
    found = together.measure(2)
    assert found["wrong"] == []
    assert found["replace: done"] and found["delete: done"] and found["read: done"]
