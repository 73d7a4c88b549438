"""From newer files to the data set that they are added to, without writing anything but temporary files."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from kgrec_core.config import ImportLimits
from kgrec_core.data.catalog_checks import check_catalog
from kgrec_core.data.formats.format import Tables
from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ingest.additions import BaseSet
from kgrec_core.data.ingest.cleaning import clean_tables
from kgrec_core.data.ingest.described_columns import described
from kgrec_core.data.ingest.display_names import described_names
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.importer import Imported, hidden, made_catalog
from kgrec_core.data.ingest.known_ids import with_same_ids
from kgrec_core.data.ingest.known_pairs import Known
from kgrec_core.data.ingest.liking_rule import rule_of
from kgrec_core.data.ingest.picture_columns import named_pictures
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.ingest.reported_counts import report_of
from kgrec_core.data.ingest.table_reading import read_tables
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.masking import nobody_named
from kgrec_core.schema.progress import Progress, no_progress


def add_tables(
    base: BaseSet,
    files: Sequence[Given],
    choice: Choice,
    names: Pseudonyms,
    limits: ImportLimits,
    progress: Progress = no_progress,
) -> Imported:
    """The data set with newer rows; its words and its rule of liking stay.

    choice: as when it was imported, but for the format and the columns of these files. Raises DataError for files that
    cannot be read, ConfigError for an impossible choice.
    """
    with nobody_named():
        return _added(base, files, choice, names, limits, progress)


def _added(
    base: BaseSet,
    files: Sequence[Given],
    choice: Choice,
    names: Pseudonyms,
    limits: ImportLimits,
    progress: Progress,
) -> Imported:
    start, ledger = time.perf_counter(), Ledger(limits, None if choice.keep_user_ids else names.of)
    old = base.catalog
    choice = replace(choice, domain=old.domain.name)
    tables, reader, _ = read_tables(files, choice, ledger, progress, base.plan)
    progress("Checking", 0.5)
    choice = _as_far_as_there(choice, tables)
    tables, privacy, gone = hidden(tables, old.domain, choice, names, ledger)
    tables = tables if choice.positive is None else replace(tables, pieces=False)
    clean = clean_tables(
        with_same_ids(base.with_known(tables), ledger),
        old.domain,
        time.time(),
        ledger,
        Known(old.interactions, base.liked_words),
    )
    clean = base.check(base.new_only(clean), ledger)
    progress("Adding them", 0.8)
    plans = base.usable(base.plans, clean.items, ledger)
    catalog, added = base.merged(made_catalog(old.name, clean, tables, old.domain, reader, choice, plans))
    if not ledger.failed:
        check_catalog(catalog)
    report = report_of(catalog, reader, ledger, replace(clean, users=catalog.users), privacy, 0.0)
    report = replace(
        report,
        columns=described_names(described(ledger.columns(), clean, plans, gone), choice.names),
        plan=tables.plan,
        rule=rule_of(catalog, clean, choice.positive is not None),
        added=added,
        seconds=round(time.perf_counter() - start, 2),
    )
    progress("Added", 1.0)
    made, named = None if ledger.failed else catalog, named_pictures(tables.items)
    return Imported(made, report, ledger.gone(), base.plans, choice, base.scale, base.liked_words, named)


def _as_far_as_there(choice: Choice, tables: Tables) -> Choice:
    """What was chosen of columns that newer files have too."""
    frames = [frame for frame in (tables.users, tables.items) if frame is not None]
    have = {str(name) for frame in frames for name in frame.columns}
    named = tables.users is not None and choice.names in tables.users
    return replace(choice, names=choice.names if named else "", keep_columns=choice.keep_columns & have)
