"""Graph files of every syntax become one table of facts with labels, and none of them reaches out of itself."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from kgrec_core.config import ImportLimits
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.rdf import is_rdf, raw_triples
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, RELATION, TAIL, TAIL_LABEL

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
PREFIXES = f"@prefix e: <http://e.org/> . @prefix rdfs: <{RDFS}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
XML = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="' + RDFS + '" xmlns:m="http://e.org/"'
ONE_FACT = {
    "lines.nt": f'<http://e.org/a> <http://e.org/madeBy> <http://e.org/b> .\n<http://e.org/b> <{RDFS}label> "Bo"@en .',
    "quads.nq": '<http://e.org/a> <http://e.org/madeBy> <http://e.org/b> <http://e.org/g> .\n'
    f'<http://e.org/b> <{RDFS}label> "Bo" <http://e.org/g> .',
    "turtle.ttl": PREFIXES + 'e:a e:madeBy e:b . e:b rdfs:label "Bo" .',
    "notation.n3": PREFIXES + 'e:a e:madeBy e:b . e:b rdfs:label "Bo" . { e:x e:madeBy e:y } => { e:y e:made e:x } .',
    "named.trig": PREFIXES + 'e:g { e:a e:madeBy e:b . e:b rdfs:label "Bo" . }',
    "graph.rdf": f'<rdf:RDF {XML}><rdf:Description rdf:about="http://e.org/a"><m:madeBy rdf:resource="http://e.org/b"/>'
    '</rdf:Description><rdf:Description rdf:about="http://e.org/b"><rdfs:label>Bo</rdfs:label></rdf:Description>'
    "</rdf:RDF>",
    "graph.jsonld": '{"@context": {"@vocab": "http://e.org/", "label": "' + RDFS + 'label"}, "@id": "http://e.org/a",'
    ' "madeBy": {"@id": "http://e.org/b", "label": "Bo"}}',
}  # fmt: skip


def saved(folder: Path, name: str, text: str | bytes) -> SourceFile:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return SourceFile(name, path)


def facts(table: RawTable) -> list[tuple[str, str, str, str]]:
    frame = table.frame
    rows = zip(frame[HEAD], frame[RELATION], frame[TAIL], frame[TAIL_LABEL], strict=True)
    return [(head, relation.rsplit("/", 1)[-1], tail, label) for head, relation, tail, label in rows]


def read(folder: Path, name: str, text: str | bytes, language: str = "en") -> list[tuple[str, str, str, str]]:
    return facts(raw_triples(saved(folder, name, text), Ledger(), language)[0])


@pytest.mark.parametrize("name", ONE_FACT)
def test_every_syntax_gives_the_fact_with_its_label(name: str, tmp_path: Path) -> None:
    file = saved(tmp_path, name, ONE_FACT[name])
    assert is_rdf(file)
    table = raw_triples(file, Ledger())[0]
    assert facts(table) == [("http://e.org/a", "madeBy", "http://e.org/b", "Bo")]
    assert table.columns == (HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL)


@pytest.mark.parametrize("name", ["lines.nt", "turtle.ttl", "graph.rdf", "graph.jsonld"])
def test_a_graph_is_known_by_its_text_whatever_its_ending(name: str, tmp_path: Path) -> None:
    ending = ".json" if name.endswith("jsonld") else ".txt"
    assert is_rdf(saved(tmp_path, f"facts{ending}", ONE_FACT[name]))


def test_tables_and_plain_json_are_no_graphs(tmp_path: Path) -> None:
    for name, text in (("a.csv", "user,item\nu1,i1\n"), ("b.json", '[{"user": 1}]'), ("c.xml", "<shop><item/></shop>")):
        assert not is_rdf(saved(tmp_path, name, text)), name


def test_labels_come_in_the_language_asked_for_then_in_english_then_in_any(tmp_path: Path) -> None:
    graph = (
        PREFIXES
        + 'e:a e:p e:b, e:c, e:d . e:b rdfs:label "Baum"@de, "tree"@en . '
        + 'e:c rdfs:label "pomme"@fr, "apple"@en . e:d rdfs:label "sol"@es .'
    )
    assert sorted(row[3] for row in read(tmp_path, "a.ttl", graph, "de")) == ["Baum", "apple", "sol"]
    assert sorted(row[3] for row in read(tmp_path, "a.ttl", graph)) == ["apple", "sol", "tree"]


def test_a_relation_is_called_by_its_label_and_a_direct_property_by_that_of_its_entity(tmp_path: Path) -> None:
    graph = (
        "@prefix wd: <http://w.org/entity/> . @prefix wdt: <http://w.org/prop/direct/> . "
        + PREFIXES
        + "wd:Q1 wdt:P57 wd:Q2 ; e:p wd:Q3 ."
        ' wd:P57 rdfs:label "director"@en . e:p rdfs:label "goes with"@en .'
    )  # fmt: skip
    assert {row[1] for row in read(tmp_path, "a.ttl", graph)} == {"director", "goes with"}


def test_words_of_the_graph_other_languages_and_pages_are_no_facts_and_are_told(tmp_path: Path) -> None:
    graph = PREFIXES + (
        "e:Film a owl:Class ; rdfs:subClassOf e:Work . e:p a owl:ObjectProperty . "
        'e:a a owl:NamedIndividual, e:Film ; owl:sameAs e:z ; e:motto "go"@en, "los"@de .'
    )
    ledger = Ledger()
    table = raw_triples(saved(tmp_path, "a.owl", graph), ledger)[0]
    assert sorted((row[1], row[2]) for row in facts(table)) == [
        ("22-rdf-syntax-ns#type", "http://e.org/Film"),
        ("motto", "go"),
    ]
    account = ledger.accounts()[0]
    assert (account.rows, account.dropped, account.kept) == (8, 8 - 2, 2)


def test_things_without_an_address_are_followed_to_a_name_a_member_or_the_one_thing_they_say(tmp_path: Path) -> None:
    graph = PREFIXES + 'e:a e:by [ rdfs:label "Bo" ] ; e:in (e:x e:y) ; e:is [ e:value e:v ] ; e:no [ e:q 1 ; e:r 2 ] .'
    assert sorted((row[1], row[3] or row[2]) for row in read(tmp_path, "a.ttl", graph)) == [
        ("by", "Bo"),
        ("in", "http://e.org/x"),
        ("in", "http://e.org/y"),
        ("is", "http://e.org/v"),
    ]


def test_escaped_letters_of_lines_are_read_and_a_bad_line_is_dropped_with_its_number(tmp_path: Path) -> None:
    ledger = Ledger()
    text = '<http://e.org/a> <http://e.org/p> "caf\\u00E9 \\"x\\"" .\nnothing\n# a remark\n'
    assert facts(raw_triples(saved(tmp_path, "a.nt", text), ledger)[0])[0][3] == 'café "x"'
    assert [(finding.row, finding.rows) for finding in ledger.findings() if finding.fate == "dropped"] == [(2, 1)]


def test_names_of_addresses_in_an_ontology_are_written_out(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE rdf:RDF [<!ENTITY m "http://e.org/m#">]>'
        f'<rdf:RDF {XML}><m:Tea rdf:about="&m;a"><m:von>Café</m:von></m:Tea></rdf:RDF>'
    )
    assert ("http://e.org/m#a", "von", "Café", "Café") in read(tmp_path, "a.owl", text.encode("latin-1"))


@pytest.mark.parametrize(
    "names",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/hostname">',
        '<!ENTITY % a SYSTEM "http://e.org/a.dtd"> %a;',
        f'<!ENTITY a "{"a" * 5000}">',
    ],
    ids=["names in names", "a file", "a parameter", "a long text"],
)
def test_names_that_grow_or_stand_elsewhere_are_refused_in_words(names: str, tmp_path: Path) -> None:
    text = f"<!DOCTYPE rdf:RDF [{names}]><rdf:RDF {XML}><m:T rdf:about='x'><m:p>&a;</m:p></m:T></rdf:RDF>"
    with pytest.raises(DataError, match=r"a\.rdf gives the name 'a|a\.rdf gives the name 'b"):
        read(tmp_path, "a.rdf", text)


def test_names_may_not_make_a_file_grow_without_bound(tmp_path: Path) -> None:
    text = (
        f"<!DOCTYPE rdf:RDF [<!ENTITY a '{'a' * 2000}'>]><rdf:RDF {XML}>"
        f"<m:T rdf:about='x'><m:p>{'&a;' * 10_000}</m:p></m:T></rdf:RDF>"
    )
    with pytest.raises(DataError, match="would become"):
        raw_triples(saved(tmp_path, "a.rdf", text), Ledger(ImportLimits(growth=1)))


@pytest.mark.parametrize(
    "text",
    [
        '{"@context": "http://e.org/words", "@id": "http://e.org/a", "p": "x"}',
        '{"@context": ["http://e.org/words"], "@id": "http://e.org/a", "p": "x"}',
        '{"@context": {"p": {"@id": "http://e.org/p", "@context": "file:///etc/hostname"}}, "p": {"p": "x"}}',
        '{"@context": {"@import": "http://e.org/words"}, "p": "x"}',
    ],
)
def test_words_of_json_that_stand_elsewhere_are_never_fetched(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: pytest.fail("something was fetched"))
    with pytest.raises(DataError, match="nothing is fetched"):
        read(tmp_path, "a.jsonld", text)


def test_the_words_of_schema_org_are_known(tmp_path: Path) -> None:
    text = (
        '{"@context": "https://schema.org", "@type": "Movie", "@id": "http://e.org/1", "name": "Rain",'
        ' "director": {"@type": "Person", "name": "Bo"}, "genre": ["Drama", "War"]}'
    )
    rows = read(tmp_path, "a.jsonld", text)
    assert {(row[1], row[3]) for row in rows if row[0] == "http://e.org/1" and row[3]} == {
        ("director", "Bo"),
        ("genre", "Drama"),
        ("genre", "War"),
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", PREFIXES + 'e:a e:p "open'),
        ("a.ttl", "[" * 5000),
        ("a.rdf", f"<rdf:RDF {XML}><m:T></rdf:RDF>"),
        ("a.jsonld", '{"@context": {"p": 3}, "p": '),
        ("a.jsonld", "[" * 100_000),
        ("a.nt", "nothing at all\n"),
        ("a.owl", "Prefix(:=<http://e.org/>)\nOntology(<http://e.org>)"),
    ],
)
def test_a_broken_graph_is_refused_in_a_sentence(name: str, text: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=rf"^{name}"):
        read(tmp_path, name, text)


def test_more_statements_than_rows_are_allowed_are_refused(tmp_path: Path) -> None:
    for name in ("lines.nt", "turtle.ttl"):
        with pytest.raises(DataError, match="rows"):
            raw_triples(saved(tmp_path, name, ONE_FACT[name]), Ledger(ImportLimits(rows=1)))
