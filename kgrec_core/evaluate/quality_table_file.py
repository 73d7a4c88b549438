"""The quality table as a file of the bundle, `quality-SCHEME.json`; it goes when the bundle is made anew."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kgrec_core.data.disk.files import write_json
from kgrec_core.data.event_times import Times
from kgrec_core.errors import BundleError
from kgrec_core.evaluate.quality_table import (
    Comparison,
    Estimate,
    QualityRow,
    QualityTable,
    Slice,
    VisitorRow,
    Visitors,
)


def save_table(table: QualityTable, folder: Path, scheme: str) -> Path:
    """Writes the table beside the other files of a bundle; returns where."""
    path = _path(folder, scheme)
    write_json(asdict(table), path)
    return path


def load_table(folder: Path, scheme: str) -> QualityTable | None:
    """The table of a bundle; None where none was measured. Raises BundleError for a file that is no table."""
    path = _path(folder, scheme)
    if not path.is_file():
        return None
    try:
        return table_of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BundleError(
            f"{path} cannot be read as a quality table ({error}). Delete it and measure again."
        ) from error


def _path(folder: Path, scheme: str) -> Path:
    return folder / f"quality-{scheme}.json"


def table_of(stored: dict[str, Any]) -> QualityTable:
    visitors = stored["new_visitor"]
    return QualityTable(
        dataset=str(stored["dataset"]),
        protocol=str(stored["protocol"]),
        rows=tuple(QualityRow(**_with_estimates(row, "ndcg_10")) for row in stored["rows"]),
        ratios=tuple((str(name), float(value)) for name, value in stored["ratios"]),
        paired=tuple(Comparison(**_with_estimates(each, "gain")) for each in stored["paired"]),
        slices=tuple(Slice(**_with_estimates(each, "value")) for each in stored["slices"]),
        new_visitor=_visitors_of(visitors) if visitors else None,
        missing=tuple(map(str, stored["missing"])),
        people=int(stored.get("people", 0)),
        times=Times(**stored["times"]) if stored.get("times") else None,
    )


def _visitors_of(stored: dict[str, Any]) -> Visitors:
    rows = tuple(VisitorRow(**_with_estimates(row, "ndcg_10", "behind")) for row in stored["rows"])
    return Visitors(int(stored["given"]), int(stored["visitors"]), rows)


def _with_estimates(stored: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**stored, **{name: Estimate(**stored[name]) for name in names}}
