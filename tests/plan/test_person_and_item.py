from __future__ import annotations

import pytest

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.person_and_item import Pair, enough, pairs
from kgrec_core.data.plan.profiles import profile
from kgrec_core.data.plan.table_keys import keys
from tests.plain_raw_tables import ratings, raw, unnamed


def best(table: RawTable, *others: RawTable, **chosen: str) -> Pair:
    """The likeliest reading of a table."""
    profiles = {each.name: profile(each) for each in (table, *others)}
    return pairs(table, profiles[table.name], keys([table, *others], profiles), chosen, {})[0]


def read(table: RawTable, *others: RawTable, **chosen: str) -> tuple[str, str]:
    found = best(table, *others, **chosen)
    return found.user, found.item


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("userId movieId rating", ("userId", "movieId")),
        ("Kundennr Artikelnr Menge", ("Kundennr", "Artikelnr")),
        ("id_client id_produit note", ("id_client", "id_produit")),
        ("reviewerID asin overall", ("reviewerID", "asin")),
        ("用户 商品 评分", ("用户", "商品")),
    ],
)
def test_people_and_things_are_told_by_their_names_in_many_languages(columns: str, expected: tuple[str, str]) -> None:
    assert read(ratings(columns=columns)) == expected


def test_the_order_of_the_columns_does_not_matter() -> None:
    rows = [(1 + n % 5, f"m{n % 7}", f"u{n % 9}") for n in range(60)]
    assert read(raw("r.csv", "stars film viewer", rows)) == ("viewer", "film")


def test_the_id_of_an_invoice_or_of_a_row_is_no_person() -> None:
    rows = [(n, 1000 + n // 3, f"c{n // 3 % 8}", f"p{n * n % 11}") for n in range(90)]
    assert read(raw("s.csv", "row_id invoice_no customer_id stock_code", rows)) == ("customer_id", "stock_code")


def test_a_session_stands_for_the_person_where_there_is_none() -> None:
    rows = [(f"s{n // 4}", f"p{n * 7 % 13}", f"2024-01-{1 + n % 28:02}") for n in range(80)]
    assert read(raw("clicks.csv", "session_id product_id day", rows)) == ("session_id", "product_id")


def test_a_person_goes_before_the_session() -> None:
    rows = [(f"s{n // 2}", f"v{n // 4 % 9}", f"p{n * 7 % 13}") for n in range(90)]
    assert read(raw("clicks.csv", "session_id visitor_id product_id", rows))[0] == "visitor_id"


def test_the_product_is_the_item_and_not_its_category_or_brand() -> None:
    rows = [(f"u{n % 9}", f"cat{n % 12 % 3}", f"b{n % 12 % 4}", f"p{n % 12}") for n in range(96)]
    assert read(raw("buys.csv", "customer_id category_id brand product_id", rows)) == ("customer_id", "product_id")


def test_a_name_beside_an_id_is_not_taken_for_it() -> None:
    rows = [(f"u{n % 9}", f"Name {n % 9}", f"m{n * 5 % 14}", f"Film {n * 5 % 14}") for n in range(120)]
    found = read(raw("seen.csv", "user_id user_name movie_id movie_title", rows))
    assert found == ("user_id", "movie_id")


def test_a_title_is_the_item_where_there_is_no_id() -> None:
    rows = [(f"u{n % 9}", f"Game of {n * 5 % 14}", 1 + n % 40) for n in range(120)]
    assert read(raw("hours.csv", "player game hours", rows)) == ("player", "game")


def test_what_a_person_chose_is_taken_against_all_names() -> None:
    chosen = {"movie_id": "user_id", "user_id": "item_id"}
    assert read(ratings(), **chosen) == ("movie_id", "user_id")


def test_columns_without_names_are_judged_by_how_they_repeat() -> None:
    rows = [(f"{n % 12}", f"{100 + n * 7 % 40}", 1 + n % 5, 1_600_000_000 + 1000 * n) for n in range(240)]
    assert read(unnamed("u.data", rows)) == ("column 1", "column 2")


def test_a_column_of_addresses_of_mail_is_the_person_whatever_its_place() -> None:
    rows = [(f"Thing {n * 7 % 20}", f"p{n % 9}@example.org") for n in range(120)]
    assert read(unnamed("r.csv", rows)) == ("column 2", "column 1")


def test_a_key_to_the_table_of_customers_tells_the_person() -> None:
    bought = raw("buys.csv", "wer was", [(f"k{n % 10}", f"a{n * 7 % 12}") for n in range(120)])
    who = raw("kunden.csv", "kunde ort", [(f"k{n}", "Ulm") for n in range(10)])
    assert read(bought, who)[0] == "wer"


def test_people_who_follow_people_are_no_likely_reading() -> None:
    follows = raw("follows.csv", "user_id friend_id", [(f"u{n % 12}", f"u{(n * 5 + 1) % 12}") for n in range(60)])
    assert best(follows).points < best(ratings()).points


def test_a_catalogue_is_not_enough() -> None:
    goods = raw("products.csv", "product_id title price", [(f"p{n}", f"Thing {n}", f"{n}.50") for n in range(40)])
    profiles = profile(goods)
    assert not any(enough(pair, goods) for pair in pairs(goods, profiles, [], {}, {}))


def test_columns_called_as_in_the_contract_are_enough_whatever_their_values() -> None:
    once = raw("met.csv", "user_id item_id value", [(f"u{n % 7}", f"i{n}", 1 + n % 5) for n in range(60)])
    assert enough(best(once), once)


def test_a_reading_by_name_is_sure_and_one_by_values_is_not() -> None:
    named, bare = best(ratings()), best(unnamed("u.data", [(n % 12, 100 + n * 7 % 40, 1 + n % 5) for n in range(240)]))
    assert (named.user_sure, named.item_sure) == (True, True)
    assert (bare.user_sure, bare.item_sure) == (False, False)
    assert "each in 20.0 rows" in bare.user_why
