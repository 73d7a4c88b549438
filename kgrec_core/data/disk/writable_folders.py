"""Places on disk that a person names: a sentence in place of an error of the system where one cannot be written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kgrec_core.errors import ConfigError

ELSEWHERE = "Choose another place, in a folder that you may write to."
ANOTHER_HOME = "Set KGREC_HOME to a folder that you may write to."


def home() -> Path:
    """Where all that is kept lives: KGREC_HOME, else .kgrec in the working directory."""
    return Path(os.environ.get("KGREC_HOME") or ".kgrec")


@contextmanager
def writing(place: Path, advice: str = ELSEWHERE) -> Iterator[None]:
    """Raises ConfigError naming `place` where what is done inside cannot be written."""
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{place} cannot be written ({error.strerror or error}). {advice}") from error


def check_writable(folder: Path) -> None:
    """Raises ConfigError for a folder in which no file can be made; it is made when missing."""
    with writing(folder, ANOTHER_HOME):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
