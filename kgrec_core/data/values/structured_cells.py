"""A cell that holds a list or an object, written as JSON, Python, Postgres or R does: the names in it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping

LONGEST = 20_000  # characters that are parsed; of a longer cell, quoted names are looked for
_DEEPEST = 8  # brackets in brackets
_READ = 200_000  # characters of a cell that are looked at
_NAMES = (
    "name label title value text term tag shelf genre category".split()
)  # keys of what an object is called, in order
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.){1,200})\"|'((?:[^'\\]|\\.){1,200})'")
_NAMED = re.compile(
    r"[\"'](?:name|label|title)[\"']\s*:\s*(?:\"((?:[^\"\\]|\\.){1,200})\"|u?'((?:[^'\\]|\\.){1,200})')"
)
_SIGNS = re.compile(r"[-+~]\s*[-+~]\s*[-+~]")  # that would nest without a bracket
_BESIDE = re.compile(r"(?<=['\"])\s+(?=u?['\"])")  # ['a' 'b'], as arrays are printed
_MARKS = re.compile(r"(?:<[^<>]{1,60}>\s*)+")  # <tag><tag>
_NOTHING = frozenset(("", "none", "null", "nan", "false", "no", "n/a", "undefined"))
_YES = frozenset(("true", "yes"))


def is_structured(cell: str) -> bool:
    """Whether a cell begins and ends as a list or an object does.

    >>> is_structured("['a', 'b']"), is_structured("{a,b}"), is_structured("<a><b>"), is_structured("[1999] A film")
    (True, True, True, False)
    """
    text = cell.strip()
    pairs = ("[", "]"), ("{", "}"), ("c(", ")")
    return any(text.startswith(one) and text.endswith(other) for one, other in pairs) or bool(_MARKS.fullmatch(text))


def values_in(cell: str) -> list[str]:
    r"""The names in a list or an object; of objects their name, not their id. A cell that is neither is one value.

    >>> values_in('[{"id": 18, "name": "Drama"}, {"id": 5, "name": "War"}]'), values_in("['dark', 'slow']")
    (['Drama', 'War'], ['dark', 'slow'])
    >>> values_in('{dark,"very slow"}'), values_in('c("dark", "slow")'), values_in("<dark><slow>")
    (['dark', 'very slow'], ['dark', 'slow'], ['dark', 'slow'])
    >>> values_in("{'WiFi': \"u'free'\", 'BikeParking': 'True', 'Parking': \"{'lot': True, 'valet': False}\"}")
    ['wi fi: free', 'bike parking', 'parking: lot']
    """
    text = cell.strip()
    if not is_structured(text):
        return [text] if text else []
    if _MARKS.fullmatch(text):
        return re.findall(r"<([^<>]+)>", text)
    if text.startswith("c("):
        return _quoted(text)
    if len(text) > LONGEST or _too_deep(text):
        return _quoted(text)
    return _values(_parsed(text), 0)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    if text.startswith("{") and ":" not in text and "'" not in text:
        return _in_braces(text)
    if not _SIGNS.search(text) and not _BESIDE.search(text):
        try:
            return ast.literal_eval(text)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            pass
    quoted = _quoted(text)
    return quoted or [part.strip() for part in text[1:-1].split(",")]


def _in_braces(text: str) -> list[str]:
    """The values of a Postgres array."""
    found = re.findall(r"\"((?:[^\"\\]|\\.)*)\"|([^,{}\"]+)", text[1:-1])
    return [re.sub(r"\\(.)", r"\1", one) or other.strip() for one, other in found]


def _quoted(text: str) -> list[str]:
    found = _NAMED.findall(text[:_READ]) or _QUOTED.findall(text[:_READ])
    return [re.sub(r"\\(.)", r"\1", one or other) for one, other in found]


def _too_deep(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += (letter in "[{(") - (letter in "]})")
        if depth > _DEEPEST:
            return True
    return False


def _values(found: object, depth: int) -> list[str]:
    if isinstance(found, str):
        return values_in(_bare(found)) if depth < 3 and is_structured(_bare(found)) else _some(found)
    if isinstance(found, Mapping):
        return _of_object(found, depth)
    if isinstance(found, list | tuple):
        return [value for each in found for value in (_item(each, depth) if depth < 3 else [])]
    if isinstance(found, set | frozenset):  # of no order of its own
        return [value for each in sorted(found, key=str) for value in _item(each, depth)]
    return [] if found is None or isinstance(found, bool) or found is Ellipsis else [_number(found)]


def _item(each: object, depth: int) -> list[str]:
    """One value of a list: of an object that has no name, the first word in it that is no id; then its id."""
    if not isinstance(each, Mapping):
        return _values(each, depth + 1)
    named = _name_of(each)
    if named:
        return [named]
    words = [(str(key), value) for key, value in each.items() if isinstance(value, str | int) and _some(value)]
    first = [str(value) for key, value in words if isinstance(value, str) and not _is_id(key)]
    return first[:1] or [str(value) for key, value in words if _is_id(key)][:1]


def _name_of(found: Mapping[object, object]) -> str:
    keys = {str(key).casefold(): value for key, value in found.items()}
    order = [*_NAMES, *(key for key in keys if key.endswith(("name", "label", "title")))]
    return next((value.strip() for key in order if isinstance(value := keys.get(key), str) and value.strip()), "")


def _of_object(found: Mapping[object, object], depth: int) -> list[str]:
    """The name of a thing; the attributes that are true, or have a value; the words that numbers are counted for."""
    named = _name_of(found)
    if named:
        return [named]
    keys, values = [str(key) for key in found], list(found.values())
    if keys and all(map(_is_code, keys)):  # {"/m/07s9": "Drama", "28": "Action"}
        return [text for value in values if isinstance(value, str) for text in _some(value)]
    if len(keys) > 1 and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return [text for key, value in zip(keys, values, strict=True) if value for text in _some(key)]
    return [
        text for key, value in zip(keys, values, strict=True) if not _is_id(key) for text in _said(key, value, depth)
    ]


def _said(key: str, value: object, depth: int) -> list[str]:
    word = spaced(key)
    plain = _bare(value) if isinstance(value, str) else value
    if plain is True or (isinstance(plain, str) and plain.casefold() in _YES):
        return [word]
    inner = _values(plain, depth + 1) if depth < 3 else []
    return [f"{word}: {each}" for each in inner if not each.startswith("http")]


def _bare(text: str) -> str:
    """Without the quotes of a Python string in a string: "u'free'"."""
    found = re.fullmatch(r"u?'([^']*)'|u?\"([^\"]*)\"", text.strip())
    return (found[1] or found[2] or "") if found else text.strip()


def _some(value: object) -> list[str]:
    text = str(value).strip()
    return [] if text.casefold() in _NOTHING else [text]


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _is_id(key: str) -> bool:
    return bool(re.search(r"(?:^|_)(?:id|uuid|guid|key|code|url|link|href)$|Id$|ID$", key))


def _is_code(key: str) -> bool:
    return (bool(re.search(r"\d", key)) and bool(re.fullmatch(r"/?[\w./:-]+", key))) or key.startswith("/")


def spaced(name: str) -> str:
    """A name of a field in words.

    >>> spaced("BusinessAcceptsCreditCards"), spaced("good_for.kids"), spaced("RestaurantsPriceRange2")
    ('business accepts credit cards', 'good for kids', 'restaurants price range 2')
    """
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=\d)", " ", name)
    return " ".join(re.split(r"[\s_./:-]+", apart)).strip().casefold()
