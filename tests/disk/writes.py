"""Hears every write below a folder, and lets one of them fail, or lets none be done from one on."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

AUDITED = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
OTHERS = ((pd.DataFrame, "to_parquet"), (pd.DataFrame, "to_csv"), (Path, "write_text"), (Path, "write_bytes"))
HALF = b"PAR1 half of a file"


class Killed(BaseException):
    """From here on nothing is written, whatever handlers and `finally` try: to the disk it is as if killed."""


@dataclass
class Writes:
    """folder: what is below it counts · stop: at which write, counted from 0 · kill: what is done there."""

    folder: Path
    stop: int = -1
    kill: Callable[[], None] | None = None  # None: that write fails for want of space, and the next ones are done
    heard: list[str] = field(default_factory=list)
    dead: bool = False

    @property
    def at(self) -> str:
        """The write at which it stops."""
        return self.heard[self.stop] if self.stop < len(self.heard) else "a write that never came"

    def hear(self, what: str, place: object, torn: bool) -> None:
        """Before a write is done. torn: whether a part of the file is there already when it stops."""
        path = os.fspath(place) if isinstance(place, (str, os.PathLike)) else ""
        if not isinstance(path, str) or not path.startswith(f"{self.folder}{os.sep}"):
            return
        if self.dead:
            raise Killed
        self.heard.append(f"{what} {path.removeprefix(f'{self.folder}{os.sep}')}")
        if len(self.heard) != self.stop + 1:
            return
        if torn and not os.path.exists(path):
            self._half(path)
        if self.kill is None:
            raise OSError(errno.ENOSPC, "No space left on device", path)
        self.dead = True
        self.kill()

    def _half(self, path: str) -> None:
        self.dead, before = False, self.folder
        self.folder = Path("/nowhere")  # not a write of the operation
        with open(path, "wb") as file:
            file.write(HALF)
        self.folder = before


@contextmanager
def heard(writes: Writes) -> Iterator[None]:
    """Tables are written by code that is not Python's, so that no hook hears of it; and a file that could be opened may
    still not fit on the disk, which shows while it is written or when it is synced.
    """
    _HEARING.append(writes)
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in OTHERS:
            patch.setattr(owner, name, _told(name, getattr(owner, name)))
        patch.setattr("kgrec_core.data.disk.files.sync", lambda path: writes.hear("sync", path, torn=False))
        try:
            yield
        finally:
            _HEARING.remove(writes)


def _told(name: str, write: Callable[..., Any]) -> Callable[..., Any]:
    def told(self: Any, *arguments: Any, **options: Any) -> Any:
        for each in _HEARING:
            if name == "to_parquet" or each.kill is None:  # of the others the hook hears when they open the file
                each.hear(name, self if isinstance(self, Path) else arguments[0], torn=True)
        return write(self, *arguments, **options)

    return told


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _HEARING and (event in AUDITED or (event == "open" and _writes(*arguments[1:]))):
        for each in _HEARING:
            each.hear(event, arguments[0], torn=event == "open" and each.kill is not None)


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & WRITING)


_HEARING: list[Writes] = []
sys.addaudithook(_audit)  # it cannot be taken off, so it looks whether anybody listens
