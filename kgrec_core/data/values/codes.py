"""What the values of a column name: things that people know by name, or addresses, files, codes and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

ADDRESS = re.compile(r"(?:https?|ftp|s3|gs)://|www\.|mailto:|data:image|//\w", re.IGNORECASE)
_FILE = re.compile(
    r"/?[\w./ -]+\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|pdf|mp[34]|wav|flac|mov|avi|html?|json|xml|txt)", re.I
)
_HASH = re.compile(r"(?:[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
_CODE = re.compile(
    r"tt\d{6,}|[A-Z0-9_-]*\d[A-Z0-9_-]*[A-Z_-][A-Z0-9_-]*\d[A-Z0-9_-]*|[A-Z]{1,5}[-_ ]?\d{3,}[-\dXA-Z]*|B0[A-Z0-9]{8}"
    r"|(?=\w*\d\w*\d)(?=\w*[a-z])[a-z0-9]{10,}|\w+:(?:track|album|artist):\w+|[A-Za-z0-9_-]{20,}"
)
_MIXED = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])(?=\S*[A-Z]\S*[a-z]|\S*[a-z]\S*[A-Z])[A-Za-z0-9_-]{9,}")
_PHONE = re.compile(r"(?=(?:\D*\d){7})\+?\(?\d[\d\s()./-]{6,}")
_NUMBER = re.compile(r"[nN+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?")
_PLACE = re.compile(r"\(?-?\d{1,3}\.\d{3,}\s*[,; ]\s*-?\d{1,3}\.\d{3,}\)?")
_LONG_CODE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 200  # letters of what the patterns are tried on that go back over a text
MOST = 0.8  # share of the values that are of a kind, from which on the column is


def what_they_name(values: Sequence[str]) -> str:
    """What nearly all values are: "links", "names of files", "hashes", "codes", "points on a map", "phone numbers",
    "numbers in a row"; "" for words and for single numbers.

    >>> what_they_name(["https://a.example/1"]), what_they_name(["tt0114709", "tt0113497"]), what_they_name(["Drama"])
    ('links', 'codes', '')
    >>> what_they_name(["1116713 960600 n277.200", "1116713 n552.000"]), what_they_name(["R2-D2", "C-3PO", "Han"])
    ('numbers in a row', '')
    """
    if not len(values):
        return ""
    known = {value: _kind(value) for value in set(values)}
    kinds = [known[value] for value in values]
    for name in sorted(set(kinds) - {""}):
        if float(np.mean([kind == name for kind in kinds])) >= MOST:
            return name
    return "codes" if float(np.mean([kind not in ("", "names of files") for kind in kinds])) >= MOST else ""


def _kind(value: str) -> str:
    text = value.strip()
    if ADDRESS.match(text):
        return "links"
    long = len(text) > _LONGEST
    if not long and _FILE.fullmatch(text):
        return "names of files"
    if _HASH.fullmatch(text):
        return "hashes"
    if _PLACE.fullmatch(text):
        return "points on a map"
    parts = text.split()
    if len(parts) > 1 and all(_NUMBER.fullmatch(part) for part in parts) and any(len(part) > 4 for part in parts):
        return "phone numbers" if len(text) < 20 and _PHONE.fullmatch(text) and "." not in text else "numbers in a row"
    if long:
        return "codes" if _LONG_CODE.fullmatch(text) else ""
    if _PHONE.fullmatch(text) and not text.replace("-", "").isdigit():
        return "phone numbers"
    return "codes" if _CODE.fullmatch(text) or _MIXED.fullmatch(text) else ""


def are_numbers(values: Sequence[str]) -> bool:
    """Whether nearly all values are numbers."""
    known = {value: bool(_NUMBER.fullmatch(value.strip())) for value in set(values)}
    return bool(len(values)) and float(np.mean([known[value] for value in values])) > MOST
