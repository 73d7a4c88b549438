from __future__ import annotations

import gzip
import io
import json
import pickle
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from kgrec_core.config import ImportLimits
from kgrec_core.data.formats.gathering import gather
from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.importer import import_tables
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.ingest.safe_csv import write_safe_csv
from kgrec_core.errors import ConfigError, DataError

GOOD = "user_id,item_id\na,x\nb,y\n"


def refused(path: Path, limits: ImportLimits = ImportLimits()) -> str:  # noqa: B008
    with pytest.raises(DataError) as caught:
        import_tables("x", [Given(path, "interactions")], Choice(), Pseudonyms(b"k"), limits)
    assert path.name.split(".")[0] in str(caught.value)
    return str(caught.value)


def archive(path: Path, **files: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return path


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "bomb.zip", **{"a.csv": b"0" * 3_000_000})
    assert bomb.stat().st_size < 10_000
    assert "more than 1 MB" in refused(bomb, ImportLimits(megabytes=1))


def test_an_archive_that_lies_about_its_size_is_stopped_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"0" * 3_000_000))
    assert "more than 1 MB" in refused(path, ImportLimits(megabytes=1))


@pytest.mark.parametrize("name", ["../out.csv", "/etc/out.csv", "a/../../out.csv", "C:\\out.csv", "..\\out.csv"])
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    assert "outside of the archive" in refused(archive(tmp_path / "up.zip", **{name: GOOD}))
    assert not (tmp_path.parent / "out.csv").exists()


def test_a_file_without_a_name_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", **{"a": GOOD})
    path.write_bytes(path.read_bytes().replace(b"a", b"\0"))  # zipfile cuts a name at the first zero
    assert "without a name" in refused(path)


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as packed:
        entry = zipfile.ZipInfo("l.csv")
        entry.external_attr = 0o120777 << 16
        packed.writestr(entry, "/etc/passwd")
    assert "is a link" in refused(path)


def test_an_archive_inside_an_archive_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("a.csv", GOOD)
    assert "inside an archive" in refused(archive(tmp_path / "nest.zip", **{"b.zip": inner.getvalue()}))


def test_more_rows_than_allowed_are_refused_before_they_are_parsed(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(GOOD * 10)
    assert "more than 5 rows" in refused(path, ImportLimits(rows=5))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("t.pkl", pickle.dumps({"a": 1}), "run code"),
        ("t.csv", pickle.dumps({"a": 1}), "run code"),
        ("t.csv", b"\x7fELF\x02\x01", "a program"),
        ("t.csv", b"%PDF-1.7 ...", "a PDF"),
        ("t.csv", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("t.csv", bytes(range(1, 256)) * 3 + b"\0", "NUL"),
        ("t.zip", b"PK\x03\x04 broken", "damaged zip"),
        ("t.csv.gz", b"\x1f\x8b broken", "damaged gzip"),
        ("t.xlsx", b"PK\x03\x04 broken", "damaged zip"),
        ("t.parquet", b"PAR1 broken PAR1", "Parquet"),
        ("t.7z", b"7z\xbc\xaf\x27\x1c", "7z"),
        ("t.csv", b"\xff\xfea", "UTF-16"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert said in refused(path)


def test_deeply_nested_json_is_refused_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "deep.jsonl"
    path.write_text("[" * 100_000 + "]" * 100_000)
    assert "nested" in refused(path)
    path.write_text('{"user_id": ' + "[" * 30 + "]" * 30 + "}\n")
    assert "line 1" in refused(path)


def test_a_formula_in_an_exported_cell_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_safe_csv(
        pd.DataFrame({"a": ["=cmd|'/c calc'!A0", "+1", "-1", "@x", "\tx", " =1", "fine"], "b": [-1] * 7}), path
    )
    back = pd.read_csv(path, dtype=str)
    assert all(cell.startswith("'") for cell in back["a"].head(6))
    assert back["a"].iloc[6] == "fine"
    assert back["b"].iloc[0] == "-1"


def test_a_folder_is_read_without_its_hidden_files_and_links(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "interactions.csv").write_text(GOOD)
    (data / ".secret").write_text("x")
    (data / "link.csv").symlink_to("/etc/hostname")
    (tmp_path / "work").mkdir()
    found = gather([Given(data)], tmp_path / "work", ImportLimits())
    assert [file.name for file in found.files] == ["data/interactions.csv"]


def test_what_was_unpacked_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    path = archive(tmp_path / "good.zip", **{"interactions.csv": GOOD})
    assert import_tables("x", [Given(path)], Choice(), Pseudonyms(b"k"), ImportLimits()).report.ok
    assert not list((tmp_path / "home" / "temporary").iterdir())


def test_limits_come_from_the_environment_and_must_be_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_MAX_MB", "7")
    assert ImportLimits.from_environment().megabytes == 7
    monkeypatch.setenv("KGREC_MAX_ROWS", "many")
    with pytest.raises(ConfigError, match="KGREC_MAX_ROWS"):
        ImportLimits.from_environment()


def test_json_numbers_of_any_length_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    rows = [{"user_id": "a", "item_id": "x"}, {"user_id": "b", "item_id": "y"}]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n" + '{"user_id": ' + "9" * 9999 + ', "item_id": "x"}\n')
    found = import_tables("x", [Given(path, "interactions")], Choice(), Pseudonyms(b"k"), ImportLimits())
    assert [each.row for each in found.report.findings if each.fate == "dropped"] == [3]
