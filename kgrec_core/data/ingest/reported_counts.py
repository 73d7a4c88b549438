"""The report of an import: what the data set holds, beside what the ledger tells.

By itself, for it decides nothing.
"""

from __future__ import annotations

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.formats.format import Format
from kgrec_core.data.import_report import ImportReport
from kgrec_core.data.ingest.cleaning import CleanTables
from kgrec_core.data.ingest.k_anonymity import anonymity
from kgrec_core.data.ledger import Ledger
from kgrec_core.schema.columns import USER, VALUE


def report_of(
    catalog: Catalog, reader: Format, ledger: Ledger, clean: CleanTables, privacy: tuple[str, ...], seconds: float
) -> ImportReport:
    values = catalog.interactions.get(VALUE)
    liked = len(catalog.interactions) if values is None else int((values >= catalog.domain.positive_value).sum())
    return ImportReport(
        dataset=catalog.name,
        format=reader.name,
        format_title=reader.title,
        domain=catalog.domain.name,
        users=catalog.interactions[USER].nunique(),
        items=len(catalog.items),
        interactions=len(catalog.interactions),
        positives=liked,
        triples=len(catalog.triples),
        accounts=ledger.accounts(),
        findings=ledger.findings(),
        privacy=privacy,
        anonymity=anonymity(clean.users),
        seconds=round(seconds, 2),
    )
