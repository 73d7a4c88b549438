"""Codes that are categories: numbers of which each is shared by many items, where no column gives their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from kgrec_core.data.ingest.column_relations import words_of
from kgrec_core.data.values.list_cells import LISTS, how_split, split_by

_CODE_WORDS = frozenset(
    """id ids no num nr nbr number code codes key nummer numero numéro cod codigo codice kod код ид 编号 番号
    코드""".split()
)
_CLASSES = frozenset(  # of which a bare number can only be a code, whatever stands behind the word
    """category categories subcategory categ cat class classes subclass subclasses group subgroup genre genres type
    subtype kind department dept section segment family cluster feat feats brand publisher maker vendor supplier
    manufacturer studio label theme topic tag tags channel aisle kategorie warengruppe gruppe klasse marke categorie
    catégorie categoria categoría rubrique rubro клас категория группа 类别 分类 カテゴリ 카테고리""".split()
)
_NO_CLASSES = frozenset(  # codes of the thing itself, of people and of places to reach them
    """item product movie film book track song article video game stock barcode zip post postal phone area tax order
    line row session user customer reviewer host owner person account parent variant isbn ean upc asin sku gtin imdb
    tmdb tvdb doi issn version page hash uuid guid""".split()
)
_WHOLE = re.compile(r"\d{1,12}(?:\.0)?")
_CODE = re.compile(r"(?=.*\d)[\w.-]{1,12}")
_SHARED = 3  # items with each of the codes, on average
_FEW = 20  # items, from which on less than that is enough
_OFTEN = 0.8  # share of the values that are whole numbers, or short codes


def are_categories(words: Sequence[str], texts: pd.Series) -> bool:
    """Whether the cells of a column are codes of categories, by its name and by how many items share each.

    words: of the name of the column, small · texts: filled cells

    >>> codes = pd.Series(["800", "801", "800", "801", "800", "801"])
    >>> are_categories(["category", "id"], codes), are_categories(["product", "id"], codes)
    (True, False)
    >>> are_categories(["category", "id"], pd.Series(["1", "2", "3", "4"]))
    False
    """
    named = [word for word in words if not word.isdigit()]
    coded = len(named) > 1 and named[-1] in _CODE_WORDS
    thing = next((word for word in reversed(named) if word not in _CODE_WORDS), "")
    if not thing or thing in _NO_CLASSES or not (coded or thing in _CLASSES):
        return False
    values = split_by(texts, how_split(texts)).explode().dropna().astype(str)
    return _are_codes(values, _CODE if coded else _WHOLE) and _are_shared(values, len(texts))


def lists_categories(texts: pd.Series) -> bool:
    """Whether lists of numbers are lists of categories: whole numbers, of any count a cell, that many items share."""
    values = split_by(texts, LISTS).explode().dropna().astype(str)
    vector = texts.str.count(",").nunique() == 1 and "," in texts.iloc[0]
    return not vector and _are_codes(values, _WHOLE) and _are_shared(values, len(texts))


def named_by(column: str, texts: Mapping[str, pd.Series], others: Sequence[str]) -> str:
    """Which of the other columns says in words what a column of codes says; "" for none, or where it holds no codes."""
    words, codes = words_of(column), texts[column]
    if not are_categories(words, codes[codes != ""]):
        return ""
    own = set(words) - _CODE_WORDS - _NO_CLASSES
    for name in others:
        cells, its_words = texts[name], words_of(name)
        if name == column or not own & set(its_words) or are_categories(its_words, cells[cells != ""]):
            continue
        if bool((cells.groupby(codes).nunique() <= 1).all()):
            return name
    return ""


def _are_codes(values: pd.Series, form: re.Pattern[str]) -> bool:
    head = values.head(2_000)
    return bool(len(head)) and float(head.str.fullmatch(form.pattern).mean()) >= _OFTEN


def _are_shared(values: pd.Series, items: int) -> bool:
    distinct = values.nunique()
    return bool(2 <= distinct <= items / (_SHARED if items >= _FEW else 2))
