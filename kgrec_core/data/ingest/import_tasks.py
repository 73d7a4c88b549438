"""What is done with files that people bring: looked at, checked, or read into a data set."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kgrec_core.config import ImportLimits
from kgrec_core.data.builtin import BUILTIN
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk.locks import held
from kgrec_core.data.disk.temporary import TemporaryFolder
from kgrec_core.data.disk.writable_folders import ANOTHER_HOME, home, writing
from kgrec_core.data.formats.format import Wish
from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.import_report import ImportReport
from kgrec_core.data.ingest import imported_sets
from kgrec_core.data.ingest.adding import add_tables
from kgrec_core.data.ingest.fact_columns import ColumnPlan
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.importer import import_looked_at, import_tables
from kgrec_core.data.ingest.item_pictures import with_pictures
from kgrec_core.data.ingest.proposed_facts import Proposal, propose, proposed_findings
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.ingest.safe_csv import write_safe_csv
from kgrec_core.data.ingest.table_reading import recognised
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.masking import nobody_named
from kgrec_core.data.plan.plain_tables import looked_at
from kgrec_core.data.plan.preview import FilesPreview, preview
from kgrec_core.data.plan.recognition import PLAIN
from kgrec_core.data.training_outlook import Outlook, outlook
from kgrec_core.errors import ConfigError, DataError
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, RELATION, TAIL, TAIL_LABEL
from kgrec_core.schema.progress import Progress, no_progress

_LOOKED_AT = 50_000  # rows; of larger files only a check tells what counts as liked


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
class CheckedFiles:
    """All that can be said of files before they are saved; preview and outlook are None when the report has errors."""

    report: ImportReport
    preview: GraphPreview | None
    outlook: Outlook | None


def previewed(
    files: Sequence[Given], choice: Choice, limits: ImportLimits, progress: Progress = no_progress
) -> FilesPreview:
    """What files hold and how they would be read. Raises DataError, ConfigError."""
    progress("Looking at the columns", 0.0)
    with TemporaryFolder(home()) as folder, nobody_named(), _in_memory():
        ledger, names = Ledger(limits), imported_sets.new_key()
        sources, reader = recognised(files, choice, folder, ledger)
        if reader is not PLAIN:
            return FilesPreview(reader.name, None, (), ())
        found = looked_at(sources, ledger, Wish(choice.domain, choice.mapping, choice.plan))
        seen = preview(found)
        if seen.plan is None or sum(each.rows for each in seen.plan.tables) > _LOOKED_AT:
            return seen
        progress("Looking at the values", 0.5)
        plain = dataclasses.replace(choice, columns=(), accepted=())  # facts say nothing of the rule
        try:
            report = import_looked_at(sources, found, plain, names, ledger).report
        except DataError:  # the check says it
            return seen
    return dataclasses.replace(seen, rule=report.rule, domain=report.domain)


def checked(
    files: Sequence[Given], choice: Choice, limits: ImportLimits, dropped: Path | None, progress: Progress = no_progress
) -> CheckedFiles:
    """The report, the graph and the figures that an import would have. Raises DataError.

    dropped: where the merged and dropped rows are written; nowhere for None
    """
    with _in_memory():
        found = import_tables("check", files, choice, imported_sets.new_key(), limits, progress)
        found = with_pictures(found, files, limits)
    if dropped is not None:
        with writing(dropped):
            write_safe_csv(found.gone, dropped)
    if found.catalog is None:
        return CheckedFiles(found.report, None, None)
    preview = _preview(found.catalog, found.plans)
    file = next((each.file for each in found.report.accounts if each.table == "items"), "")
    said = proposed_findings([each for each in preview.proposals if not each.among(choice.accepted)], file)
    report = dataclasses.replace(found.report, findings=(*found.report.findings, *said))
    return CheckedFiles(report, preview, outlook(found.catalog))


def imported(
    root: Path,
    name: str,
    files: Sequence[Given],
    choice: Choice,
    replace: bool,
    limits: ImportLimits,
    progress: Progress = no_progress,
) -> ImportReport:
    """Reads files into the data set `name` under `root`, whole or, with errors in the report, not at all.

    Holds the lock of the name meanwhile. Raises InUseError while another run writes to it.
    """
    with held(root, name, "importing it"):
        check_new_name(root, name, replace)  # another run may have been faster
        names = _known_key(root, name) or imported_sets.new_key()  # the same people keep the same names
        with _in_memory():
            found = import_tables(name, files, choice, names, limits, progress)
            found = with_pictures(found, files, limits)
        if found.report.ok:
            with writing(root, ANOTHER_HOME):
                imported_sets.save_imported(root, found, None if choice.keep_user_ids else names)
    return found.report


def added(
    root: Path,
    name: str,
    files: Sequence[Given],
    choice: Choice,
    limits: ImportLimits,
    progress: Progress = no_progress,
) -> ImportReport:
    """Adds newer rows to an imported data set, whole or, with errors in the report, not at all.

    choice: format and mapping of these files; all else stays as it was chosen. Holds the lock of the name meanwhile.
    Raises InUseError while another run writes to it, and DataError where nothing can be added to it.
    """
    with held(root, name, "adding rows to it"):
        before = imported_sets.load_stored(root, name)
        base, known = before.base, before.choice
        wanted = replace(known, plan=choice.plan, format=choice.format, mapping=choice.mapping)
        with _in_memory():
            names = before.names or imported_sets.new_key()
            found = with_pictures(add_tables(base, files, wanted, names, limits, progress), files, limits)
        if found.report.ok:
            with writing(root, ANOTHER_HOME):
                imported_sets.save_imported(root, replace(found, choice=known), before.names, before)
    return found.report


def check_new_name(root: Path, name: str, replace: bool) -> None:
    """Raises ConfigError when a data set cannot get this name."""
    imported_sets.check_name(name)
    if name in BUILTIN:
        raise ConfigError(f"{name!r} is a built-in data set. Choose another name.")
    if imported_sets.is_imported(root, name) and not replace:
        raise ConfigError(f"There is a data set {name!r} already. Choose another name, or replace it with --replace.")


def _known_key(root: Path, name: str) -> Pseudonyms | None:
    try:
        return imported_sets.load_key(root, name)
    except DataError:  # it is being replaced for that very reason
        return None


@contextmanager
def _in_memory() -> Iterator[None]:
    """Raises DataError where the memory does not suffice."""
    try:
        yield
    except MemoryError as error:
        raise DataError(
            "Reading these files takes more memory than may be used. Give fewer rows or columns; the app reads within "
            "KGREC_MAX_MEMORY_MB."
        ) from error


def _preview(catalog: Catalog, plans: tuple[ColumnPlan, ...]) -> GraphPreview:
    triples, items = catalog.triples, catalog.items
    shared = triples[triples.groupby(TAIL)[HEAD].transform("nunique") >= 2] if len(triples) else triples
    some = triples.drop_duplicates([RELATION, TAIL]).groupby(RELATION, sort=True).head(3)
    return GraphPreview(
        columns=plans,
        proposals=propose(items, triples),
        triples=len(triples),
        entities=triples[TAIL].nunique(),
        linking=shared[TAIL].nunique(),
        covered=round(shared[HEAD].nunique() / len(items), 3),
        sample=tuple(some[[HEAD_LABEL, RELATION, TAIL_LABEL]].itertuples(index=False, name=None)),
    )
