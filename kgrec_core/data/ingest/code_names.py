"""Codes of languages and countries in words: "en" is English, "DE" is Germany (ISO 639 and 3166, the frequent ones).

By itself: these tables have nothing to do with how columns are judged.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kgrec_core.domain.standard_relations import standard_relation

_LANGUAGES = """en eng English|de deu ger German|fr fra fre French|es spa Spanish|it ita Italian|pt por Portuguese|nl
    nld dut Dutch|ru rus Russian|ja jpn Japanese|zh zho chi cn Chinese|ko kor Korean|sv swe Swedish|da dan Danish|no nor
    nb Norwegian|fi fin Finnish|pl pol Polish|cs ces cze Czech|hu hun Hungarian|tr tur Turkish|el ell gre Greek|he heb
    Hebrew|ar ara Arabic|hi hin Hindi|th tha Thai|vi vie Vietnamese|id ind Indonesian|ro ron rum Romanian|uk ukr
    Ukrainian|bg bul Bulgarian|hr hrv Croatian|sr srp Serbian|fa fas per Persian|ta tam Tamil|te tel Telugu|ml mal
    Malayalam|bn ben Bengali|ca cat Catalan|la lat Latin|is isl Icelandic|en-us en-gb en-ca English"""
_COUNTRIES = """us usa United States|gb uk gbr United Kingdom|de deu Germany|fr fra France|es esp Spain|it ita Italy|pt
    prt Portugal|nl nld Netherlands|be bel Belgium|at aut Austria|ch che Switzerland|ru rus Russia|jp jpn Japan|cn chn
    China|kr kor South Korea|in ind India|ca can Canada|au aus Australia|nz nzl New Zealand|br bra Brazil|mx mex
    Mexico|ar arg Argentina|cl chl Chile|co col Colombia|se swe Sweden|dk dnk Denmark|no nor Norway|fi fin Finland|pl
    pol Poland|cz cze Czechia|hu hun Hungary|tr tur Turkey|gr grc Greece|ie irl Ireland|il isr Israel|za zaf South
    Africa|hk hkg Hong Kong|tw twn Taiwan|th tha Thailand|vn vnm Vietnam|id idn Indonesia|ua ukr Ukraine|ro rou
    Romania|eg egy Egypt|ng nga Nigeria|ke ken Kenya|is isl Iceland|lu lux Luxembourg|sg sgp Singapore|my mys
    Malaysia|ph phl Philippines|pk pak Pakistan|ir irn Iran"""


def _table(text: str) -> Mapping[str, str]:
    """Code -> name; codes are small in the text, names begin with a capital letter."""
    found: dict[str, str] = {}
    for line in text.split("|"):
        words = line.split()
        codes = [word for word in words if word.islower()]
        found |= dict.fromkeys(codes, " ".join(words[len(codes) :]))
    return found


_NAMES = {"language": _table(_LANGUAGES), "country": _table(_COUNTRIES)}
_MOST = 0.7  # share of the values that are codes


def spelled_out(relation: str, cells: pd.Series) -> pd.Series:
    """Lists of values, where codes of languages or countries are names; of other relations as they are.

    >>> spelled_out("original_language", pd.Series([["en"], ["fr", "de"]])).tolist()
    [['English'], ['French', 'German']]
    """
    names = _NAMES.get(standard_relation(relation))
    values = cells.explode().dropna() if names else pd.Series(dtype=object)
    if not names or not len(values) or values.str.casefold().isin(names.keys()).mean() < _MOST:
        return cells
    return cells.map(lambda row: list(dict.fromkeys(names.get(value.casefold(), value) for value in row)))
