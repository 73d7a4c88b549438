"""Data that people bring: look at files, check them, import them, and remove them without a trace."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from kgrec_core.config import ImportLimits
from kgrec_core.data.builtin import BUILTIN
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk.locks import held
from kgrec_core.data.disk.temporary import TemporaryFolder
from kgrec_core.data.disk.undo_delete import UNDO_SECONDS
from kgrec_core.data.disk.writable_folders import home, writing
from kgrec_core.data.formats.source_files import ROLES, Given
from kgrec_core.data.import_report import FileAccount, Finding, ImportReport
from kgrec_core.data.ingest import import_tasks, imported_sets
from kgrec_core.data.ingest.example_tables import TEMPLATES
from kgrec_core.data.ingest.fact_columns import BANDS, DECADES, SEPARATORS, ColumnPlan
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.import_tasks import CheckedFiles, GraphPreview
from kgrec_core.data.ingest.proposed_facts import Proposal, all_of
from kgrec_core.data.ingest.relation_names import relation_name
from kgrec_core.data.ingest.stored_version import Stored
from kgrec_core.data.ingest.yes_no_facts import FLAGS
from kgrec_core.data.plan.domain_guess import domain_names
from kgrec_core.data.plan.plan_edits import unmet, with_meaning, with_role, with_weight
from kgrec_core.data.plan.preview import FilesPreview, TablePreview
from kgrec_core.data.plan.reading_plan import ALLOWED, ColumnMeaning, Join, ReadingPlan, TablePlan, read_plan
from kgrec_core.data.plan.recognition import FORMATS
from kgrec_core.data.training_outlook import Outlook, outlook
from kgrec_core.data.values.list_cells import LISTS
from kgrec_core.errors import ConfigError, UnknownIdError
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.workspace.deletion import (
    DeletedDataset,
    bring_back,
    delete_dataset,
    delete_with_undo,
    marks,
    purge_deleted,
    sweep,
    tidy,
)

__all__ = [
    "ALLOWED",
    "BANDS",
    "DECADES",
    "FLAGS",
    "LISTS",
    "ROLES",
    "SEPARATORS",
    "TEMPLATES",
    "UNDO_SECONDS",
    "CheckedFiles",
    "Choice",
    "ColumnMeaning",
    "ColumnPlan",
    "DeletedDataset",
    "FileAccount",
    "FilesPreview",
    "Finding",
    "Given",
    "GraphPreview",
    "ImportReport",
    "Join",
    "Outlook",
    "Proposal",
    "ReadingPlan",
    "TablePlan",
    "TablePreview",
    "TemporaryFolder",
    "all_of",
    "bring_back",
    "delete_dataset",
    "delete_with_undo",
    "domain_names",
    "marks",
    "purge_deleted",
    "read_plan",
    "relation_name",
    "sweep",
    "unmet",
    "with_meaning",
    "with_role",
    "with_weight",
]
_DEFAULT = Choice()
_LARGEST_PLAN = 5_000_000  # bytes


def import_files(
    name: str,
    files: Sequence[Given],
    choice: Choice = _DEFAULT,
    replace: bool = False,
    progress: Progress = no_progress,
) -> ImportReport:
    """Reads files into the data set `name`, whole or not at all; with errors in the report nothing is written.

    replace: whether an imported data set of that name may be overwritten; its bundle stays until it is prepared again.
    Raises DataError for files that cannot be read, ConfigError for a name, a choice or a place that cannot be, and
    InUseError while another run writes to that name.
    """
    make_way(name, replace)
    return import_tasks.imported(home(), name, files, choice, replace, limits(), progress)


def add_files(
    name: str, files: Sequence[Given], choice: Choice = _DEFAULT, progress: Progress = no_progress
) -> ImportReport:
    """Adds newer rows to an imported data set, whole or not at all; its model reads them at once.

    choice: format and mapping of these files; all else stays as it was chosen for the data set. Raises UnknownIdError
    for a name that no imported data set has, else as `import_files` does.
    """
    check_imported(name)
    return import_tasks.added(home(), name, files, choice, limits(), progress)


def validate_files(
    files: Sequence[Given], choice: Choice = _DEFAULT, dropped: Path | None = None, progress: Progress = no_progress
) -> ImportReport:
    """What `import_files` would say; writes nothing but, when asked, the merged and dropped rows to `dropped`."""
    return import_tasks.checked(files, choice, limits(), dropped, progress).report


def preview_files(files: Sequence[Given], choice: Choice = _DEFAULT) -> FilesPreview:
    """What files hold: the plan by which they would be read, first rows, first people. Raises DataError, ConfigError.

    Edit the plan with dataclasses.replace and give it back in Choice.plan.
    """
    return import_tasks.previewed(files, choice, limits())


def load_plan(path: Path) -> ReadingPlan:
    """A plan that was saved. Raises ConfigError for what is none, or cannot be read."""
    try:
        if path.stat().st_size > _LARGEST_PLAN:
            raise ConfigError(f"{path} is larger than {_LARGEST_PLAN:,} bytes, so it is no plan.")
        return read_plan(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"The plan {path} cannot be read ({getattr(error, 'strerror', None) or error}).") from error


def save_plan(plan: ReadingPlan | None, path: Path) -> None:
    """Writes how files were read, for `load_plan`. Raises ConfigError where there is no plan, or no room for it."""
    if plan is None:
        raise ConfigError("There is no plan to save: these files are of a published data set, whose columns are known.")
    with writing(path):
        path.write_text(plan.to_json(), encoding="utf-8")


def check_files(
    files: Sequence[Given], choice: Choice = _DEFAULT, dropped: Path | None = None, progress: Progress = no_progress
) -> CheckedFiles:
    """What `import_files` would say and what graph it would make, and the figures of the data. Raises DataError."""
    return import_tasks.checked(files, choice, limits(), dropped, progress)


def check_new_name(name: str, replace: bool = False) -> None:
    """Raises ConfigError when a data set cannot get this name."""
    import_tasks.check_new_name(home(), name, replace)


def check_imported(name: str) -> None:
    """Raises UnknownIdError for a name that no imported data set has."""
    if not is_imported(name):
        there = ", ".join(imported_names()) or "none yet"
        raise UnknownIdError(f"There is no imported data set {name!r} to add rows to; there are: {there}.")


def has_key(name: str) -> bool:
    """Whether people of an imported data set can be found by the ids of its files. Raises DataError."""
    return imported_sets.load_key(home(), name) is not None


def rule_of(name: str) -> str:
    """What counts as liked in an imported data set, in a sentence. Raises DataError."""
    return imported_sets.rule(home(), name)


def make_way(name: str, replace: bool) -> None:
    """Removes what broken runs have left of a name that is about to be imported.

    Raises ConfigError when a data set cannot get it, InUseError while another run writes to it.
    """
    check_new_name(name, replace)
    with held(home(), name, "importing it"):
        tidy(name)


def short_name(title: str) -> str:
    """The name that a data set of this title gets unless one is given: "" for no title, and never a built-in one.

    The same title gives the same name, so that a better version of the files may replace the older one; a title
    without a Latin letter says nothing of a name, so it gets one that is free.
    """
    if not title.strip():
        return ""
    name = imported_sets.name_of(title)
    if not name:
        return next(each for each in map("data-{}".format, count(1)) if not is_imported(each))
    return f"my-{name}" if name in BUILTIN else name


def temporary_folder() -> TemporaryFolder:
    """For files that a person brings and has not saved; `close` it. Raises ConfigError where it cannot be made."""
    return TemporaryFolder(home())


def format_names() -> tuple[str, ...]:
    return tuple(each.name for each in FORMATS)


def imported_names() -> tuple[str, ...]:
    return imported_sets.imported_names(home())


def is_imported(name: str) -> bool:
    return imported_sets.is_imported(home(), name)


def outlook_of(name: str) -> Outlook:
    """The figures of an imported data set. Raises DataError naming a file that is missing or altered."""
    return outlook(imported_catalog(name))


def limits() -> ImportLimits:
    """What an import accepts here. Raises ConfigError."""
    return ImportLimits.from_environment()


def imported_catalog(name: str) -> Catalog:
    return stored(name).catalog


def stored(name: str) -> Stored:
    """The imported data set as it is in force, with its key. Raises DataError."""
    return imported_sets.load_stored(home(), name)


def pictures(name: str) -> dict[str, bytes]:
    """Small WebP pictures of items, by item id; none of a data set that is not imported. Raises DataError."""
    return imported_sets.load_pictures(home(), name) if is_imported(name) else {}


def data_hash(name: str) -> str:
    """Of an imported data set as it is in force. Raises DataError."""
    return imported_sets.data_hash(home(), name)
