from __future__ import annotations

import lzma
import os
import pickle
from pathlib import Path

import pandas as pd
import pytest

from kgrec_core.data.builtin.package_file import package_file
from kgrec_core.data.builtin.pickled_table import read_pickled_table
from kgrec_core.errors import DataError


class Hostile:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.target}",)


def pickled(thing: object, path: Path) -> Path:
    path.write_bytes(lzma.compress(pickle.dumps(thing)))
    return path


def test_a_table_of_numbers_and_texts_is_read(tmp_path: Path) -> None:
    table = pd.DataFrame({"n": [1, 2], "x": [0.5, None], "t": ["a", "b"]})
    pd.testing.assert_frame_equal(read_pickled_table(pickled(table, tmp_path / "table.xz")), table)


def test_a_pickle_that_asks_for_a_function_is_refused_and_runs_nothing(tmp_path: Path) -> None:
    trace = tmp_path / "was_here"
    with pytest.raises(DataError, match=r"system, which no table needs"):
        read_pickled_table(pickled(Hostile(trace), tmp_path / "hostile.xz"))
    assert not trace.exists()


@pytest.mark.parametrize("asked", [eval, getattr, pd.read_pickle, pd.eval], ids=lambda f: f.__name__)
def test_other_doors_are_shut(tmp_path: Path, asked: object) -> None:
    with pytest.raises(DataError, match="which no table needs"):
        read_pickled_table(pickled(asked, tmp_path / "door.xz"))


def test_something_else_than_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds list, expected a data frame"):
        read_pickled_table(pickled([1, 2], tmp_path / "list.xz"))


def test_a_damaged_or_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "damaged.xz"
    path.write_bytes(b"nothing compressed")
    with pytest.raises(DataError, match=r"damaged\.xz"):
        read_pickled_table(path)
    with pytest.raises(DataError, match=r"absent\.xz"):
        read_pickled_table(tmp_path / "absent.xz")


def test_a_package_that_is_not_there_is_named() -> None:
    with pytest.raises(DataError, match=r"no_such_package is not installed.*pip install"):
        package_file("no_such_package", "file.db")
    with pytest.raises(DataError, match=r"has no file absent\.db"):
        package_file("pandas", "absent.db")
