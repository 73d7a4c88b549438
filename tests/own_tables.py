"""A small shop as a person would bring it: two CSV files of 200 rows each, made up."""

from __future__ import annotations

from pathlib import Path

ROWS, SHOPPERS = 200, 25
BRANDS = ("Leaf", "Kiln", "Reef", "Pine")
KINDS = ("Tea|Organic", "Cups", "Salt|Organic", "Candles")
WORDS = ("a mild leaf from the hills", "a cup that fits the hand", "crystals from the sea", "a slow and even light")


def write_shop(folder: Path) -> tuple[Path, Path]:
    """The files of interactions and of items; every shopper likes things of one kind and few of the next."""
    buys, goods = folder / "orders.csv", folder / "products.csv"
    lines = ["customer,product_id,rating,date"]
    for row in range(ROWS):
        shopper, step = row % SHOPPERS, row // SHOPPERS
        own = step < 6
        product = 4 * ((7 * shopper + 3 * step) % (ROWS // 10)) + (shopper + (not own)) % 4
        lines.append(f"c{shopper},p{product},{5 if own else 2},2024-0{1 + step}-{1 + shopper:02}")
    buys.write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = ["product_id,title,description,brand,category,price"]
    for product in range(ROWS):
        kind = product % 4
        rows.append(f"p{product},{KINDS[kind].split('|')[0]} {product},{WORDS[kind]} no. {product},"
                    f"{BRANDS[kind]},{KINDS[kind]},{2 + product % 9}.50")  # fmt: skip
    goods.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return buys, goods
