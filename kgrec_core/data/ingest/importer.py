"""From files to a catalog and a report, without writing anything but temporary files."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from kgrec_core.config import ImportLimits
from kgrec_core.data.attribute_triples import triples_from_attributes
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.catalog_checks import check_catalog
from kgrec_core.data.disk.temporary import TemporaryFolder
from kgrec_core.data.disk.writable_folders import home
from kgrec_core.data.formats import recbole
from kgrec_core.data.formats.format import Format, Tables, Wish, set_aside
from kgrec_core.data.formats.gathering import gather
from kgrec_core.data.formats.personal_exports import refuse_if_personal
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
from kgrec_core.data.ingest.known_ids import with_same_ids
from kgrec_core.data.ingest.liking_rule import check_enough, check_liked, check_positive, rule_of, with_rule
from kgrec_core.data.ingest.picture_columns import named_pictures
from kgrec_core.data.ingest.proposed_facts import tell_accepted, with_accepted
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.ingest.rare_items import within
from kgrec_core.data.ingest.reported_counts import report_of
from kgrec_core.data.ledger import FILE, PROVENANCE, Ledger
from kgrec_core.data.masking import nobody_named, without_contacts
from kgrec_core.data.plan.domain_guess import domain_named, guess_of_plan
from kgrec_core.data.plan.plain_tables import read_beside
from kgrec_core.data.plan.reading_plan import ReadingPlan
from kgrec_core.data.plan.recognition import PLAIN, RECBOLE, recognise
from kgrec_core.data.values.scales import Scale
from kgrec_core.domain import Domain
from kgrec_core.domain.item_words import with_item
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, ITEM, NAME, RELATION, TAIL, TAIL_LABEL, USER
from kgrec_core.schema.progress import Progress, no_progress

AUTO, SEPARATOR = "auto", "|"
_TRIPLE = [HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL]


@dataclass(frozen=True)
class Choice:
    """What a person chooses for an import; the defaults suit most data."""

    format: str = AUTO
    domain: str = ""  # "" for the usual one of the format
    title: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)  # file column -> contract column, where the guess is wrong
    plan: ReadingPlan | None = None  # how files are read, as shown before and edited; None for a plan made anew
    positive: float | None = None  # values from here on are likes; None for the rule of the domain and scale
    min_users: int | None = None  # items met by fewer are set aside; None for as few as the model needs
    keep_user_ids: bool = False
    keep_columns: frozenset[str] = frozenset()  # direct identifiers that are kept on purpose
    names: str = ""  # the column of the table of users that people are called by on screens; "" for none
    columns: tuple[ColumnPlan, ...] | None = None  # how attributes become facts; None for the guess
    accepted: tuple[str, ...] = ()  # phrases of the texts that become facts

    def __post_init__(self) -> None:
        if self.positive is not None and not math.isfinite(self.positive):
            raise ConfigError(f"--positive is {self.positive}; choose a number, such as 4.")
        if self.min_users is not None and self.min_users < 0:
            raise ConfigError(f"--min-users is {self.min_users}; choose a whole number from 0 on.")


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
    progress("Checking", 0.5)
    tables, privacy, gone = hidden(tables, domain, choice, names, ledger)
    if choice.positive is not None:  # a limit of liking is one of pieces then
        tables = replace(tables, pieces=False)
    clean = clean_tables(tables, domain, time.time(), ledger)
    clean = without_charges(clean, domain, ledger)
    clean = within(clean, limits.items, choice.min_users, ledger)
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


def read_tables(
    given: Sequence[Given],
    choice: Choice,
    ledger: Ledger,
    progress: Progress = no_progress,
    before: ReadingPlan | None = None,
) -> tuple[Tables, Format, Domain]:
    """The raw tables of files, by which format they were read, and what they are about. Raises DataError.

    before: how the files were read that these add to
    """
    with TemporaryFolder(home()) as folder:
        progress("Opening the files", 0.0)
        files, reader = recognised(given, choice, folder, ledger)
        progress(f"Reading: {reader.title}", 0.1)
        read = _read(reader, files, Wish(choice.domain, choice.mapping, choice.plan, before), ledger)
        tables = with_same_ids(read, ledger)
        return tables, reader, _domain(choice, reader, files, tables, ledger)


def recognised(
    given: Sequence[Given], choice: Choice, folder: Path, ledger: Ledger
) -> tuple[Sequence[SourceFile], Format]:
    """The files behind what was given, unpacked into `folder`, and their format. Raises DataError."""
    gathered = gather(given, folder, ledger.limits)
    for each in gathered.left_out:
        (ledger.warn if each.damaged else ledger.note)(each.name, f"{each.why}; left out", each.mend)
    if choice.format == AUTO and choice.plan is None and USER not in choice.mapping.values():
        refuse_if_personal(gathered.files)
    return gathered.files, recognise(gathered.files, choice.format)


def _domain(choice: Choice, reader: Format, files: Sequence[SourceFile], tables: Tables, ledger: Ledger) -> Domain:
    """The words: as chosen, else those that names of columns and files speak for, in formats that hold anything."""
    if choice.domain or (tables.plan and tables.plan.domain):
        return domain_named(choice.domain or str(tables.plan and tables.plan.domain))
    if tables.plan is None and reader is not RECBOLE:
        return domain_named(reader.domain)
    guess = recbole.about(files) if tables.plan is None else guess_of_plan(tables.plan, tables.triples)
    if guess.why:
        ledger.note(files[0].name, guess.why.rstrip("."), "Choose another domain, if others suit better.")
    return with_item(domain_named(guess.name), guess.item) if guess.item else domain_named(guess.name)


def _read(reader: Format, files: Sequence[SourceFile], wish: Wish, ledger: Ledger) -> Tables:
    own = reader.claims(files)
    rest = [file for file in files if file not in own]
    more = [file for file in rest if file.role]
    if wish.mapping and reader is not PLAIN and not more:
        raise ConfigError(
            f"--map is for plain tables; these files are {reader.title}, whose columns are known. "
            "Leave it out, or add --format plain to have them read as plain tables."
        )
    tables = reader.read(own, ledger, wish)
    if more:  # such as extra triples beside a published data set
        met = () if tables.interactions is None else frozenset(map(str, tables.interactions[ITEM].unique()))
        tables = tables.with_more(read_beside(more, ledger, wish.mapping, met))
    set_aside([file for file in rest if not file.role], ledger, f"is no part of: {reader.title}")
    return tables


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
