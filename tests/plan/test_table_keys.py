from __future__ import annotations

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.profiles import profile
from kgrec_core.data.plan.table_keys import keys
from tests.plain_raw_tables import ratings, raw


def links(*tables: RawTable) -> set[tuple[str, str, str, str]]:
    found = keys(tables, {each.name: profile(each) for each in tables})
    return {(key.table, key.column, key.target, key.target_column) for key in found}


def films(column: str, items: int = 15, start: int = 0) -> RawTable:
    return raw("movies.csv", f"{column} title", [(f"m{n + start}", f"Film {n}") for n in range(items)])


def test_two_columns_of_one_name_meet() -> None:
    assert ("ratings.csv", "movie_id", "movies.csv", "movie_id") in links(ratings(), films("movie_id"))


def test_a_movie_id_is_the_id_of_the_movies() -> None:
    assert ("ratings.csv", "movie_id", "movies.csv", "id") in links(ratings(), films("id"))


def test_names_are_compared_without_case_and_signs() -> None:
    assert ("ratings.csv", "movie_id", "movies.csv", "MovieID") in links(ratings(), films("MovieID"))


def test_ids_that_do_not_meet_are_no_key() -> None:
    assert links(ratings(), films("movie_id", start=1000)) == set()


def test_the_share_of_the_keys_that_are_found_is_told() -> None:
    tables = [ratings(), films("movie_id", items=12)]
    (found,) = keys(tables, {each.name: profile(each) for each in tables})
    assert found.found == 12 / 15


def test_an_id_written_with_a_point_and_nought_meets_the_whole_number() -> None:
    rated = raw("ratings.csv", "user_id movie_id", [(f"u{n % 5}", f"{n % 10}.0") for n in range(50)])
    listed = raw("movies.csv", "movie_id title", [(n, f"Film {n}") for n in range(10)])
    assert ("ratings.csv", "movie_id", "movies.csv", "movie_id") in links(rated, listed)


def test_small_numbers_that_are_called_otherwise_do_not_meet_by_chance() -> None:
    rated = raw("ratings.csv", "user_id movie_id rating", [(n % 5, n % 10, 1 + n % 5) for n in range(50)])
    shops = raw("shops.csv", "shop_id town", [(n, f"Town {n}") for n in range(1, 12)])
    assert links(rated, shops) == set()


def test_a_target_that_repeats_is_no_key() -> None:
    tags = raw("tags.csv", "movie_id tag", [(f"m{n % 15}", f"tag {n % 4}") for n in range(60)])
    assert not any(target == "tags.csv" for _, _, target, _ in links(ratings(), tags))


def test_lines_of_orders_lead_to_the_orders() -> None:
    lines = raw("order_lines.csv", "order_id product_id", [(n // 2, f"p{n % 9}") for n in range(60)])
    orders = raw("orders.csv", "order_id customer_id", [(n, f"c{n % 6}") for n in range(30)])
    assert ("order_lines.csv", "order_id", "orders.csv", "order_id") in links(lines, orders)
