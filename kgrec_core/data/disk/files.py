"""Files and folders written whole or not at all, and removed with word of what stays."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PART = ".part"  # how the name of a file that is not yet whole ends
Look = tuple[int, int, int]  # of a file: when it was written, where it lies, how long it is


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A part beside `path`, under a name of its own, that takes its place once it is written whole."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        yield part
        sync(part)
        part.replace(path)
    except BaseException:
        remove(part)
        raise


def write_json(content: Mapping[str, Any], path: Path) -> None:
    """Replaces a file as a whole; a letter that no encoding has is written by its number."""
    with replacing(path) as part:
        text = json.dumps(content, ensure_ascii=False, indent=1)
        part.write_text(text, encoding="utf-8", errors="backslashreplace")


def sync(path: Path) -> None:
    """Returns once a file lies on the disk and not in memory alone: a marker must not outrun what it names."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 (hex) of each file below a folder, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hash_of(path) for path in files}


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def look(path: Path) -> Look | None:
    """When a file was written, where on the disk, and how long it is; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def remove(path: Path) -> list[str]:
    """Removes a file, or a folder with all that can be removed below it; what stays, each with the reason."""
    try:
        if path.is_symlink() or not path.is_dir():
            path.unlink(missing_ok=True)
            return []
        stays = [each for child in path.iterdir() for each in remove(child)]
        if not stays:
            path.rmdir()
        return stays
    except FileNotFoundError:
        return []
    except OSError as error:
        return [f"{path} ({error.strerror or error})"]


def remove_if_empty(folder: Path) -> None:
    """Nothing where it holds anything, is not there, or cannot be removed."""
    with suppress(OSError):
        folder.rmdir()
