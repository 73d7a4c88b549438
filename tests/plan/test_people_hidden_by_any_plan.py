"""Whatever a plan takes columns for, nobody's id, name, address or number is in clear in what is stored."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from kgrec_core.config import ImportLimits
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.importer import import_tables
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.plan.reading_plan import ALLOWED, FACT, PROFILE, ReadingPlan, TablePlan
from kgrec_core.errors import KgrecError
from kgrec_core.schema.columns import ITEM, USER
from kgrec_core.workspace import own_data

PEOPLE = tuple(f"anna.no{n}@mail.example.org" for n in range(9))
PHONES = tuple(f"+44 20 7946 0{n}58" for n in range(9))
CODES = tuple(f"CUST-{7000 + 13 * n}" for n in range(9))
ROWS = range(72)


@pytest.fixture
def shop(tmp_path: Path) -> list[Given]:
    folder = tmp_path / "shop"
    folder.mkdir()
    met = [f"{CODES[n % 9]},i{(5 * n + n // 9) % 8},{1 + n % 5},{PEOPLE[n % 9]},asked by {PHONES[n % 9]}" for n in ROWS]
    goods = [f"i{n},Good {n},for {PEOPLE[n]},{CODES[n % 4]},Tea" for n in range(8)]
    people = [f"{CODES[n]},{PEOPLE[n]},{PHONES[n]},Leeds" for n in range(9)]
    (folder / "met.csv").write_text("\n".join(["customer_id,item_id,rating,sent_to,remark", *met]), encoding="utf-8")
    (folder / "goods.csv").write_text("\n".join(["item_id,title,told,seller_id,kind", *goods]), encoding="utf-8")
    (folder / "people.csv").write_text("\n".join(["customer_id,mail,phone,town", *people]), encoding="utf-8")
    return [Given(folder)]


def stored(catalog: Catalog) -> str:
    tables = [
        catalog.interactions,
        catalog.items,
        catalog.triples,
        *([catalog.users] if catalog.users is not None else []),
    ]
    return "\n".join(table.to_csv(index=False) for table in tables)


def any_plan(plan: ReadingPlan, chance: random.Random) -> ReadingPlan:
    return replace(plan, tables=tuple(_any_table(each, chance) for each in plan.tables))


def _any_table(each: TablePlan, chance: random.Random) -> TablePlan:
    """Columns of a table with meanings drawn for them, the person of the rows being who the file says."""
    able = [FACT, "title", "text", PROFILE, "key", ""] if each.role == "interactions" else [*ALLOWED[each.role], ""]
    kept = (USER, ITEM) if each.role == "interactions" else ((ITEM,) if each.role == "items" else (USER,))
    taken: set[str] = set()
    columns = []
    for one in each.columns:
        meaning = one.meaning if one.meaning in kept else chance.choice(able)
        if meaning in taken or (meaning in kept and one.meaning not in kept):
            meaning = ""
        taken |= {meaning} - {"", FACT, PROFILE, "key"}
        columns.append(replace(one, meaning=meaning))
    return replace(each, columns=tuple(columns))


def test_no_drawn_plan_brings_an_id_or_an_address_of_a_person_into_what_is_stored(shop: list[Given]) -> None:
    plan = own_data.preview_files(shop).plan
    assert plan is not None
    assert {each.role for each in plan.tables} == {"interactions", "items", "users"}
    chance, imported = random.Random(0), 0
    for _ in range(60):
        edited = any_plan(plan, chance)
        try:
            found = import_tables("any", shop, Choice(plan=edited), Pseudonyms(b"a key"), ImportLimits())
        except KgrecError:
            continue
        if found.catalog is None:
            continue
        imported += 1
        seen = stored(found.catalog) + found.gone.to_csv() + repr(found.report.findings)
        shown = [each for each in (*PEOPLE, *PHONES, *CODES) if each in seen]
        assert not shown, [(one.column, one.meaning) for table in edited.tables for one in table.columns]
    assert imported >= 30


@pytest.mark.parametrize("who", ["customer_id", "sent_to"])
@pytest.mark.parametrize("what", ["item_id", "rating"])
def test_people_of_a_second_column_stay_hidden_when_another_column_is_said_to_be_who(
    shop: list[Given], who: str, what: str
) -> None:
    plan = own_data.preview_files(shop).plan
    assert plan is not None
    meanings = {who: USER, what: ITEM}
    tables = tuple(
        replace(each, columns=tuple(replace(one, meaning=meanings.get(one.column, FACT)) for one in each.columns))
        for each in plan.tables
        if each.role == "interactions"
    )
    edited = replace(plan, tables=tables, joins=())
    found = import_tables("any", shop, Choice(plan=edited), Pseudonyms(b"a key"), ImportLimits())
    assert found.catalog is not None
    seen = stored(found.catalog)
    assert not [each for each in (*PEOPLE, *PHONES) if each in seen]
    assert who == "sent_to" or not [each for each in CODES if each in seen]
