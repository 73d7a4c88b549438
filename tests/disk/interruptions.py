"""Every write of every operation on what is kept, once failing and once with the process killed at it.

    python -m tests.disk.interruptions

It prints JSON: for each operation how many writes were stopped, and what was wrong afterwards. A kill is made by
letting nothing be written from that write on; some are made by killing a process, to see that the disk is the same.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks import little_shop as shop
from kgrec_core.data.disk import undo_delete
from kgrec_core.workspace import own_data
from tests.disk.writes import Killed, Writes, heard

FAIL, KILL = "fails", "is killed"
EVERY = 12  # of so many kills one is made on a process as well
AGAIN = 4  # of so many attempts one is followed by the same operation, undisturbed
MEMORY = Path("/dev/shm")  # a disk in memory, where there is one: ten times faster


@dataclass(frozen=True)
class Operation:
    """before: makes the home · data, bundle: editions before and after; either may be found when it is stopped.

    again: whether it can be done once more after a sweep, which takes what was to be brought back
    """

    name: str
    before: tuple[Callable[[], object], ...]
    act: Callable[[], object]
    data: tuple[int | None, int | None]
    bundle: tuple[int | None, int | None] = (None, None)
    again: bool = True


def _set_aside() -> None:
    own_data.delete_with_undo(shop.NAME)


def _delete_for_good() -> None:
    """As the app deletes: aside first, and for good once its time is over, which is at once here."""
    _set_aside()
    own_data.purge_deleted()


def _undo() -> None:
    entry = next(Path(os.environ["KGREC_HOME"], "deleted").iterdir())
    own_data.bring_back(own_data.DeletedDataset(shop.NAME, entry.name))


def _broken_runs() -> None:
    """What a killed prepare, a killed import and a killed server leave."""
    home = Path(os.environ["KGREC_HOME"])
    for place in ("datasets", "bundles"):
        folder = home / place / shop.NAME / ("v" + "0" * 16)
        (folder / "xlnet").mkdir(parents=True)
        (folder / "xlnet" / "model.safetensors").write_bytes(b"half")
    (home / "keys" / f"{shop.NAME}.v{'0' * 16}.key").write_text("00")
    (home / "temporary" / "a1").mkdir(parents=True)
    (home / "temporary" / "a1" / "raw.csv").write_text("anna,1")


FIRST, NEXT = partial(shop.put, 3), partial(shop.put, 4)
OPERATIONS = (
    Operation("import", (), FIRST, (None, 3)),
    Operation("import --replace", (FIRST, shop.train), NEXT, (3, 4), (3, 3)),
    Operation("import --replace --keep-user-ids", (FIRST,), partial(shop.put, 4, keep_user_ids=True), (3, 4)),
    Operation("import --replace of kept ids", (partial(shop.put, 3, keep_user_ids=True),), NEXT, (3, 4)),
    Operation("prepare", (FIRST,), shop.train, (3, 3), (None, 3)),
    Operation("prepare again", (FIRST, shop.train, NEXT), shop.train, (4, 4), (3, 4)),
    Operation("delete", (FIRST, shop.train), shop.delete, (3, None), (3, None)),
    Operation("delete with undo, and for good", (FIRST, shop.train), _delete_for_good, (3, None), (3, None)),
    Operation("undo of a delete", (FIRST, shop.train, _set_aside), _undo, (None, 3), (None, 3), again=False),
    Operation("sweep", (FIRST, shop.train, _broken_runs), own_data.sweep, (3, 3), (3, 3)),
)


def tried(operation: Operation, folder: Path) -> dict[str, Any]:
    """Stops the operation at each of its writes."""
    with shop.stand_ins(), pytest.MonkeyPatch.context() as patch:
        begin, home = folder / "begin", folder / "home"
        patch.setenv("KGREC_HOME", str(begin))
        for seconds in ("UNDO_SECONDS", "_RETURN_SECONDS"):
            patch.setattr(undo_delete, seconds, 0.0)
        begin.mkdir()
        for step in operation.before:
            step()
        patch.setenv("KGREC_HOME", str(home))
        writes = _copied(begin, home, lambda: _stopped(operation, Writes(home)))
        kills = _copied(begin, home, lambda: _stopped(operation, Writes(home, kill=_never)))
        ways = [(FAIL, number, None) for number in range(writes)] + [(KILL, number, _die) for number in range(kills)]
        wrong = []
        for how, number, kill in ways:
            stop = Writes(home, number, kill)
            found = _copied(begin, home, partial(_wrong_after, operation, stop))
            wrong += [f"{stop.at} {how}: {found}"] if found else []
        alike = [_copied(begin, home, partial(_files_after_kill, operation, home, n)) for n in range(0, kills, EVERY)]
        real = [_copied(begin, home, partial(_files_of_killed, operation, home, n)) for n in range(0, kills, EVERY)]
        wrong += [f"a killed process leaves other files: {a} {b}" for a, b in zip(alike, real, strict=True) if a != b]
        return {"failing": writes, "killed": kills, "processes": len(real), "wrong": wrong}


def _copied(begin: Path, home: Path, act: Callable[[], Any]) -> Any:
    shutil.copytree(begin, home, copy_function=os.link)
    try:
        return act()
    finally:
        shutil.rmtree(home)


def _stopped(operation: Operation, writes: Writes) -> int:
    """How many writes it got to. Only our own errors, and the kill, may come out of it."""
    with heard(writes):
        try:
            shop.in_words(operation.act)
        except Killed:
            pass
    return len(writes.heard)


def _wrong_after(operation: Operation, writes: Writes) -> str:
    """What is found wrong by who reads it, sweeps, may do it once more, and deletes it; "" where nothing is."""
    home = writes.folder
    try:
        _stopped(operation, writes)
        data, bundle = shop.whole_data(), shop.whole_bundle()
        assert data in operation.data, f"the data are of edition {data}"
        assert bundle in operation.bundle, f"the bundle is of edition {bundle}"
        own_data.sweep()
        assert (shop.edition_of_data(), shop.edition_of_bundle()) == (data, bundle), "sweeping changed what is in force"
        assert shop.leavings(home) == [], f"swept: {shop.leavings(home)}"
        if operation.again and writes.stop % AGAIN == 0:
            said = shop.in_words(operation.act)
            assert not said or data is None, f"not done again: {said}"
            now = (shop.whole_data(), shop.whole_bundle())
            assert now == (operation.data[1], operation.bundle[1]), f"done again: {now}"
            assert shop.leavings(home) == [], f"done again: {shop.leavings(home)}"
        shop.in_words(shop.delete)
        assert shop.leavings(home) == [], f"deleted: {shop.leavings(home)}"
    except Exception:
        return traceback.format_exc(limit=-3)
    return ""


def _files_after_kill(operation: Operation, home: Path, number: int) -> list[str]:
    _stopped(operation, Writes(home, number, _die))
    return _files(home)


def _files_of_killed(operation: Operation, home: Path, number: int) -> list[str]:
    process = os.fork()
    if process == 0:
        signal.alarm(60)  # a lock of another thread that was copied would be waited for in vain
        try:
            _stopped(operation, Writes(home, number, lambda: os._exit(0)))
        finally:
            os._exit(1)  # it was not killed where it should have been
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    return _files(home) if status == 0 else [f"exit status {status}"]


def _files(home: Path) -> list[str]:
    """All files with their lengths, random parts of names left out."""
    found = [path for path in home.rglob("*") if path.is_file() and path.parent.name != "locks"]
    return sorted(re.sub("[0-9a-f]{8,}", "*", f"{path.relative_to(home)}") for path in found)


def _die() -> None:
    raise Killed


def _never() -> None:
    raise AssertionError("no write is stopped while they are counted")


def main() -> dict[str, Any]:
    found = {}
    for operation in OPERATIONS:
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            found[operation.name] = tried(operation, Path(folder))
    return found


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
