"""Reading the small hand-written files in tests/fixtures, in the real shapes with their real quirks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kgrec_core.config import ImportLimits
from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.importer import Imported, import_tables
from kgrec_core.data.ingest.pseudonyms import Pseudonyms

FIXTURES = Path(__file__).parent / "fixtures"
Read = Callable[..., Imported]


def read_fixture(*paths: str | Path | Given, **choice: object) -> Imported:
    """Imports fixtures, or any paths, with user ids kept unless asked otherwise."""
    given = [each if isinstance(each, Given) else Given(FIXTURES / each) for each in paths]
    wanted = Choice(**{"keep_user_ids": True, **choice})  # type: ignore[arg-type]
    return import_tables("sample", given, wanted, Pseudonyms(b"key of the tests"), ImportLimits())


def pairs(found: Imported) -> set[tuple[str, str]]:
    assert found.catalog is not None
    table = found.catalog.interactions
    return set(zip(table["user_id"], table["item_id"], strict=True))


def facts(found: Imported) -> set[tuple[str, str, str]]:
    assert found.catalog is not None
    table = found.catalog.triples
    return set(zip(table["head"], table["relation"], table["tail_label"], strict=True))


def titles(found: Imported) -> dict[str, str]:
    assert found.catalog is not None
    return dict(zip(found.catalog.items["item_id"], found.catalog.items["title"], strict=True))


def whats(found: Imported) -> list[str]:
    return [
        f"{each.file.rsplit('/', 1)[-1]}:{each.row} {each.column}={each.value} {each.what}"
        for each in found.report.findings
    ]


def accounted(found: Imported) -> bool:
    """Whether every record went somewhere, and the list of lost rows has them all."""
    whole = all(
        each.kept + each.merged + each.dropped == each.records and each.kept >= 0 for each in found.report.accounts
    )
    lost = sum(each.merged + each.dropped for each in found.report.accounts if each.table)
    return whole and lost == len(found.gone)
