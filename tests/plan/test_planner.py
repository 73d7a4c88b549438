from __future__ import annotations

import pytest

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.reading_plan import LISTS, SEQUENCES, WIDE
from kgrec_core.errors import DataError
from tests.plain_raw_tables import meant, plan_of, ragged, ratings, raw, table_plan, unnamed
from tests.raw_tables import rows


def roles(*tables: RawTable) -> dict[str, str]:
    return {each.table: each.role for each in plan_of(*tables).plan.tables}


def orders() -> list[RawTable]:
    """30 orders of 6 customers, 60 lines, 9 products."""
    return [
        raw("lines.csv", "order_id product_id quantity", [(n // 2, f"p{n * 4 % 9}", 1 + n % 4) for n in range(60)]),
        raw(
            "orders.csv", "order_id customer_id day", [(n, f"c{n % 6}", f"2024-01-{1 + n % 28:02}") for n in range(30)]
        ),
        raw("products.csv", "product_id name", [(f"p{n}", f"Thing {n}") for n in range(9)]),
        raw("customers.csv", "customer_id town", [(f"c{n}", ("Ulm", "Bonn")[n % 2]) for n in range(6)]),
    ]


def test_ratings_have_a_person_an_item_a_value_and_a_time() -> None:
    rows = [(f"u{n % 9}", f"m{n * 7 % 13}", 1 + n % 5, 1_600_000_000 + n * 1000) for n in range(100)]
    found = plan_of(raw("ratings.csv", "userId movieId rating timestamp", rows))
    assert meant(found, "ratings.csv") == {
        "userId": "user_id", "movieId": "item_id", "rating": "value", "timestamp": "timestamp"
    }  # fmt: skip


def test_lines_of_orders_get_the_customer_and_the_day_of_their_order() -> None:
    found = plan_of(*orders())
    assert [(each.left, each.right) for each in found.plan.joins] == [("lines.csv", "orders.csv")]
    assert meant(found, "lines.csv") == {
        "order_id": "key", "product_id": "item_id", "quantity": "value", "customer_id": "user_id", "day": "timestamp"
    }  # fmt: skip
    assert len(found.tables["lines.csv"].frame) == 60


def test_each_table_of_a_shop_has_its_role() -> None:
    assert roles(*orders()) == {
        "lines.csv": "interactions", "orders.csv": "", "products.csv": "items", "customers.csv": "users"
    }  # fmt: skip


def test_a_table_that_was_joined_says_so() -> None:
    assert table_plan(plan_of(*orders()), "orders.csv").why == "its columns were joined to another table"


def test_the_order_in_which_files_are_given_does_not_matter() -> None:
    assert roles(*reversed(orders())) == roles(*orders())


def test_one_table_of_orders_has_what_each_product_has_as_facts() -> None:
    products = [(f"p{n}", f"Thing {n}", ("Tea", "Cup", "Salt")[n % 3]) for n in range(9)]
    rows = [(n // 3, f"c{n // 3 % 7}", *products[n * 4 % 9], 1 + n % 4) for n in range(120)]
    found = plan_of(raw("sales.csv", "invoice_no customer_id product_id product_name category quantity", rows))
    assert meant(found, "sales.csv") == {
        "invoice_no": "", "customer_id": "user_id", "product_id": "item_id", "product_name": "title",
        "category": "fact", "quantity": "value",
    }  # fmt: skip


def test_what_each_customer_has_is_of_the_customer_and_no_fact_of_a_product() -> None:
    towns = ("Ulm", "Bonn", "Kiel")
    rows = [(f"c{n % 7}", towns[n % 7 % 3], f"p{n * 4 % 9}") for n in range(120)]
    assert meant(plan_of(raw("sales.csv", "customer_id town product_id", rows)), "sales.csv")["town"] == "profile"


def test_words_of_events_are_read_as_events_with_weights() -> None:
    words = ("view", "view", "cart", "purchase")
    rows = [(f"u{n % 9}", f"p{n * 7 % 13}", words[n % 4]) for n in range(100)]
    found = plan_of(raw("events.csv", "visitorid itemid event", rows))
    assert meant(found, "events.csv")["event"] == "event"
    assert found.plan.events["view"] < found.plan.events["cart"] < found.plan.events["purchase"]


def test_files_called_after_what_happened_give_events() -> None:
    clicks = raw("clicks.csv", "session_id item_id", [(f"s{n % 12}", f"p{n * 7 % 13}") for n in range(100)])
    buys = raw("buys.csv", "session_id item_id", [(f"s{n % 12}", f"p{n * 5 % 13}") for n in range(40)])
    found = plan_of(clicks, buys)
    assert (table_plan(found, "clicks.csv").event, table_plan(found, "buys.csv").event) == ("clicks", "buys")
    assert found.plan.events["clicks"] < found.plan.events["buys"]


def test_ratings_stay_ratings_whatever_their_file_is_called() -> None:
    assert table_plan(plan_of(ratings("buys.csv")), "buys.csv").event == ""


def test_a_matrix_alone_is_unfolded() -> None:
    dishes = " ".join(f"dish{n}" for n in range(10))
    cells = [[f"p{p}", *(1 + (p * d) % 5 if (p + d) % 3 else "" for d in range(10))] for p in range(12)]
    found = plan_of(raw("survey.csv", f"person {dishes}", cells))
    assert table_plan(found, "survey.csv").shape == WIDE
    assert meant(found, "survey.csv") == {"person": "user_id", "item": "item_id", "value": "value"}


def test_a_matrix_whose_columns_are_called_after_things_is_unfolded_too() -> None:
    assert (
        table_plan(
            plan_of(
                raw(
                    "survey.csv",
                    "person " + " ".join(f"movie{n}" for n in range(10)),
                    [[f"p{p}", *(1 + (p * d) % 5 for d in range(10))] for p in range(12)],
                )
            ),
            "survey.csv",
        ).shape
        == WIDE
    )


def test_a_column_chosen_for_the_items_does_not_make_their_table_one_of_interactions() -> None:
    films = raw("films.csv", "item_id code director", [(50 + n, f"m{n}", f"D {n % 4}") for n in range(15)])
    found = plan_of(ratings(columns="user_id item_id rating"), films, code="item_id")
    assert {each.table: each.role for each in found.plan.tables} == {
        "ratings.csv": "interactions", "films.csv": "items"
    }  # fmt: skip
    assert meant(found, "ratings.csv")["item_id"] == "item_id"
    assert meant(found, "films.csv")["code"] == "item_id"


def test_baskets_in_a_cell_are_unfolded() -> None:
    baskets = [(f"c{n}", f"tea|cup{n % 3}|salt{n % 4}") for n in range(40)]
    found = plan_of(raw("baskets.csv", "customer products", baskets))
    assert table_plan(found, "baskets.csv").shape == LISTS
    assert meant(found, "baskets.csv") == {"customer": "user_id", "products": "item_id"}
    assert len(found.tables["baskets.csv"].frame) == 3 * 40


def test_lines_of_any_length_are_people_and_what_they_met() -> None:
    lines = [[n, *(100 + (n * 3 + k) % 17 for k in range(3 + n % 4))] for n in range(20)]
    found = plan_of(ragged("train.txt", lines))
    assert table_plan(found, "train.txt").shape == SEQUENCES
    assert meant(found, "train.txt") == {"user": "user_id", "item": "item_id"}


def test_files_of_one_item_each_give_the_item_by_their_name() -> None:
    names = [f"book{n}.csv" for n in range(6)]
    tables = [
        raw(name, "reader stars", [(f"r{(n + k) % 8}", 1 + k % 5) for k in range(8)]) for n, name in enumerate(names)
    ]
    found = plan_of(*tables)
    assert {each.role for each in found.plan.tables} == {"interactions"}
    assert meant(found, "book3.csv") == {"reader": "user_id", "stars": "value", "name of the file": "item_id"}
    assert rows(found.tables["book3.csv"])[0] == ["r3", "1", "book3"]


def test_files_of_the_same_columns_are_one_table() -> None:
    parts = [
        raw(f"2024-0{part}.csv", "user_id movie_id rating", [(f"u{n % 9}", f"m{n * 7 % 13}", 1 + n % 5) for n in some])
        for part, some in ((1, range(40)), (2, range(40, 90)))
    ]
    assert roles(*parts) == {"2024-01.csv": "interactions", "2024-02.csv": "interactions"}


def test_a_table_of_links_leads_from_one_id_of_a_film_to_another() -> None:
    links = raw("links.csv", "movie_id imdb_id", [(f"m{n}", f"tt{7000000 + n}") for n in range(15)])
    films = raw(
        "imdb.csv", "imdb_id title director", [(f"tt{7000000 + n}", f"Film {n}", f"D {n % 4}") for n in range(15)]
    )
    found = plan_of(ratings(), links, films)
    assert {each.table: each.role for each in found.plan.tables}["imdb.csv"] == "items"
    told = meant(found, "imdb.csv")
    assert (told["title"], told["director"]) == ("title", "fact")
    item = table_plan(found, "imdb.csv").column("item_id")
    assert set(found.tables["imdb.csv"].frame[str(item)]) == {f"m{n}" for n in range(15)}


def test_a_list_of_names_gives_its_words_to_the_items_that_refer_to_it() -> None:
    films = raw("movies.csv", "movie_id title studio_id", [(f"m{n}", f"Film {n}", 5000 + n % 6) for n in range(15)])
    studios = raw("studios.csv", "studio_id studio_name", [(5000 + n, f"Studio {n}") for n in range(6)])
    found = plan_of(ratings(), films, studios)
    assert ("movies.csv", "studios.csv") in {(each.left, each.right) for each in found.plan.joins}
    assert meant(found, "movies.csv")["studio_name"] == "fact"


def test_people_who_know_people_are_no_interactions_beside_ratings() -> None:
    friends = raw("friends.csv", "user_id friend_id", [(f"u{n % 20}", f"u{(n * 7 + 1) % 20}") for n in range(80)])
    assert roles(ratings(), friends)["friends.csv"] != "interactions"


def test_an_example_of_an_answer_is_left_out() -> None:
    sample = raw(
        "sample_submission.csv", "user_id movie_id rating", [(f"u{n % 20}", f"m{n % 15}", 3) for n in range(60)]
    )
    assert roles(ratings(), sample)["sample_submission.csv"] == ""


def test_a_table_that_meets_nothing_is_left_out_and_says_why() -> None:
    rates = raw("rates.csv", "currency rate", [("EUR", "1.0"), ("USD", "1.1"), ("GBP", "0.9")])
    found = table_plan(plan_of(ratings(), rates), "rates.csv")
    assert (found.role, found.why) == ("", "nothing in it meets the rest")


def test_a_column_that_is_chosen_is_sure_and_takes_the_place_of_the_one_found() -> None:
    rows = [(f"u{n % 9}", f"m{n * 7 % 13}", 1 + n % 5, 1 + n % 3) for n in range(100)]
    found = plan_of(raw("r.csv", "user_id movie_id rating mood", rows), mood="value")
    assert meant(found, "r.csv") == {"user_id": "user_id", "movie_id": "item_id", "rating": "", "mood": "value"}
    assert "chosen" in {each.why for each in table_plan(found, "r.csv").columns if each.column == "mood"}


def test_a_catalogue_alone_is_refused() -> None:
    goods = raw("products.csv", "product_id title price", [(f"p{n}", f"Thing {n}", f"{n}.50") for n in range(40)])
    with pytest.raises(DataError, match="There are no interactions"):
        plan_of(goods)


def test_columns_without_names_are_marked_as_guessed() -> None:
    rows = [(n % 12, 100 + n * 7 % 40, 1 + n % 7, 1_600_000_000 + 1000 * n) for n in range(240)]
    found = plan_of(unnamed("u.data", rows))
    assert list(meant(found, "u.data").values()) == ["user_id", "item_id", "value", "timestamp"]
    assert not any(each.sure for each in table_plan(found, "u.data").columns[:3])
