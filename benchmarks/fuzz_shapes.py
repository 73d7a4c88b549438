"""Small whole inputs in the shapes that people bring: nested, wide, of several tables, of one person, graphs."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Mapping

import numpy as np
import pandas as pd

from benchmarks.fuzz_tables import Files, csv, interactions, items, lines, triples, users, xlsx

PEOPLE, THINGS = 12, 14


def shapes() -> dict[str, Files]:
    """Name -> files."""
    return {**_nested(), **_joined(), **_odd(), **_graphs(), **_of_one_person()}


def _met() -> list[tuple[int, int]]:
    """Pairs of a person and a thing, each person with several."""
    return [(who, (who * 3 + step * step) % THINGS) for who in range(PEOPLE) for step in range(5)]


def _nested() -> dict[str, Files]:
    people = [
        {"user": f"anna{who}", "plays": [{"song": f"s{thing}", "stars": 1 + (who + thing) % 5} for thing in _of(who)]}
        for who in range(PEOPLE)
    ]
    columns = {name: list(values) for name, values in interactions().to_dict("list").items()}
    wrapped = {"status": "ok", "data": {"results": interactions().to_dict("records"), "page": 1}}
    return {
        "nested json": {"people.json": json.dumps(people, indent=1).encode()},
        "nested json in one line": {"people.json": json.dumps(people).encode()},
        "columns in json": {"ratings.json": json.dumps(columns).encode()},
        "wrapped json": {"ratings.json": json.dumps(wrapped).encode()},
        "python literals": {"ratings.json": "\n".join(map(str, interactions().to_dict("records"))).encode()},
    }


def _of(who: int) -> list[int]:
    return [thing for person, thing in _met() if person == who]


def _orders() -> dict[str, pd.DataFrame]:
    pairs = _met()
    orders = [(1000 + n, f"K{who}", f"2024-02-{1 + n % 27:02} 10:{n % 60:02}") for n, (who, _) in enumerate(pairs)]
    rows = [(1000 + n, f"P{thing}", 1 + n % 3, 9.5) for n, (_, thing) in enumerate(pairs)]
    goods = [(f"P{n}", f"Good {n}", ("Tea", "Cups", "Tea > Green")[n % 3], f"B{n % 4}") for n in range(THINGS)]
    return {
        "orders": pd.DataFrame(orders, columns=["order_id", "customer_id", "order_date"]),
        "order_lines": pd.DataFrame(rows, columns=["order_id", "product_id", "quantity", "unit_price"]),
        "products": pd.DataFrame(goods, columns=["product_id", "name", "category", "brand_id"]),
        "customers": pd.DataFrame([(f"K{n}", f"Anna Meyer{n}", "DE") for n in range(PEOPLE)], columns=_CUSTOMER),
        "brands": pd.DataFrame([(f"B{n}", f"Brand {n}") for n in range(4)], columns=["brand_id", "brand"]),
    }


_CUSTOMER = ["customer_id", "customer_name", "country"]


def _joined() -> dict[str, Files]:
    tables = _orders()
    plain = {f"shop/{name}.csv": csv(each) for name, each in tables.items()}
    events = [
        (f"u{who}", f"i{thing}", ("view", "cart", "purchase", "refund")[n % 4], n)
        for n, (who, thing) in enumerate(_met())
    ]
    several = pd.DataFrame(events, columns=["visitor", "item", "event", "ts"])
    return {
        "joined": plain,
        "joined in tar": {"shop.tar.gz": tar(plain)},
        "sheets": {"shop.xlsx": xlsx(tables)},
        "sheets with titles": {"shop.xlsx": xlsx(dict(list(tables.items())[:3]), above=2)},
        "zip in tar": {"shop.tar.gz": tar({**plain, "more.zip": b"PK\x03\x04", "read me.pdf": b"%PDF-1.4 x"})},
        "events": {"events.csv": csv(several)},
        "one file each": {
            f"titles/mv_{thing}.txt": "".join(
                f"u{who},{1 + who % 5},2005-01-0{1 + who % 9}\n" for who, own in _met() if own == thing
            ).encode()
            for thing in range(THINGS)
        },
    }


def _odd() -> dict[str, Files]:
    wide = pd.DataFrame(np.arange(PEOPLE * 10).reshape(PEOPLE, 10) % 6, columns=[f"Dish {n}" for n in range(10)])
    wide.insert(0, "guest", [f"anna{n}" for n in range(PEOPLE)])
    baskets = "".join(",".join(f"thing {thing}" for thing in _of(who)) + "\n" for who in range(PEOPLE))
    cells = pd.DataFrame({"user": [f"u{n}" for n in range(PEOPLE)], "bought": [str(_of(n)) for n in range(PEOPLE)]})
    report = b"Sales report\n\nsep=;\n# made by a program\n" + csv(_orders()["order_lines"], ";") + b"Total;;60;\n"
    german = interactions().assign(rating=[f"{n % 5},5" for n in range(60)])
    return {
        "wide": {"poll.csv": csv(wide)},
        "baskets": {"baskets.csv": baskets.encode()},
        "sequences": {"seq.txt": "".join(f"{n} {' '.join(map(str, _of(n)))}\n" for n in range(PEOPLE)).encode()},
        "lists in cells": {"likes.csv": csv(cells)},
        "report": {"report.csv": report},
        "decimal commas": {"ratings.csv": csv(german, ";")},
        "a row a genre": {
            "ratings.csv": csv(interactions()),
            "genres.csv": csv(items().assign(genres=items()["genres"].str.split("|")).explode("genres")),
            "people.csv": csv(users()),
        },
        "words of no table": {
            "ratings.csv": csv(interactions()),
            "LICENSE": b"All rights reserved.\n" * 30,
            "cover.png": b"\x89PNG\r\n\x1a\n" + bytes(90),
            "Thumbs.db": bytes(64),
            "empty.csv": b"",
        },
    }


def _graphs() -> dict[str, Files]:
    beside = {"interactions.csv": csv(interactions())}
    base = "http://example.org/"
    facts = [(f"i{n}", ("director", "genre")[n % 2], f"e{n % 3}") for n in range(8)]
    statements = "".join(f"<{base}{s}> <{base}{p}> <{base}{o}> .\n" for s, p, o in facts)
    names = "".join(f'<{base}e{n}> <http://www.w3.org/2000/01/rdf-schema#label> "Anna {n}"@en .\n' for n in range(3))
    turtle = f"@prefix e: <{base}> .\n" + "".join(f"e:{s} e:{p} e:{o} .\n" for s, p, o in facts)
    inside = "".join(
        f'<rdf:Description rdf:about="{base}{s}"><e:{p} rdf:resource="{base}{o}"/></rdf:Description>'
        for s, p, o in facts
    )
    head = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="{base}">'
    answers = {
        "head": {"vars": ["item", "genre"]},
        "results": {
            "bindings": [
                {"item": {"type": "uri", "value": base + s}, "genre": {"type": "literal", "value": o}}
                for s, _, o in facts
            ]
        },
    }
    nodes = pd.DataFrame([(f"i{n}", f"Thing {n}", "Film") for n in range(8)], columns=["id:ID", "name", ":LABEL"])
    edges = pd.DataFrame(facts, columns=[":START_ID", ":TYPE", ":END_ID"])
    return {
        "n-triples": {**beside, "facts.nt": (statements + names).encode()},
        "turtle": {**beside, "facts.ttl": turtle.encode()},
        "rdf xml": {**beside, "facts.rdf": (head + inside + "</rdf:RDF>").encode()},
        "sparql": {**beside, "facts.json": json.dumps(answers).encode()},
        "neo4j": {**beside, "nodes.csv": csv(nodes), "edges.csv": csv(edges)},
        "triples of words": {**beside, "kg.txt": csv(triples(), "\t").split(b"\n", 1)[1]},
        "nodes and edges": {**beside, "kg.jsonl": lines([dict(zip("spo", fact, strict=True)) for fact in facts])},
    }


def _of_one_person() -> dict[str, Files]:
    films = [(f"2024-01-{1 + n:02}", f"Film {n}", 1990 + n, f"https://boxd.it/{n}", 0.5 + n % 5) for n in range(15)]
    diary = pd.DataFrame(films, columns=["Date", "Name", "Year", "Letterboxd URI", "Rating"])
    seen = pd.DataFrame([(f"Show {n}: Season 1", f"{1 + n}/2/24") for n in range(15)], columns=["Title", "Date"])
    songs = [{"endTime": f"2024-01-{1 + n:02} 10:00", "artistName": f"A{n}", "trackName": f"T{n}", "msPlayed": 9}
             for n in range(15)]  # fmt: skip
    return {
        "letterboxd": {"letterboxd/ratings.csv": csv(diary), "letterboxd/watched.csv": csv(diary.iloc[:, :4])},
        "viewing history": {"NetflixViewingHistory.csv": csv(seen)},
        "streaming history": {"StreamingHistory0.json": json.dumps(songs).encode()},
    }


def tar(files: Mapping[str, bytes]) -> bytes:
    """A .tar.gz of the files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()
