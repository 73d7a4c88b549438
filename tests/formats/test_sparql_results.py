"""Answers of a SPARQL endpoint in JSON are a table with a column a variable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.formats.sparql_results import is_sparql_json, sparql_answers
from kgrec_core.data.ledger import Ledger
from kgrec_core.errors import DataError


def saved(folder: Path, value: object) -> SourceFile:
    path = folder / "query.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return SourceFile("query.json", path)


def test_a_variable_is_a_column_and_one_that_is_not_bound_is_empty(tmp_path: Path) -> None:
    rows = [
        {"item": {"type": "uri", "value": "http://e.org/Q1"}, "itemLabel": {"type": "literal", "value": "Rain"}},
        {"item": {"type": "uri", "value": "http://e.org/Q2"}},
    ]
    file = saved(tmp_path, {"head": {"vars": ["item", "itemLabel"]}, "results": {"bindings": rows}})
    assert is_sparql_json(file)
    table = sparql_answers(file, Ledger())[0]
    assert table.columns == ("item", "itemLabel")
    assert table.frame[["item", "itemLabel"]].to_numpy().tolist() == [
        ["http://e.org/Q1", "Rain"],
        ["http://e.org/Q2", ""],
    ]


def test_other_json_is_none(tmp_path: Path) -> None:
    assert not is_sparql_json(saved(tmp_path, {"head": 1, "results": []}))


@pytest.mark.parametrize("bindings", [[], 3, [3], {"a": 1}])
def test_an_answer_without_rows_is_refused_in_a_sentence(bindings: object, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"^query\.json"):
        sparql_answers(saved(tmp_path, {"head": {"vars": ["a"]}, "results": {"bindings": bindings}}), Ledger())
