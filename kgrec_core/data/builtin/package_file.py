"""Find a data file inside an installed package whose code is never run."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from kgrec_core.errors import DataError


def package_file(package: str, *parts: str) -> Path:
    """The path of a file that a package ships; raises DataError naming the package to install."""
    spec = importlib.util.find_spec(package)  # of a top-level package: locates it, does not import it
    for folder in spec.submodule_search_locations or () if spec else ():
        path = Path(folder, *parts)
        if path.is_file():
            return path
    state = "is not installed" if spec is None else f"has no file {'/'.join(parts)}"
    raise DataError(f"Package {package} {state}. Run `pip install -r requirements.txt`.")
