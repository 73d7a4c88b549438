"""Lines of an order that are no products are set aside, and told."""

from __future__ import annotations

from pathlib import Path

from tests.readers import accounted, read_fixture, titles, whats

GOODS = ("Blue Mug", "Red Mug", "Postage Stamp Mug", "Lamp", "Chair", "Delivery Bag", "Clock", "Rug", "Bowl", "Cup")


def orders(folder: Path, *charges: tuple[str, str]) -> Path:
    """Orders of ten products by eight customers, each with these codes and words too."""
    things = [*((f"{100 + place}", title) for place, title in enumerate(GOODS)), *charges]
    rows = [
        f"{900 + order},{code},{title},1,3.5,{order}"
        for order in range(8)
        for place, (code, title) in enumerate(things)
        if (place + order) % 3 or place >= len(GOODS)
    ]
    path = folder / "orders.csv"
    path.write_text("InvoiceNo,StockCode,Description,Quantity,UnitPrice,CustomerID\n" + "\n".join(rows) + "\n")
    return path


def test_postage_and_fees_are_no_products(tmp_path: Path) -> None:
    found = read_fixture(orders(tmp_path, ("POST", "POSTAGE"), ("M", "Manual"), ("B", "Bank Charges")))
    assert set(titles(found).values()) == set(GOODS)
    assert any("no product by its name" in line for line in whats(found))
    assert accounted(found)


def test_a_product_that_has_such_a_word_among_others_stays(tmp_path: Path) -> None:
    assert {"Postage Stamp Mug", "Delivery Bag"} <= set(titles(read_fixture(orders(tmp_path))).values())


def test_a_manual_with_a_code_like_all_others_is_a_product(tmp_path: Path) -> None:
    assert "Manual" in titles(read_fixture(orders(tmp_path, ("110", "Manual")))).values()
