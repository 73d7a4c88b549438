"""The goods of the made-up shop: brand, category, features, price, and what each works with."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kgrec_core.data.builtin.storefront_words import DEPARTMENTS, PRICES, Department, brand_name, system_name
from kgrec_core.schema.columns import ITEM, TEXT, TITLE

SYSTEM_SIZE = 6  # a device and its extras
OF_BRAND = 30  # products of a brand, about
FEATURES = 2  # of each product
DEVICE = "device"  # column that says whether others are made to go with the product; left out of the catalog


def products(count: int, rng: np.random.Generator) -> pd.DataFrame:
    """`count` products; half of them are devices and extras that work with one system each.

    Columns: item_id, title, text, brand, category, feature ('|' separated), works_with ('' for none), price_band,
    device.
    """
    brands = [brand_name(number) for number in range(max(8, count // OF_BRAND))]
    systems = max(1, count // (2 * SYSTEM_SIZE))
    goods = [_of_system(number, place, rng) for number in range(systems) for place in range(SYSTEM_SIZE)]
    goods += [_plain(rng) for _ in range(count - len(goods))]
    rows = [_row(number, good, brands, rng) for number, good in enumerate(goods[:count])]
    return pd.DataFrame(rows)


def _of_system(number: int, place: int, rng: np.random.Generator) -> dict[str, object]:
    """The device of a system, then its extras."""
    department = DEPARTMENTS[number % len(DEPARTMENTS)]
    names = department.extras if place else department.device
    noun = names[(place - 1) % len(names)] if place else names[int(rng.integers(len(names)))]
    system = system_name(number, department.system)
    return _good(department, noun, department.shelf, rng) | {"works_with": system, DEVICE: place == 0}


def _plain(rng: np.random.Generator) -> dict[str, object]:
    department = DEPARTMENTS[int(rng.integers(len(DEPARTMENTS)))]
    category = list(department.categories)[int(rng.integers(len(department.categories)))]
    nouns = department.categories[category]
    return _good(department, nouns[int(rng.integers(len(nouns)))], category, rng)


def _good(department: Department, noun: str, category: str, rng: np.random.Generator) -> dict[str, object]:
    features = [department.features[place] for place in rng.permutation(len(department.features))[:FEATURES]]
    return {"noun": noun, "category": category, "features": features, "works_with": "", DEVICE: False}


def _row(number: int, good: dict[str, object], brands: list[str], rng: np.random.Generator) -> dict[str, object]:
    brand, price = brands[int(rng.integers(len(brands)))], PRICES[int(rng.integers(len(PRICES)))]
    features, system = list(map(str, good["features"])), str(good["works_with"])  # type: ignore[call-overload]
    title = f"{brand} {good['noun']} {100 + number}"
    return {
        ITEM: f"p{number}",
        TITLE: title,
        TEXT: _text(brand, str(good["noun"]), features, system, price, bool(good[DEVICE])),
        "brand": brand,
        "category": good["category"],
        "feature": "|".join(features),
        "works_with": system,
        "price_band": price,
        DEVICE: good[DEVICE],
    }


def _text(brand: str, noun: str, features: list[str], system: str, price: str, device: bool) -> str:
    article = "An" if features[0][0] in "aeiou" else "A"
    first = f"{article} {features[0]} and {features[1]} {noun.lower()} made by {brand}, in the {price} price range."
    if not system:
        return first
    made = "Takes everything made for" if device else "Made for devices with"
    return f"{first} {made} the {system}."
