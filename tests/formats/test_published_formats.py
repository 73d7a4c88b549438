from __future__ import annotations

import pytest

from tests.readers import Read, accounted, facts, pairs, titles, whats
from tests.real_data import real

EVERY = {
    "movielens_csv": "movielens",
    "movielens_1m": "movielens",
    "movielens_100k": "movielens",
    "recbole": "recbole",
    "recbole_sequence": "recbole",
    "kgat": "kgat",
    "kgcn_final": "kgcn",
    "kgcn_books": "kgcn",
    "hetrec": "hetrec",
    "amazon_2018": "amazon",
    "amazon_2023": "amazon",
    "amazon_2023_csv": "amazon",
    "mind": "mind",
    "goodbooks": "goodbooks",
}


@pytest.mark.parametrize(("folder", "name"), EVERY.items())
def test_a_format_is_recognised_and_every_record_accounted_for(read: Read, folder: str, name: str) -> None:
    found = read(folder)
    assert found.report.format == name
    assert found.report.ok
    assert accounted(found)


@pytest.mark.parametrize("folder", ["movielens_csv", "movielens_1m", "movielens_100k"])
def test_the_year_of_a_film_is_apart_from_its_title(read: Read, folder: str) -> None:
    found = read(folder)
    assert found.catalog is not None
    assert found.catalog.items["year"].notna().sum() >= 2
    assert not any("(19" in title for title in titles(found).values())


def test_a_moved_article_goes_back_and_no_genre_is_no_genre(read: Read) -> None:
    found = read("movielens_csv")
    assert titles(found)["11"] == "The American President"
    assert not any(head == "999" for head, _, _ in facts(found))
    assert found.report.positives == 3  # 4 stars or more of 4, 5, 0.5 and 4.5


def test_two_spellings_of_a_tag_are_one_fact(read: Read) -> None:
    assert {fact for fact in facts(read("movielens_csv")) if fact[1] == "tag"} == {
        ("1", "tag", "Pixar"),
        ("260", "tag", "space opera"),
    }


def test_western_letters_are_read_and_noted(read: Read) -> None:
    found = read("movielens_1m")
    assert titles(found)["3"] == "Les Misérables"
    assert any("movies.dat:3" in what and "not UTF-8" in what for what in whats(found))


def test_users_bring_their_profiles_and_the_smallest_group_is_told(read: Read) -> None:
    found = read("movielens_1m")
    assert found.catalog is not None
    assert found.catalog.users is not None
    assert found.catalog.users["occupation"].tolist() == ["K-12 student", "self-employed"]
    assert found.report.anonymity is not None
    assert found.report.anonymity.k == 1


def test_genre_flags_become_genres_and_quotation_marks_stay(read: Read) -> None:
    found = read("movielens_100k")
    assert titles(found)["302"] == 'Café "L.A."'
    assert {fact for fact in facts(found) if fact[0] == "302"} == {
        ("302", "genre", name) for name in ("Crime", "Film-Noir", "Mystery", "Thriller")
    }


def test_atomic_titles_keep_their_words_and_other_sequences_are_values(read: Read) -> None:
    found = read("recbole")
    assert titles(found)["20"] == '"Weird Al" Live'
    assert {("10", "class", "Animation"), ("10", "class", "Comedy")} <= facts(found)


def test_the_graph_is_joined_by_links_turned_round_where_it_ends_at_an_item(read: Read) -> None:
    found = read("recbole")
    assert {("10", "director", "m.0p1"), ("20", "genre", "m.0g")} <= facts(found)
    assert any(head == "20" and relation == "film" for head, relation, _ in facts(found))
    assert any("ml.kg:3" in what and "is no item" in what for what in whats(found))


def test_a_sequence_becomes_one_interaction_an_item(read: Read) -> None:
    assert pairs(read("recbole_sequence")) == {
        ("u1", "a"),
        ("u1", "b"),
        ("u1", "c"),
        ("u2", "a"),
        ("u2", "b"),
        ("u2", "c"),
    }


def test_numbers_become_original_ids_even_where_two_are_glued(read: Read) -> None:
    found = read("kgat")
    assert ("0", "B0D") in pairs(found)
    assert ("B0A", "author", "m.0e") in facts(found)
    assert ("B0C", "category", "entity:4") in facts(found)  # ends at the third item, so it was turned round
    assert any("1 users have no item" in what for what in whats(found))
    assert any("item_list.txt:6" in what and "not an id and a number" in what for what in whats(found))


def test_drawn_negatives_are_no_feedback(read: Read) -> None:
    found = read("kgcn_final")
    assert pairs(found) == {("0", "0"), ("1", "0"), ("1", "2")}
    assert any("drawn negative" in what for what in whats(found))


def test_book_numbers_keep_their_zeros_and_every_rating_of_them_is_positive(read: Read) -> None:
    found = read("kgcn_books")
    assert ("276726", "0002005018") in pairs(found)
    assert ("034545104X", "author", "100") in facts(found)


def test_markup_in_titles_is_words_or_nothing(read: Read) -> None:
    found = read("amazon_2018")
    assert titles(found) == {"B001": "Steak 'n Shake & Co", "B002": "String Letter: Music", "B003": "B003"}
    assert found.report.positives == 3


def test_products_bought_together_are_facts_where_both_have_names(read: Read) -> None:
    known = facts(read("amazon_2018"))
    assert ("B003", "also_bought", "Steak 'n Shake & Co") in known
    assert ("B001", "price_band", "20-50 dollars") in known
    assert ("B003", "price_band", "over 500 dollars") in known
    assert not any("B999" in tail or "box-inner" in tail for _, _, tail in known)


def test_no_name_of_a_reviewer_is_kept(read: Read) -> None:
    found = read("amazon_2018")
    assert found.catalog is not None
    assert not any("Stoiber" in str(table.to_numpy()) for table in found.catalog.tables().values())


def test_reviews_join_on_the_parent_and_milliseconds_become_seconds(read: Read) -> None:
    found = read("amazon_2023")
    assert found.catalog is not None
    assert pairs(found) == {("U1", "P1"), ("U2", "P1"), ("U2", "P2")}
    assert found.catalog.interactions["timestamp"].max() == 1602133857
    assert ("P2", "brand", "Acme") in facts(found)


def test_clicks_are_those_of_the_history_and_of_what_was_shown(read: Read) -> None:
    found = read("mind")
    assert pairs(found) == {("U1", "N1"), ("U1", "N2"), ("U1", "N3"), ("U2", "N1")}
    assert found.report.positives == 4
    lost = {each.what for each in found.report.findings if each.fate == "dropped"}
    assert lost >= {"was shown and not clicked", "was shown, and whether it was clicked is not told"}


def test_an_article_keeps_its_quotation_marks_and_only_sure_names(read: Read) -> None:
    found = read("mind")
    assert titles(found)["N1"] == 'The "great" race'
    assert {fact for fact in facts(found) if fact[1] == "mentions"} == {
        ("N1", "mentions", "NASCAR"),
        ("N3", "mentions", "NASCAR"),
    }


def test_tags_of_books_join_on_the_other_id(read: Read) -> None:
    found = read("goodbooks")
    assert {("1", "tag", "fantasy"), ("2", "tag", "fantasy"), ("2", "author", "Mary GrandPré")} <= facts(found)
    assert titles(found)["2"] == "Harry Potter"


@pytest.mark.parametrize(
    ("folder", "records"), [("ecommerce_amazon_small", 2972 + 2375), ("news_mind_subset", 159_802 + 7_542 + 181_817)]
)
def test_real_data_are_read_to_the_last_record(read: Read, folder: str, records: int) -> None:
    found = read(real(folder))
    assert sum(each.records for each in found.report.accounts if each.table == "interactions") == records
    assert found.report.ok
    assert accounted(found)
