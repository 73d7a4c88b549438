"""As `own_data`, for files of visitors of the app: read in a process of its own, within limits of memory and time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kgrec_core.data.disk.writable_folders import home
from kgrec_core.data.ingest import import_tasks
from kgrec_core.data.ingest.sandbox import apart
from kgrec_core.data.plan.preview import FilesPreview
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.workspace import own_data
from kgrec_core.workspace.own_data import CheckedFiles, Choice, Given, ImportReport

_DEFAULT = Choice()


def preview_files(files: Sequence[Given], choice: Choice = _DEFAULT, progress: Progress = no_progress) -> FilesPreview:
    """See own_data.preview_files."""
    limits = own_data.limits()
    return apart(limits, progress, import_tasks.previewed, files, choice, limits)


def check_files(
    files: Sequence[Given], choice: Choice = _DEFAULT, dropped: Path | None = None, progress: Progress = no_progress
) -> CheckedFiles:
    """See own_data.check_files."""
    limits = own_data.limits()
    return apart(limits, progress, import_tasks.checked, files, choice, limits, dropped)


def import_files(
    name: str,
    files: Sequence[Given],
    choice: Choice = _DEFAULT,
    replace: bool = False,
    progress: Progress = no_progress,
) -> ImportReport:
    """See own_data.import_files."""
    limits = own_data.limits()
    own_data.make_way(name, replace)
    return apart(limits, progress, import_tasks.imported, home(), name, files, choice, replace, limits)


def add_files(
    name: str, files: Sequence[Given], choice: Choice = _DEFAULT, progress: Progress = no_progress
) -> ImportReport:
    """See own_data.add_files."""
    limits = own_data.limits()
    own_data.check_imported(name)
    return apart(limits, progress, import_tasks.added, home(), name, files, choice, limits)
