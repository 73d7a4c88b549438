"""All formats, and which one some files are in."""

from __future__ import annotations

from collections.abc import Sequence

from kgrec_core.data.formats import amazon, goodbooks, hetrec, kgat, kgcn, mind, movielens, recbole
from kgrec_core.data.formats.format import Format
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.plan import plain_tables
from kgrec_core.errors import ConfigError, DataError

PLAIN, RECBOLE = plain_tables.FORMAT, recbole.FORMAT
FORMATS: tuple[Format, ...] = (  # the first that claims files is taken; plain tables come last
    kgcn.FORMAT,  # before those whose ratings it borrows
    hetrec.FORMAT,
    mind.FORMAT,
    amazon.FORMAT,
    goodbooks.FORMAT,
    movielens.FORMAT,
    RECBOLE,
    kgat.FORMAT,
    PLAIN,
)


def recognise(files: Sequence[SourceFile], wanted: str = "auto") -> Format:
    """The format of the files, or the one that was named. Raises ConfigError for an unknown name, else DataError."""
    names = [each.name for each in FORMATS]
    if wanted != "auto" and wanted not in names:
        raise ConfigError(f"There is no format {wanted!r}. Choose auto or one of: {', '.join(names)}.")
    for known in FORMATS:
        if wanted in ("auto", known.name) and known.claims(files):
            return known
    given = ", ".join(file.name for file in files[:5])
    kind = "any known format" if wanted == "auto" else f"the format {wanted}"
    raise DataError(
        f"{given}: these files are not in {kind}. Give a table with a column for users and one for items, and say "
        "which file is which: --interactions, --items, --users, --triples on the command line, “Which file and column "
        "is which” on the screen Data."
    )
