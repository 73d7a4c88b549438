"""Damaged and random files: a sentence with file and place, never a traceback, never half a data set.

A quick run of 200 cases; KGREC_FUZZ_CASES=3000 asks for a longer one.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks import fuzz_import, fuzz_seeds
from kgrec_core.data.catalog_checks import check_catalog
from kgrec_core.data.import_report import ERROR, ImportReport
from kgrec_core.errors import KgrecError
from kgrec_core.workspace import own_data
from tests.readers import FIXTURES

CASES = int(os.environ.get("KGREC_FUZZ_CASES", "200"))
FOLDERS = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
JUNK = (
    b'"', b'""', b"\n", b"\r\n", b"\r", b"\t", b",", b";", b"|", b"::", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf",
    b"=1+1", b"-1", b"1e999", b"99999999999999999999", b"nan", b"{", b"[[[[", b"}", b"\\u0000", b"\xed\xa0\x80", b" ",
    "ä".encode(), "\u2028".encode(), "\u202e".encode(), b"_file", b"_row", b"user_id", b"item_id",
)  # fmt: skip
SUFFIXES = ("csv", "tsv", "txt", "dat", "json", "jsonl", "parquet", "xlsx", "zip", "csv.gz", "inter", "edgelist")

junk = st.sampled_from(JUNK) | st.binary(min_size=1, max_size=6)
place = st.floats(0, 1, allow_nan=False)
edit = st.tuples(st.sampled_from(["insert", "delete", "repeat", "cut", "swap"]), place, place, junk)


def damaged(data: bytes, edits: list[tuple[str, float, float, bytes]]) -> bytes:
    for kind, one, two, extra in edits:
        start, end = sorted((int(one * len(data)), int(two * len(data))))
        end = min(end, start + 200)
        match kind:
            case "insert":
                data = data[:start] + extra + data[start:]
            case "delete":
                data = data[:start] + data[end:]
            case "repeat":
                data = data[:end] + data[start:end] + data[end:]
            case "cut":
                data = data[:start]
            case _:
                data = data[:start] + extra + data[start + len(extra) :]
    return data


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))
    yield tmp_path


def imported_or_refused(home: Path, files: list[own_data.Given], names: list[str]) -> None:
    """The property of all cases."""
    shutil.rmtree(home / "datasets", ignore_errors=True)
    try:
        report = own_data.import_files("fuzz", files)
    except KgrecError as error:
        assert any(name in str(error) for name in names), f"names no file: {error}"
        assert str(error).rstrip().endswith((".", ")", "?")), f"is no sentence: {error}"
        assert not (home / "datasets").exists()
        return
    assert all(each.kept + each.merged + each.dropped == each.records for each in report.accounts)
    assert all(each.kept >= 0 for each in report.accounts), report.accounts
    if report.ok:
        check_whole(home, report)
    else:
        assert not (home / "datasets").exists()
        assert all(each.file for each in report.findings if each.severity == ERROR)


def check_whole(home: Path, report: ImportReport) -> None:
    catalog = own_data.imported_catalog("fuzz")
    check_catalog(catalog)
    assert len(catalog.interactions) == report.interactions
    assert [path.name for path in (home / "datasets").iterdir()] == ["fuzz"]
    kept = {table: sum(each.kept for each in report.accounts if each.table == table) for table in ("interactions",)}
    assert kept["interactions"] == report.interactions


quick = settings(
    max_examples=CASES // 4,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),  # the shortest failing case is not worth its minutes here
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@quick
@given(folder=st.sampled_from(FOLDERS), which=place, edits=st.lists(edit, min_size=1, max_size=4))
def test_a_damaged_file_of_any_format(home: Path, folder: str, which: float, edits: list) -> None:
    with tempfile.TemporaryDirectory() as temp:
        target = Path(shutil.copytree(FIXTURES / folder, Path(temp) / "data"))
        files = sorted(path for path in target.rglob("*") if path.is_file())
        chosen = files[min(int(which * len(files)), len(files) - 1)]
        packed = chosen.suffix == ".gz"
        data = gzip.decompress(chosen.read_bytes()) if packed else chosen.read_bytes()
        changed = damaged(data, edits)
        chosen.write_bytes(gzip.compress(changed) if packed else changed)
        imported_or_refused(home, [own_data.Given(target)], ["data"])


@quick
@given(table=st.sampled_from(["orders", "products"]), edits=st.lists(edit, min_size=1, max_size=4))
def test_damaged_plain_tables_that_were_named(home: Path, table: str, edits: list) -> None:
    with tempfile.TemporaryDirectory() as temp:
        target = Path(shutil.copytree(FIXTURES / "plain", Path(temp) / "data"))
        chosen = target / f"{table}.csv"
        chosen.write_bytes(damaged(chosen.read_bytes(), edits))
        roles = {"orders": "interactions", "products": "items"}
        files = [own_data.Given(target / f"{name}.csv", role) for name, role in roles.items()]
        imported_or_refused(home, files, ["orders.csv", "products.csv"])


@quick
@given(suffix=st.sampled_from(SUFFIXES), role=st.sampled_from(["", "interactions"]), data=st.binary(max_size=400))
def test_random_bytes_under_any_name(home: Path, suffix: str, role: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as temp:
        path = Path(temp) / f"noise.{suffix}"
        path.write_bytes(data)
        imported_or_refused(home, [own_data.Given(path, role)], ["noise"])


@quick
@given(kind=st.sampled_from(["zip", "gz", "xlsx", "parquet", "jsonl"]), edits=st.lists(edit, min_size=1, max_size=3))
def test_damaged_archives_and_binary_tables(home: Path, kind: str, edits: list) -> None:
    with tempfile.TemporaryDirectory() as temp:
        path = Path(temp) / f"table.{'csv.gz' if kind == 'gz' else kind}"
        path.write_bytes(damaged(WHOLE[kind], edits))
        imported_or_refused(home, [own_data.Given(path, "interactions")], ["table"])


def test_a_sample_of_the_long_run_ends_in_a_sentence_or_a_whole_data_set(home: Path) -> None:
    known, harmful = fuzz_seeds.seeds(), fuzz_seeds.bombs()
    cases = [fuzz_import.run(number, known, harmful) for number in range(40)]
    assert [case for case in cases if case.trouble] == []
    assert {case.outcome for case in cases} >= {"imported", "refused"}


def _whole() -> dict[str, bytes]:
    import pandas as pd

    frame = pd.DataFrame({"user_id": ["a", "a", "b"], "item_id": ["x", "y", "x"], "rating": [5, 3, 4]})
    text = frame.to_csv(index=False).encode()
    packed, sheet, columns = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("interactions.csv", text)
    frame.to_excel(sheet, index=False)
    frame.to_parquet(columns)
    lines = frame.to_json(orient="records", lines=True).encode()
    found = {"zip": packed, "xlsx": sheet, "parquet": columns}
    return {**{kind: each.getvalue() for kind, each in found.items()}, "gz": gzip.compress(text), "jsonl": lines}


WHOLE = _whole()
