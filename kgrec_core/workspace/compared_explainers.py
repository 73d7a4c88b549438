"""How our explanations compare with published ways to explain: tables that come with the project, of built-in data.

They are measured by `python -m benchmarks.explainers`, on the model that is served and on plain ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgrec_core.errors import BundleError
from kgrec_core.model.bundle import read_card

FOLDER = Path(__file__).with_name("explainers")
SERVED = "served"  # the model that people meet
FIRST, TIED, BEHIND = "first", "tied", "behind"
_SAME = ("data_hash", "training")  # of the run card: what the tables are about


@dataclass(frozen=True, slots=True)
class ExplainerScore:
    """mean over people · ahead, low, high: how much better than ours, person by person, with a 95 % interval."""

    mean: float
    ahead: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ExplainerRow:
    """calls, seconds: means for one explanation · scores: by metric"""

    name: str
    label: str
    source: str
    ours: bool
    calls: float
    seconds: float
    scores: Mapping[str, ExplainerScore]


@dataclass(frozen=True, slots=True)
class MetricVerdict:
    """state: FIRST, no other has a better mean · TIED, none is better beyond luck · BEHIND, `better` are (by name)."""

    metric: str
    ours: str
    state: str
    better: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainerTable:
    """model: SERVED, mf or vae · budget: model calls that everybody had at most; None for as many as usual"""

    model: str
    budget: int | None
    people: int
    rows: tuple[ExplainerRow, ...]
    verdicts: tuple[MetricVerdict, ...]

    @property
    def ahead_of_ours(self) -> tuple[str, ...]:
        """Labels of those who are better than ours on some metric, each once."""
        names = [name for verdict in self.verdicts for name in verdict.better]
        return tuple(row.label for row in self.rows if row.name in names)

    @property
    def held(self) -> int:
        """On how many metrics ours is first or tied."""
        return sum(verdict.state != BEHIND for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class ComparedExplainers:
    """when: year and month"""

    when: str
    tables: tuple[ExplainerTable, ...]

    @property
    def served(self) -> ExplainerTable:
        """Of the model that people meet, with as many model calls as each usually takes."""
        return next(table for table in self.tables if table.model == SERVED and table.budget is None)


def compared_explainers(dataset: str) -> ComparedExplainers | None:
    """None where nothing was measured of these very data and settings. Raises BundleError for a broken file."""
    path, card = _path(dataset), read_card(dataset)
    if not path.is_file() or card.get("bert_adaptation"):
        return None
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if any(stored[name] != card.get(name) for name in _SAME):
            return None
        found = ComparedExplainers(str(stored["when"]), tuple(map(_table, stored["tables"])))
        return found if any(table.model == SERVED and table.budget is None for table in found.tables) else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BundleError(f"{path} is no table of explainers ({error}). Take it as the project has it.") from error


def keep(dataset: str, tables: object, when: str) -> Path:
    """Writes tables, in the JSON of `benchmarks.explainers`, to where they come with the project; returns where."""
    card, path = read_card(dataset), _path(dataset)
    path.parent.mkdir(exist_ok=True)
    stored = {"when": when, **{name: card[name] for name in _SAME}, "tables": tables}
    path.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _table(stored: Mapping[str, Any]) -> ExplainerTable:
    return ExplainerTable(
        str(stored["model"]),
        stored["budget"],
        int(stored["questions"]),
        tuple(_row(row) for row in stored["rows"]),
        tuple(
            MetricVerdict(str(metric), str(said["ours"]), str(said["is"]), tuple(said["better"]))
            for metric, said in stored["verdict"].items()
        ),
    )


def _row(stored: Mapping[str, Any]) -> ExplainerRow:
    scores = {str(name): ExplainerScore(**score) for name, score in stored["metrics"].items()}
    return ExplainerRow(
        name=str(stored["name"]),
        label=str(stored["label"]),
        source=str(stored["source"]),
        ours=bool(stored["ours"]),
        calls=float(stored["calls"]),
        seconds=float(stored["seconds"]),
        scores=scores,
    )


def _path(dataset: str) -> Path:
    return FOLDER / f"{dataset}.json"
