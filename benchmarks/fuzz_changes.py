"""What may happen to files on their way: bits that flip, columns that move, other encodings, names and containers."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.fuzz_seeds import pack
from benchmarks.fuzz_tables import Files

NAMES = (
    b"self",
    b"index",
    b"class",
    b"None",
    b"__init__",
    b"columns",
    b"frame",
    b"name",
    b"axis",
    b"made",
    b"user_id",
    b"item_id",
    b"title",
    b"text",
    b"year",
    b"value",
    b"head",
    b"_file",
    b"_row",
    b"",
    b"a,b",
    b"\xff",
    b"genre",
    b"level_0",
)
JUNK = (
    b'"',
    b"\n",
    b"\r",
    b"\t",
    b",",
    b";",
    b"::",
    b"\0",
    b"\x1f",
    b"\x1b[31m",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"=1+1",
    b"1e999",
    b"-1e-999",
    b"9" * 400,
    b"9" * 25,
    b"nan",
    b"inf",
    b"{",
    b"[[[[",
    b"}",
    b"\\u0000",
    b"\\ud800",
    b"\xed\xa0\x80",
    b"null",
    b"a@b.org",
    b"\xe2\x80\xae",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b'{"a":' * 30,
    b"2024-13-45",
    b"0001-01-01",
    b"|" * 500,
)


def _one(files: Files, chance: random.Random, change: Callable[[bytes], bytes]) -> Files:
    """One of the files changed."""
    name = chance.choice(sorted(files))
    return {**files, name: change(files[name])}


def _flipped(files: Files, chance: random.Random) -> Files:
    def change(data: bytes) -> bytes:
        some = bytearray(data)
        for _ in range(chance.choice([1, 3, 20]) if some else 0):
            some[chance.randrange(len(some))] ^= 1 << chance.randrange(8)
        return bytes(some)

    return _one(files, chance, change)


def _cut(files: Files, chance: random.Random) -> Files:
    return _one(files, chance, lambda data: data[: chance.randrange(len(data) + 1)])


def _junk(files: Files, chance: random.Random) -> Files:
    def change(data: bytes) -> bytes:
        for _ in range(chance.choice([1, 2, 10])):
            place = chance.randrange(len(data) + 1)
            data = data[:place] + chance.choice(JUNK) + data[place + chance.choice([0, 0, 3]) :]
        return data

    return _one(files, chance, change)


def _repeated(files: Files, chance: random.Random) -> Files:
    def change(data: bytes) -> bytes:
        start = chance.randrange(len(data) + 1)
        return data[:start] + data[start : start + 300] * chance.choice([2, 40]) + data[start:]

    return _one(files, chance, change)


def _renamed_columns(files: Files, chance: random.Random) -> Files:
    def change(data: bytes) -> bytes:
        head, line, rest = data.partition(b"\n")
        cells = head.split(b",")
        for _ in range(chance.choice([1, 2])):
            cells[chance.randrange(len(cells))] = chance.choice(NAMES)
        return b",".join(cells) + line + rest

    return _one(files, chance, change)


def _swapped_columns(files: Files, chance: random.Random) -> Files:
    def change(data: bytes) -> bytes:
        rows = [line.split(b",") for line in data.split(b"\n")]
        one, two = chance.randrange(5), chance.randrange(5)
        for row in rows:
            if max(one, two) < len(row):
                row[one], row[two] = row[two], row[one]
        return b"\n".join(b",".join(row) for row in rows)

    return _one(files, chance, change)


def _wider_rows(files: Files, chance: random.Random) -> Files:
    def change(data: bytes) -> bytes:
        lines = data.split(b"\n")
        for _ in range(3):
            lines[chance.randrange(len(lines))] += chance.choice([b",", b",x", b"," * 700, b"\tx" * 9])
        return b"\n".join(lines)

    return _one(files, chance, change)


def _recoded(files: Files, chance: random.Random) -> Files:
    encoding = chance.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "cp037", "utf-7", "shift_jis"])
    return _one(files, chance, lambda data: data.decode("latin-1").encode(encoding, errors="replace"))


def _other_name(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    ends = [
        "csv",
        "json",
        "jsonl",
        "xlsx",
        "parquet",
        "zip",
        "csv.gz",
        "dat",
        "inter",
        "txt",
        "edgelist",
        "nt",
        "ttl",
        "rdf",
    ]
    rest = {other: data for other, data in files.items() if other != name}
    return {**rest, f"{name.split('.')[0]}.{chance.choice(ends)}": files[name]}


def _packed(files: Files, chance: random.Random) -> Files:
    return pack(files, chance.choice(["zip", "gz", "gz in zip", "folder", "tar"]))


def _fewer_files(files: Files, chance: random.Random) -> Files:
    kept = [name for name in sorted(files) if chance.random() < 0.7] or sorted(files)[:1]
    return {name: files[name] for name in kept}


CHANGES = (
    _flipped,
    _cut,
    _junk,
    _repeated,
    _renamed_columns,
    _swapped_columns,
    _wider_rows,
    _recoded,
    _other_name,
    _packed,
    _fewer_files,
)
