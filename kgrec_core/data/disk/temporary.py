"""Folders for files that a person brings: gone with whoever made them, or swept once nobody holds their lock."""

from __future__ import annotations

import os
import secrets
import weakref
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kgrec_core.data.disk import files
from kgrec_core.data.disk.writable_folders import ANOTHER_HOME, writing


class TemporaryFolder:
    """A private folder below ROOT/temporary; it goes at the end of a `with`, by `close`, or with the process.

    Raises ConfigError where it cannot be made.
    """

    def __init__(self, root: Path) -> None:
        place = root / "temporary"
        self.path = place / secrets.token_hex(8)
        with writing(root, ANOTHER_HOME):
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = FileLock(_lock_of(self.path), thread_local=False)  # a session may end in another thread
            lock.acquire(timeout=1)
            self.path.mkdir(mode=0o700)
        self._end = weakref.finalize(self, _close, self.path, lock, os.getpid())

    def write(self, name: str, content: bytes | memoryview) -> None:
        """A file in it, whole or not at all. Raises ConfigError where it cannot be written."""
        with writing(self.path, ANOTHER_HOME), files.replacing(self.path / name) as part:
            part.write_bytes(content)

    def close(self) -> None:
        self._end()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.close()


def sweep_temporary(root: Path) -> None:
    """Removes the folders of processes that were killed."""
    place = root / "temporary"
    for each in {path.with_suffix("") for path in (place.iterdir() if place.is_dir() else ())}:
        with suppress(OSError, Timeout):  # of someone who is at work, or who may not be touched
            lock = FileLock(_lock_of(each))
            with lock.acquire(timeout=0):
                _remove(each)


def _close(folder: Path, lock: FileLock, owner: int) -> None:
    if os.getpid() != owner:  # a forked process leaves it alone
        return
    try:
        with suppress(OSError):
            _remove(folder)
    finally:
        lock.release()


def _remove(folder: Path) -> None:
    """Of the lock, which the caller holds, last."""
    if not files.remove(folder):
        _lock_of(folder).unlink(missing_ok=True)


def _lock_of(folder: Path) -> Path:
    return folder.with_suffix(".lock")
