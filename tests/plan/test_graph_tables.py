"""Tables of facts are found among others by the names and the values of their columns, and nothing else is taken."""

from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import Ledger, with_provenance
from kgrec_core.data.plan.graph_tables import (
    ANSWERS,
    LABELS,
    LINKS,
    PARENTS,
    PROPERTIES,
    TRIPLES,
    GraphTables,
    graph_tables,
    tell_graph,
)
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, RELATION, TAIL, TAIL_LABEL

ITEMS = [f"i{number}" for number in range(20)]
PEOPLE = ["Ada", "Bo", "Cleo", "Dan"]


def raw(name: str, columns: str | None, rows: list[tuple[str, ...]], role: str = "") -> RawTable:
    """columns: separated by blanks; None for a table without a header."""
    names = columns.split() if columns else [f"column {number + 1}" for number in range(len(rows[0]))]
    frame = with_provenance(pd.DataFrame(rows, columns=names, dtype=object), name, range(2, len(rows) + 2))
    return RawTable(name, frame, named=columns is not None, role=role)


def facts(graph: GraphTables) -> list[tuple[str, ...]]:
    assert graph.triples is not None
    return list(graph.triples[[HEAD, RELATION, TAIL, TAIL_LABEL]].itertuples(index=False, name=None))


def said(head: str = "{}", relation: str = "director", tail: str = "{}") -> list[tuple[str, ...]]:
    return [(head.format(item), relation, tail.format(PEOPLE[n % 4])) for n, item in enumerate(ITEMS)]


@pytest.mark.parametrize(
    "columns",
    [
        "s p o",
        "subject predicate object",
        "head relation tail",
        "h r t",
        "source type target",
        "from rel to",
        ":START_ID(Film) :TYPE :END_ID",
        "_start _type _end",
        "node1 edge node2",
        "Sujet Prédicat Objet",
    ],
)
def test_facts_are_known_by_the_names_of_their_columns_in_any_order(columns: str) -> None:
    graph = graph_tables([raw("kg.csv", columns, said())], ITEMS)
    assert graph.used["kg.csv"].kind == TRIPLES
    assert facts(graph)[1] == ("i1", "director", "Bo", "")
    names = columns.split()
    turned = raw(
        "kg.csv", " ".join((names[2], names[0], names[1])), [(tail, head, kind) for head, kind, tail in said()]
    )
    assert facts(graph_tables([turned], ITEMS))[1] == ("i1", "director", "Bo", "")


@pytest.mark.parametrize("head", ["{}", "http://e.org/entity/{}", "<http://e.org/x#{}>", "ex:{}"])
@pytest.mark.parametrize("relation", ["director", "1", "http://e.org/director"])
def test_facts_without_a_header_are_known_by_an_end_that_is_an_item(head: str, relation: str) -> None:
    graph = graph_tables([raw("kg.tsv", None, said(head, relation))], ITEMS)
    assert graph.used["kg.tsv"].kind == TRIPLES and len(facts(graph)) == len(ITEMS)
    turned = [(tail, kind, item) for item, kind, tail in said(head, relation)]
    assert graph_tables([raw("kg.tsv", None, turned)], ITEMS).used


def test_a_first_fact_that_was_taken_for_the_header_is_a_fact() -> None:
    graph = graph_tables([raw("kg.tsv", "i0 director Ada", said()[1:])], ITEMS)
    assert facts(graph)[0] == ("i0", "director", "Ada", "") and len(facts(graph)) == len(ITEMS)
    assert graph.triples is not None and graph.triples["_row"].tolist()[:2] == [1, 2]


def test_ratings_without_a_header_are_no_facts_though_ids_are_numbers() -> None:
    numbers = [str(number) for number in range(1, 21)]
    users_first = [(str(user), numbers[(3 * user + n) % 20], str(1 + n % 5)) for user in range(1, 31) for n in range(8)]
    items_first = [(item, user, grade) for user, item, grade in users_first]
    timed = [(user, item, str(1_600_000_000 + n)) for n, (user, item, _) in enumerate(users_first)]
    for rows in (users_first, items_first, timed):
        assert not graph_tables([raw("r.csv", None, rows)], numbers).used


def test_numbered_facts_beside_numbered_items_are_facts() -> None:
    rows = [(str(item), str(kind), str(100 + (7 * item + kind) % 40)) for item in range(60) for kind in range(3)]
    assert graph_tables([raw("kg.txt", None, rows)], [str(item) for item in range(60)]).used["kg.txt"].kind == TRIPLES


def test_a_table_of_items_without_a_header_is_none_of_facts() -> None:
    rows = [(item, "Drama" if n % 2 else "War", f"{n}.50") for n, item in enumerate(ITEMS)]
    assert not graph_tables([raw("items.csv", None, rows)], ITEMS).used


@pytest.mark.parametrize(
    ("name", "columns"),
    [("ratings.csv", "user item rating"), ("trust.csv", "user_id friend_id value"), ("events.csv", "user item type"),
     ("friends.csv", "from type to"), ("items.csv", "item genre price")],
)  # fmt: skip
def test_tables_of_people_and_of_items_are_none_of_facts(name: str, columns: str) -> None:
    rows = [(f"u{n % 7}", item, str(n % 5)) for n, item in enumerate(ITEMS)]
    rows = [(item, "Drama", "2.50") for item in ITEMS] if name == "items.csv" else rows
    assert not graph_tables([raw(name, columns, rows)], ITEMS).used


def test_nodes_of_a_graph_database_name_the_ends_and_the_items() -> None:
    nodes = [*((item, f"Film {item}", "Film") for item in ITEMS), *((f"n{n}", PEOPLE[n], "Person") for n in range(4))]
    links = [(item, f"n{n % 4}", "DIRECTED_BY") for n, item in enumerate(ITEMS)]
    graph = graph_tables(
        [raw("nodes.csv", "id:ID name :LABEL", nodes), raw("rels.csv", ":START_ID :END_ID :TYPE", links)], ITEMS
    )
    assert {name: use.kind for name, use in graph.used.items()} == {"rels.csv": TRIPLES, "nodes.csv": LABELS}
    assert facts(graph)[1] == ("i1", "DIRECTED_BY", "n1", "Bo")
    assert graph.titles["i1"] == "Film i1"


def test_lists_of_entities_and_of_relations_name_their_numbers() -> None:
    entities = [(f"Thing {n}", str(100 + n)) for n in range(10)]
    rows = [(str(item), "0", str(100 + item % 10)) for item in range(30)]
    graph = graph_tables(
        [
            raw("entity_list.txt", "org_id remap_id", entities),
            raw("relation_list.txt", "org_id remap_id", [("http://e.org/genre", "0")]),
            raw("kg_final.txt", "h r t", rows),
        ],
        [str(item) for item in range(30)],
    )
    assert facts(graph)[1] == ("1", "http://e.org/genre", "101", "Thing 1")


def test_a_table_of_items_is_not_taken_for_names_of_the_graph() -> None:
    items = raw("items.csv", "item title", [(item, f"Film {item}") for item in ITEMS])
    assert set(graph_tables([items, raw("kg.csv", "s p o", said())], ITEMS).used) == {"kg.csv"}


def test_a_row_a_property_gives_the_latest_value_and_leaves_out_hashed_names() -> None:
    rows = [(str(day), item, "categoryid", f"c{n % 3 + day}") for day in (1, 2) for n, item in enumerate(ITEMS)]
    rows += [("1", item, "888", f"n{n}.5") for n, item in enumerate(ITEMS)]
    ledger = Ledger()
    table = raw("props.csv", "timestamp itemid property value", rows)
    ledger.read("props.csv", "", len(rows))
    graph = graph_tables([table], ITEMS)
    tell_graph(graph, ledger)
    assert graph.used["props.csv"].kind == PROPERTIES
    assert facts(graph)[1] == ("i1", "categoryid", "c3", "")  # 1 % 3 + 2
    account = ledger.accounts()[0]
    assert (account.rows, account.kept, account.dropped) == (3 * 20, 20, 2 * 20)


def test_a_tree_of_categories_is_known_as_such() -> None:
    props = raw("props.csv", "item property value", [(item, "category", f"c{n % 3}") for n, item in enumerate(ITEMS)])
    tree = raw("tree.csv", "categoryid parentid", [("c0", "r"), ("c1", "r"), ("c2", "")])
    assert graph_tables([props, tree], ITEMS).used["tree.csv"].kind == PARENTS


def test_links_between_items_are_called_by_their_column_or_table() -> None:
    rows = [(item, ITEMS[(n + 1) % 20]) for n, item in enumerate(ITEMS)]
    graph = graph_tables([raw("pairs.csv", "item similar_item", rows)], ITEMS)
    assert graph.used["pairs.csv"].kind == LINKS and facts(graph)[0] == ("i0", "similar_to", "i1", "")
    assert facts(graph_tables([raw("also_bought.csv", "item other_item", rows)], ITEMS))[0][1] == "also_bought"
    assert not graph_tables([raw("trust.csv", "user trusted_user", rows)], ITEMS).used


def test_an_answer_of_a_query_gives_each_fact_once_with_its_label() -> None:
    rows = [
        (f"http://e.org/{item}", f"Film {n}", f"http://e.org/p{n % 4}", PEOPLE[n % 4], genre, "1984-01-01T00:00:00Z")
        for n, item in enumerate(ITEMS)
        for genre in ("Drama", "War")
    ]
    graph = graph_tables([raw("q.csv", "item itemLabel director directorLabel genreLabel date", rows)], ITEMS)
    assert graph.used["q.csv"].kind == ANSWERS
    assert ("http://e.org/i1", "director", "http://e.org/p1", "Bo") in facts(graph)
    assert len(facts(graph)) == 20 + 2 * 20 + 20  # a director, two genres and a day for each
    assert graph.titles["i1"] == "Film 1"


def test_what_a_person_said_of_columns_holds() -> None:
    table = raw("x.csv", "a b c", [(kind, tail, item) for item, kind, tail in said()])
    assert not graph_tables([table], ITEMS).used
    graph = graph_tables([table], ITEMS, {"x.csv": {"c": HEAD, "a": RELATION, "b": TAIL}})
    assert facts(graph)[1] == ("i1", "director", "Bo", "")


def test_a_table_given_for_facts_is_read_by_position_or_refused_by_the_names_it_has() -> None:
    assert facts(graph_tables([raw("x.csv", "a b c", said(), "triples")], []))[1] == ("i1", "director", "Bo", "")
    with pytest.raises(DataError, match="'a', 'b'"):
        graph_tables([raw("x.csv", "a b", [("i1", "x")], "triples")], ITEMS)


def test_labels_beside_the_parts_are_taken() -> None:
    rows = [(f"http://e.org/{item}", f"Film {item}", "p", f"n{n % 3}", PEOPLE[n % 3]) for n, item in enumerate(ITEMS)]
    graph = graph_tables([raw("kg.csv", "subject subject_label predicate object object_label", rows)], ITEMS)
    assert facts(graph)[1] == ("http://e.org/i1", "p", "n1", "Bo")
    assert graph.triples is not None and graph.triples[HEAD_LABEL][1] == "Film i1"


def test_an_export_in_one_table_tells_its_nodes_and_its_links() -> None:
    nodes = [*((item, f"Film {item}", "", "", "", "") for item in ITEMS)]
    nodes += [(f"n{n}", "", PEOPLE[n], "", "", "") for n in range(4)]
    links = [("", "", "", f"n{n % 4}", item, "ACTED_IN") for n, item in enumerate(ITEMS)]
    graph = graph_tables([raw("all.csv", "_id title name _start _end _type", [*nodes, *links])], ITEMS)
    assert graph.triples is not None and set(graph.triples[HEAD_LABEL]) == set(PEOPLE)
    assert graph.titles["i1"] == "Film i1" and len(facts(graph)) == len(ITEMS)


def test_the_direction_of_edges_is_no_relation() -> None:
    edges = [(item, f"n{n % 4}", "Directed", "director") for n, item in enumerate(ITEMS)]
    graph = graph_tables([raw("edges.csv", "Source Target Type Label", edges)], ITEMS)
    assert facts(graph)[1] == ("i1", "director", "n1", "")


@pytest.mark.parametrize("thing", ["http://dbpedia.org/resource/Film_{}", "Q1{}", "m.0{}x"])
def test_a_table_of_what_stands_for_each_item_in_a_graph_gives_facts_and_titles_to_items(thing: str) -> None:
    rows = [(item, f"The Film {item}", thing.format(n)) for n, item in enumerate(ITEMS)]
    kg = [(thing.format(n), "director", PEOPLE[n % 4]) for n in range(len(ITEMS))]
    graph = graph_tables([raw("mapping.tsv", None, rows), raw("kg.tsv", None, kg)], ITEMS)
    assert facts(graph)[1] == ("i1", "director", "Bo", "")
    assert graph.titles["i1"] == "The Film i1"
    assert graph.used["mapping.tsv"].kind == LABELS


def test_a_table_of_items_may_say_what_stands_for_each_in_a_graph() -> None:
    items = [(item, f"Film {n}", "Drama", f"Q1{n}") for n, item in enumerate(ITEMS)]
    kg = [(f"http://www.wikidata.org/entity/Q1{n}", "director", PEOPLE[n % 4]) for n in range(len(ITEMS))]
    graph = graph_tables([raw("kg.tsv", None, kg)], ITEMS, beside=[raw("films.csv", "id title genre wikidata", items)])
    assert facts(graph)[2] == ("i2", "director", "Cleo", "") and set(graph.used) == {"kg.tsv"}


def test_numbers_of_things_and_relations_are_told_by_their_lists_in_any_order_of_the_columns() -> None:
    things = [*ITEMS, "Ada_Quill", "Bo_Falk", "Cleo_Rook", "Dan_Wolf"]
    entities = [(name, str(n)) for n, name in enumerate(things)]
    relations = [("/film/directed_by", "0"), ("/film/made_by", "1")]
    rows = [(str(n), str(20 + n % 4), str(n % 2)) for n in range(20)]  # head, tail, relation
    raws = [raw("entity2id.txt", None, entities), raw("relation2id.txt", None, relations)]
    graph = graph_tables([*raws, raw("train2id.txt", None, rows)], ITEMS)
    assert facts(graph)[1] == ("i1", "/film/made_by", "Bo_Falk", "Bo Falk")
    turned = [(head, kind, tail) for head, tail, kind in rows]
    assert facts(graph_tables([*raws, raw("kg_final.txt", None, turned)], ITEMS)) == facts(graph)
