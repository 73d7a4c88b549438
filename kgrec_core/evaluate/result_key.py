"""What a stored result depends on, as a short hash: split, settings, code of the model, versions of the libraries."""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from kgrec_core.data.split import Split
from kgrec_core.evaluate.compared_models import PEER, Trial

# Data and texts are hashed themselves.
WATCHED = ("kgrec_core.model", "kgrec_core.evaluate", "kgrec_core.graph", "kgrec_core.data.interactions")
LIBRARIES = ("torch", "torch-geometric", "implicit")


def key_of(name: str, group: str, module: str, trial: Trial) -> str:
    """Equal keys, equal results: of a model that `module` trains. A peer does not depend on our settings or graph."""
    digest = _digest_of(trial.split)
    digest.update(code_hash(module).encode())
    said: dict[str, Any] = {"name": name, "seed": trial.seed}
    said["libraries"] = {library: version(library) for library in LIBRARIES}
    arrays: list[np.ndarray[Any, Any]] = []
    if group != PEER:
        graph, inputs = trial.inputs.graph, trial.inputs
        said |= {"model": asdict(trial.model), "training": asdict(trial.config), "documents": trial.documents}
        arrays = [graph.heads, graph.relations, graph.tails]
        arrays += [vectors.numpy() for vectors in (inputs.item_bert, inputs.item_text, inputs.event_text)]
    digest.update(json.dumps(said, sort_keys=True).encode())
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]


def split_key(split: Split) -> str:
    """Of the rows of a split alone: for results that are trained elsewhere."""
    return _digest_of(split).hexdigest()[:16]


def code_hash(module: str) -> str:
    """Of a module and all that it uses in WATCHED; comments, docstrings and layout do not count."""
    found: dict[str, str] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name], used = _read(name)
            waiting += used
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


@cache
def _read(module: str) -> tuple[str, tuple[str, ...]]:
    """Hash of a module's statements, and the watched modules that it imports."""
    spec = find_spec(module)
    assert spec is not None and spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    used = tuple(sorted({name for node in ast.walk(tree) for name in _imported(node) if name.startswith(WATCHED)}))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return hashlib.sha256(_dumped(tree).encode()).hexdigest(), used


def _dumped(tree: ast.AST) -> str:
    """The tree as Python 3.11 writes it, so that code is the same code in every version."""
    if sys.version_info >= (3, 13):
        whole = ast.dump(tree, show_empty=True)
    else:
        whole = ast.dump(tree)
    return whole.replace(", type_params=[]", "")


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and node.module:
        yield node.module


def _digest_of(split: Split) -> hashlib._Hash:
    digest = hashlib.sha256()
    for part in (split.train, split.valid, split.test):
        for array in (part.users, part.items, part.values, part.timestamps):
            digest.update(array.tobytes())
    return digest
