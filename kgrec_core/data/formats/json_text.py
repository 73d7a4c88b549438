"""Text in JSON, in whatever form: one value, one a line, several below each other, or Python's way of writing it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.errors import DataError

_LITERAL = 1 << 20  # characters that are read as a Python literal
IN_SCRIPT = re.compile(r"\s*(?:/\*\*/\s*)?(?:(?:var|let|const)\s+)?[A-Za-z_$][\w.$]{0,98}\s*(?:=|\()\s*(?=[\[{])")
"""What stands before a value in a script: "window.part0 = " or "callback("."""
_SURPLUS = re.compile(r'"(?:[^"\\]|\\.)*+"|,(?=\s*[}\]])')
_GIVE = "Give one JSON object a line, or a list of objects."
_NESTED = (dict, list)
_BETWEEN = re.compile(r"[\s,;\x1e]*")
_MOST_BAD = 0.5  # share of lines that are no value, above which the text is not one value a line


@dataclass(frozen=True, slots=True)
class NoValue:
    """What stands where a value should. what: "is not JSON (expecting value)"; text: as in the file."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class JsonText:
    """whole: the value that is the text, None where it is several · rows: place, from 1, and value of each of these"""

    whole: Any = None
    rows: tuple[tuple[int, Any | NoValue], ...] = ()


def read_json(file: SourceFile, text: str, nesting: int) -> JsonText:
    """The values of a text. nesting: the most. Raises DataError for what is no JSON at all."""
    if script := IN_SCRIPT.match(text):
        text = text[script.end() :].rstrip().removesuffix(";").rstrip()
        text = text.removesuffix(")") if script[0].rstrip().endswith("(") else text
    whole = _value(text, nesting)
    if not isinstance(whole, NoValue):
        return JsonText(whole=whole)
    if "nested" in whole.what:
        raise DataError(f"{file.name}, line 1: {whole.what}. {_GIVE}")
    lines = tuple(_by_line(text, nesting))
    bad = sum(isinstance(value, NoValue) for _, value in lines)
    if lines and bad <= _MOST_BAD * len(lines):
        return JsonText(rows=lines)
    pieces = tuple(_pieces(text, nesting))
    if pieces and not any(isinstance(value, NoValue) for _, value in pieces):
        return JsonText(rows=pieces)
    mended = _value(_SURPLUS.sub(lambda found: found[0] if found[0] != "," else "", text), nesting)
    if not isinstance(mended, NoValue):
        return JsonText(whole=mended)
    if bad < len(lines):
        return JsonText(rows=lines)
    first = next((value for _, value in lines if isinstance(value, NoValue)), whole)
    raise DataError(f"{file.name}, line {lines[0][0] if lines else 1}: {first.what}. {_GIVE}")


def _by_line(text: str, nesting: int) -> Iterator[tuple[int, Any | NoValue]]:
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip().rstrip(",")
        if bare and bare not in ("[", "]"):
            yield number, _value(bare, nesting)


def _pieces(text: str, nesting: int) -> Iterator[tuple[int, Any | NoValue]]:
    """Values below each other, each over any number of lines."""
    decoder, place, line = json.JSONDecoder(), 0, 1
    while True:
        start = _end_of_gap(text, place)
        line += text.count("\n", place, start)
        if start >= len(text):
            return
        try:
            value, place = decoder.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            yield line, NoValue(_reason(error, nesting), text[start : start + 200])
            return
        yield line, value if _depth_is_within(value, nesting) else _too_deep(text[start : start + 200], nesting)
        line += text.count("\n", start, place)


def _end_of_gap(text: str, place: int) -> int:
    found = _BETWEEN.match(text, place)
    return found.end() if found else place


def _value(text: str, nesting: int) -> Any | NoValue:
    """The value of a whole text, or why it has none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        found = _literal(text) if isinstance(error, ValueError) else None
        if found is None:
            return NoValue(_reason(error, nesting), text[:200])
    return found if _depth_is_within(found, nesting) else _too_deep(text, nesting)


def _literal(text: str) -> Any | None:
    """The value of a list or an object as Python writes it; nothing is run. None for what is none."""
    bare = text.strip()
    if len(bare) > _LITERAL or not bare.startswith(("{", "[", "(")) or not bare.endswith(("}", "]", ")")):
        return None
    try:
        return _as_json(ast.literal_eval(bare))
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None


def _as_json(value: Any) -> Any:
    match value:
        case dict():
            return {str(name): _as_json(each) for name, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_as_json(each) for each in value]
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def _reason(error: Exception, nesting: int) -> str:
    if isinstance(error, RecursionError):
        return f"is nested more than {nesting} deep"
    return f"is not JSON ({str(error).split(':')[0].lower()})"


def _too_deep(text: str, nesting: int) -> NoValue:
    return NoValue(f"is nested more than {nesting} deep", text[:200])


def _depth_is_within(value: object, most: int) -> bool:
    layer = [value]
    for _ in range(most):
        layer = [inner for each in layer for inner in _inner(each) if isinstance(inner, _NESTED)]
        if not layer:
            return True
    return False


def _inner(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
