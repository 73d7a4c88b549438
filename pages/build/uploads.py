"""Files of a visitor, in a folder of their own that goes when the session ends, or is swept at the next start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

import streamlit as st

from kgrec_core.workspace import own_data
from pages.ui.safe_text import plain


class Upload(Protocol):
    """What a file uploader gives."""

    @property
    def name(self) -> str: ...
    @property
    def file_id(self) -> str: ...
    def getbuffer(self) -> memoryview: ...


@dataclass(frozen=True, slots=True)
class Written:
    """A file that the app itself gives, as if somebody had dropped it."""

    name: str
    text: str

    @property
    def file_id(self) -> str:
        return f"written{self.name}"

    def getbuffer(self) -> memoryview:
        return memoryview(self.text.encode("utf-8"))


@st.cache_resource(scope="session", show_spinner=False, on_release=lambda folder: folder.close())
def _folder() -> own_data.TemporaryFolder:
    """Removed when the session ends, or at the latest when nothing holds it any more."""
    return own_data.temporary_folder()


def folder() -> Path:
    return _folder().path


def on_disk(uploads: Sequence[Upload]) -> list[own_data.Given]:
    """The uploads as files on disk, under numbers and not under the names that they bring; others are removed."""
    place = folder()
    wanted = {f"{index:03}-{_safe(each.file_id)}": each for index, each in enumerate(uploads)}
    for old in place.iterdir():
        if old.name not in wanted and old.name != DROPPED:
            old.unlink()
    for name, each in wanted.items():
        if not (place / name).exists():
            _folder().write(name, each.getbuffer())
    return [own_data.Given(place / name, "", shown(each.name)) for name, each in wanted.items()]


DROPPED = "dropped.csv"


def dropped() -> Path:
    """Where a check puts the rows that it would merge or drop."""
    return folder() / DROPPED


def shown(name: str) -> str:
    return plain(PurePosixPath(name.replace("\\", "/")).name, 80) or "file"


def _safe(text: str) -> str:
    return "".join(char for char in text if char.isalnum())[:40]
