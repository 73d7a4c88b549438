"""A small made-up shop as files of a shop: for who wants to see how an import goes and has no files at hand.

By itself: the screen asks for it, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import pandas as pd

from kgrec_core.data.builtin.storefront import ShopConfig, generate
from kgrec_core.schema.columns import ITEM, TEXT, TIMESTAMP, TITLE, USER

TITLE_OF_SAMPLE = "Sample shop"
_SHOP = ShopConfig(users=150, items=80, purchases=12, seed=7)


@lru_cache(maxsize=1)
def sample_files() -> Mapping[str, str]:
    """Name of a file -> its text: who bought what and when, and what the products are."""
    catalog = generate(_SHOP).catalog
    orders, products = catalog.interactions, catalog.items
    bought = pd.DataFrame(
        {
            "customer": orders[USER],
            "product": orders[ITEM],
            "date": pd.to_datetime(orders[TIMESTAMP], unit="s").dt.strftime("%Y-%m-%d %H:%M"),
        }
    )
    names = {ITEM: "product", TITLE: "name", TEXT: "description", "price_band": "price range"}
    sold = products.rename(columns=names | {"works_with": "works with"})
    return MappingProxyType({"orders.csv": bought.to_csv(index=False), "products.csv": sold.to_csv(index=False)})
