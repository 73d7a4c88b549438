"""Data that people bring: look at files, check them, import them, and remove them without a trace."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from kgrec_core.config import ImportLimits
from kgrec_core.data.builtin import BUILTIN
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.formats.columns import ALLOWED
from kgrec_core.data.formats.known import FORMATS
from kgrec_core.data.formats.plain import FileGuess
from kgrec_core.data.formats.source import ROLES, Given
from kgrec_core.data.ingest import checking, store
from kgrec_core.data.ingest.attributes import BANDS, DECADES, SEPARATORS, ColumnPlan
from kgrec_core.data.ingest.checking import Checked, GraphPreview
from kgrec_core.data.ingest.clean import relation_name
from kgrec_core.data.ingest.importer import Choice, domain_names
from kgrec_core.data.ingest.phrases import Proposal
from kgrec_core.data.ingest.privacy import Pseudonyms
from kgrec_core.data.ingest.templates import TEMPLATES
from kgrec_core.data.outlook import Outlook, outlook
from kgrec_core.data.places import ANOTHER_HOME, writing
from kgrec_core.data.report import FileAccount, Finding, ImportReport
from kgrec_core.errors import ConfigError, UnknownIdError
from kgrec_core.model.bundle import bundle_folder, home, quality_folder
from kgrec_core.schema import Progress, no_progress

__all__ = [
    "ALLOWED",
    "BANDS",
    "DECADES",
    "ROLES",
    "SEPARATORS",
    "TEMPLATES",
    "Checked",
    "Choice",
    "ColumnPlan",
    "FileAccount",
    "FileGuess",
    "Finding",
    "Given",
    "GraphPreview",
    "ImportReport",
    "Outlook",
    "Proposal",
    "domain_names",
    "relation_name",
]
_DEFAULT = Choice()


def import_files(
    name: str,
    files: Sequence[Given],
    choice: Choice = _DEFAULT,
    replace: bool = False,
    progress: Progress = no_progress,
) -> ImportReport:
    """Reads files into the data set `name`, whole or not at all; with errors in the report nothing is written.

    replace: whether an imported data set of that name may be overwritten; its bundle stays until it is prepared again.
    Raises DataError for files that cannot be read, ConfigError for a name, a choice or a place that cannot be.
    """
    names = names_for(name, replace)
    return checking.imported(home(), name, files, choice, names, limits(), progress)


def validate_files(
    files: Sequence[Given], choice: Choice = _DEFAULT, dropped: Path | None = None, progress: Progress = no_progress
) -> ImportReport:
    """What `import_files` would say; writes nothing but, when asked, the merged and dropped rows to `dropped`."""
    return checking.checked(files, choice, limits(), dropped, progress).report


def inspect_files(files: Sequence[Given]) -> tuple[FileGuess, ...]:
    """For each plain table, which column seems to be which. Raises DataError."""
    return checking.inspected(files, limits())


def check_files(
    files: Sequence[Given], choice: Choice = _DEFAULT, dropped: Path | None = None, progress: Progress = no_progress
) -> Checked:
    """What `import_files` would say and what graph it would make, and the figures of the data. Raises DataError."""
    return checking.checked(files, choice, limits(), dropped, progress)


def check_new_name(name: str, replace: bool = False) -> None:
    """Raises ConfigError when a data set cannot get this name."""
    store.check_name(name)
    if name in BUILTIN:
        raise ConfigError(f"{name!r} is a built-in data set. Choose another name.")
    if is_imported(name) and not replace:
        raise ConfigError(f"There is a data set {name!r} already. Choose another name, or replace it with --replace.")


def names_for(name: str, replace: bool) -> Pseudonyms:
    """What user ids become in the data set `name`: the same as before where it is replaced. Raises ConfigError."""
    check_new_name(name, replace)
    return store.load_key(home(), name) or store.new_key()


def short_name(title: str) -> str:
    """The name that a data set of this title gets unless one is given: "" for no title, and never a built-in one.

    The same title gives the same name, so that a better version of the files may replace the older one; a title
    without a Latin letter says nothing of a name, so it gets one that is free.
    """
    if not title.strip():
        return ""
    name = store.name_of(title)
    if not name:
        return next(each for each in map("data-{}".format, count(1)) if not is_imported(each))
    return f"my-{name}" if name in BUILTIN else name


def delete_dataset(name: str) -> None:
    """Removes an imported data set: tables, report, key, vectors, bundle, measured results, leavings of broken runs.

    Raises UnknownIdError when nothing of that name was imported.
    """
    if not is_imported(name):
        known = ", ".join(imported_names()) or "none"
        raise UnknownIdError(f"There is no imported data set {name!r}; there are: {known}. Built-in ones stay.")
    place = bundle_folder(name)
    beside = (place.with_name(f".{name}.{state}") for state in ("new", "old"))
    for folder in (place, *beside, quality_folder(name)):
        shutil.rmtree(folder, ignore_errors=True)
    with writing(home(), ANOTHER_HOME):
        store.delete_imported(home(), name)


def format_names() -> tuple[str, ...]:
    return tuple(each.name for each in FORMATS)


def imported_names() -> tuple[str, ...]:
    return store.imported_names(home())


def is_imported(name: str) -> bool:
    return store.is_imported(home(), name)


def outlook_of(name: str) -> Outlook:
    """The figures of an imported data set. Raises DataError naming a file that is missing."""
    return outlook(imported_catalog(name))


def limits() -> ImportLimits:
    """What an import accepts here. Raises ConfigError."""
    return ImportLimits.from_environment()


def imported_catalog(name: str) -> Catalog:
    return store.load_imported(home(), name)


def pseudonyms(name: str) -> Pseudonyms | None:
    """What turns an original user id into that of the data set; None where ids were kept."""
    return store.load_key(home(), name)
