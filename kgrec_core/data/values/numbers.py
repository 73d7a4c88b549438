"""Numbers as people and programs write them, read alike in the whole column."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd

from kgrec_core.data.values.distinct import numbers_of
from kgrec_core.data.values.plain_numbers import floats_of

_BLANKS = " \u00a0\u202f\u2009'’`_"
_MONEY = r"(?:[$€£¥₽₹₩₺₴]|[A-Z]{1,2}\$|(?:EUR|USD|GBP|CHF|JPY|CNY|RUB|INR|SEK|NOK|DKK|PLN|BRL|CAD|AUD|Rs|kr|zł)\.?)"
_NUMBER = rf"\d[\d.,{_BLANKS}]*(?:[eE][+-]?\d{{1,3}})?|[.,]\d+(?:[eE][+-]?\d{{1,3}})?"
_CELL = re.compile(
    rf"^(?P<bracket>\()?\s*(?P<sign>[-+])?\s*{_MONEY}?\s*(?P<minus>[-+])?\s*(?P<number>{_NUMBER})\s*"
    rf"(?P<of>(?:/|out of|of|von|sur|de|su|из|van)\s*\d{{1,4}}(?:[.,]\d+)?)?\s*(?P<after>-)?"
    rf"(?P<unit>%|{_MONEY}|[^\W\d_][^\d]{{0,24}}|[★⭐☆元円°]+)?\s*(?P<end>\))?$",
    re.IGNORECASE,
)
_STARS = re.compile(r"^([★⭐✭✮*]{1,10})(½)?\s?([☆✩]{0,10})$")
_GROUPED = {
    ",": re.compile(r"^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?(?:e[+-]?\d+)?$|^[^,]*$", re.IGNORECASE),
    ".": re.compile(r"^\d{1,3}(?:\.\d{2,3})*\.\d{3}(?:,\d*)?(?:e[+-]?\d+)?$|^[^.]*$", re.IGNORECASE),
}
_TIMES = {"k": 1e3, "K": 1e3, "M": 1e6}
_THREE = re.compile(r"^[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*$")
_MOST_UNITS = 8  # different words behind numbers; more of them are titles such as "12 Monkeys"
_LONGEST = 60  # characters of a cell that may hold a number


def as_numbers(texts: pd.Series, decimal_comma: bool = False, whole: bool = False) -> pd.Series:
    """Floats; not-a-number for what is none.

    Signs of currencies, units, brackets and "of 5" are left off. What a comma and a point mean is decided by all cells.
    decimal_comma: the file speaks for "3,5", such as one whose cells are parted by semicolons
    whole: the numbers are counts, so that "1.234" can only be a thousand

    >>> as_numbers(pd.Series(["1,234", "12"])).tolist(), as_numbers(pd.Series(["3,5", "4"])).tolist()
    ([1234.0, 12.0], [3.5, 4.0])
    >>> as_numbers(pd.Series(["€ 1.012,50", "(53,90 €)", "4 stars", "★★★☆☆", "4/5"])).tolist()
    [1012.5, -53.9, 4.0, 3.0, 4.0]
    """
    return numbers_of(texts, lambda cells: _read(cells, decimal_comma, whole))


def _read(cells: pd.Series, decimal_comma: bool, whole: bool) -> pd.Series:
    plain = floats_of(cells)
    texts, numeric = cells.tolist(), plain.notna().tolist()
    odd = [place for place, text in enumerate(texts) if not numeric[place] and 0 < len(text) <= _LONGEST]
    pointed = any("." in text for text, number in zip(texts, numeric, strict=True) if number)
    if not odd and not ((whole or decimal_comma) and pointed):
        return plain
    known = {place: parts for place in odd if (parts := _parts(texts[place])) is not None}
    units = {parts[2] for parts in known.values()}
    if len(units) > min(_MOST_UNITS, max(3, len(known) // 4)):
        known = {number: parts for number, parts in known.items() if not parts[2]}
    if not known and not pointed:
        return plain
    bare = cells[plain.notna()].where(lambda each: each.str.fullmatch(r"[+-]?[\d.]+"), "").str.lstrip("+-")
    cores = pd.concat([bare, pd.Series({number: parts[0] for number, parts in known.items()}, dtype=object)])
    thousands = _thousands(cores[cores != ""], decimal_comma, whole)
    factors = pd.Series({number: parts[1] for number, parts in known.items()}, dtype=float)
    read = plain.copy()
    if thousands == "." and len(bare):
        again = bare[bare.str.contains(".", regex=False)]
        values = _plain(again, thousands)
        read.loc[again.index] = values.where(~(cells[again.index].str.startswith("-")), -values)
    if known:
        found = pd.Series({number: parts[0] for number, parts in known.items()}, dtype=object)
        read.loc[found.index] = _plain(found, thousands) * factors
    return read


def _parts(cell: str) -> tuple[str, float, str] | None:
    """The digits with their commas and points, what they are multiplied by (-1, or 1000 for k), and a word behind them.

    None for what is no number.
    """
    text = unicodedata.normalize("NFKC", cell).replace("−", "-").replace("–", "-").replace("‐", "-").strip()
    stars = _STARS.match(text)
    if stars:
        return f"{len(stars[1]) + (0.5 if stars[2] else 0):g}", 1.0, ""
    found = _CELL.match(text)
    if found is None or bool(found["bracket"]) != bool(found["end"]) or (found["unit"] or "").count(" ") > 2:
        return None
    scale = _TIMES.get((found["unit"] or "").strip(), 1.0)
    unit = (found["unit"] or "").strip().casefold()
    if unit and unit[0].isalpha() and text[: found.start("unit")][-1:].isdigit() and len(unit) > 3:
        return None  # "2Pac"
    number = found["number"].strip()
    for blank in _BLANKS:
        number = number.replace(blank, "")
    minus = bool(found["bracket"]) or "-" in (found["sign"], found["minus"], found["after"])
    return number, -scale if minus else scale, unit if unit[:1].isalpha() else ""


def _thousands(cores: pd.Series, decimal_comma: bool, whole: bool) -> str:
    """Which sign parts thousands: "," or ".", or "" for none that is seen.

    A cell with both signs, or with one sign twice, tells. Else cells that all have three digits behind the sign are
    thousands where it is a comma, unless the file speaks for a decimal comma; behind a point where numbers are whole.
    """
    commas, points = cores.str.count(","), cores.str.count(r"\.")
    both = cores[(commas > 0) & (points > 0)]
    if len(both):
        later = (both.str.rfind(",") > both.str.rfind(".")).mean()
        return "." if later > 0.5 else ","
    if (commas > 1).any():
        return ","
    if (points > 1).any():
        return "."
    with_comma, with_point = cores[commas > 0], cores[points > 0]
    if len(with_comma):
        return "," if not decimal_comma and with_comma.str.match(_THREE).all() else "."
    grouped = len(with_point) > 0 and with_point.str.match(_THREE).all()
    less = cores[points == 0]
    short = bool((less.str.len() <= 3).all())
    return "." if grouped and short and (whole or decimal_comma) else ","


def _plain(cores: pd.Series, thousands: str) -> pd.Series:
    """Numbers of digits with commas and points, of which `thousands` means nothing."""
    decimal = "," if thousands == "." else "."
    text = cores.str.replace(thousands, "", regex=False).str.replace(decimal, ".", regex=False)
    sound = cores.str.match(_GROUPED[thousands or ","])
    return floats_of(text.where(sound)).where(lambda each: np.isfinite(each))
