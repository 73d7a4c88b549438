from __future__ import annotations

from kgrec_core.data.plan.preview import first_people, preview
from tests.plain_raw_tables import plan_of, ratings, raw


def test_the_first_rows_of_each_table_are_shown_as_they_stand_in_it() -> None:
    films = raw("movies.csv", "movie_id title", [(f"m{n}", f"Film {n}") for n in range(15)])
    found = preview(plan_of(ratings(), films))
    assert found.format == "plain"
    assert [each.table for each in found.tables] == ["ratings.csv", "movies.csv"]
    assert found.tables[1].columns == ("movie_id", "title")
    assert found.tables[1].rows == tuple((f"m{n}", f"Film {n}") for n in range(5))


def test_what_the_first_two_people_met_is_said_with_titles_and_values() -> None:
    films = raw("movies.csv", "movie_id title", [(f"m{n}", f"Film {n}") for n in range(15)])
    first, second = first_people(plan_of(ratings(), films))
    assert first == "u0: 5 things, first Film 0 (1), Film 3 (1), Film 6 (1), Film 9 (1)"
    assert second.startswith("u1: 5 things, first Film 2 (3)")


def test_a_thing_without_a_title_is_called_by_its_id() -> None:
    assert first_people(plan_of(ratings()))[0].startswith("u0: 5 things, first m0 (1)")


def test_columns_that_a_join_gave_are_shown() -> None:
    lines = raw("lines.csv", "order_id product_id", [(n // 2, f"p{n * 4 % 9}") for n in range(60)])
    orders = raw("orders.csv", "order_id customer_id", [(n, f"c{n % 6}") for n in range(30)])
    found = preview(plan_of(lines, orders))
    assert found.tables[0].columns == ("order_id", "product_id", "customer_id")
    assert found.people[0].startswith("c0: ")


def test_what_happened_is_said_of_events() -> None:
    words = ("view", "view", "cart", "purchase")
    rows = [(f"u{n % 9}", f"p{n * 7 % 13}", words[n % 4]) for n in range(100)]
    assert "p0 (view)" in first_people(plan_of(raw("events.csv", "visitor_id item_id event", rows)))[0]
