"""Why the ids of two tables fail to meet, and the ids mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import pandas as pd

_CLEAR = 0.5  # share of the ids of the shorter side that shall meet once they are mended
_FEWEST = 2  # ids that shall meet, unless a side has fewer
_EXPONENT = re.compile(r"^(\d)[.,]?(\d*)[eE]\+?(\d{1,2})$")
_WHOLE = re.compile(r"^(-?\d+)[.,]0+$")
_AROUND = " \t\"'`{}[]()<>«»“”„"
_LAST = re.compile(r"^.*[/#:]([^/#:]+)[/#>]*$")

Mend = Callable[[str], str]


def matching_ids(left: pd.Series, right: pd.Series) -> tuple[pd.Series, pd.Series, str] | None:
    """Both columns mended, and what was done, in a sentence; None where they meet already, or no cause is clear.

    Ids that meet stay as they are, and so does the right side wherever the left one can take its spelling. Two ids of
    one column that differ still differ when mended, but for numbers such as 7 and 7.0.

    >>> left, right, told = matching_ids(pd.Series(["1.0", "2.0", "7.0"]), pd.Series(["1", "2", "3"]))
    >>> left.tolist(), right.tolist(), told
    (['1', '2', '7'], ['1', '2', '3'], "differ by '.0' at the end")
    """
    one, other = _distinct(left), _distinct(right)
    apart, theirs = sorted(one - other), sorted(other - one)
    if not apart or not theirs:
        return None
    for told, mend_left, mend_right, same_number in _causes(apart, theirs):
        spelled = _spelled(theirs, mend_right)
        made = {each: spelled.get(mend_left(each), "") for each in apart}
        met = [each for each in made.values() if each]
        enough = max(_CLEAR * min(len(apart), len(theirs)), min(_FEWEST, len(apart), len(theirs)))
        if len(met) < enough or (len(set(met)) < len(met) and not same_number):
            continue
        others = {each: _unmet(each, mend_left, one | other) for each in apart if not made[each]}
        if len(set(others.values())) < len(others):
            others = {}
        found = {**{each: each for each in one}, **{each: new for each, new in made.items() if new}, **others}
        return _mapped(left, found), right, told
    return None


def _spelled(ids: Iterable[str], mend: Mend) -> dict[str, str]:
    """The id by what is left of it when mended; without those of which several leave the same."""
    found: dict[str, str] = {}
    twice = set()
    for each in ids:
        made = mend(each)
        if not made or made in found:
            twice.add(made)
        found[made] = each
    return {made: each for made, each in found.items() if made not in twice}


def _unmet(each: str, mend: Mend, taken: set[str]) -> str:
    """How an id that the other side lacks is written."""
    made = mend(each)
    return made if made and made not in taken else each


def _mapped(column: pd.Series, found: dict[str, str]) -> pd.Series:
    texts = column.where(column.notna(), "").astype(str)
    return texts.map(found).fillna("").astype(object)


def _distinct(column: pd.Series) -> set[str]:
    return set(column.dropna().astype(str).unique()) - {""}


def _causes(one: list[str], other: list[str]) -> Iterator[tuple[str, Mend, Mend, bool]]:
    """What may keep two lists apart, the mildest first: its words, the mend of each side, whether ids that become equal
    are the same number.
    """
    plain: tuple[tuple[str, Mend, bool], ...] = (
        ("differ by blanks, quotes or brackets around them", _bare, False),
        ("differ by '.0' at the end", _without_point, True),
        ("differ by capital and small letters", str.casefold, False),
        ("differ by their Unicode form or width", _one_form, False),
        ("differ by zeros in front", _without_zeros, False),
        ("differ by quotes, '.0' at the end, or zeros in front", _all_of_these, False),
        ("differ by dashes, blanks and other signs within them", _letters_and_figures, False),
    )
    for told, mend, same in plain:
        yield told, mend, mend, same
    digits = {found for each in one if (found := _digits(each)) is not None}
    if digits and all(_EXPONENT.match(each) for each in one):
        shortened = "were shortened by a spreadsheet, as 4.00638E+12, and were found by their first figures"
        yield shortened, _exponent(max(digits)), _exponent(max(digits)), False
    last = "are addresses on one side, whose last part is the id"
    yield last, _last_part, str, False
    yield last, str, _last_part, False
    for told, ends in (("a beginning", _beginning), ("an end", _ending)):
        for side in (0, 1):
            end = ends((one, other)[side])
            if end:
                cut = _without(end)
                yield f"have {told} on one side, {end!r}", (cut, str)[side], (str, cut)[side], False


def _bare(text: str) -> str:
    return text.strip(_AROUND)


def _without_point(text: str) -> str:
    found = _WHOLE.match(text)
    return found[1] if found else text


def _one_form(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _without_zeros(text: str) -> str:
    return text.lstrip("0") or "0"


def _all_of_these(text: str) -> str:
    return _without_zeros(_without_point(_bare(_one_form(text))))


def _letters_and_figures(text: str) -> str:
    return "".join(letter for letter in _one_form(text) if letter.isalnum())


def _last_part(text: str) -> str:
    found = _LAST.match(text)
    return found[1] if found else text


def _digits(text: str) -> int | None:
    found = _EXPONENT.match(text)
    return len(found[2]) if found else None


def _exponent(digits: int) -> Mend:
    def mend(text: str) -> str:
        try:
            return f"{float(text.replace(',', '.')):.{digits}e}"
        except (ValueError, OverflowError):
            return text

    return mend


def _beginning(ids: list[str]) -> str:
    """What all begin with, without figures, which may be part of the id."""
    return _common(ids).rstrip("0123456789") if len(ids) >= _FEWEST else ""


def _ending(ids: list[str]) -> str:
    return _common([each[::-1] for each in ids])[::-1].lstrip("0123456789") if len(ids) >= _FEWEST else ""


def _common(ids: list[str]) -> str:
    first, last = min(ids), max(ids)
    alike = next((place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    return first[:alike]


def _without(end: str) -> Mend:
    return lambda text: text.removeprefix(end).removesuffix(end)
