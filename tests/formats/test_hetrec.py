from __future__ import annotations

import pytest

from kgrec_core.data.formats.dbpedia import label_of
from tests.readers import Read, accounted, facts, pairs, titles, whats
from tests.real_data import real


def test_plays_are_interactions_and_every_play_counts_as_liked(read: Read) -> None:
    found = read("hetrec")
    assert found.report.format == "hetrec"
    assert found.report.domain == "music"
    assert pairs(found) == {("2", "1"), ("2", "2"), ("3", "2"), ("3", "10"), ("4", "7"), ("4", "10")}
    assert found.report.positives == 6


def test_quotation_marks_in_names_are_letters(read: Read) -> None:
    assert titles(read("hetrec"))["2"] == '"Weird Al" Yankovic'
    assert titles(read("hetrec"))["7"] == "Royce da 5'9\""


def test_tags_are_found_by_rank_and_spellings_of_one_word_are_one_fact(read: Read) -> None:
    found = read("hetrec")
    tags = {fact for fact in facts(found) if fact[1] == "tag"}
    assert tags == {("1", "tag", "goth rock"), ("2", "tag", "Comedy"), ("10", "tag", "goth rock")}
    assert "artist_tag.dat:5 head= the cell is empty" in whats(found)  # rank 5 of four artists


def test_one_address_may_be_two_artists_and_two_relations_may_say_the_same(read: Read) -> None:
    known = facts(read("hetrec"))
    assert {("2", "genre", "Comedy"), ("7", "genre", "Comedy"), ("10", "genre", "Electronic music")} <= known
    assert ("10", "associated_act", "The Sugarcubes") in known
    assert not any(head.startswith("http") for head, _, _ in known)


def test_every_record_is_accounted_for_and_a_play_of_an_unknown_artist_is_named(read: Read) -> None:
    found = read("hetrec")
    assert accounted(found)
    assert "user_artists.dat:8 item_id=99 is not in the table of items" in whats(found)
    assert "dbo_genre.edgelist:3 head=http://dbpedia.org/resource/Nobody is no item" in whats(found)
    assert {each.file for each in found.report.accounts if not each.table} == {
        "hetrec/user_friends.dat",
        "hetrec/dbpedia/all.dat",
    }


def test_people_are_recommended_from_friendships(read: Read) -> None:
    found = read("hetrec", domain="social")
    assert pairs(found) == {("2", "3"), ("3", "2"), ("2", "4"), ("4", "2")}
    assert ("3", "listens_to", "Björk") in facts(found)
    assert titles(found)["3"] == "Listener 3"


def test_hidden_people_are_hidden_as_items_too(read: Read) -> None:
    found = read("hetrec", domain="social", keep_user_ids=False)
    assert found.catalog is not None
    assert set(found.catalog.items["item_id"]) == {user for user, _ in pairs(found)}
    assert not {"2", "3", "4"} & set(found.catalog.items["item_id"])
    assert "Listener 3" not in set(found.catalog.items["title"])


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("http://dbpedia.org/resource/AC%2FDC", "AC/DC"),
        ("http://dbpedia.org/resource/Rock_music", "Rock music"),
        ("http://dbpedia.org/resource/Prince_(musician)", "Prince"),
        ("https://www.facebook.com/warmghost", "https://www.facebook.com/warmghost"),
    ],
)
def test_names_are_read_from_addresses(address: str, label: str) -> None:
    assert label_of(address) == label


def test_the_real_music_is_read_to_the_last_row(read: Read) -> None:
    found = read(real("music_lastfm_hetrec"))
    rows = {each.file.rsplit("/", 1)[-1]: each.records for each in found.report.accounts}
    assert rows["user_artists.dat"] == 92_834
    assert rows["artists.dat"] == 17_632
    assert accounted(found)
    assert found.report.ok
    assert found.report.items <= 8_000
