"""Read a table that a package ships as a pickle, without letting the pickle run anything."""

from __future__ import annotations

import importlib
import lzma
import pickle
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from kgrec_core.errors import DataError

# What a data frame of numbers and texts is made of, and where numpy 2 keeps it. Nothing here runs given code.
_ALLOWED = MappingProxyType(
    {
        ("builtins", "slice"): "builtins",
        ("numpy", "dtype"): "numpy",
        ("numpy", "ndarray"): "numpy",
        ("numpy.core.multiarray", "_reconstruct"): "numpy._core.multiarray",
        ("numpy._core.multiarray", "_reconstruct"): "numpy._core.multiarray",
        ("numpy.core.numeric", "_frombuffer"): "numpy._core.numeric",
        ("numpy._core.numeric", "_frombuffer"): "numpy._core.numeric",
        ("pandas.core.frame", "DataFrame"): "pandas.core.frame",
        ("pandas.core.indexes.base", "Index"): "pandas.core.indexes.base",
        ("pandas.core.indexes.base", "_new_Index"): "pandas.core.indexes.base",
        ("pandas.core.indexes.range", "RangeIndex"): "pandas.core.indexes.range",
        ("pandas.core.internals.managers", "BlockManager"): "pandas.core.internals.managers",
        ("pandas._libs.internals", "_unpickle_block"): "pandas._libs.internals",
    }
)


class _TableUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        home = _ALLOWED.get((module, name))
        if home is None:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, which no table needs")
        return getattr(importlib.import_module(home), name)


def read_pickled_table(path: Path) -> pd.DataFrame:
    """The data frame in an xz-compressed pickle.

    Raises DataError when the file is missing, is damaged, holds something else, or asks for any name
    outside the few that a data frame is built from.
    """
    try:
        with lzma.open(path) as stream:
            table = _TableUnpickler(stream).load()
    except (OSError, EOFError, lzma.LZMAError, pickle.UnpicklingError, AttributeError, TypeError, ValueError) as error:
        raise DataError(f"{path} was not read: {error}. Install again the package that it belongs to.") from error
    if not isinstance(table, pd.DataFrame):
        raise DataError(f"{path} holds {type(table).__name__}, expected a data frame. Install its package again.")
    return table
