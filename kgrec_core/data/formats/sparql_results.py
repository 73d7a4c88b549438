"""Answers of a SPARQL endpoint saved as JSON: `head.vars` and `results.bindings`, a row a combination.

Those saved as CSV or TSV are delimited tables like others.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd

from kgrec_core.data.formats.decoding import decoded
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger, with_provenance
from kgrec_core.errors import DataError

_VARS = re.compile(r'"head"\s*:\s*\{[^{}]{0,5000}"vars"\s*:\s*\[')


def is_sparql_json(file: SourceFile) -> bool:
    """Whether a file is an answer of a SPARQL endpoint in JSON."""
    head = file.head()[:20_000]
    return head.lstrip().startswith("{") and ('"bindings"' in head) and _VARS.search(head) is not None


def sparql_answers(file: SourceFile, ledger: Ledger) -> list[RawTable]:
    """One table with a column a variable, "" where it is not bound. Raises DataError for what is no such answer."""
    try:
        found: Any = json.loads(decoded(file, ledger))
        names = list(dict.fromkeys(str(name) for name in found["head"]["vars"]))
        rows = [
            [_value(row.get(name)) for name in names] for row in found["results"]["bindings"] if isinstance(row, dict)
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f"{file.name} is no answer of a SPARQL endpoint ({type(error).__name__}): head.vars and results.bindings "
            "are expected. Save the answer once more, as CSV or JSON."
        ) from error
    if not rows:
        raise DataError(f"{file.name} is an answer without a row. Ask the endpoint again.")
    ledger.allowance.rows(file.name, len(rows))
    ledger.allowance.table(file.name, len(rows), len(names))
    ledger.read(file.name, "", len(rows))
    frame = pd.DataFrame(rows, columns=pd.Index(names), dtype=object)
    return [RawTable(file.name, with_provenance(frame, file.name, range(1, len(rows) + 1)), role=file.role)]


def _value(bound: Any) -> str:
    text = str(bound["value"]) if isinstance(bound, dict) and "value" in bound else ""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
