"""Data that people bring: look at files, check them, import them, and remove them without a trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from kgrec_core.config import ImportLimits
from kgrec_core.data.builtin import BUILTIN
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk.locks import held
from kgrec_core.data.disk.temporary import TemporaryFolder
from kgrec_core.data.formats.columns import ALLOWED
from kgrec_core.data.formats.known import FORMATS
from kgrec_core.data.formats.plain import FileGuess, inspect
from kgrec_core.data.formats.source import ROLES, Given, gather
from kgrec_core.data.ingest import store
from kgrec_core.data.ingest.attributes import BANDS, DECADES, SEPARATORS, ColumnPlan
from kgrec_core.data.ingest.clean import relation_name
from kgrec_core.data.ingest.importer import Choice, Imported, domain_names, import_tables
from kgrec_core.data.ingest.phrases import Proposal, propose
from kgrec_core.data.ingest.privacy import Pseudonyms
from kgrec_core.data.ingest.safe_csv import write_safe_csv
from kgrec_core.data.ingest.store import Stored
from kgrec_core.data.ingest.templates import TEMPLATES
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.outlook import Outlook, outlook
from kgrec_core.data.places import ANOTHER_HOME, home, writing
from kgrec_core.data.report import FileAccount, Finding, ImportReport
from kgrec_core.errors import ConfigError, DataError
from kgrec_core.kept import delete_dataset, marks, sweep, tidy
from kgrec_core.schema import HEAD, HEAD_LABEL, RELATION, TAIL, TAIL_LABEL, Progress, no_progress

__all__ = [
    "ALLOWED",
    "BANDS",
    "DECADES",
    "ROLES",
    "SEPARATORS",
    "TEMPLATES",
    "Choice",
    "ColumnPlan",
    "FileAccount",
    "FileGuess",
    "Finding",
    "Given",
    "ImportReport",
    "Outlook",
    "Proposal",
    "TemporaryFolder",
    "delete_dataset",
    "domain_names",
    "marks",
    "relation_name",
    "sweep",
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
    Raises DataError for files that cannot be read, ConfigError for a name, a choice or a place that cannot be, and
    InUseError while another run writes to that name.
    """
    check_new_name(name, replace)
    with held(home(), name, "importing it"):
        check_new_name(name, replace)  # another run may have been faster
        tidy(name)
        names = _known_key(name) or store.new_key()  # the same people keep the same names
        found = _imported(name, files, choice, names, progress)
        if found.report.ok:
            with writing(home(), ANOTHER_HOME):
                store.save_imported(home(), found, None if choice.keep_user_ids else names)
    return found.report


def validate_files(
    files: Sequence[Given], choice: Choice = _DEFAULT, dropped: Path | None = None, progress: Progress = no_progress
) -> ImportReport:
    """What `import_files` would say; writes nothing but, when asked, the merged and dropped rows to `dropped`."""
    found = _imported("check", files, choice, store.new_key(), progress)
    if dropped is not None:
        with writing(dropped):
            write_safe_csv(found.gone, dropped)
    return found.report


def inspect_files(files: Sequence[Given]) -> tuple[FileGuess, ...]:
    """For each plain table, which column seems to be which. Raises DataError."""
    limits = ImportLimits.from_environment()
    with temporary_folder() as folder:
        return tuple(inspect(file, Ledger(limits)) for file in gather(files, folder, limits))


@dataclass(frozen=True, slots=True)
class GraphPreview:
    """The graph that an import would have, and what could be changed about it."""

    columns: tuple[ColumnPlan, ...]  # change with dataclasses.replace, give back in Choice.columns
    proposals: tuple[Proposal, ...]  # accept by Choice.accepted
    triples: int
    entities: int
    linking: int  # entities that at least two items have: only these are in the model
    covered: float  # share of the items with at least one of these
    sample: tuple[tuple[str, str, str], ...]  # title, relation, label


@dataclass(frozen=True, slots=True)
class Checked:
    """All that can be said of files before they are saved; preview and outlook are None when the report has errors."""

    report: ImportReport
    preview: GraphPreview | None
    outlook: Outlook | None


def check_files(
    files: Sequence[Given], choice: Choice = _DEFAULT, dropped: Path | None = None, progress: Progress = no_progress
) -> Checked:
    """What `import_files` would say and what graph it would make, and the figures of the data. Raises DataError."""
    found = _imported("check", files, choice, store.new_key(), progress)
    if dropped is not None:
        with writing(dropped):
            write_safe_csv(found.gone, dropped)
    if found.catalog is None:
        return Checked(found.report, None, None)
    return Checked(found.report, _preview(found.catalog, found.plans), outlook(found.catalog))


def _preview(catalog: Catalog, plans: tuple[ColumnPlan, ...]) -> GraphPreview:
    triples, items = catalog.triples, catalog.items
    shared = triples[triples.groupby(TAIL)[HEAD].transform("nunique") >= 2] if len(triples) else triples
    some = triples.drop_duplicates([RELATION, TAIL]).groupby(RELATION, sort=True).head(3)
    return GraphPreview(
        columns=plans,
        proposals=propose(items),
        triples=len(triples),
        entities=triples[TAIL].nunique(),
        linking=shared[TAIL].nunique(),
        covered=round(shared[HEAD].nunique() / len(items), 3),
        sample=tuple(some[[HEAD_LABEL, RELATION, TAIL_LABEL]].itertuples(index=False, name=None)),
    )


def check_new_name(name: str, replace: bool = False) -> None:
    """Raises ConfigError when a data set cannot get this name."""
    store.check_name(name)
    if name in BUILTIN:
        raise ConfigError(f"{name!r} is a built-in data set. Choose another name.")
    if is_imported(name) and not replace:
        raise ConfigError(f"There is a data set {name!r} already. Choose another name, or replace it with --replace.")


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


def _known_key(name: str) -> Pseudonyms | None:
    try:
        return store.load_key(home(), name)
    except DataError:  # it is being replaced for that very reason
        return None


def temporary_folder() -> TemporaryFolder:
    """For files that a person brings and has not saved; `close` it. Raises ConfigError where it cannot be made."""
    return TemporaryFolder(home())


def format_names() -> tuple[str, ...]:
    return tuple(each.name for each in FORMATS)


def imported_names() -> tuple[str, ...]:
    return store.imported_names(home())


def is_imported(name: str) -> bool:
    return store.is_imported(home(), name)


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
    return store.load_stored(home(), name)


def data_hash(name: str) -> str:
    """Of an imported data set as it is in force. Raises DataError."""
    return store.data_hash(home(), name)


def _imported(name: str, files: Sequence[Given], choice: Choice, names: Pseudonyms, progress: Progress) -> Imported:
    return import_tables(name, files, choice, names, ImportLimits.from_environment(), progress)
