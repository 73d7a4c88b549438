"""What stands before the first element of an RDF/XML file: its encoding, and short names for addresses.

Nothing is fetched, and a name stands for plain text alone, so that a small file cannot grow without bound.
"""

from __future__ import annotations

import codecs
import re
from xml.parsers import expat

from kgrec_core.data.formats.decoding import decoded
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger
from kgrec_core.errors import DataError

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_MOST_NAMES, _LONGEST_VALUE = 500, 2_000
_GIVEN = frozenset({"amp", "lt", "gt", "quot", "apos"})


def xml_text(file: SourceFile, ledger: Ledger) -> str:
    """The text, decoded as its first line says, without that line."""
    data = file.path.read_bytes()
    match = _DECLARED.match(data[:400])
    codec = match[1].decode("ascii").lower() if match else "utf-8"
    try:
        known = codecs.lookup(codec).name
        text = decoded(file, ledger) if known.startswith(("utf", "ascii")) else data.decode(known, "replace")
    except (LookupError, ValueError):
        text = decoded(file, ledger)
    return _DECLARATION.sub("", text, count=1)


def without_prolog(text: str, file: SourceFile, ledger: Ledger) -> str:
    """The first element and all after it, with the names of the prolog written out.

    Raises DataError for names that stand for files, for other names or for long texts, and for what is no XML.
    """
    names: dict[str, str] = {}
    data = text.encode("utf-8", "replace")
    begin = _first_element(data, names, file)
    body = data[begin:].decode("utf-8", "replace")
    if not names:
        return body
    used = re.compile("&(" + "|".join(map(re.escape, names)) + ");")
    grown = len(body) + sum(len(names[match[1]]) for match in used.finditer(body))
    ledger.allowance.growth(file.name, len(body), grown)
    ledger.allowance.has_room(file.name, grown)
    return used.sub(lambda match: names[match[1]], body)


class _Found(Exception):
    """The first element begins."""


def _first_element(data: bytes, names: dict[str, str], file: SourceFile) -> int:
    parser = expat.ParserCreate("utf-8")
    place: list[int] = []

    def element(name: str, attributes: object) -> None:
        place.append(parser.CurrentByteIndex)
        raise _Found

    def entity(
        name: str, parameter: int, value: str | None, base: object, system: object, public: object, notation: object
    ) -> None:
        plain = value is not None and not parameter and not {"&", "<", "%"} & set(value)
        if not plain or len(value or "") > _LONGEST_VALUE or len(names) >= _MOST_NAMES:
            raise DataError(
                f"{file.name} gives the name {name[:40]!r} to another file, to other names or to a long text, "
                "which is not followed. Save it as Turtle or N-Triples."
            )
        if name not in _GIVEN:
            names[name] = (value or "").replace('"', "&quot;").replace("'", "&apos;")

    parser.StartElementHandler = element
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
    except _Found:
        return place[0]
    except expat.ExpatError as error:
        raise DataError(f"{file.name} is no XML ({error}). Check it, or save it as N-Triples.") from error
    raise DataError(f"{file.name} is XML without an element. Give a graph with at least one statement.")
