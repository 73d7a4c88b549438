"""Small whole inputs of every format and container that is read, made in code, and inputs that are made to do harm."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa

from benchmarks.fuzz_shapes import shapes, tar
from benchmarks.fuzz_tables import ITEMS, USERS, Files, csv, interactions, items, lines, parquet, tables, xlsx


def seeds() -> dict[str, Files]:
    """Name -> files."""
    return {**_plain(), **_published(), **_packed(), **shapes()}


def bombs() -> dict[str, Files]:
    """Name -> files that are short and would be large, deep or wide."""
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    keys = "\n".join(json.dumps({"user_id": f"u{n % 9}", "item_id": f"i{n % 7}", f"k{n}": n}) for n in range(4_000))
    wide = "user_id,item_id" + "," * 3_000 + "\n" + ("u1,i1" + "," * 2_999 + ",1\n") * 300
    coded = pa.DictionaryArray.from_arrays(pa.array(np.zeros(2_000_000, dtype=np.int32)), pa.array(["x" * 400]))
    lists = pa.array([["x" * 1_000] * 500] * 150)
    numbers = pa.array(np.zeros(3_000_000, dtype=np.int8))
    far = pd.DataFrame({n: [f"u{row % 5}" for row in range(60)] for n in ("user_id", "item_id")})
    return {
        "keys": {"interactions.jsonl": keys.encode()},
        "wide": {"interactions.csv": wide.encode()},
        "zeros": {"interactions.csv.gz": gzip.compress(b"0" * 12_000_000)},
        "lines": {"interactions.csv.gz": gzip.compress(b"user_id,item_id,rating\n" + b",\n" * 4_000_000)},
        "empty objects": {"interactions.json.gz": gzip.compress(b"[" + b"{}," * 3_000_000 + b"{}]")},
        "deep": {"interactions.jsonl": b"[" * 200_000 + b"]" * 200_000},
        "long cell": {"interactions.csv": b'user_id,item_id\na,"' + b"x\n" * 200_000},
        "coded": {"interactions.parquet": parquet({"user_id": coded, "item_id": coded})},
        "lists": {"interactions.parquet": parquet({"user_id": lists, "item_id": lists})},
        "numbers": {"interactions.parquet": parquet({"user_id": numbers, "item_id": numbers})},
        "far cell": {"interactions.xlsx": xlsx(far, {"XFD": 40, "A": 1_000_000})},
        "entities": {"interactions.xlsx": _with_sheet(xlsx(far), entity)},
        "sheet in zip": {"data.zip": _zip({"interactions.xlsx": xlsx(pd.concat([far] * 600))})},
        "many columns": {"interactions.csv": csv(interactions()), "items.csv": _many_columns(480, 600)},
    }


def pack(files: Files, how: str) -> Files:
    """The same files in a zip, in a tar, each in gzip, each in gzip in a zip, or in a folder."""
    if how == "zip":
        return {"data.zip": _zip(files)}
    if how == "tar":
        return {"data.tar.gz": tar(files)}
    if how == "folder":
        return {f"data/{name}": data for name, data in files.items()}
    packed = {f"{name}.gz": gzip.compress(data) for name, data in files.items()}
    return {"data.zip": _zip(packed)} if how == "gz in zip" else packed


def _plain() -> dict[str, Files]:
    four = tables()
    german = interactions().set_axis(["Kunde", "Artikel", "Menge", "Datum"], axis=1)
    by_line = {name: each.to_json(orient="records", lines=True).encode() for name, each in four.items()}
    listed = {name: each.to_json(orient="records").encode() for name, each in four.items()}
    return {
        "csv": {f"{name}.csv": csv(each) for name, each in four.items()},
        "tsv": {f"{name}.tsv": csv(each, "\t") for name, each in four.items()},
        "semicolons": {"verkauf.csv": csv(german, ";").replace(b"u1", "Müller".encode("cp1252"))},
        "utf-16": {"interactions.csv": csv(interactions()).decode().encode("utf-16")},
        "json lines": {f"{name}.jsonl": data for name, data in by_line.items()},
        "json list": {f"{name}.json": data for name, data in listed.items()},
        "parquet": {f"{name}.parquet": parquet(each) for name, each in four.items()},
        "xlsx": {f"{name}.xlsx": xlsx(each) for name, each in list(four.items())[:2]},
        "no header": {"interactions.csv": csv(interactions()).split(b"\n", 1)[1]},
        "one table": {"orders.csv": csv(interactions().merge(items(), on="item_id"))},
    }


def _published() -> dict[str, Files]:
    met, ids = interactions(), range(ITEMS)
    rows = [(n % USERS + 1, (3 * n) % ITEMS + 1, 1 + n % 5, 978_300_000 + n) for n in range(60)]

    def table(separator: str, head: str = "") -> bytes:
        return (head + "".join(separator.join(map(str, row)) + "\n" for row in rows)).encode()

    films = "".join(f'{n + 1},"Film {n}, The (199{n})",Drama|Crime\n' for n in ids).encode()
    review = [
        {"reviewerID": u, "asin": i, "overall": float(v), "unixReviewTime": 1_500_000_000}
        for u, i, v, _ in met.to_numpy()
    ]
    goods = [
        {"asin": f"i{n}", "title": f"Thing {n}", "brand": "Leaf", "category": ["A", "B"], "also_buy": ["i1"]}
        for n in ids
    ]
    inter = "user_id:token\titem_id:token\trating:float\n" + "".join(
        f"{u}\t{i}\t{v}\n" for u, i, v, _ in met.to_numpy()
    )
    news = "".join(f"N{n}\tnews\tnewsworld\tTitle {n}\tAbstract\turl\t[]\t[]\n" for n in ids)
    shown = "".join(f"{n}\tu{n % USERS}\t11/9/2019 9:57:55 AM\tN1 N2\tN3-1 N4-0\n" for n in range(20))
    ratings = table(",", "userId,movieId,rating,timestamp\n")
    books = b"book_id,goodreads_book_id,title\n1,11,A\n2,12,B\n"
    listed = b"org_id remap_id\na 0\nb 1\n"
    graph = b"head_id:token\trelation_id:token\ttail_id:token\ni1\tgenre\tg1\n"
    plays = "userID\tartistID\tweight\n" + "".join(f"{u}\t{i}\t{v}\n" for u, i, v, _ in rows)
    return {
        "movielens csv": {"ratings.csv": ratings, "movies.csv": b"movieId,title,genres\n" + films},
        "movielens dat": {"ratings.dat": table("::"), "users.dat": b"1::F::1::10::48067\n2::M::56::16::70072\n"},
        "movielens data": {"u.data": table("\t"), "u.user": b"1|24|M|technician|85711\n2|53|F|other|94043\n"},
        "amazon": {"reviews.json": lines(review), "meta.json": lines(goods)},
        "recbole": {"d.inter": inter.encode(), "d.kg": graph},
        "mind": {"behaviors.tsv": shown.encode(), "news.tsv": news.encode()},
        "kgat": {"train.txt": b"0 1 2 3\n1 2 4\n2 0 5\n", "kg_final.txt": b"0 0 9\n1 0 9\n", "item_list.txt": listed},
        "kgcn": {"ratings_final.txt": b"0\t1\t1\n0\t2\t0\n1\t2\t1\n1\t1\t1\n", "kg_final.txt": b"1\t0\t7\n2\t0\t7\n"},
        "hetrec": {"user_artists.dat": plays.encode(), "artists.dat": b"id\tname\n1\tA\n2\tB\n"},
        "goodbooks": {"ratings.csv": table(",", "user_id,book_id,rating,x\n"), "books.csv": books},
    }  # fmt: skip


def _packed() -> dict[str, Files]:
    plain = {f"{name}.csv": csv(each) for name, each in tables().items()}
    sheets = {"interactions.xlsx": xlsx(interactions())}
    return {
        "zip": pack(plain, "zip"),
        "gz": pack({"interactions.csv": plain["interactions.csv"]}, "gz"),
        "gz in zip": pack(plain, "gz in zip"),
        "xlsx in zip": pack(sheets, "zip"),
        "parquet in zip": pack({"interactions.parquet": parquet(interactions())}, "zip"),
    }


def _with_sheet(book: bytes, xml: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    return _zip({name: xml if name.startswith("xl/worksheets/") else data for name, data in parts.items()})


def _many_columns(columns: int, rows: int) -> bytes:
    head = ["item_id", "title", *(f"c{n}" for n in range(columns))]
    body = [[f"i{row}", f"Thing {row}", *(f"v{row * n % 17}" for n in range(columns))] for row in range(rows)]
    return "\n".join(",".join(row) for row in [head, *body]).encode()


def _zip(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
