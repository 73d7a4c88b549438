from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.formats.table_files import raw_tables
from kgrec_core.data.ledger import Ledger
from kgrec_core.errors import DataError
from tests.raw_tables import places, rows, said, table, tables

OBJECTS = [{"user": f"u{n}", "item": f"i{n % 7}", "rating": n % 5 + 1} for n in range(20)]
TEXTS = [[str(value) for value in row.values()] for row in OBJECTS]
NAMES = ("user", "item", "rating")
COLUMNS = {name: [row[name] for row in OBJECTS] for name in NAMES}


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(map(json.dumps, OBJECTS)),
        json.dumps(OBJECTS),
        json.dumps(OBJECTS, indent=2),
        json.dumps({"data": OBJECTS}),
        json.dumps({"status": "ok", "count": 20, "response": {"ratings": OBJECTS}}),
        json.dumps(COLUMNS),
        json.dumps({name: {str(n): cell for n, cell in enumerate(cells)} for name, cells in COLUMNS.items()}),
        json.dumps({"columns": list(NAMES), "index": list(range(20)), "data": [list(row.values()) for row in OBJECTS]}),
        json.dumps([list(NAMES), *[list(row.values()) for row in OBJECTS]]),
        "\n".join(json.dumps(row, indent=1) for row in OBJECTS),
        "\n".join(map(repr, OBJECTS)),
        "\n".join(map(json.dumps, map(list, [NAMES, *[row.values() for row in OBJECTS]]))),
        repr(OBJECTS),
        json.dumps(OBJECTS)[:-1] + ",]",
        "[\n" + "".join(json.dumps(row) + ",\n" for row in OBJECTS) + "]",
        "".join(map(json.dumps, OBJECTS)),
        json.dumps(OBJECTS).replace("}, {", '}, {"skipped": NaN, '),
    ],
    ids=[
        "lines", "list", "pretty", "wrapped", "wrapped twice", "columns", "columns of pandas", "split of pandas",
        "lists", "pretty below each other", "Python lines", "lists in lines", "Python", "surplus comma", "comma lines",
        "nothing between", "no number",
    ],
)  # fmt: skip
def test_the_rows_are_found_in_every_form(tmp_path: Path, text: str) -> None:
    found = table(tmp_path, "r.json", text)
    assert found.columns[:3] == NAMES
    assert [row[:3] for row in rows(found)] == TEXTS


def test_one_line_longer_than_what_is_looked_at_first_is_read(tmp_path: Path) -> None:
    text = json.dumps([{**row, "note": "x" * 9000} for row in OBJECTS])
    assert len(text) > 1 << 16
    assert [row[:3] for row in rows(table(tmp_path, "r.txt", text))] == TEXTS


def test_objects_below_keys_have_the_key_as_a_column(tmp_path: Path) -> None:
    text = json.dumps({f"i{n}": {"title": f"Film {n}", "year": 1990 + n} for n in range(6)})
    found = table(tmp_path, "i.json", text)
    assert found.columns == ("key", "title", "year")
    assert rows(found)[2] == ["i2", "Film 2", "1992"]


def test_lists_below_keys_are_one_cell_each(tmp_path: Path) -> None:
    found = table(tmp_path, "h.json", json.dumps({f"u{n}": [f"i{k}" for k in range(n + 1)] for n in range(6)}))
    assert (found.columns, rows(found)[1]) == (("key", "value"), ["u1", '["i0", "i1"]'])


def test_values_below_two_keys_are_a_row_each(tmp_path: Path) -> None:
    text = json.dumps({f"u{n}": {f"i{(n * 7 + k) % 50}": k for k in range(1, 4)} for n in range(40)})
    found = table(tmp_path, "h.json", text)
    assert (found.columns, len(found.frame)) == (("key", "key 2", "value"), 40 * 3)


def test_several_lists_are_several_tables(tmp_path: Path) -> None:
    text = json.dumps({"ratings": OBJECTS, "items": [{"item": f"i{n}", "title": "A"} for n in range(7)]})
    assert [(each.name, len(each.frame)) for each in tables(tmp_path, "all.json", text)] == [
        ("all.json/ratings", 20),
        ("all.json/items", 7),
    ]


def test_objects_in_objects_are_columns_and_lists_are_json(tmp_path: Path) -> None:
    row = {
        "_id": {"$oid": "a1"},
        "user": {"id": 7, "place": {"city": "Rome"}},
        "tags": ["x", "y"],
        "no": None,
        "n": [],
    }
    found = table(tmp_path, "r.jsonl", json.dumps(row) + "\n")
    assert found.columns == ("id", "user.id", "user.place.city", "tags", "no", "n")
    assert rows(found) == [["a1", "7", "Rome", '["x", "y"]', "", ""]]


def test_lists_of_objects_are_a_table_of_their_own_beside_what_they_belong_to(tmp_path: Path) -> None:
    orders = [
        {"order": f"o{n}", "user": f"u{n % 3}", "lines": [{"sku": f"s{k}", "n": k} for k in range(n % 3 + 1)]}
        for n in range(6)
    ]
    whole, inner = tables(tmp_path, "orders.json", "\n".join(map(json.dumps, orders)))
    assert (whole.parent, inner.parent, inner.name) == ("", "orders.json", "orders.json/lines")
    assert inner.columns == ("order", "user", "lines.sku", "lines.n")
    assert rows(inner)[:3] == [["o0", "u0", "s0", "0"], ["o1", "u1", "s0", "0"], ["o1", "u1", "s1", "1"]]
    assert places(inner)[:3] == [1, 2, 2]


def test_a_line_that_is_no_object_is_left_out_and_told(tmp_path: Path) -> None:
    ledger = Ledger()
    text = "\n".join(map(json.dumps, OBJECTS)) + "\n{broken\n"
    assert rows(table(tmp_path, "r.jsonl", text, ledger)) == TEXTS
    assert "is not JSON" in said(ledger)
    assert [(each.rows, each.dropped) for each in ledger.accounts()] == [(21, 1)]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a": ' + "[" * 30 + "]" * 30 + "}", "{", "[1, 2", "nothing", "7"])
def test_what_is_no_table_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match="line 1"):
        tables(tmp_path, "r.json", text)


def test_nothing_is_run_that_stands_in_a_line_of_python(tmp_path: Path) -> None:
    text = "{'user': 'u0', 'item': __import__('os').getcwd()}\n{'user': 'u1', 'item': 'i1'}\n"
    ledger = Ledger()
    assert rows(table(tmp_path, "r.json", text, ledger)) == [["u1", "i1"]]


def test_objects_without_a_field_are_refused_before_they_are_spread(tmp_path: Path) -> None:
    file = tmp_path / "empty.json"
    file.write_text("[" + ",".join(["{}"] * 50) + "]")
    with pytest.raises(DataError, match="its objects are empty"):
        raw_tables(SourceFile("empty.json", file), Ledger())
