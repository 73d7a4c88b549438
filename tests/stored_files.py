"""Where what is kept lies on disk, for tests that look at it or break it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kgrec_core.data.disk import files, versions


def dataset_version(home: Path, name: str) -> Path:
    """The folder of the imported data set that is in force."""
    return versions.read(home / "datasets" / name / "report.json").folder


def bundle_version(home: Path, name: str) -> Path:
    """The folder of the bundle that is in force."""
    return versions.read(home / "bundles" / name / "run_card.json").folder


def key_file(home: Path, name: str) -> Path:
    (path,) = (home / "keys").glob(f"{name}.*.key")
    return path


def rewrite_card(path: Path, change: Callable[[dict[str, Any]], object] = lambda card: None) -> dict[str, Any]:
    """Changes a run card as if it had been written so: with hashes of the files as they are, and a digest that fits."""
    card = versions.read(path).content
    card["files"] = files.hashes(path.parent / str(card["version"]))
    change(card)
    path.write_text(json.dumps(versions.sealed(card)), "utf-8")
    return card
