"""Numbers as facts: which can be told in words at all, in which bands, and years as decades."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from kgrec_core.data.values.distinct import numbers_of
from kgrec_core.data.values.numbers import as_numbers

FEW = 20  # distinct numbers that are kinds rather than amounts
_BAND_ENDS = (0.2, 0.4, 0.6, 0.8)  # quantiles
_AMOUNTS: Mapping[str, str] = {  # what a number is called; by what stands in a name for it
    "price": """price prices cost costs preis einzelpreis verkaufspreis prix precio prezzo preco preço цена стоимость
        价格 価格 値段 가격 msrp unitprice listprice kosten""",
    "length": "minutes mins runtime duration dauer laufzeit duree durée duracion durata продолжительность 时长 片长",
    "page_count": "pages page seiten seitenzahl paginas páginas pagine страниц 页数 numpages pagecount",
    "weight": "weight gewicht poids peso вес 重量",
    "calorie_content": "calories kcal kalorien energie",
    "alcohol_content": "abv alcohol alkohol alcool",
    "bitterness": "ibu",
    "episode_count": "episodes",
    "season_count": "seasons",
    "player_count": "players minplayers maxplayers",
    "height": "height hoehe höhe",
    "width": "width breite",
    "depth": "depth tiefe",
    "area": "area sqft sqm flaeche fläche",
    "salary": "salary gehalt",
    "age": "age alter edad",
    "capacity": "capacity",
    "mileage": "mileage",
    "tempo": "tempo bpm",
    "distance": "distance",
    "bedroom_count": "bedrooms",
    "bathroom_count": "bathrooms",
    "serving_count": "servings",
    "word_count": "words wordcount",
    "size": "size groesse größe",
    "rent": "rent miete",
    "protein_content": "protein",
    "fat_content": "fat",
    "sugar_content": "sugar",
    "screen_size": "screen",
    "storage_size": "storage ram memory",
    "speed": "speed",
    "horsepower": "horsepower",
}
_NAMED = {word: label for label, words in _AMOUNTS.items() for word in words.split()}
_UNITS = {"minutes": "minutes", "mins": "minutes", "runtime": "minutes", "pages": "pages", "kcal": "kcal", "abv": "%"}
_AFTER = frozenset(  # behind what a number is of: units
    "usd eur gbp euro euros dollar g kg lb lbs oz cm mm m km inch inches in min count number total value amount".split()
)
_YEAR = re.compile(
    r"year|jahr|annee|année|año|anno\b|\bano\b|год|年|released?|published|publication|premiere|decade|aired"
)
_RELEASED = re.compile(
    r"release|publi|year|aired|premiere|jahr|erschein|veroeffentlich|veröffentlich|sortie|parution|lanzamiento|estreno|uscita"
    r"|pubblic|выход|издан|上映|出版|发行|発売|launch|founded|established|inception|vintage|opened"
)
_UNSAID = re.compile(r"upload|creat|add|submit|updat|modif|crawl|scrap|read|review|join|last")
_NUMBER_AND_UNIT = re.compile(r"^(?:[\s$€£¥₽~<>≈]|[A-Z]{3}\s){0,3}(-?\d[\d.,]*)\s*([a-zA-Z%€$£¥₽]{0,10}\.?)$")


def amount_of(words: Sequence[str]) -> str:
    """What numbers of a column of this name are called, "price"; "" where its name does not say what they are.

    >>> amount_of(["runtime"]), amount_of(["number", "of", "pages"]), amount_of(["cook", "time"]), amount_of(["steps"])
    ('length', 'page_count', 'cook_time', '')
    """
    named = [word for word in words if not word.isdigit()]
    while len(named) > 1 and named[-1] in _AFTER:
        named = named[:-1]
    if named and named[-1] in ("time", "zeit") and len(named) == 2:
        return "_".join(named)
    return next((_NAMED[word] for word in ("".join(named[-2:]), *named[-1:]) if word in _NAMED), "")


def unit_of(words: Sequence[str], filled: pd.Series) -> str:
    """What stands behind the numbers: of the name, or the same in nearly all cells."""
    named = next((_UNITS[word] for word in words if word in _UNITS), "")
    if named:
        return named
    ends = filled.head(1000).str.extract(_NUMBER_AND_UNIT)[1].fillna("")
    usual = ends.mode()
    alike = len(usual) and bool((ends == usual.iloc[0]).mean() > 0.9)
    return str(usual.iloc[0]) if alike and str(usual.iloc[0]).isascii() and str(usual.iloc[0]).isalpha() else ""


def numbers_in(texts: pd.Series) -> pd.Series:
    """Floats; where points and commas of a column contradict each other, each cell is read by itself."""
    return numbers_of(texts, _numbers_in)


def _numbers_in(texts: pd.Series) -> pd.Series:
    column = as_numbers(texts)
    rest = column.isna() & (texts != "")
    if not rest.any():
        return column
    numbers = {place: found[1] for place, text in texts[rest].items() if (found := _NUMBER_AND_UNIT.match(text))}
    if not numbers:
        return column
    cells = pd.Series(numbers, dtype=object).str.replace(r"^(-?\d+),(\d{1,2})$", r"\1.\2", regex=True)
    return column.fillna(pd.to_numeric(cells, errors="coerce").astype(float))


def are_numbers_mostly(filled: pd.Series) -> bool:
    """Whether the cells are numbers, with or without a unit."""
    if not len(filled) or not np.isfinite(numbers_in(filled)).mean() > 0.9:
        return False
    units = filled.head(1000).str.extract(_NUMBER_AND_UNIT)[1].value_counts(normalize=True)
    return not len(units) or bool(units.iloc[0] > 0.9)  # "90 min" and "2 seasons" are not of one kind


def bands(texts: pd.Series, unit: str = "") -> pd.Series:
    """Such as "10 to 25" for a number between two quantiles of its column, "" for none."""
    numbers = numbers_in(texts)
    known = numbers[np.isfinite(numbers)]
    if len(known) and known.min() == 0 and (known == 0).mean() > 0.05 and known.max() > 10:  # 0 for what is not known
        numbers = numbers.where(numbers != 0)
        known = known[known != 0]
    ends = sorted({_round(float(end)) for end in known.quantile(list(_BAND_ENDS))}) if len(known) else []
    names = [f"up to {_plain(ends[0])}"] if ends else ["any"]
    names += [f"{_plain(low)} to {_plain(high)}" for low, high in pairwise(ends)]
    names += [f"over {_plain(ends[-1])}"] if ends else []
    place = np.searchsorted(ends, numbers.fillna(0).to_numpy(), side="left")
    said = [f"{names[min(band, len(names) - 1)]} {unit}".strip() for band in place]
    return pd.Series(said, numbers.index, dtype=object).where(np.isfinite(numbers), "")


def _round(number: float) -> float:
    """Two significant digits, as people set prices."""
    return float(f"{number:.2g}")


def _plain(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 10_000 else f"{number:g}"


def tells_decade(column: str, filled: pd.Series) -> bool:
    """Whether a column says when the thing came out, by years or days; not when its record was made."""
    name = column.casefold()
    filled = filled[filled != "0"]
    if not len(filled) or (_UNSAID.search(name) and not re.search(r"release|publi", name)):
        return False
    if not _YEAR.search(name) and (not _RELEASED.search(name) or are_numbers_mostly(filled)):
        return False
    return bool(np.isfinite(years_in(filled)).mean() > 0.9)


def years_in(texts: pd.Series) -> pd.Series:
    """The first year, 1000 to 2100, that stands in each cell; not-a-number for none and for 0."""
    plain = texts.str.replace(r"^(\d{4})\.0$", r"\1", regex=True)
    found = plain.str.extract(r"(?<!\d)(1\d{3}|20\d{2}|2100)(?!\d)")[0]
    packed = plain.str.extract(r"^(1\d{3}|20\d{2})(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$")[0]
    years = as_numbers(found.where(found.notna(), packed).astype(object).where(lambda each: each.notna(), ""))
    return years.where(plain != "0")


def decades(texts: pd.Series) -> pd.Series:
    """Such as "1990s"; "" for none."""
    years = years_in(texts)
    return years.map(lambda year: f"{int(year) // 10 * 10}s" if np.isfinite(year) else "")
