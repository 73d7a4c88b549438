"""What is deleted lies aside in ROOT/deleted/ENTRY until it can no longer be brought back, and is then removed.

Nothing reads or lists that folder, and only the account of this program may enter it. An entry is named after the time
of the deletion (milliseconds) and a random number; what is in it lies as it lay below ROOT. Who renames an entry has
it: of one who brings it back and one who removes it, the second is too late.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from kgrec_core.data.disk import files

UNDO_SECONDS = 10.0  # how long what is deleted can be brought back
_RETURN_SECONDS = 60.0  # what a killed process was bringing back is removed so much later
_REMOVED, _RETURNING = ".removed", ".returning"  # how the name of an entry ends that somebody has

_log = logging.getLogger(__name__)


def set_aside(root: Path, places: Sequence[Path]) -> str:
    """Moves files and folders below `root` aside, in this order, all or none; returns the name of the entry.

    Raises OSError. Where the process is killed in between, what was moved by then is removed in time.
    """
    entry = _place(root) / f"{time.time() * 1000:.0f}-{secrets.token_hex(8)}"
    root.mkdir(parents=True, exist_ok=True)
    entry.parent.mkdir(mode=0o700, exist_ok=True)
    entry.mkdir(mode=0o700)
    try:
        _move(places, root, entry)
    except OSError:
        _remove_folders(entry)
        raise
    return entry.name


def put_back(root: Path, name: str) -> bool:
    """Brings an entry back to where it lay, where nothing may lie now; False where it is gone. Raises OSError, and
    the entry stays then.
    """
    entry = _place(root) / name
    returning = entry.with_suffix(_RETURNING)
    try:
        entry.rename(returning)
    except FileNotFoundError:
        return False
    try:  # data before the bundle, which is nothing without them
        _move(sorted(returning.glob("*/*"), reverse=True), returning, root)
    except OSError:
        returning.rename(entry)
        raise
    _remove_folders(returning)
    return True


def purge(root: Path) -> float | None:
    """Removes what can no longer be brought back; the seconds until the next may go, None where nothing waits."""
    place = _place(root)
    waits = []
    with suppress(OSError):
        for entry in place.iterdir() if place.is_dir() else ():
            left = _seconds_left(entry)
            if left > 0:
                waits.append(left)
            else:
                _remove(entry)
    return min(waits, default=None)


def _place(root: Path) -> Path:
    return root / "deleted"


def _move(places: Sequence[Path], source: Path, target: Path) -> None:
    """All or none, as far as the disk lets it. Raises OSError."""
    done: list[tuple[Path, Path]] = []
    try:
        for place in places:
            moved = target / place.relative_to(source)
            moved.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            place.rename(moved)
            done.append((place, moved))
    except OSError:
        for place, moved in reversed(done):
            with suppress(OSError):
                moved.rename(place)
        raise


def _seconds_left(entry: Path) -> float:
    """Until an entry may be removed, 0 or less from then on; at once where a clock that was set back made it new."""
    begin = entry.name.partition("-")[0]
    if entry.suffix == _REMOVED or not begin.isdecimal():
        return 0.0
    patience = UNDO_SECONDS + (_RETURN_SECONDS if entry.suffix == _RETURNING else 0.0)
    return patience - abs(time.time() - int(begin) / 1000)


def _remove(entry: Path) -> None:
    removed = entry.with_suffix(_REMOVED)
    with suppress(FileNotFoundError):  # somebody was faster
        entry.rename(removed)
        stays = files.remove(removed)
        if stays:
            _log.warning("Not all that was deleted could be removed yet. What stays: %s", ", ".join(stays))


def _remove_folders(entry: Path) -> None:
    """Of an entry that was emptied; a file that is there after all stays."""
    for folder in (*entry.glob("*"), entry):
        files.remove_if_empty(folder)
