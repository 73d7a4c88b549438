"""Which ends of facts are facts: not ids, links, amounts, days or whole texts; days of appearance become decades."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from kgrec_core.data.ledger import Ledger
from kgrec_core.data.values.addresses import share_of_addresses
from kgrec_core.schema.columns import RELATION, TAIL, TAIL_LABEL
from kgrec_core.schema.property_codes import coded_relation

FEATURE, DECADE = "feature", "decade"
_IDENTIFIER = re.compile(
    r"(?:.*_)?(?:isbn\d*|issn|eissn|ean\d*|upc|gtin\d*|asin|sku|mpn|doi|barcode|imdb|tmdb|tvdb|freebase|viaf|gnd|lccn|"
    r"oclc|musicbrainz|mbid|wikidata|wikipedia|url|uri|link|links|homepage|website|image|images|img|thumbnail|poster|"
    r"backdrop|picture|photo|logo|icon|phone|telephone|fax|email|zip|zipcode|postal_code|postcode|uuid|guid|identifier|"
    r"permalink|slug|hash|checksum|md5)(?:_?(?:ids?|code|number|url|path|link|key|no))?"
)
_APPEARED = re.compile(
    r"(?:.*_)?(?:years?|dates?|published|publication|released?|issued|premiered|premiere|inception|launch(?:ed)?|jahr|"
    r"ann[eé]e|a[nñ]o|anno|decade|datepublished)(?:_.*)?"
)
_NOT_OF_ITEM = re.compile(r"(?:.*_)?(?:birth|born|death|died|modified|updated|accessed|added|crawled|uploaded)(?:_.*)?")
_AMOUNT = re.compile(
    r"(?:.*_)?(?:runtime|length|duration|counts?|numbers?|votes?|ratings?|scores?|prices?|budget|revenue|gross|pages?|"
    r"weight|height|width|depth|population|popularity|quantity|stock|latitude|longitude|lat|lon|lng|area|rank|plays)"
    r"(?:_.*)?"
)
_DAY = re.compile(r"[+-]?(\d{4})(?:-\d\d(?:-\d\d(?:[T ].{0,30})?)?(?:Z|[+-]\d\d:\d\d)?|(?:0[1-9]|1[0-2])[0-3]\d)?")
_YES_NO = frozenset({"0", "1", "true", "false", "yes", "no", "0.0", "1.0", "y", "n", "t", "f"})
_YES = frozenset({"1", "true", "yes", "1.0", "y", "t"})
_WORDY, _LONG = 6, 120  # words on average, and letters, from which on it is a text
_MOSTLY, _OWN = 0.9, 0.95
_FEW = 10  # facts, up to which nothing is said of how often a value is met


def usable(frame: pd.DataFrame, things: pd.Series, items: pd.Series, ledger: Ledger) -> pd.DataFrame:
    """The facts that say something of an item, with decades for days and a feature for a yes.

    frame: RELATION and TAIL_LABEL as people read them · things: whether the tail has an address of its own · items:
    whether it is an item
    """
    for relation in frame[RELATION].unique():
        rows = frame.index[(frame[RELATION] == relation).to_numpy()]
        rows = rows[~items.reindex(rows).to_numpy(dtype=bool)]
        if _IDENTIFIER.fullmatch(coded_relation(str(relation)) or str(relation)):
            frame = _without(frame, rows, "is an id or a link, which is no fact", ledger)
            continue
        own = rows[~things.reindex(rows).to_numpy(dtype=bool)]
        if len(own):
            frame = _of_relation(frame, str(relation), own, ledger)
    return frame


def _of_relation(frame: pd.DataFrame, relation: str, rows: pd.Index, ledger: Ledger) -> pd.DataFrame:
    labels = frame.loc[rows, TAIL_LABEL]
    name = coded_relation(relation) or relation
    if _are_days(labels, name):
        if _APPEARED.fullmatch(name) and not _NOT_OF_ITEM.fullmatch(name):
            return _as_decades(frame, rows, ledger)
        return _without(frame, rows, "is a day, which is no fact", ledger)
    if share_of_addresses(labels) > _MOSTLY:
        return _without(frame, rows, "is an id or a link, which is no fact", ledger)
    words = labels.str.count(r"\s+") + 1
    if words.mean() > _WORDY:
        return _without(frame, rows, "reads like a text, which is no fact", ledger)
    frame = _without(frame, rows[(labels.str.len() > _LONG).to_numpy()], "is too long for a fact", ledger)
    labels = labels[labels.str.len() <= _LONG]
    if not len(labels):
        return frame
    distinct = set(labels.str.casefold().unique())
    if len(distinct) <= 2 and distinct <= _YES_NO and len(labels) > _FEW:
        return _as_feature(frame, labels, name, ledger)
    numbers = pd.to_numeric(labels, errors="coerce")
    numeric = np.isfinite(numbers).mean() >= _MOSTLY
    if numeric and (_AMOUNT.fullmatch(name) or (numbers.dropna() % 1 != 0).any()):
        return _without(frame, labels.index, "is an amount, which is no fact", ledger)
    digits = labels.str.contains(r"\d", regex=True).mean()
    if len(labels) > _FEW and len(distinct) > _OWN * len(labels) and digits > 0.5:
        return _without(frame, labels.index, "is met once or hardly more, as ids are", ledger)
    return frame


def _are_days(labels: pd.Series, name: str) -> bool:
    """Whether nearly all are days; years alone are days only where the name of the relation says so."""
    distinct = pd.Series(labels.unique(), dtype=object)
    days = distinct.str.fullmatch(_DAY.pattern)
    if days.mean() < _MOSTLY:
        return False
    alone = distinct.str.fullmatch(r"\d{4}|\d{8}").mean() > 0.5
    return not alone or bool(_APPEARED.fullmatch(name))


def _as_decades(frame: pd.DataFrame, rows: pd.Index, ledger: Ledger) -> pd.DataFrame:
    years = frame.loc[rows, TAIL_LABEL].str.extract(_DAY.pattern, expand=False)
    frame = _without(frame, rows[years.isna().to_numpy()], "is no day", ledger)
    years = years.dropna()
    ledger.keep(frame.loc[years.index], TAIL_LABEL, "is a day or a year and became a decade", "Nothing to do.", "note")
    frame = frame.copy()
    frame.loc[years.index, TAIL_LABEL] = years.str[:3] + "0s"
    frame.loc[years.index, TAIL] = frame.loc[years.index, TAIL_LABEL]
    frame.loc[years.index, RELATION] = DECADE
    return frame


def _as_feature(frame: pd.DataFrame, labels: pd.Series, name: str, ledger: Ledger) -> pd.DataFrame:
    yes = labels.str.casefold().isin(_YES)
    frame = _without(frame, labels.index[~yes], "says no, which is no fact", ledger).copy()
    rows = labels.index[yes]
    frame.loc[rows, TAIL] = frame.loc[rows, TAIL_LABEL] = " ".join(name.replace("_", " ").split())
    frame.loc[rows, RELATION] = FEATURE
    return frame


def _without(frame: pd.DataFrame, rows: pd.Index, why: str, ledger: Ledger) -> pd.DataFrame:
    if not len(rows):
        return frame
    ledger.drop(frame.loc[rows], TAIL_LABEL, why, "Nothing to do.", "note")
    return frame.drop(index=rows)
