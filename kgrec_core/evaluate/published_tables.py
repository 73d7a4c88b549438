"""Quality tables that come with the project: of built-in data, measured by those who make it and with what command."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kgrec_core.errors import BundleError, ConfigError
from kgrec_core.evaluate.compared_models import BY_NAME
from kgrec_core.evaluate.quality_table import QualityTable
from kgrec_core.evaluate.quality_table_file import table_of
from kgrec_core.evaluate.result_key import code_hash

FOLDER = Path(__file__).with_name("published")
_ROUNDING = 1e-9
_SAME = ("data_hash", "training")  # of the run card: what the table is about


@dataclass(frozen=True, slots=True)
class Published:
    """when: year and month · of_this_code: whether the model has not been changed since"""

    table: QualityTable
    when: str
    of_this_code: bool


def load_published(card: Mapping[str, Any], scheme: str) -> Published | None:
    """The table of the data that a run card describes; None where there is none, or of other data or settings.

    Raises BundleError for a file that is no such table.
    """
    path = _path(str(card["dataset"]), scheme)
    if not path.is_file() or card.get("bert_adaptation"):
        return None
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if any(stored[name] != card.get(name) for name in _SAME):
            return None
        return Published(table_of(stored["table"]), str(stored["when"]), stored["code"] == _code())
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BundleError(f"{path} is no published table ({error}). Take it as the project has it.") from error


def seconds_of_methods() -> dict[str, float]:
    """What each method took to train once, where the published tables were measured: how methods compare."""
    found: dict[str, float] = {}
    for path in sorted(FOLDER.glob("*-random.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))["table"]["rows"]
        found |= {str(row["model"]): float(row["seconds"]) for row in rows}
    return found


def publish(table: QualityTable, card: Mapping[str, Any], scheme: str, when: str) -> Path:
    """Writes a table of the data that a run card describes to where it comes with the project; returns where."""
    about = {name: card[name] for name in _SAME}
    stored = {"when": when, "code": _code(), **about, "table": asdict(table)}
    path = _path(table.dataset, scheme)
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def confirm(table: QualityTable, scheme: str) -> Path:
    """Says of a published table that it is of this code: `table`, rows of it measured anew, has the same numbers.

    For code that was moved or renamed and computes what it did. Raises ConfigError where a number differs.
    """
    path = _path(table.dataset, scheme)
    stored = json.loads(path.read_text(encoding="utf-8"))
    before = _qualities(table_of(stored["table"]))
    for name, quality in _qualities(table).items():
        if name not in before or abs(before[name] - quality) > _ROUNDING:
            raise ConfigError(f"{name} has NDCG@10 {quality}, published was {before.get(name)}. Publish a new table.")
    path.write_text(json.dumps({**stored, "code": _code()}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _qualities(table: QualityTable) -> dict[str, float]:
    visitors = table.new_visitor.rows if table.new_visitor else ()
    rows = {row.model: row.ndcg_10.mean for row in table.rows}
    return rows | {f"{row.model}, new visitors": row.ndcg_10.mean for row in visitors}


def _path(dataset: str, scheme: str) -> Path:
    return FOLDER / f"{dataset}-{scheme}.json"


def _code() -> str:
    return code_hash(BY_NAME["ours"].home)
