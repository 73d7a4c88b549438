"""Which words a data set is told in: by its columns, its relations, its files."""

from __future__ import annotations

import pytest

from kgrec_core.data.plan.domain_guess import guess_domain


@pytest.mark.parametrize(
    ("columns", "keys", "domain"),
    [
        (["userId", "movieId", "rating"], ["movieId"], "video"),
        (["user", "item", "imdb_id", "director", "plot"], ["item"], "video"),
        (["user", "item", "ISBN", "Book-Author", "Publisher"], ["item"], "books"),
        (["user", "item", "author", "publisher", "series"], ["item"], "books"),
        (["user", "artist_name", "track_name", "ms_played"], ["track_name"], "music"),
        (["customer", "sku", "price", "quantity", "brand"], ["sku"], "e-commerce"),
        (["Kunde", "Artikel", "Einzelpreis", "Bestelldatum"], ["Artikel"], "e-commerce"),
        (["user", "news_id", "headline", "category"], ["news_id"], "news"),
        (["user", "item", "value"], ["item"], "other"),
    ],
)
def test_the_names_of_columns_speak_for_a_field(columns: list[str], keys: list[str], domain: str) -> None:
    assert guess_domain(columns, keys=keys).name == domain


@pytest.mark.parametrize(
    ("keys", "files", "item"),
    [(["recipe_id"], [], "recipe"), (["id"], ["boardgames"], "board game"), (["restaurant"], [], "restaurant")],
)
def test_things_without_a_field_of_their_own_keep_their_noun(keys: list[str], files: list[str], item: str) -> None:
    found = guess_domain(["user", "rating", *keys], files=files, keys=keys)
    assert (found.name, found.item) == ("other", item)


def test_the_relations_of_a_graph_speak_too() -> None:
    assert guess_domain(["user", "item"], relations=["director", "actor", "runtime"]).name == "video"


def test_what_spoke_for_it_is_told() -> None:
    why = guess_domain(["user", "item", "author", "publisher", "isbn"]).why
    assert why == "The words are those of books, since there are 'isbn', 'author' and 'publisher'."
