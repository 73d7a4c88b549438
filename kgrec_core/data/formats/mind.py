"""MIND, news with clicks (Wu et al. 2020): behaviors.tsv and news.tsv, tab-separated, no header, no quoting."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from kgrec_core.data.formats.csv_tables import TableLayout, read_delimited
from kgrec_core.data.formats.format import Format, Tables, Wish, named, set_aside
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import FILE, ROW, Ledger
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import HEAD, ITEM, TAIL, TEXT, TIMESTAMP, TITLE, USER

SOURCE = "MIND, Microsoft News (Wu et al. 2020): non-commercial research"
RELATIONS = {"category": ("category", "category"), "subcategory": ("subcategory", "category")}
BEHAVIORS, NEWS = "behaviors.tsv", "news.tsv"
_BEHAVIOR = ("impression", USER, "time", "history", "impressions")
_ARTICLE = (ITEM, "category", "subcategory", TITLE, TEXT, "url", "title_entities", "text_entities")
_TIME = "%m/%d/%Y %I:%M:%S %p"
_RUN_TOGETHER = {
    "foodanddrink": "food and drink",
    "middleeast": "Middle East",
    "northamerica": "North America",
    "scienceandtechnology": "science and technology",
    "homeandgarden": "home and garden",
    "personalfinance": "personal finance",
    "tipsandtricks": "tips and tricks",
    "weightloss": "weight loss",
    "savemoney": "saving money",
    "topstories": "top stories",
    "goodnews": "good news",
    "factcheck": "fact check",
}
_SURE = 0.5  # least confidence of a named entity


def claims(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Its files, when the behaviors are among them."""
    own = named(files, BEHAVIORS, NEWS, "entity_embedding.vec", "relation_embedding.vec")
    return own if any("".join(file.lines(1)).count("\t") == 4 for file in named(files, BEHAVIORS)) else []


def read(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Tables:
    """Clicks as interactions, of the history without a time; articles with categories and named entities."""
    by_name = {file.base: file for file in files}
    set_aside([file for file in files if file.suffix == ".vec"], ledger, "holds vectors, which are made anew here")
    rows = read_delimited(by_name[BEHAVIORS], "interactions", ledger, TableLayout("\t", _BEHAVIOR, quoted=False))
    clicks = _clicks(by_name[BEHAVIORS], rows, ledger)
    if NEWS not in by_name:
        raise DataError(f"{by_name[BEHAVIORS].name}: {NEWS} is missing, which tells what the articles are. Give both.")
    articles = read_delimited(by_name[NEWS], "items", ledger, TableLayout("\t", _ARTICLE, quoted=False))
    facts = _entities(articles)
    items = articles.drop(columns=["url", "title_entities", "text_entities"])
    topics = [topic(*names) for names in items[["category", "subcategory"]].itertuples(index=False)]
    items = items.assign(category=[_spaced(name) for name in items["category"]], subcategory=topics)
    return Tables(clicks, items, triples=facts, relations=RELATIONS, implicit=True, sources=(SOURCE,))


def topic(category: str, subcategory: str) -> str:
    """A subcategory as people write it; its category, which often stands in front of it, is left out.

    >>> topic("news", "newsscienceandtechnology"), topic("tv", "tv-celebrity"), topic("sports", "football_nfl")
    ('science and technology', 'celebrity', 'football nfl')
    """
    short = subcategory.removeprefix(category).strip("-_ ") or subcategory
    return _spaced(short).replace("-", " ").replace("_", " ")


def _spaced(name: str) -> str:
    return _RUN_TOGETHER.get(name, name)


def _clicks(file: SourceFile, rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """One row for each article of a history and of an impression; those not clicked are dropped."""
    times = pd.to_datetime(rows["time"], format=_TIME, errors="coerce", utc=True)
    seconds = ((times - pd.Timestamp(0, tz="UTC")) // pd.Timedelta(seconds=1)).astype("Int64").astype(str)
    seconds = seconds.where(times.notna(), rows["time"])  # what cannot be read is named by the check of times
    read_before = _exploded(rows, "history").assign(**{TIMESTAMP: "", "label": "1"})
    shown = _exploded(rows.assign(**{TIMESTAMP: seconds}), "impressions")
    parts = shown[ITEM].str.extract(r"^(.*?)(?:-([01]))?$")
    shown = shown.assign(**{ITEM: parts[0], "label": parts[1].fillna("")})
    both = pd.concat([read_before, shown], ignore_index=True)
    ledger.holds_more(file.name, len(both) - len(rows), "clicks and showings")
    for label, what in (("0", "was shown and not clicked"), ("", "was shown, and whether it was clicked is not told")):
        gone = both["label"] == label
        if gone.any():
            ledger.drop(both.loc[gone, [USER, ITEM, FILE, ROW]], ITEM, what, "Nothing to do.", "note")
            both = both[~gone]
    return both[[USER, ITEM, TIMESTAMP, FILE, ROW]]


def _exploded(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    listed = rows.assign(**{ITEM: rows[column].str.split()}).explode(ITEM)
    kept = [USER, ITEM, FILE, ROW, *([TIMESTAMP] if TIMESTAMP in rows else [])]
    return listed.loc[listed[ITEM].notna() & (listed[ITEM] != ""), kept]


def _entities(articles: pd.DataFrame) -> pd.DataFrame | None:
    """Facts that an article mentions a named entity, from its title and its abstract."""
    rows = [
        (article, label)
        for article, *cells in articles[[ITEM, "title_entities", "text_entities"]].itertuples(index=False)
        for label in dict.fromkeys(label for cell in cells for label in _labels(cell))
    ]
    if not rows:
        return None
    facts = pd.DataFrame(rows, columns=[HEAD, TAIL])
    return facts.assign(relation="mentions", tail_label=facts[TAIL], _file="", _row=0)


def _labels(cell: str) -> list[str]:
    try:
        found: Any = json.loads(cell) if cell.strip() else []
    except (ValueError, RecursionError):
        return []
    named_things = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    return [str(each["Label"]) for each in named_things if each.get("Label") and _confidence(each) >= _SURE]


def _confidence(entity: dict[str, Any]) -> float:
    value = entity.get("Confidence", 1.0)
    return float(value) if isinstance(value, int | float) else 0.0


FORMAT = Format("mind", "MIND, news with clicks", "news", claims, read)
