"""What is deleted can be brought back for ten seconds, byte for byte; then it is gone, whoever is there."""

from __future__ import annotations

import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import little_shop as shop
from kgrec_core import service
from kgrec_core.data.disk import files, locks, undo_delete
from kgrec_core.errors import ConfigError, InUseError, UnknownIdError
from kgrec_core.workspace import own_data
from tests.stored_files import dataset_version


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """With the shop in it, trained and measured."""
    place = tmp_path / "home"
    monkeypatch.setenv("KGREC_HOME", str(place))
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)
    with shop.stand_ins():
        shop.put(3)
        shop.train()
        (place / "quality" / "shop").mkdir(parents=True)
        (place / "quality" / "shop" / "quality-random.json").write_text("{}")
        yield place


def kept(home: Path) -> dict[str, str]:
    """All files but locks, with their hashes."""
    return {name: each for name, each in files.hashes(home).items() if not name.startswith("locks/")}


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    begin = time.time()
    monkeypatch.setattr(undo_delete.time, "time", lambda: begin + seconds)


def test_undo_brings_all_back_byte_for_byte(home: Path) -> None:
    before = kept(home)
    assert {name.split("/")[0] for name in before} == {"datasets", "keys", "bundles", "quality"}
    assert any("/vectors/" in name for name in before)
    own_data.bring_back(own_data.delete_with_undo("shop"))
    assert kept(home) == before
    assert (shop.whole_data(), shop.whole_bundle()) == (3, 3)


def test_nobody_sees_it_while_it_can_be_undone(home: Path) -> None:
    own_data.delete_with_undo("shop")
    assert own_data.imported_names() == () and own_data.marks() == {}
    assert "shop" not in {card.name for card in service.datasets()}
    assert {name.split("/")[0] for name in kept(home)} == {"deleted"}
    assert stat.S_IMODE((home / "deleted").stat().st_mode) == 0o700
    with pytest.raises(UnknownIdError):
        service.catalog_of("shop")
    with pytest.raises(UnknownIdError):
        own_data.delete_with_undo("shop")


def test_ten_seconds_later_it_is_gone_for_good(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deleted = own_data.delete_with_undo("shop")
    left = own_data.purge_deleted()
    assert left is not None and 8 < left <= 10
    later(monkeypatch, 9)
    assert own_data.purge_deleted() == pytest.approx(1, abs=0.9)
    later(monkeypatch, 10.5)
    assert own_data.purge_deleted() is None
    assert [path for path in home.rglob("*") if path.is_file() or "shop" in path.name] == []
    with pytest.raises(UnknownIdError, match="cannot be brought back any more: 10 seconds have passed"):
        own_data.bring_back(deleted)
    assert [path for path in home.rglob("*") if "shop" in path.name] == []


@pytest.mark.parametrize("next_step", ["start", "delete"])
def test_what_a_stopped_server_had_no_time_for_goes_with_the_next_start_or_deletion(
    next_step: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_data.delete_with_undo("shop")
    shop.put(4)
    later(monkeypatch, 10.5)
    own_data.sweep() if next_step == "start" else own_data.delete_with_undo("shop")
    entries = list((home / "deleted").iterdir())
    assert len(entries) == (0 if next_step == "start" else 1)
    assert own_data.is_imported("shop") == (next_step == "start")


def test_a_start_leaves_alone_what_can_still_be_undone(home: Path) -> None:
    deleted = own_data.delete_with_undo("shop")
    own_data.sweep()
    own_data.bring_back(deleted)
    assert (shop.whole_data(), shop.whole_bundle()) == (3, 3)


def test_undo_is_refused_in_words_once_the_name_was_taken(home: Path) -> None:
    deleted = own_data.delete_with_undo("shop")
    shop.put(4)
    with pytest.raises(ConfigError, match="'shop' cannot be brought back: another one was saved under this name"):
        own_data.bring_back(deleted)
    assert (shop.whole_data(), shop.whole_bundle()) == (4, None)


def test_nobody_deletes_what_another_run_writes_to_nor_brings_it_back_into_that(home: Path) -> None:
    with locks.held(home, "shop", "preparing it"):
        found = shop_in_thread(lambda: own_data.delete_with_undo("shop"))
    assert isinstance(found, InUseError) and shop.whole_bundle() == 3
    deleted = own_data.delete_with_undo("shop")
    with locks.held(home, "shop", "importing it"):
        found = shop_in_thread(lambda: own_data.bring_back(deleted))
    assert isinstance(found, InUseError) and "is importing it" in str(found)
    own_data.bring_back(deleted)
    assert shop.whole_bundle() == 3


@pytest.mark.parametrize("which", range(4))
def test_a_move_that_fails_is_told_and_leaves_all_where_it_was(
    which: int, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(home)
    with monkeypatch.context() as patch:
        fail_at(patch, which)
        with pytest.raises(ConfigError, match=r"No space.*Nothing was deleted.*kgrec_core delete shop"):
            own_data.delete_with_undo("shop")
    assert kept(home) == before and not list((home / "deleted").iterdir())
    deleted = own_data.delete_with_undo("shop")
    with monkeypatch.context() as patch:
        fail_at(patch, which + 1)  # the first one takes the entry
        with pytest.raises(ConfigError, match=r"No space.*It was not brought back"):
            own_data.bring_back(deleted)
    assert own_data.imported_names() == ()
    own_data.bring_back(deleted)
    assert kept(home) == before


def test_what_cannot_be_removed_yet_is_tried_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck, unlink = dataset_version(home, "shop").name, Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if stuck in path.parts:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok)

    own_data.delete_with_undo("shop")
    later(monkeypatch, 11)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert own_data.purge_deleted() is None
    assert [re.sub(".*[.]", ".", path.name) for path in (home / "deleted").iterdir()] == [".removed"]
    assert own_data.purge_deleted() is None
    assert list((home / "deleted").iterdir()) == []


def fail_at(patch: pytest.MonkeyPatch, number: int) -> None:
    """Lets one rename fail, counted from 0, and those after it be done."""
    rename, done = Path.rename, iter(range(100))

    def failing(path: Path, target: Path) -> Path:
        if next(done) == number:
            raise OSError(28, "No space left on device", str(path))
        return rename(path, target)

    patch.setattr(Path, "rename", failing)


def shop_in_thread(act: object) -> Exception | None:
    """The error of what is done in another thread, which does not share the locks of this one."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).exception()  # type: ignore[arg-type, return-value]
