"""From files to a catalog and a report, without writing anything but temporary files."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from kgrec_core.config import ImportLimits
from kgrec_core.data.attribute_triples import triples_from_attributes
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.catalog_checks import check_catalog
from kgrec_core.data.formats.format import Format, Tables
from kgrec_core.data.formats.source_files import Given, SourceFile
from kgrec_core.data.frames import with_columns
from kgrec_core.data.import_report import ImportReport
from kgrec_core.data.ingest import display_names
from kgrec_core.data.ingest.charges import without_charges
from kgrec_core.data.ingest.cleaning import CleanTables, clean_tables
from kgrec_core.data.ingest.described_columns import described
from kgrec_core.data.ingest.display_names import described_names, with_names
from kgrec_core.data.ingest.fact_columns import ColumnPlan, alike, plan_columns, recounted, with_plan
from kgrec_core.data.ingest.hidden_people import protected
from kgrec_core.data.ingest.identifying_columns import check_kept
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.known_ids import with_same_ids
from kgrec_core.data.ingest.liking_rule import check_enough, check_liked, check_positive, rule_of, with_rule
from kgrec_core.data.ingest.picture_columns import named_pictures
from kgrec_core.data.ingest.proposed_facts import tell_accepted, with_accepted
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.ingest.rare_items import within
from kgrec_core.data.ingest.reported_counts import report_of
from kgrec_core.data.ingest.table_reading import domain_of, read_tables
from kgrec_core.data.ledger import FILE, PROVENANCE, Ledger
from kgrec_core.data.masking import nobody_named, without_contacts
from kgrec_core.data.plan.plain_tables import read_planned
from kgrec_core.data.plan.planner import Planned
from kgrec_core.data.plan.recognition import PLAIN
from kgrec_core.data.values.scales import Scale
from kgrec_core.domain import Domain
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, ITEM, NAME, RELATION, TAIL, TAIL_LABEL
from kgrec_core.schema.progress import Progress, no_progress

SEPARATOR = "|"
_TRIPLE = [HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL]


@dataclass(frozen=True, eq=False)
class Imported:
    """What came of the files. catalog: None when the report has errors."""

    catalog: Catalog | None
    report: ImportReport
    gone: pd.DataFrame  # merged and dropped rows: file, row, fate, why, record
    plans: tuple[ColumnPlan, ...]  # how attributes became facts; empty for formats that say so themselves
    choice: Choice = field(default_factory=Choice)
    scale: Scale | None = None  # of ratings; None for counts or no values
    liked_words: tuple[str, ...] = ()  # words of events that are likes; none where words say nothing
    pictured: Mapping[str, str] = field(default_factory=dict)  # item id -> the name of its picture, as its cell says
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # item id -> a small WebP


def import_tables(
    name: str,
    files: Sequence[Given],
    choice: Choice,
    names: Pseudonyms,
    limits: ImportLimits,
    progress: Progress = no_progress,
) -> Imported:
    """Reads, checks and mends. Raises DataError for files that cannot be read, ConfigError for an impossible choice."""
    with nobody_named():
        return _imported(name, files, choice, names, limits, progress)


def _imported(
    name: str, given: Sequence[Given], choice: Choice, names: Pseudonyms, limits: ImportLimits, progress: Progress
) -> Imported:
    start, ledger = time.perf_counter(), Ledger(limits, None if choice.keep_user_ids else names.of)
    tables, reader, domain = read_tables(given, choice, ledger, progress)
    return _made(name, tables, reader, domain, choice, names, ledger, start, progress)


def import_looked_at(
    files: Sequence[SourceFile], found: Planned, choice: Choice, names: Pseudonyms, ledger: Ledger
) -> Imported:
    """The same of plain tables that were looked at (`plain_tables.looked_at`), which are not read again."""
    start = time.perf_counter()
    tables = with_same_ids(read_planned(found, ledger), ledger)
    domain = domain_of(choice, PLAIN, files, tables, ledger)
    return _made("preview", tables, PLAIN, domain, choice, names, ledger, start, no_progress)


def _made(
    name: str,
    tables: Tables,
    reader: Format,
    domain: Domain,
    choice: Choice,
    names: Pseudonyms,
    ledger: Ledger,
    start: float,
    progress: Progress,
) -> Imported:
    """All that comes after reading. start: of the clock, when it began"""
    progress("Checking", 0.5)
    tables, privacy, gone = hidden(tables, domain, choice, names, ledger)
    if choice.positive is not None:  # a limit of liking is one of pieces then
        tables = replace(tables, pieces=False)
    clean = clean_tables(tables, domain, time.time(), ledger)
    clean = without_charges(clean, domain, ledger)
    clean = within(clean, ledger.limits.items, choice.min_users, ledger)
    check_enough(clean, ledger)
    check_positive(clean, choice.positive)
    progress("Building the graph", 0.8)
    plans = _plans(tables, clean, domain, choice)
    _tell_alike(plans, clean, ledger)
    catalog = made_catalog(name, clean, tables, with_rule(domain, clean, choice.positive), reader, choice, plans)
    tell_accepted(catalog.triples, choice.accepted, _file_of(clean.items), ledger)
    if not ledger.failed:
        check_catalog(catalog)
        check_liked(catalog, ledger)
    report = report_of(catalog, reader, ledger, clean, privacy, time.perf_counter() - start)
    columns = described_names(described(ledger.columns(), clean, plans, gone), choice.names)
    rule = rule_of(catalog, clean, choice.positive is not None)
    report = replace(report, columns=columns, plan=tables.plan, rule=rule)
    progress("Checked", 1.0)
    made, words = None if ledger.failed else catalog, clean.events.liked if clean.events else ()
    return Imported(made, report, ledger.gone(), plans, choice, clean.scale, words, named_pictures(tables.items))


def hidden(
    tables: Tables, domain: Domain, choice: Choice, names: Pseudonyms, ledger: Ledger
) -> tuple[Tables, tuple[str, ...], tuple[str, ...]]:
    """The tables without people in sight, what was done in sentences, and the columns that were left out."""
    check_kept(tables, choice.keep_columns)
    social, kept = domain.name == "social", choice.keep_columns | ({NAME} if choice.names else set())
    tables = with_names(tables, choice.names)
    tables, gone = protected(tables, names, kept, social, choice.keep_user_ids, ledger)
    told = (f"Left out, since they name or reach a person: {', '.join(map(without_contacts, gone))}.",) if gone else ()
    told = (*((display_names.told(choice.names),) if choice.names else ()), *told)
    if choice.keep_user_ids:
        return tables, ("User ids were kept as they are.", *told), gone
    return tables, ("User ids were replaced by keyed hashes; the key is kept apart from the data.", *told), gone


def _plans(tables: Tables, clean: CleanTables, domain: Domain, choice: Choice) -> tuple[ColumnPlan, ...]:
    if choice.columns is not None:
        return recounted(clean.items, choice.columns, domain)
    if not tables.guess or tables.items is None:
        return ()
    told = {column for column, _ in tables.relations.items()}
    return tuple(plan for plan in plan_columns(clean.items, domain) if plan.column not in told)


def _tell_alike(plans: tuple[ColumnPlan, ...], clean: CleanTables, ledger: Ledger) -> None:
    for relation, columns in alike(plans).items():
        said = f"{', '.join(map(repr, columns))} become one relation, {relation!r}"
        ledger.note(_file_of(clean.items), said, "Rename one of them, if they say different things.")


def _file_of(items: pd.DataFrame) -> str:
    return next((str(name) for name in items[FILE] if name), "")


def made_catalog(
    name: str,
    clean: CleanTables,
    tables: Tables,
    domain: Domain,
    reader: Format,
    choice: Choice,
    plans: tuple[ColumnPlan, ...],
) -> Catalog:
    """The catalog of clean tables, with the facts of attributes by their plans."""
    items, planned = with_plan(_plain(clean.items), plans)
    triples = _all_triples(clean, items, {**tables.relations, **planned}, choice.accepted, domain)
    return Catalog(
        name=name,
        title=choice.title or name.replace("-", " ").replace("_", " ").capitalize(),
        domain=domain,
        interactions=_plain(clean.interactions),
        items=with_facts(items, triples),
        triples=triples,
        sources=tables.sources or (f"Imported files ({reader.title}); rights as stated by their owner.",),
        users=None if clean.users is None else _plain(clean.users),
    )


def _all_triples(
    clean: CleanTables,
    items: pd.DataFrame,
    relations: Mapping[str, tuple[str, str]],
    accepted: tuple[str, ...],
    domain: Domain,
) -> pd.DataFrame:
    """Facts of the files, then of attributes, then of accepted phrases; one thing is one node by its label."""
    usable = {
        column: (relation, domain.relations[relation].entity_type if relation in domain.relations else kind)
        for column, (relation, kind) in relations.items()
        if column in items
    }
    made = triples_from_attributes(items, usable)
    triples = pd.concat([_plain(clean.triples)[_TRIPLE], made], ignore_index=True)
    triples = with_accepted(items, triples, accepted, domain)
    triples = triples.drop_duplicates([HEAD, RELATION, TAIL], ignore_index=True)
    if len(triples):
        triples[TAIL_LABEL] = triples.groupby(TAIL, sort=False)[TAIL_LABEL].transform("first")
    return triples


def with_facts(items: pd.DataFrame, triples: pd.DataFrame) -> pd.DataFrame:
    """Items with a column for each relation that they lack, most widespread value first: the text encoders read it."""
    if not len(triples):
        return items
    spread = triples.groupby(TAIL)[HEAD].transform("size")
    ordered = triples.assign(spread=-spread).sort_values("spread", kind="stable")
    ordered[TAIL_LABEL] = ordered[TAIL_LABEL].str.replace(SEPARATOR, "/", regex=False)
    made: dict[str, pd.Series] = {}
    for relation, rows in ordered.groupby(RELATION, sort=True):
        if relation not in items:
            cells = rows.groupby(HEAD)[TAIL_LABEL].agg(SEPARATOR.join)
            made[str(relation)] = items[ITEM].map(cells).fillna("")
    return with_columns(items, made)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns=[name for name in PROVENANCE if name in frame]).reset_index(drop=True)
