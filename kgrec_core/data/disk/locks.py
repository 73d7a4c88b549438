"""One lock a name: who writes what is kept under it holds it, whatever the process or thread."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kgrec_core.data.disk.writable_folders import ANOTHER_HOME, writing
from kgrec_core.errors import InUseError

_PATIENCE = 2.0  # seconds: what takes no longer than a look is waited for


@contextmanager
def held(root: Path, name: str, doing: str, patience: float = _PATIENCE) -> Iterator[None]:
    """Holds the lock of a name; the same thread may ask for it again inside.

    doing: what for, as it reads after "a process is", told to whoever comes meanwhile · patience: seconds to wait.
    Raises InUseError that says what holds it, and ConfigError where no lock can be written. The lock of a process
    that was killed is free.
    """
    path = _path(root, name)
    with writing(path, ANOTHER_HOME):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, is_singleton=True)  # one for all in this process, counted by thread
        first = not lock.is_locked
        try:
            lock.acquire(timeout=patience)
        except Timeout as error:
            raise InUseError(_in_use(root, name)) from error
    try:
        if first:
            _tell(_note(root, name), doing)
        yield
    finally:
        try:
            if first:
                with suppress(OSError):
                    _note(root, name).unlink(missing_ok=True)
        finally:
            lock.release()


def forget(root: Path, name: str) -> None:
    """Removes the files of a lock that the caller holds: those who wait for it make new ones."""
    with suppress(OSError):  # it says nothing of the data but the name
        _note(root, name).unlink(missing_ok=True)
        _path(root, name).unlink(missing_ok=True)


def lock_leavings(root: Path, names: Collection[str]) -> list[str]:
    """Names of which a note is there, as whoever was killed leaves it, or a lock and nothing in `names`."""
    notes = {path.stem for path in (root / "locks").glob("*.json")}
    locks = {path.stem for path in (root / "locks").glob("*.lock")}
    return sorted(notes | (locks - set(names)))


def _tell(note: Path, doing: str) -> None:
    with suppress(OSError):  # a full disk does not keep anyone from deleting
        note.write_text(json.dumps({"doing": doing, "process": os.getpid(), "since": time.time()}), encoding="utf-8")


def _in_use(root: Path, name: str) -> str:
    told = f"The data set {name!r} is in use: another run is writing to it"
    with suppress(OSError, ValueError, TypeError, KeyError):
        note = json.loads(_note(root, name).read_text(encoding="utf-8"))
        since = time.strftime("%H:%M", time.localtime(float(note["since"])))
        told = f"The data set {name!r} is in use: process {int(note['process'])} is {note['doing']} since {since}"
    return f"{told}. Wait until that has ended, or end it, and then try again."


def _path(root: Path, name: str) -> Path:
    return root / "locks" / f"{name}.lock"


def _note(root: Path, name: str) -> Path:
    return root / "locks" / f"{name}.json"
