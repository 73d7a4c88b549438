"""A folder of which one whole version is in force: the one that its marker names.

A version is a folder; what its marker lists is written once and never changed. The marker is a small JSON file beside
the versions. It names one, and each file that must be in it with its hash, and carries a digest of itself. It is
written last, and replaced as a whole: whoever reads finds the older version or the newer one, never a part of each.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kgrec_core.data.disk import files
from kgrec_core.data.disk.writable_folders import ANOTHER_HOME, writing
from kgrec_core.errors import KgrecError

_VERSION = re.compile(r"v[0-9a-f]{16}")
_OWN = ("version", "files", "digest")  # what a marker holds beside its content

T = TypeVar("T")


class VersionError(KgrecError):
    """What is wrong with a marker or a version, without the way out, which the caller knows."""


@dataclass(frozen=True, eq=False)
class Marker:
    """path: of the marker itself · content: all of it."""

    path: Path
    content: dict[str, Any]

    @property
    def version(self) -> str:
        return str(self.content["version"])

    @property
    def folder(self) -> Path:
        return self.path.parent / self.version

    @property
    def files(self) -> dict[str, str]:
        """SHA-256 of each file that must be in the folder."""
        return dict(self.content["files"])


@contextmanager
def fresh(marker: Path) -> Iterator[Path]:
    """An empty folder for a new version beside `marker`; it goes at the end unless it has come into force."""
    folder = marker.parent / f"v{secrets.token_hex(8)}"
    try:
        with writing(folder, ANOTHER_HOME):
            folder.mkdir(parents=True)
        yield folder
    finally:
        if _in_force(marker) != folder.name:
            files.remove(folder)
            files.remove_if_empty(marker.parent)


def commit(marker: Path, folder: Path, content: Mapping[str, Any]) -> None:
    """Brings a version into force, and removes all else beside the marker.

    content: what the marker says beside the names of files. Who calls holds the lock of the name.
    """
    for path in folder.rglob("*"):
        if path.is_file():
            files.sync(path)
    files.write_json(sealed({**content, "version": folder.name, "files": files.hashes(folder)}), marker)
    with suppress(OSError):  # it is done; what cannot be removed now is swept later
        for other in marker.parent.iterdir():
            if other not in (marker, folder):
                files.remove(other)


def read(marker: Path) -> Marker:
    """The marker in force. Raises VersionError where there is none, or one that was not written so."""
    if not marker.is_file():
        raise VersionError(f"There is no {marker}")
    try:
        content = json.loads(marker.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise VersionError(f"There is no {marker}") from error
    except (OSError, ValueError, RecursionError) as error:
        raise VersionError(f"{marker} cannot be read ({error})") from error
    if not isinstance(content, dict):
        raise VersionError(f"{marker} holds no names with values")
    if any(name not in content for name in _OWN):
        raise VersionError(f"{marker} was written by an older version of this program, or is not whole")
    if sealed(content)["digest"] != content["digest"]:
        raise VersionError(f"{marker} was altered")
    if not _VERSION.fullmatch(str(content["version"])) or not _is_listing(content["files"]):
        raise VersionError(f"{marker} names no version, or no files")
    return Marker(marker, content)


def read_steadily(marker: Path, load: Callable[[Marker], T]) -> T:
    """What `load` makes of the version in force; again where that was replaced meanwhile. Raises what `load` raises."""
    while True:
        found = read(marker)
        try:
            return load(found)
        except Exception:  # files of a version that goes while it is read fail in any way
            if read(marker).version == found.version:
                raise


def check(marker: Marker, below: str = "") -> None:
    """Raises VersionError that names a file which is missing or altered, among those whose path begins with `below`."""
    for name, expected in marker.files.items():
        if not name.startswith(below):
            continue
        path = marker.folder / name
        if not path.is_file():
            raise VersionError(f"The file {path} is missing")
        if files.hash_of(path) != expected:
            raise VersionError(f"The file {path} was altered")


def sealed(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as JSON has it, with a digest of all of it, SHA-256 (hex)."""
    plain = json.loads(json.dumps({name: value for name, value in content.items() if name != "digest"}))
    text = json.dumps(plain, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return {**plain, "digest": hashlib.sha256(text.encode("ascii")).hexdigest()}


def leavings(marker: Path) -> list[Path]:
    """Versions that are not in force, files that were not finished, and the folder itself where it is empty.

    Nothing where a marker is there that cannot be read: what it names is not known.
    """
    if not marker.parent.is_dir():
        return []
    kept, found = _in_force(marker), list(marker.parent.iterdir())
    if kept is None and marker.exists():
        return []
    begun = [each for each in found if _VERSION.fullmatch(each.name) or each.suffix == files.PART]
    return [each for each in begun if each.name != kept] if found else [marker.parent]


def sweep(marker: Path) -> None:
    """Removes `leavings`, and the folder where nothing is left in it. Who calls holds the lock of the name."""
    for each in leavings(marker):
        files.remove(each)
    files.remove_if_empty(marker.parent)


def _in_force(marker: Path) -> str | None:
    try:
        return read(marker).version
    except VersionError:
        return None


def _is_listing(content: object) -> bool:
    return isinstance(content, dict) and all(isinstance(value, str) for value in content.values())
