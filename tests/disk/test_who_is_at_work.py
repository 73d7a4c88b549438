"""Two runs at one name: the second is told who is at work, and nothing of either is lost."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from benchmarks import little_shop as shop
from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.data.disk import locks
from kgrec_core.data.disk.temporary import TemporaryFolder
from kgrec_core.errors import BundleError, ConfigError, DataError, InUseError, UnknownIdError
from kgrec_core.model.bundle import commit_bundle
from kgrec_core.workspace import own_data, prepare, training_runs
from tests.stored_files import bundle_version, dataset_version, key_file

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)
    with shop.stand_ins():
        yield tmp_path / "home"


@pytest.fixture
def preparing(home: Path) -> Iterator[Callable[[], None]]:
    """While a test runs another thread prepares the shop; called, it lets that come to its end."""
    shop.put(3)
    begun, go, quick = threading.Event(), threading.Event(), prepare._prepared

    def slow(*arguments: object) -> Path:
        begun.set()
        assert go.wait(60)
        return quick(*arguments)  # type: ignore[arg-type]

    def end() -> None:
        go.set()
        run.join()

    with mock.patch.object(prepare, "_prepared", slow):  # gone before what `home` put in its place is
        run = threading.Thread(target=shop.train)
        run.start()
        assert begun.wait(60)
        yield end
        end()


def test_a_second_preparation_is_told_that_the_name_is_in_use_and_by_what(preparing: Callable[[], None]) -> None:
    with pytest.raises(InUseError, match=rf"'shop' is in use: process {os.getpid()} is preparing it since \d\d:\d\d"):
        shop.train()
    preparing()
    assert shop.whole_bundle() == 3


@pytest.mark.parametrize("act", [shop.delete, lambda: shop.put(4)])
def test_nobody_deletes_or_replaces_what_is_being_prepared(
    act: Callable[[], None], home: Path, preparing: Callable[[], None]
) -> None:
    with pytest.raises(InUseError, match=r"Wait until that has ended"):
        act()
    preparing()
    assert (shop.whole_data(), shop.whole_bundle()) == (3, 3)
    act()
    assert shop.leavings(home) == []


def test_the_command_line_says_so_in_a_sentence(
    preparing: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["delete", "shop"]) == 2
    assert "is in use" in capsys.readouterr().err


def test_a_run_of_the_app_is_not_started_beside_another_process(preparing: Callable[[], None]) -> None:
    with pytest.raises(InUseError, match="is preparing it"):
        training_runs.start("shop")
    assert training_runs.state("shop") is None


def test_the_lock_of_a_killed_process_is_free_and_its_work_is_swept(home: Path) -> None:
    shop.put(3)
    code = (
        "import time; from kgrec_core.data.disk import locks, versions; from kgrec_core.model.bundle import *\n"
        "with locks.held(home(), 'shop', 'preparing it'), versions.fresh(bundle_marker('shop')) as folder:\n"
        "    (folder / 'half').write_text('x'); print('begun', flush=True); time.sleep(60)"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT)
    assert run.stdout is not None and run.stdout.readline() == b"begun\n"
    own_data.sweep()
    assert list((home / "bundles" / "shop").glob("v*/half"))  # it is at work
    with pytest.raises(InUseError):
        shop.train()
    run.kill()
    run.wait()
    own_data.sweep()
    assert shop.leavings(home) == []
    shop.train()
    assert shop.whole_bundle() == 3


def test_a_bundle_without_what_its_card_speaks_of_does_not_come_into_force(home: Path) -> None:
    shop.put(3)
    shop.train()
    folder = home / "bundles" / "shop" / "v0123456789abcdef"
    folder.mkdir()
    with pytest.raises(BundleError, match=r"lacks catalog/catalog\.json.*xlnet/config\.json.*prepare shop"):
        commit_bundle(folder, {"dataset": "shop", "names": {"bert": "b", "xlnet": ""}, "model": {}})
    assert shop.whole_bundle() == 3


def test_a_removal_says_what_could_not_be_removed_and_can_be_repeated(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.put(3)
    stuck, unlink = dataset_version(home, "shop") / "catalog" / "users.parquet", Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == stuck:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(ConfigError, match=rf"{re.escape(str(stuck))} \(Permission denied\).*delete shop"):
            shop.delete()
        with pytest.raises(ConfigError, match="delete shop"):
            shop.delete()
    assert own_data.imported_names() == () and not list((home / "keys").glob("*"))
    shop.delete()
    assert [path for path in home.rglob("*") if path.is_file() or "shop" in path.name] == []
    with pytest.raises(UnknownIdError, match="no imported data set 'shop'"):
        shop.delete()


def test_a_removal_that_was_interrupted_is_brought_to_its_end_by_the_next_start(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.put(3)
    with monkeypatch.context() as patch:
        patch.setattr("kgrec_core.workspace.deletion._erase", lambda name: None)
        shop.delete()
    assert key_file(home, "shop").is_file()
    own_data.sweep()
    assert [path for path in home.rglob("*") if path.is_file() or "shop" in path.name] == []


def test_a_key_goes_with_its_data_and_is_kept_for_the_same_people(home: Path) -> None:
    shop.put(3)
    before = key_file(home, "shop").read_text()
    assert stat.S_IMODE(key_file(home, "shop").stat().st_mode) == 0o600
    shop.put(4)
    assert key_file(home, "shop").read_text() == before
    shop.put(5, keep_user_ids=True)
    assert not list((home / "keys").glob("*")) and shop.whole_data() == 5


def test_raw_uploads_of_a_killed_server_are_swept_by_the_next_one(home: Path) -> None:
    code = (
        "import time; from kgrec_core.workspace import own_data; folder = own_data.temporary_folder()\n"
        "folder.write('000-raw', b'anna,1'); print('begun', flush=True); time.sleep(60)"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT)
    assert run.stdout is not None and run.stdout.readline() == b"begun\n"
    own_data.sweep()
    assert [path.read_bytes() for path in home.rglob("000-raw")] == [b"anna,1"]  # its server is there
    run.send_signal(signal.SIGKILL)
    run.wait()
    own_data.sweep()
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_a_folder_for_uploads_goes_with_whoever_holds_it(tmp_path: Path) -> None:
    with TemporaryFolder(tmp_path) as place:
        (place / "raw.csv").write_text("anna,1")
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert list((tmp_path / "temporary").iterdir()) == []
    folder = TemporaryFolder(tmp_path)
    del folder
    assert list((tmp_path / "temporary").iterdir()) == []


def test_data_of_an_older_version_are_told_with_the_way_out_and_can_be_replaced(
    home: Path,
) -> None:
    place = home / "datasets" / "shop"
    (place / "catalog").mkdir(parents=True)
    (place / "report.json").write_text('{"dataset": "shop"}')
    (home / "keys").mkdir()
    (home / "keys" / "shop.key").write_text("00" * 32)
    own_data.sweep()
    assert (place / "catalog").is_dir() and (home / "keys" / "shop.key").is_file()
    with pytest.raises(DataError, match=r"older version.*--replace.*delete shop"):
        own_data.imported_catalog("shop")
    assert "older version" in {card.name: card.trouble for card in service.datasets()}["shop"]
    shop.put(3)
    assert shop.whole_data() == 3 and shop.leavings(home) == []


@pytest.mark.parametrize("table", ["users", "items", "interactions", "triples"])
def test_a_byte_that_flipped_in_a_table_is_told_with_the_file_and_the_way_out(home: Path, table: str) -> None:
    shop.put(3)
    shop.train()
    for folder, read, way in (
        (dataset_version(home, "shop"), own_data.stored, "delete shop"),
        (bundle_version(home, "shop"), service.catalog_of, "prepare shop"),
    ):
        file = folder / "catalog" / f"{table}.parquet"
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
        with pytest.raises((DataError, BundleError), match=rf"{table}\.parquet was altered\..*{way}"):
            read("shop")


def test_the_list_of_dropped_rows_may_be_taken_away(home: Path) -> None:
    shop.put(3)
    (dataset_version(home, "shop") / "dropped.csv").unlink()
    assert shop.whole_data() == 3


def test_a_reader_that_meets_a_replacement_reads_the_newer_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kgrec_core.data.ingest import imported_sets

    shop.put(3)
    load = imported_sets.Catalog.load

    def late(folder: Path) -> object:
        monkeypatch.setattr(imported_sets.Catalog, "load", load)
        shop.put(4)  # between the look at the report and the look at the tables
        return load(folder)

    monkeypatch.setattr(imported_sets.Catalog, "load", late)
    assert shop.whole_data() == 4
