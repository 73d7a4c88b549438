"""From files to raw tables, whichever their format, and what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kgrec_core.data.disk.temporary import TemporaryFolder
from kgrec_core.data.disk.writable_folders import home
from kgrec_core.data.formats import recbole
from kgrec_core.data.formats.format import Format, Tables, Wish, set_aside
from kgrec_core.data.formats.gathering import gather
from kgrec_core.data.formats.personal_exports import refuse_if_personal
from kgrec_core.data.formats.source_files import Given, SourceFile
from kgrec_core.data.ingest.import_choice import AUTO, Choice
from kgrec_core.data.ingest.known_ids import with_same_ids
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.plan.domain_guess import domain_named, guess_of_plan
from kgrec_core.data.plan.plain_tables import read_beside
from kgrec_core.data.plan.reading_plan import ReadingPlan
from kgrec_core.data.plan.recognition import PLAIN, RECBOLE, recognise
from kgrec_core.domain import Domain
from kgrec_core.domain.item_words import with_item
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import ITEM, USER
from kgrec_core.schema.progress import Progress, no_progress


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
        wish = Wish(choice.domain, choice.mapping, choice.plan, before)
        tables = with_same_ids(_read(reader, files, wish, ledger), ledger)
        return tables, reader, domain_of(choice, reader, files, tables, ledger)


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


def domain_of(choice: Choice, reader: Format, files: Sequence[SourceFile], tables: Tables, ledger: Ledger) -> Domain:
    """The words: as chosen, else those that names of columns and files speak for, in formats that hold anything."""
    if choice.domain or (tables.plan and tables.plan.domain):
        return domain_named(choice.domain or str(tables.plan and tables.plan.domain))
    if tables.plan is None and reader is not RECBOLE:
        return domain_named(reader.domain)
    guess = recbole.about(files) if tables.plan is None else guess_of_plan(tables.plan, tables.triples)
    if guess.why:
        ledger.note(files[0].name, guess.why.rstrip("."), "Choose another domain, if others suit better.")
    found = domain_named(guess.name)
    return with_item(found, guess.item) if guess.item else found


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
