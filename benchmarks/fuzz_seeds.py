"""Small whole inputs of every format and container that is read, made in code, and inputs that are made to do harm."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

Files = Mapping[str, bytes]  # path in a folder -> content
_USERS, _ITEMS = 9, 8


def seeds() -> dict[str, Files]:
    """Name -> files."""
    return {**_plain(), **_published(), **_packed()}


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
        "coded": {"interactions.parquet": _parquet({"user_id": coded, "item_id": coded})},
        "lists": {"interactions.parquet": _parquet({"user_id": lists, "item_id": lists})},
        "numbers": {"interactions.parquet": _parquet({"user_id": numbers, "item_id": numbers})},
        "far cell": {"interactions.xlsx": _xlsx(far, {"XFD": 40, "A": 1_000_000})},
        "entities": {"interactions.xlsx": _with_sheet(_xlsx(far), entity)},
        "sheet in zip": {"data.zip": _zip({"interactions.xlsx": _xlsx(pd.concat([far] * 600))})},
        "many columns": {"interactions.csv": _csv(_interactions()), "items.csv": _many_columns(480, 600)},
    }


def pack(files: Files, how: str) -> Files:
    """The same files in a zip, each in gzip, each in gzip in a zip, or in a folder."""
    if how == "zip":
        return {"data.zip": _zip(files)}
    if how == "folder":
        return {f"data/{name}": data for name, data in files.items()}
    packed = {f"{name}.gz": gzip.compress(data) for name, data in files.items()}
    return {"data.zip": _zip(packed)} if how == "gz in zip" else packed


def _interactions() -> pd.DataFrame:
    rows = [
        (f"u{n % _USERS}", f"i{(3 * n + n // _USERS) % _ITEMS}", 1 + n % 5, f"2024-01-{1 + n % 28:02}")
        for n in range(60)
    ]
    return pd.DataFrame(rows, columns=["user_id", "item_id", "rating", "date"])


def _items() -> pd.DataFrame:
    rows = [(f"i{n}", f"Thing {n}, the", ("Drama|Crime", "Comedy")[n % 2], 1990 + n, 2.5 * n) for n in range(_ITEMS)]
    return pd.DataFrame(rows, columns=["item_id", "title", "genres", "year", "price"])


def _users() -> pd.DataFrame:
    rows = [(f"u{n}", ("f", "m")[n % 2], 20 + n % 3, f"name{n}@example.org") for n in range(_USERS)]
    return pd.DataFrame(rows, columns=["user_id", "sex", "age", "email"])


def _triples() -> pd.DataFrame:
    rows = [(f"i{n}", "made by", f"Maker {n % 3}") for n in range(_ITEMS)]
    return pd.DataFrame(rows, columns=["head", "relation", "tail"])


def _tables() -> dict[str, pd.DataFrame]:
    return {"interactions": _interactions(), "items": _items(), "users": _users(), "triples": _triples()}


def _plain() -> dict[str, Files]:
    tables = _tables()
    german = _interactions().set_axis(["Kunde", "Artikel", "Menge", "Datum"], axis=1)
    lines = {name: each.to_json(orient="records", lines=True).encode() for name, each in tables.items()}
    listed = {name: each.to_json(orient="records").encode() for name, each in tables.items()}
    return {
        "csv": {f"{name}.csv": _csv(each) for name, each in tables.items()},
        "tsv": {f"{name}.tsv": _csv(each, "\t") for name, each in tables.items()},
        "semicolons": {"verkauf.csv": _csv(german, ";").replace(b"u1", "Müller".encode("cp1252"))},
        "utf-16": {"interactions.csv": _csv(_interactions()).decode().encode("utf-16")},
        "json lines": {f"{name}.jsonl": data for name, data in lines.items()},
        "json list": {f"{name}.json": data for name, data in listed.items()},
        "parquet": {f"{name}.parquet": _parquet(each) for name, each in tables.items()},
        "xlsx": {f"{name}.xlsx": _xlsx(each) for name, each in list(tables.items())[:2]},
        "no header": {"interactions.csv": _csv(_interactions()).split(b"\n", 1)[1]},
        "one table": {"orders.csv": _csv(_interactions().merge(_items(), on="item_id"))},
    }


def _published() -> dict[str, Files]:
    met, ids = _interactions(), range(_ITEMS)
    rows = [(n % _USERS + 1, (3 * n) % _ITEMS + 1, 1 + n % 5, 978_300_000 + n) for n in range(60)]

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
    shown = "".join(f"{n}\tu{n % _USERS}\t11/9/2019 9:57:55 AM\tN1 N2\tN3-1 N4-0\n" for n in range(20))
    ratings = table(",", "userId,movieId,rating,timestamp\n")
    books = b"book_id,goodreads_book_id,title\n1,11,A\n2,12,B\n"
    listed = b"org_id remap_id\na 0\nb 1\n"
    graph = b"head_id:token\trelation_id:token\ttail_id:token\ni1\tgenre\tg1\n"
    plays = "userID\tartistID\tweight\n" + "".join(f"{u}\t{i}\t{v}\n" for u, i, v, _ in rows)
    return {
        "movielens csv": {"ratings.csv": ratings, "movies.csv": b"movieId,title,genres\n" + films},
        "movielens dat": {"ratings.dat": table("::"), "users.dat": b"1::F::1::10::48067\n2::M::56::16::70072\n"},
        "movielens data": {"u.data": table("\t"), "u.user": b"1|24|M|technician|85711\n2|53|F|other|94043\n"},
        "amazon": {"reviews.json": _lines(review), "meta.json": _lines(goods)},
        "recbole": {"d.inter": inter.encode(), "d.kg": graph},
        "mind": {"behaviors.tsv": shown.encode(), "news.tsv": news.encode()},
        "kgat": {"train.txt": b"0 1 2 3\n1 2 4\n2 0 5\n", "kg_final.txt": b"0 0 9\n1 0 9\n", "item_list.txt": listed},
        "kgcn": {"ratings_final.txt": b"0\t1\t1\n0\t2\t0\n1\t2\t1\n1\t1\t1\n", "kg_final.txt": b"1\t0\t7\n2\t0\t7\n"},
        "hetrec": {"user_artists.dat": plays.encode(), "artists.dat": b"id\tname\n1\tA\n2\tB\n"},
        "goodbooks": {"ratings.csv": table(",", "user_id,book_id,rating,x\n"), "books.csv": books},
    }  # fmt: skip


def _packed() -> dict[str, Files]:
    plain = {f"{name}.csv": _csv(each) for name, each in _tables().items()}
    sheets = {"interactions.xlsx": _xlsx(_interactions())}
    return {
        "zip": pack(plain, "zip"),
        "gz": pack({"interactions.csv": plain["interactions.csv"]}, "gz"),
        "gz in zip": pack(plain, "gz in zip"),
        "xlsx in zip": pack(sheets, "zip"),
        "parquet in zip": pack({"interactions.parquet": _parquet(_interactions())}, "zip"),
    }


def _csv(frame: pd.DataFrame, separator: str = ",") -> bytes:
    return frame.to_csv(index=False, sep=separator).encode()


def _lines(rows: list[dict[str, object]]) -> bytes:
    return "\n".join(map(json.dumps, rows)).encode()


def _parquet(columns: Mapping[str, pa.Array] | pd.DataFrame) -> bytes:
    out = io.BytesIO()
    table = pa.Table.from_pandas(columns) if isinstance(columns, pd.DataFrame) else pa.table(dict(columns))
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _xlsx(frame: pd.DataFrame, cells: Mapping[str, int] | None = None) -> bytes:
    """cells: further ones, column letters -> row."""
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        frame.to_excel(writer, index=False)
        for column, row in (cells or {}).items():
            next(iter(writer.sheets.values()))[f"{column}{row}"] = "x"
    return out.getvalue()


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
