"""A graph beside interactions is part of the plan, gives items their facts and titles, and is replayed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.plan.reading_plan import read_plan
from kgrec_core.errors import DataError
from tests.readers import accounted, facts, read_fixture, titles, whats

ENTITY, DIRECT = "http://www.wikidata.org/entity", "http://www.wikidata.org/prop/direct"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PEOPLE = ("Ada Bell", "Bo Carr", "Cleo Dorn")
ITEMS = [f"Q{number}" for number in range(1, 13)]


def folder(place: Path, **files: str) -> Path:
    """Ratings of 12 items, and these files; two underscores in a name stand for a point."""
    rows = [
        f"u{user},{item},{1 + (user + n) % 5}" for user in range(10) for n, item in enumerate(ITEMS) if (user + n) % 2
    ]
    place.mkdir(exist_ok=True)
    (place / "ratings.csv").write_text("user,item,rating\n" + "\n".join(rows) + "\n")
    for name, text in files.items():
        (place / name.replace("__", ".")).write_text(text)
    return place


def lines() -> str:
    told = [f'<{ENTITY}/{item}> <{LABEL}> "Film {item}"@en .' for item in ITEMS]
    told += [f"<{ENTITY}/{item}> <{DIRECT}/P57> <{ENTITY}/Q10{n % 3}> ." for n, item in enumerate(ITEMS)]
    return "\n".join([*told, *(f'<{ENTITY}/Q10{n}> <{LABEL}> "{name}"@en .' for n, name in enumerate(PEOPLE))])


def test_a_graph_beside_ratings_gives_facts_and_titles(tmp_path: Path) -> None:
    found = read_fixture(Given(folder(tmp_path / "shop", facts__nt=lines())))
    assert {(item, "p57", PEOPLE[n % 3]) for n, item in enumerate(ITEMS)} == facts(found)
    assert titles(found)["Q1"] == "Film Q1"
    assert accounted(found)


def test_an_answer_of_an_endpoint_in_json_gives_facts(tmp_path: Path) -> None:
    rows = [
        {
            "item": {"type": "uri", "value": f"{ENTITY}/{item}"},
            "itemLabel": {"type": "literal", "value": f"Film {item}"},
            "directorLabel": {"type": "literal", "value": PEOPLE[n % 3]},
        }
        for n, item in enumerate(ITEMS)
    ]
    answer = {"head": {"vars": ["item", "itemLabel", "directorLabel"]}, "results": {"bindings": rows}}
    found = read_fixture(Given(folder(tmp_path / "shop", query__json=json.dumps(answer))))
    assert ("Q2", "director", "Bo Carr") in facts(found) and titles(found)["Q2"] == "Film Q2"
    assert accounted(found)


def test_json_with_the_words_of_schema_org_gives_facts(tmp_path: Path) -> None:
    films = [
        {"@context": "https://schema.org", "@id": f"{ENTITY}/{item}", "@type": "Movie", "name": f"Film {item}",
         "director": {"@type": "Person", "name": PEOPLE[n % 3]}}
        for n, item in enumerate(ITEMS)
    ]  # fmt: skip
    found = read_fixture(Given(folder(tmp_path / "shop", films__jsonld=json.dumps(films))))
    assert ("Q3", "director", "Cleo Dorn") in facts(found) and titles(found)["Q3"] == "Film Q3"


def test_a_graph_that_is_edited_in_the_plan_is_read_so(tmp_path: Path) -> None:
    kg = "a,b,c\n" + "\n".join(f"{PEOPLE[n % 3]},made,{item}" for n, item in enumerate(ITEMS))
    place = folder(tmp_path / "shop", kg__csv=kg)
    first = read_fixture(Given(place), mapping={"c": "head", "b": "relation", "a": "tail"})
    assert ("Q1", "made", "Ada Bell") in facts(first)
    assert first.report.plan is not None
    again = read_fixture(Given(place), plan=read_plan(first.report.plan.to_json()))
    assert facts(again) == facts(first)


def test_a_plan_with_a_graph_is_replayed_to_the_same_facts(tmp_path: Path) -> None:
    named = [*((item, f"Film {item},Film") for item in ITEMS), *((f"n{n}", f"{PEOPLE[n]},Person") for n in range(3))]
    nodes = "id:ID,name,:LABEL\n" + "\n".join(map(",".join, named))
    links = ":START_ID,:END_ID,:TYPE\n" + "\n".join(f"{item},n{n % 3},DIRECTED_BY" for n, item in enumerate(ITEMS))
    place = folder(tmp_path / "shop", nodes__csv=nodes, links__csv=links)
    first = read_fixture(Given(place))
    assert ("Q1", "director", "Ada Bell") in facts(first) and first.report.plan is not None
    again = read_fixture(Given(place), plan=read_plan(first.report.plan.to_json()))
    assert facts(again) == facts(first) and titles(again) == titles(first)
    assert {each.table.rsplit("/", 1)[-1]: each.role for each in first.report.plan.tables} == {
        "links.csv": "triples",
        "nodes.csv": "labels",
        "ratings.csv": "interactions",
    }
    without = replace(
        first.report.plan, tables=tuple(each for each in first.report.plan.tables if each.role == "interactions")
    )
    assert facts(read_fixture(Given(place), plan=without)) == set()


def test_a_table_given_for_facts_with_two_columns_is_refused_by_its_columns(tmp_path: Path) -> None:
    place = folder(tmp_path / "shop", kg__csv="a,b\nx,y\n")
    with pytest.raises(DataError, match="'a', 'b'"):
        read_fixture(Given(place / "ratings.csv", "interactions"), Given(place / "kg.csv", "triples"))


def test_a_broken_graph_says_what_to_do(tmp_path: Path) -> None:
    place = folder(tmp_path / "shop", facts__ttl="@prefix e: <http://e.org/> . e:a e:b ")
    try:
        told = " ".join(whats(read_fixture(Given(place))))
    except DataError as error:
        told = str(error)
    assert "facts.ttl" in told and "Turtle" in told


def test_an_ontology_is_accounted_statement_by_statement(tmp_path: Path) -> None:
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:m="http://e.org/m#"'
    films = "".join(
        f'<m:Film rdf:about="http://e.org/m#{item}"><m:hasGenre rdf:resource="http://e.org/m#War{n % 2}"/></m:Film>'
        for n, item in enumerate(ITEMS)
    )
    found = read_fixture(Given(folder(tmp_path / "shop", onto__owl=f"<rdf:RDF {spaces}>{films}</rdf:RDF>")))
    assert facts(found) == {(item, "genre", f"War{n % 2}") for n, item in enumerate(ITEMS)}
    assert accounted(found)
