"""One set of limits for every reader and every container: what is short and would be large is refused unread."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from benchmarks.fuzz_seeds import pack
from kgrec_core.config import ImportLimits
from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.importer import import_tables
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.errors import DataError
from kgrec_core.workspace import own_data, own_data_sandboxed
from tests.own_tables import write_shop

SMALL = ImportLimits(columns=5, cells=60, rows=50)


def saved(write: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()


def table(rows: int, columns: int) -> pd.DataFrame:
    cells = {"user_id": [f"u{n % 3}" for n in range(rows)], "item_id": [f"i{n % 4}" for n in range(rows)]}
    return pd.DataFrame({**cells, **{f"c{n}": ["x"] * rows for n in range(columns - 2)}})


WRITTEN: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": lambda frame: frame.to_csv(index=False).encode(),
    "jsonl": lambda frame: frame.to_json(orient="records", lines=True).encode(),
    "json": lambda frame: frame.to_json(orient="records").encode(),
    "parquet": lambda frame: saved(lambda out: frame.to_parquet(out)),
    "xlsx": lambda frame: saved(lambda out: frame.to_excel(out, index=False)),
}


def read(folder: Path, files: dict[str, bytes], limits: ImportLimits) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    given = [Given(path, "interactions" if path.is_file() else "") for path in sorted(folder.iterdir())]
    import_tables("x", given, Choice(), Pseudonyms(b"k"), limits)


@pytest.mark.parametrize("how", ["plain", "zip", "gz", "gz in zip", "folder"])
@pytest.mark.parametrize("kind", sorted(WRITTEN))
def test_columns_and_cells_are_counted_in_every_format_and_container(tmp_path: Path, kind: str, how: str) -> None:
    for rows, columns, said in ((4, 6, "6 columns; at most 5"), (40, 5, "more than 60 cells")):
        files = {f"interactions.{kind}": WRITTEN[kind](table(rows, columns))}
        with pytest.raises(DataError, match=f"{said}|archive inside an archive"):
            read(tmp_path / said[0], files if how == "plain" else dict(pack(files, how)), SMALL)


def test_a_new_key_in_each_line_is_a_new_column(tmp_path: Path) -> None:
    lines = [json.dumps({"user_id": "u", "item_id": "i", f"k{n}": 1}) for n in range(2_000)]
    with pytest.raises(DataError, match="501 columns; at most 500"):
        read(tmp_path, {"interactions.jsonl": "\n".join(lines).encode()}, ImportLimits())


def test_a_long_text_that_is_stored_once_counts_as_often_as_it_is_named(tmp_path: Path) -> None:
    coded = pa.DictionaryArray.from_arrays(pa.array(np.zeros(300_000, dtype=np.int32)), pa.array(["x" * 400]))
    data = saved(lambda out: parquet.write_table(pa.table({"user_id": coded, "item_id": coded}), out))
    assert len(data) < 100_000
    with pytest.raises(DataError, match="100 times as much"):
        read(tmp_path, {"interactions.parquet": data}, ImportLimits())
    with pytest.raises(DataError, match="more than 20 MB"):
        read(tmp_path, {"interactions.parquet": data}, ImportLimits(megabytes=20))


def test_a_cell_far_to_the_right_makes_every_row_as_wide(tmp_path: Path) -> None:
    def written(out: io.BytesIO) -> None:
        with pd.ExcelWriter(out, engine="openpyxl") as book:
            table(3, 2).to_excel(book, index=False)
            next(iter(book.sheets.values()))["XFD3"] = "x"

    with pytest.raises(DataError, match="16,384 columns"):
        read(tmp_path, {"interactions.xlsx": saved(written)}, ImportLimits())


def test_a_sheet_that_defines_entities_is_refused(tmp_path: Path) -> None:
    book = WRITTEN["xlsx"](table(3, 2))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            sheet = entry.filename.startswith("xl/worksheets/")
            new.writestr(entry.filename, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' if sheet else old.read(entry))
    with pytest.raises(DataError, match="document type"):
        read(tmp_path, {"interactions.xlsx": out.getvalue()}, ImportLimits())


def test_a_file_that_grows_a_hundredfold_is_refused_while_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="100 times as much"):
        read(tmp_path, {"interactions.csv.gz": gzip.compress(b"0" * 12_000_000)}, ImportLimits())


@pytest.mark.parametrize("name", ["COLUMNS", "CELLS", "MEMORY_MB", "SECONDS"])
def test_every_limit_can_be_set_from_outside(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"KGREC_MAX_{name}", "7")
    limits = ImportLimits.from_environment()
    assert 7 in (limits.columns, limits.cells, limits.memory, limits.seconds)


def test_the_app_reads_in_a_process_of_its_own_and_hears_of_its_progress(tmp_path: Path) -> None:
    steps: list[str] = []
    given = [Given(path) for path in write_shop(tmp_path)]
    found = own_data_sandboxed.check_files(given, progress=lambda what, share: steps.append(what))
    assert found.report.ok and found.outlook == own_data.check_files(given).outlook
    assert steps[0] == "Opening the files" and steps[-1] == "Checked"


def test_what_takes_too_much_memory_or_is_wrong_ends_that_process_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [Given(path) for path in write_shop(tmp_path)]
    with pytest.raises(DataError, match="There is no file nowhere"):
        own_data_sandboxed.preview_files([Given(tmp_path / "nowhere")])
    monkeypatch.setenv("KGREC_MAX_MEMORY_MB", "150")
    with pytest.raises(DataError, match="KGREC_MAX_MEMORY_MB"):
        own_data_sandboxed.check_files(given)
