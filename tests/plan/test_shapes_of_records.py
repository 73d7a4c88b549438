"""Shapes in which records come: blocks, nested lists, one file each, payloads, and who and what they name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.formats.table_files import raw_tables_of
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.plan.planner import Planned, planned
from kgrec_core.data.plan.reading_plan import TablePlan
from kgrec_core.errors import DataError, OnePersonError

PEOPLE, THINGS = 12, 9


def met(person: int) -> list[int]:
    """Five of the nine things, others for each person."""
    return [(person * 2 + step * (1 + person % 3)) % THINGS for step in range(5)]


PAIRS = [(person, thing) for person in range(PEOPLE) for thing in dict.fromkeys(met(person))]


def plan_of(folder: Path, files: Mapping[str, object]) -> Planned:
    given = []
    for name, data in files.items():
        path = folder / name
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        given.append(SourceFile(name, path))
    return planned(raw_tables_of(given, Ledger()), {})


def chief(found: Planned) -> TablePlan:
    return next(each for each in found.plan.tables if each.role == "interactions")


def who_and_what(found: Planned) -> tuple[str | None, str | None]:
    return chief(found).column("user_id"), chief(found).column("item_id")


def test_blocks_of_keys_and_values_are_rows(tmp_path: Path) -> None:
    blocks = [
        f"beer/name: Beer {thing}\nbeer/beerId: {500 + thing}\nreview/overall: 1{thing}/20\n"
        f"review/profileName: p{person}\nreview/text: Good: very.\nAnd more.\n"
        for person, thing in PAIRS
    ]
    found = plan_of(tmp_path, {"beers.txt": "\n".join(blocks)})
    assert who_and_what(found) == ("review/profileName", "beer/beerId")
    assert found.tables["beers.txt"].frame["review/text"].iloc[0] == "Good: very. And more."


def test_values_of_mongodb_are_plain(tmp_path: Path) -> None:
    rows = [
        {"_id": {"$oid": f"{at:024x}"}, "user": {"$oid": f"{person + 100:024x}"}, "product": f"p{thing}",
         "createdAt": {"$date": {"$numberLong": str(1_700_000_000_000 + at)}}}
        for at, (person, thing) in enumerate(PAIRS)
    ]  # fmt: skip
    found = plan_of(tmp_path, {"events.json": "\n".join(map(json.dumps, rows))})
    assert who_and_what(found) == ("user", "product")
    assert chief(found).column("timestamp") == "createdAt"


def test_hits_of_a_search_are_their_sources(tmp_path: Path) -> None:
    hits = [
        {"_index": "c", "_id": f"{person}-{thing}", "_score": 1.0,
         "_source": {"@timestamp": f"2024-01-{person + 1:02d}", "user_id": f"u{person}", "item_id": f"i{thing}"}}
        for person, thing in PAIRS
    ]  # fmt: skip
    found = plan_of(tmp_path, {"hits.json": {"took": 3, "hits": {"total": len(hits), "hits": hits}}})
    assert who_and_what(found) == ("user_id", "item_id")
    assert chief(found).column("value") is None
    assert chief(found).column("timestamp") == "timestamp"


def test_a_tree_of_keys_holds_likes_users_and_products(tmp_path: Path) -> None:
    tree = {
        "users": {f"-Nu{person}": {"name": f"Name {person}", "age": 20 + person} for person in range(PEOPLE)},
        "likes": {f"-Nu{person}": {f"-Mp{thing}": True for thing in met(person)} for person in range(PEOPLE)},
        "products": {f"-Mp{thing}": {"title": f"Thing {thing}"} for thing in range(THINGS)},
    }
    found = plan_of(tmp_path, {"db.json": tree})
    roles = {each.table: each.role for each in found.plan.tables}
    assert roles == {"db.json/users": "users", "db.json/likes": "interactions", "db.json/products": "items"}


def test_edges_and_nodes_are_lists(tmp_path: Path) -> None:
    nodes = [
        {"id": f"c{person}", "email": f"p{person}@example.org", "orders": {"edges": [
            {"node": {"id": f"o{person}", "lineItems": {"edges": [
                {"node": {"title": f"Thing {thing}", "product": {"id": f"g{thing}"}}} for thing in met(person)]}}}]}}
        for person in range(PEOPLE)
    ]  # fmt: skip
    answer = {"data": {"customers": {"edges": [{"node": node} for node in nodes], "pageInfo": {"next": False}}}}
    found = plan_of(tmp_path, {"answer.json": answer})
    assert who_and_what(found) == ("email", "orders.lineItems.product.id")


def test_of_orders_inside_of_users_the_user_is_who(tmp_path: Path) -> None:
    users = [
        {"id": 70 + person, "orders": [
            {"id": 9000 + 2 * person + half, "items": [{"product_id": thing} for thing in met(person)[half::2]]}
            for half in (0, 1)]}
        for person in range(PEOPLE)
    ]  # fmt: skip
    assert who_and_what(plan_of(tmp_path, {"api.json": {"users": users}})) == ("id", "orders.items.product_id")


def test_records_in_the_cells_of_a_column_are_columns(tmp_path: Path) -> None:
    lines = [f'2024-01-0{1 + p % 9},"{{""user_id"": {p}, ""product_id"": {100 + t}}}"' for p, t in PAIRS]
    found = plan_of(tmp_path, {"log.csv": "\n".join(["ts,payload", *lines])})
    assert who_and_what(found) == ("user_id", "product_id")


def test_a_callback_around_json_is_left_out(tmp_path: Path) -> None:
    rows = [{"user": f"u{person}", "movie": f"m{thing}", "rating": 1 + thing % 5} for person, thing in PAIRS]
    assert who_and_what(plan_of(tmp_path, {"answer.json": f"show({json.dumps(rows)});"})) == ("user", "movie")


def test_what_stands_beside_a_list_is_said_of_each_of_its_rows(tmp_path: Path) -> None:
    hotels = {
        f"{7000 + hotel}.json": {
            "Reviews": [
                {"Author": f"a{person}", "ReviewID": f"R{hotel}{person}", "Ratings": {"Service": "2", "Overall": "4"}}
                for person, thing in PAIRS
                if thing == hotel
            ],
            "HotelInfo": {"Name": f"Hotel {hotel}", "HotelID": str(7000 + hotel)},
        }
        for hotel in range(THINGS)
    }
    found = plan_of(tmp_path, hotels)
    assert who_and_what(found) == ("Author", "HotelInfo.HotelID")
    assert chief(found).column("value") == "Ratings.Overall"


def test_of_lists_with_names_that_come_twice_the_id_is_who(tmp_path: Path) -> None:
    lists = [
        {"name": f"mix {person % 3}", "pid": person, "tracks": [{"pos": at, "track_uri": f"spotify:track:{thing}"}
         for at, thing in enumerate(met(person))]}
        for person in range(PEOPLE)
    ]  # fmt: skip
    found = plan_of(tmp_path, {"slice.json": {"info": {"version": "v1"}, "playlists": lists}})
    assert who_and_what(found) == ("pid", "tracks.track_uri")


def test_a_number_that_counts_a_line_is_no_item(tmp_path: Path) -> None:
    lengths = [3 + person % 3 for person in range(PEOPLE)]
    lines = [f"{n} " + " ".join(map(str, met(person)[:n])) for person, n in enumerate(lengths)]
    found = plan_of(tmp_path, {"users.dat": "\n".join(lines)})
    assert len(found.tables["users.dat"].frame) == sum(lengths)


def test_tags_are_facts_under_the_names_of_their_table(tmp_path: Path) -> None:
    rows = [f"{person}\t{100 + thing}\t{1 + thing % 4}" for person, thing in PAIRS]
    tags = ["id\tvalue", *(f"{number}\tword{number}" for number in range(1, 5))]
    found = plan_of(
        tmp_path, {"tagged.dat": "\n".join(["userID\tbookmarkID\ttagID", *rows]), "tags.dat": "\n".join(tags)}
    )
    assert who_and_what(found) == ("userID", "bookmarkID")
    assert chief(found).column("fact") == "tag"


def test_words_without_a_name_that_an_item_settles_are_facts(tmp_path: Path) -> None:
    kinds = ("Cafe", "Bridge", "Museum")
    visits = [(person, (person * 7 + step * 5) % 50) for person in range(30) for step in range(8)]
    rows = [f"{person}\t4a{place:06x}f\t{kinds[place % 3]}\t2024-01-{1 + place % 9:02d}" for person, place in visits]
    found = plan_of(tmp_path, {"checkins.txt": "\n".join(rows)})
    assert chief(found).column("fact") == "column 3"


def test_artist_album_and_track_are_one_persons_history(tmp_path: Path) -> None:
    makers, names = ("Mara", "Lena", "Otto", "Ivo"), "abcdefgh"
    rows = [
        f"{makers[n % 4]} Quill,Album {names[n % 4]},Song {names[n % 8]},0{1 + n % 9} Nov 2014 {n // 9 + 10}:48"
        for n in range(40)
    ]
    with pytest.raises(OnePersonError, match="one person's own history"):
        plan_of(tmp_path, {"plays.csv": "\n".join(rows)})


def test_two_columns_that_say_nothing_are_asked_about(tmp_path: Path) -> None:
    rows = [f"{person * 7 % 30},{100 + thing}" for person, thing in PAIRS]
    with pytest.raises(DataError, match="--map"):
        plan_of(tmp_path, {"x.csv": "\n".join(["a,b", *rows])})
