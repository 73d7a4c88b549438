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


ROOMS, GOODS = ("Bath", "Garden", "Kitchen", "Office"), ("Lamp", "Mug", "Chair", "Plant")


def write_joined_shop(folder: Path) -> tuple[Path, ...]:
    """Six files that belong together: orders and their lines, customers, products and their categories, a log."""
    lines = {
        "orders.csv": ["order_id,customer_id,order_date"],
        "order_lines.csv": ["order_id,product_id,quantity"],
        "events.csv": ["customer_id,product_id,event,event_time"],
        "customers.csv": ["customer_id,city,age_group"],
        "products.csv": ["product_id,product_name,brand,category_id,price"],
        "categories.csv": ["category_id,category"],
    }
    lines["categories.csv"] += [f"{place},{room}" for place, room in enumerate(ROOMS)]
    for product in range(40):
        kind, brand = product % 4, BRANDS[product // 10]
        lines["products.csv"].append(f"p{product},{brand} {GOODS[kind]} {product},{brand},{kind},{3 + product % 7}.90")
    lines["customers.csv"] += [f"c{shopper},{('Graz', 'Bonn')[shopper % 2]},30-39" for shopper in range(SHOPPERS)]
    for order in range(4 * SHOPPERS):
        shopper, step = order % SHOPPERS, order // SHOPPERS
        day = f"2025-0{1 + step}-{1 + shopper:02}"
        lines["orders.csv"].append(f"o{order},c{shopper},{day}")
        for line in range(2):
            product = 4 * ((3 * shopper + 2 * step + line) % 10) + (shopper + (step == 3)) % 4
            lines["order_lines.csv"].append(f"o{order},p{product},{1 + line}")
            for event in ("view", "add_to_cart")[: 1 + line]:
                lines["events.csv"].append(f"c{shopper},p{product},{event},{day} 10:0{line}:00")
    for name, rows in lines.items():
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tuple(folder / name for name in lines)
