from __future__ import annotations

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.planner import planned_beside
from tests.plain_raw_tables import meant, plan_of, ratings, raw, table_plan


def films(column: str = "movie_id", items: int = 15, start: int = 0) -> RawTable:
    long = "A long tale of many words about whoever was there at the time"
    cells = [(f"m{n + start}", f"Film {n}", ("Drama", "War")[n % 2], f"{long} {n}") for n in range(items)]
    return raw("movies.csv", f"{column} title genre plot", cells)


def test_what_was_met_has_a_title_a_text_and_facts() -> None:
    assert meant(plan_of(ratings(), films()), "movies.csv") == {
        "movie_id": "item_id", "title": "title", "genre": "fact", "plot": "text"
    }  # fmt: skip


def test_the_bare_id_of_the_films_is_the_item() -> None:
    assert meant(plan_of(ratings(), films("id")), "movies.csv")["id"] == "item_id"


def test_it_is_said_how_many_of_the_ids_stand_in_the_table() -> None:
    found = table_plan(plan_of(ratings(), films(items=12)), "movies.csv")
    assert found.why == "80% of 'movie_id' stand in it"


def test_who_met_it_has_a_profile() -> None:
    people = raw("users.csv", "user_id age sex", [(f"u{n}", 20 + n, "fm"[n % 2]) for n in range(20)])
    found = plan_of(ratings(), people)
    assert table_plan(found, "users.csv").role == "users"
    assert meant(found, "users.csv") == {"user_id": "user_id", "age": "profile", "sex": "profile"}


def test_a_table_with_a_row_an_item_and_genre_is_one_of_items() -> None:
    genres = raw("genres.csv", "movie_id genre", [(f"m{n % 15}", f"genre {n % 4}") for n in range(60)])
    found = plan_of(ratings(), genres)
    assert table_plan(found, "genres.csv").role == "items"
    assert meant(found, "genres.csv") == {"movie_id": "item_id", "genre": "fact"}


def test_a_table_that_a_person_named_is_taken_though_no_id_meets() -> None:
    named = raw("films.csv", "movie_id title", [(f"x{n}", f"Film {n}") for n in range(9)], role="items")
    assert table_plan(plan_of(ratings(), named), "films.csv").role == "items"


def test_an_empty_column_is_left_out_and_says_so() -> None:
    listed = raw("movies.csv", "movie_id title note", [(f"m{n}", f"Film {n}", "") for n in range(15)])
    (note,) = (each for each in table_plan(plan_of(ratings(), listed), "movies.csv").columns if each.column == "note")
    assert (note.meaning, note.why) == ("", "it is empty")


def test_who_wrote_a_review_of_a_film_is_no_profile_of_people() -> None:
    reviews = raw("tags.csv", "user_id movie_id tag", [(f"u{n % 20}", f"m{n % 15}", f"tag {n}") for n in range(60)])
    assert table_plan(plan_of(ratings(), reviews), "tags.csv").role != "users"


def test_tables_beside_a_published_data_set_are_read_by_their_names() -> None:
    named = raw("more.csv", "movie_id country", [(f"m{n}", "France") for n in range(9)], role="items")
    found = planned_beside([named], {}, {f"m{n}" for n in range(15)})
    assert meant(found, "more.csv") == {"movie_id": "item_id", "country": "fact"}


def test_what_a_person_chose_names_the_rows_of_a_table_beside() -> None:
    named = raw("more.csv", "nr code country", [(n, f"m{n}", "France") for n in range(9)], role="items")
    found = planned_beside([named], {"code": "item_id"}, {f"m{n}" for n in range(15)})
    assert meant(found, "more.csv")["code"] == "item_id"
