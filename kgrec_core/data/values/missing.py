"""Marks that stand for nothing: an empty cell in words, and the codes that say "not rated" on a scale."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kgrec_core.data.values.plain_numbers import floats_of

MARKS = frozenset({"", "nan", "NaN", "NAN", "null", "NULL", "Null", "None", "NA", "N/A", "<NA>", "NaT", "\\N", "#N/A"})
"""Nothing in any column, ids too; "none" and "na" in small letters may be an id, a name, a code of Namibia."""
_WORDS = frozenset(
    """none n/a n.a. n.a na null nil nan nat - -- --- – — ? ?? ??? . .. \\n (null) [null] (none) (blank)
    (empty) <null> <none> <unset> unset undefined unknown missing empty blank unspecified unbekannt unknwn
    inconnu inconnue desconocido desconocida sconosciuto sconosciuta desconhecido desconhecida неизвестно
    неизвестен onbekend 未知 不明 无 暂无 なし #n/a #na #null! #ref! #value! #div/0! keine keiner aucun
    aucune ninguno ninguna nessuno nessuna nenhum нет geen""".split()
) | {"not available", "not known", "not specified", "k. a.", "k.a.", "keine angabe", "non renseigné", "not set"}
_UNRATED = frozenset(
    """none unrated nr n.r. n/r skipped seen unset keine unbewertet sans néant ninguna ninguno nessuno
    nessuna nenhum нет geen 未评分""".split()
) | {
    "not rated", "no rating", "not yet rated", "nicht bewertet", "keine bewertung", "ohne bewertung", "pas de note",
    "non noté", "sin calificar", "sin valorar", "non valutato", "sem avaliação", "без оценки", "niet beoordeeld",
}  # fmt: skip
_OFTEN = 1.5  # times as many as of the grade that is given most make 0 of 10 a code
_LARGE = (99.0, 999.0, -99.0, -999.0, 9999.0, -9999.0)


def is_missing(texts: pd.Series, ids: bool = False) -> pd.Series:
    """Whether each cell stands for nothing; with `ids` only the marks that can be no id."""
    distinct = texts.astype(object).unique()
    marks = {cell for cell in distinct if is_mark(cell, ids)}
    return texts.isin(marks) | texts.isna()


def is_mark(cell: object, ids: bool = False) -> bool:
    """Whether one cell stands for nothing; with `ids` only by a mark that can be no id."""
    text = str(cell).strip()
    return text in MARKS or (not ids and text.casefold() in _WORDS)


def no_rating(texts: pd.Series) -> tuple[str, ...]:
    """The cells of a column of ratings that stand for "no rating", since the rest of the scale says so.

    -1 beside 0 to 10, 0 beside 1 to 5, 0 beside 1 to 10 where it is given more often than any grade, 99 beside -10 to
    10, and words such as "not rated" beside numbers.

    >>> no_rating(pd.Series(["-1", "7", "8", "10", "-1"])), no_rating(pd.Series(["-1", "1", "1"]))
    (('-1',), ())
    """
    cells = texts.astype(object).where(texts.notna(), "").astype(str).str.strip()
    counts = cells[cells != ""].value_counts()
    numbers = floats_of(pd.Series(counts.index, dtype=object))
    known = np.isfinite(numbers.to_numpy())
    words = [cell for cell in counts.index[~known] if cell.casefold() in _UNRATED]
    grades = pd.Series(counts.to_numpy()[known], index=numbers[known]).groupby(level=0).sum()
    codes = _codes(grades)
    found = [str(cell) for cell, number in zip(counts.index, numbers, strict=True) if number in codes]
    return (*found, *(words if known.any() else []))


def _codes(grades: pd.Series) -> set[float]:
    """grades: how often each number is given, by number."""
    found: set[float] = set()
    for code in _LARGE:
        rest = grades.drop(index=[code, *found], errors="ignore")
        if code in grades.index and len(rest) >= 3 and rest.index.to_series().abs().max() * 4 < abs(code):
            found.add(code)
    grades = grades.drop(index=list(found))
    rest = grades[grades.index >= 0]
    below = list(grades.index[grades.index < 0])
    if below == [-1.0] and len(rest) >= 3 and rest.index.max() >= 3 and _graded(rest):
        found.add(-1.0)
        grades = rest
    rest = grades[grades.index > 0]
    if 0.0 in grades.index and len(rest) == len(grades) - 1 and _zero_is_none(float(grades[0.0]), rest):
        found.add(0.0)
    if sorted(grades.index) == [-1.0, 0.0, 1.0]:
        found.add(0.0)  # a vote that was taken back
    return found


def _zero_is_none(zeros: float, rest: pd.Series) -> bool:
    least, most = float(rest.index.min()), float(rest.index.max())
    if len(rest) < 3 or least < 0.5 or not _graded(rest):
        return False
    if most == 5:
        return True
    return most in (6, 7, 10, 100) and zeros > _OFTEN * float(rest.max())


def _graded(rest: pd.Series) -> bool:
    """Whether the numbers are steps of a scale."""
    return len(rest) <= 101 and bool((rest.index * 2 % 1 == 0).all())
