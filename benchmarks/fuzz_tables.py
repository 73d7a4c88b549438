"""Four small tables of a data set, and tables as bytes of files."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa
from pyarrow import parquet as parquet_files

Files = Mapping[str, bytes]  # path in a folder -> content
USERS, ITEMS = 9, 8


def interactions() -> pd.DataFrame:
    rows = [
        (f"u{n % USERS}", f"i{(3 * n + n // USERS) % ITEMS}", 1 + n % 5, f"2024-01-{1 + n % 28:02}") for n in range(60)
    ]
    return pd.DataFrame(rows, columns=["user_id", "item_id", "rating", "date"])


def items() -> pd.DataFrame:
    rows = [(f"i{n}", f"Thing {n}, the", ("Drama|Crime", "Comedy")[n % 2], 1990 + n, 2.5 * n) for n in range(ITEMS)]
    return pd.DataFrame(rows, columns=["item_id", "title", "genres", "year", "price"])


def users() -> pd.DataFrame:
    rows = [(f"u{n}", ("f", "m")[n % 2], 20 + n % 3, f"name{n}@example.org") for n in range(USERS)]
    return pd.DataFrame(rows, columns=["user_id", "sex", "age", "email"])


def triples() -> pd.DataFrame:
    rows = [(f"i{n}", "made by", f"Maker {n % 3}") for n in range(ITEMS)]
    return pd.DataFrame(rows, columns=["head", "relation", "tail"])


def tables() -> dict[str, pd.DataFrame]:
    return {"interactions": interactions(), "items": items(), "users": users(), "triples": triples()}


def csv(frame: pd.DataFrame, separator: str = ",") -> bytes:
    return frame.to_csv(index=False, sep=separator).encode()


def lines(rows: Sequence[Mapping[str, object]]) -> bytes:
    return "\n".join(map(json.dumps, rows)).encode()


def parquet(columns: Mapping[str, pa.Array] | pd.DataFrame) -> bytes:
    out = io.BytesIO()
    table = pa.Table.from_pandas(columns) if isinstance(columns, pd.DataFrame) else pa.table(dict(columns))
    parquet_files.write_table(table, out, compression="zstd")
    return out.getvalue()


def xlsx(
    frame: pd.DataFrame | Mapping[str, pd.DataFrame], cells: Mapping[str, int] | None = None, above: int = 0
) -> bytes:
    """One sheet, or several by name. cells: more of the first, letters of a column -> row; above: lines of titles."""
    out = io.BytesIO()
    sheets = {"Sheet1": frame} if isinstance(frame, pd.DataFrame) else frame
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        for name, each in sheets.items():
            each.to_excel(writer, sheet_name=name, index=False, startrow=above)
            for row in range(above):
                writer.sheets[name][f"A{row + 1}"] = f"Report {row}"
        for column, row in (cells or {}).items():
            next(iter(writer.sheets.values()))[f"{column}{row}"] = "x"
    return out.getvalue()
