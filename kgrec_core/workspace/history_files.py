"""One person's own history from the files that a service exported: read, matched by the service, and never stored."""

from __future__ import annotations

from collections.abc import Sequence

from kgrec_core.data.ingest import export_tasks
from kgrec_core.data.ingest.sandbox import apart
from kgrec_core.schema.personal_history import OnePersonHistory
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.workspace import own_data
from kgrec_core.workspace.own_data import Given

SERVICES = "Letterboxd, IMDb, Netflix, Goodreads, StoryGraph, Spotify, Last.fm, Trakt, MyAnimeList"


def read_history(files: Sequence[Given]) -> OnePersonHistory:
    """The titles in the files. Raises DataError for files of several people, and where there are no titles.

    `service.open(name).match_export(history)` finds the items that they are.
    """
    return export_tasks.exported(files, own_data.limits())


def read_history_sandboxed(files: Sequence[Given], progress: Progress = no_progress) -> OnePersonHistory:
    """As `read_history`, in a process of its own, within limits of memory and time: for visitors of the app."""
    limits = own_data.limits()
    return apart(limits, progress, export_tasks.exported, files, limits)
