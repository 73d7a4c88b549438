from __future__ import annotations

import bz2
import gzip
import io
import lzma
import pickle
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kgrec_core.config import ImportLimits
from kgrec_core.data.formats.gathering import gather
from kgrec_core.data.formats.source_files import Gathered, Given
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.importer import import_tables
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.errors import DataError

GOOD = b"user_id,item_id\na,x\nb,y\n"


def opened(folder: Path, *names: str, limits: ImportLimits = ImportLimits(), role: str = "") -> Gathered:  # noqa: B008
    work = folder / "work"
    work.mkdir()
    return gather([Given(folder / name, role) for name in names], work, limits)


def tar(mode: str, entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=f"w:{mode}") as archive:  # type: ignore[call-overload]
        for name, data in entries.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return made.getvalue()


NO_TABLES = {
    "cover.png": (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
    "photo.jpg": (b"\xff\xd8\xff\0", "a picture"),
    "paper.pdf": (b"%PDF-1.4", "a PDF"),
    "thesis.docx": (b"PK\x03\x04broken", "a document"),
    "~$data.xlsx.tmp": (b"\0\1", "a note"),
    "data.xlsx.lock": (b"\0\1", "lock"),
    "Thumbs.db": (b"\xd0\xcf\x11\xe0\0", "old Office"),
    "desktop.ini": (b"[x]\n", "a note"),
    "model.pkl": (pickle.dumps({"a": 1}), "run code"),
    "weights.pt": (b"PK\x03\x04", "run code"),
    "shop.sqlite": (b"SQLite format 3\0", "SQLite"),
    "train.py": (b"import os\n", "a program"),
    "notebook.ipynb": (b"{}", "a program"),
    "LICENSE": (b"MIT License\n", "a note to people"),
    "README.txt": (b"Data of 2023\n", "a note to people"),
    "README.md": (b"# Data\n", "a note to people"),
    "about.txt": (b"This data was made by us in 2023.\nPlease cite the paper when it is used.\n", "sentences"),
    "empty.csv": (b"", "empty"),
    "page.html": (b"<html><body>x</body></html>", "web page"),
    "rating.mat": (b"MATLAB 5.0 MAT-file, x\0\0", "MATLAB"),
    "data.rds": (b"\x1f\x8b broken", "damaged"),
    "inner.7z": (b"7z\xbc\xaf\x27\x1c", "7z"),
    "broken.zip": (b"PK\x03\x04 broken", "damaged"),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_is_left_out_of_a_folder_and_refused_alone(tmp_path: Path, name: str) -> None:
    data, why = NO_TABLES[name]
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / name).write_bytes(data)
    with pytest.raises(DataError, match=why) as caught:
        opened(tmp_path, "data")
    assert name in str(caught.value)
    (folder / "ratings.csv").write_bytes(GOOD)
    again = tmp_path / "again"
    again.mkdir()
    found = gather([Given(folder)], again, ImportLimits())
    assert [file.base for file in found.files] == ["ratings.csv"]
    assert [(each.name, why in each.why) for each in found.left_out] == [(f"data/{name}", True)]


def test_a_file_that_was_named_for_a_table_is_never_left_out(tmp_path: Path) -> None:
    (tmp_path / "cover.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "ratings.csv").write_bytes(GOOD)
    with pytest.raises(DataError, match="is a picture"):
        opened(tmp_path, "ratings.csv", "cover.png", role="items")


def test_a_report_tells_what_was_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "ratings.csv").write_text(
        "user,item,rating\n" + "".join(f"u{n % 9},i{n % 14},{n % 5 + 1}\n" for n in range(90))
    )
    (folder / "cover.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    report = import_tables("x", [Given(folder)], Choice(), Pseudonyms(b"k"), ImportLimits()).report
    assert [each.what for each in report.findings if each.file == "data/cover.png"] == [
        "is a picture, not a table; left out"
    ]


@pytest.mark.parametrize(
    ("name", "mode"), [("d.tar", ""), ("d.tar.gz", "gz"), ("d.tgz", "gz"), ("d.tar.bz2", "bz2"), ("d.txz", "xz")]
)
def test_a_tar_is_opened_however_it_is_packed(tmp_path: Path, name: str, mode: str) -> None:
    (tmp_path / name).write_bytes(tar(mode, {"./d/ratings.csv": GOOD, "d/.hidden": b"x", "d/a.png": b"\x89PNG\r\n"}))
    found = opened(tmp_path, name)
    assert [(file.base, file.path.read_bytes()) for file in found.files] == [("ratings.csv", GOOD)]
    assert [each.name.rsplit("/", 1)[-1] for each in found.left_out] == ["a.png"]


@pytest.mark.parametrize(
    ("name", "pack"), [("r.csv.gz", gzip.compress), ("r.csv.bz2", bz2.compress), ("r.csv.xz", lzma.compress)]
)
def test_a_single_file_is_unpacked_and_has_its_own_name(
    tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    (tmp_path / name).write_bytes(pack(GOOD) + pack(b"c,z\n"))
    (found,) = opened(tmp_path, name).files
    assert (found.name, found.path.read_bytes()) == ("r.csv", GOOD + b"c,z\n")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_unpacks_to_too_much_is_stopped_on_the_way(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / "bomb.csv").write_bytes(pack(b"0" * 3_000_000))
    with pytest.raises(DataError, match="more than 1 MB"):
        opened(tmp_path, "bomb.csv", limits=ImportLimits(megabytes=1))


@pytest.mark.parametrize("name", ["../out.csv", "/etc/out.csv", "a/../../out.csv"])
def test_a_name_in_a_tar_that_leads_out_of_it_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "up.tar").write_bytes(tar("", {"ratings.csv": GOOD, name: GOOD}))
    with pytest.raises(DataError, match="outside of the archive"):
        opened(tmp_path, "up.tar")


def test_links_in_a_tar_are_left_out(tmp_path: Path) -> None:
    made = io.BytesIO(tar("", {"ratings.csv": GOOD}))
    with tarfile.open(fileobj=made, mode="a:") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo(f"link{kind.decode()}.csv")
            entry.type, entry.linkname = kind, "/etc/hostname"
            archive.addfile(entry)
    (tmp_path / "l.tar").write_bytes(made.getvalue())
    found = opened(tmp_path, "l.tar")
    assert (len(found.files), [each.why for each in found.left_out]) == (1, ["is a link, not a file"] * 3)


def test_a_tar_that_is_cut_off_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "cut.tar").write_bytes(tar("", {"ratings.csv": GOOD * 99})[:900])
    with pytest.raises(DataError, match="damaged"):
        opened(tmp_path, "cut.tar")


def test_names_written_by_windows_are_folders_and_letters(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "w.zip", "w") as archive:
        archive.writestr("data\\käufe.csv", GOOD)
    assert [file.name for file in opened(tmp_path, "w.zip").files] == ["w.zip/data/käufe.csv"]


def test_a_folder_packed_with_an_archive_that_is_not_opened_still_gives_its_tables(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", GOOD)
    with zipfile.ZipFile(tmp_path / "o.zip", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("ratings.csv", GOOD)
    found = opened(tmp_path, "o.zip")
    assert [file.base for file in found.files] == ["ratings.csv"]
    assert "inside an archive" in found.left_out[0].why
