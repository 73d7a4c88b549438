"""Amazon Reviews of 2018 and of 2023 (McAuley Lab): reviews and products as JSON lines, and the csv of 2023.

Titles hold markup, ids repeat, types change from row to row; reviews of 2023 join on parent_asin and tell milliseconds.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kgrec_core.data.formats.csv_tables import TableLayout, read_delimited
from kgrec_core.data.formats.format import Format, Tables, Wish
from kgrec_core.data.formats.jsonlines import Object, as_text, first_object, read_objects
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import FILE, ROW, Ledger, concat
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TAIL_LABEL, TEXT, TIMESTAMP, TITLE, USER, VALUE

SOURCE = "Amazon Reviews (McAuley Lab, UC San Diego): rights as stated by its authors"
RELATIONS = {"brand": ("brand", "brand"), "category": ("category", "category"), "price_band": ("price_band", "price")}
_LINKS = {"also_buy": "also_bought", "also_view": "also_viewed", "bought_together": "also_bought"}
_TAG = re.compile(r"<[^>]*>")
_MARKUP = re.compile(r"<|/>|\{|function\s*\(|var aPage", re.IGNORECASE)
_PRICE = re.compile(r"\$?\s*(\d[\d,]*(?:\.\d+)?)\s*$")
_BANDS = (5, 10, 20, 50, 100, 200, 500)  # upper ends in dollars
_LONGEST = 2_000  # characters of a description
_LONGEST_CATEGORY, _MOST_WORDS = 40, 6  # characters, words
_MOST_LINKS = 20  # of one product to others


def claims(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Reviews with, if they are there, products."""
    reviews = [file for file in files if _is_review(file) or _is_csv(file)]
    products = [file for file in files if _is_product(file)]
    return [*reviews, *products] if reviews else []


def read(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Tables:
    """Ratings as interactions; products with brand, categories and price band, and what is bought together."""
    reviews = [_reviews(file, ledger) for file in files if not _is_product(file)]
    products = [_products(file, ledger) for file in files if _is_product(file)]
    if not products:
        return Tables(concat(reviews), sources=(SOURCE,))
    items = concat(products)
    items = items.assign(price_band=_bands(items["price"]))
    links = _linked(items)
    items = items.drop(columns=["price", *_LINKS])
    return Tables(concat(reviews), _titled(items, ledger), triples=links, relations=RELATIONS, sources=(SOURCE,))


def _is_csv(file: SourceFile) -> bool:
    return file.suffix == ".csv" and "".join(file.lines(1)).startswith("user_id,parent_asin,rating,timestamp")


def _is_review(file: SourceFile) -> bool:
    keys = first_object(file).keys()
    return {"reviewerID", "asin", "overall"} <= keys or {"user_id", "parent_asin", "rating"} <= keys


def _is_product(file: SourceFile) -> bool:
    found = first_object(file)
    return (
        "title" in found and not _is_review(file) and ("parent_asin" in found or {"asin", "also_buy"} <= found.keys())
    )


def _reviews(file: SourceFile, ledger: Ledger) -> pd.DataFrame:
    if _is_csv(file):
        needs = (USER, "parent_asin", "rating", TIMESTAMP)
        table = read_delimited(file, "interactions", ledger, TableLayout(",", needs=needs))
        return table.rename(columns={"parent_asin": ITEM, "rating": VALUE})[[USER, ITEM, VALUE, TIMESTAMP, FILE, ROW]]
    return read_objects(file, "interactions", ledger, _review)


def _review(row: Object) -> Mapping[str, str]:
    """Names and words of the reviewer stay out."""
    if "reviewerID" in row:
        cells = (row.get("reviewerID"), row.get("asin"), row.get("overall"), row.get("unixReviewTime"))
    else:
        cells = (row.get("user_id"), row.get("parent_asin"), row.get("rating"), row.get("timestamp"))
    return dict(zip((USER, ITEM, VALUE, TIMESTAMP), map(as_text, cells), strict=True))


def _products(file: SourceFile, ledger: Ledger) -> pd.DataFrame:
    return read_objects(file, "items", ledger, _product)


def _product(row: Object) -> Mapping[str, str]:
    described = [*_texts(row.get("description")), *_texts(row.get("feature", row.get("features")))]
    categories = _texts(row.get("category", row.get("categories")))
    brand = row.get("brand") or row.get("store") or _details(row).get("Brand") or ""
    links = {name: " ".join(_texts(row.get(name))[:_MOST_LINKS]) for name in _LINKS}
    return {
        ITEM: as_text(row.get("parent_asin") or row.get("asin")),
        TITLE: _plain(as_text(row.get("title"))),
        TEXT: " ".join(map(_plain, described))[:_LONGEST],
        "brand": _plain(as_text(brand)).replace("|", "/"),
        "category": "|".join(
            dict.fromkeys(_plain(name).replace("|", "/") for name in categories if _is_category(name))
        ),
        "price": as_text(row.get("price")),
        **links,
    }


def _details(row: Object) -> Mapping[str, Any]:
    """In one copy of 2023 the details are JSON in a string."""
    details = row.get("details")
    if isinstance(details, str):
        try:
            details = json.loads(details)
        except (ValueError, RecursionError):
            return {}
    return details if isinstance(details, dict) else {}


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for each in values if (text := as_text(each).strip())]


def _plain(raw: str) -> str:
    """Words without markup; nothing where page code stands in their place."""
    text = _TAG.sub(" ", html.unescape(html.unescape(raw)))
    return "" if _MARKUP.search(text) else " ".join(text.split())


def _is_category(name: str) -> bool:
    """Some lists of categories go on with selling points, which are long or are sentences."""
    plain = _plain(name)
    return 0 < len(plain) <= _LONGEST_CATEGORY and len(plain.split()) <= _MOST_WORDS and not plain.endswith((".", "!"))


def _bands(prices: pd.Series) -> pd.Series:
    """Such as "10-20 dollars" for "$14.99"; "" for a range, for nothing and for page code."""
    texts = prices.astype(str)
    texts = texts.where(texts.str.len() < 16, "")
    numbers = pd.to_numeric(texts.str.extract(_PRICE, expand=False).str.replace(",", ""), errors="coerce")
    ends = (0, *_BANDS)
    names = [f"{low}-{high} dollars" for low, high in zip(ends, _BANDS, strict=False)] + [f"over {_BANDS[-1]} dollars"]
    place = np.searchsorted(_BANDS, numbers.fillna(0).to_numpy(), side="left")
    return pd.Series([names[band] for band in place], index=prices.index, dtype=object).where(numbers > 0, "")


def _titled(items: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """A product whose title is page code is called by brand and category, if another row of it has no title either."""
    has = items[TITLE] != ""
    titled = set(items.loc[has, ITEM])
    without = ~has & ~items[ITEM].isin(titled)
    if not without.any():
        return items
    what = "is empty or page code; the product is called by brand and category"
    ledger.keep(items[without], TITLE, what, "Give the title, if you have it.")
    category = items["category"].str.rsplit("|", n=1).str[-1]
    made = (items["brand"] + ": " + category).where(
        (items["brand"] != "") & (category != ""), items["brand"] + category
    )
    return items.assign(**{TITLE: items[TITLE].where(~without, made)})


def _linked(items: pd.DataFrame) -> pd.DataFrame | None:
    """Facts that two products are bought or seen together, where both have titles."""
    titles = items[items[TITLE] != ""].drop_duplicates(ITEM).set_index(ITEM)[TITLE]
    parts = []
    for column, relation in _LINKS.items():
        pairs = items[[ITEM, column]].assign(**{TAIL: items[column].str.split()}).explode(TAIL)
        pairs = pairs[pairs[TAIL].isin(titles.index) & (pairs[TAIL] != pairs[ITEM])]
        named = {HEAD: pairs[ITEM], RELATION: relation, TAIL: pairs[TAIL], TAIL_LABEL: pairs[TAIL].map(titles)}
        parts.append(pd.DataFrame({**named, FILE: "", ROW: 0}))
    links = pd.concat(parts, ignore_index=True)
    return links if len(links) else None


FORMAT = Format("amazon", "Amazon Reviews, 2018 or 2023", "e-commerce", claims, read)
