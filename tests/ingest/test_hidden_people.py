"""Ids, names, addresses, numbers and handles planted everywhere: none of them is in any file of the home afterwards."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from kgrec_core.__main__ import main
from kgrec_core.errors import DataError
from kgrec_core.workspace import own_data

PEOPLE = ("anna@x.org", "bob_77", "C1042.kl", "@carla_h", "dora.k@mail.example.com", "+49 151 2345678")
NAMES = ("Anna Schmidt", "Bob van Meyer", "Clara O'Neill", "Carla Huber", "Dora Klein", "Emil Lund")
PHONES = tuple(f"+44 20 7946 0{n}58" for n in range(6))
HANDLES = ("anna_on_x", "bobby.m", "clara77", "car_la", "dora-k9", "emil.lund")
PLANTED = (*PEOPLE, *NAMES, *PHONES, *HANDLES, "stray@mail.example.org", "7946", "Meyer", "Schmidt")
ITEMS = 12


def orders() -> str:
    rows = [f"{PEOPLE[n % 6]},i{(5 * n + n // 6) % ITEMS},{1 + n % 5},2024-01-{1 + n % 28:02}" for n in range(60)]
    wrong = ["anna@x.org,Schmidt, Anna,5,2024-01-01", "bob_77,i1", f"{PHONES[0]},{NAMES[1]}", "@carla_h"]
    odd = ["bob_77,i2,stray@mail.example.org,2024-01-01", "anna@x.org,i3,4,Anna Schmidt", "bob_77,,3,2024-01-01"]
    return "\n".join(["customer,product_id,rating,date", *rows, *wrong, *odd, rows[0], rows[1]]) + "\n"


def products() -> str:
    rows = [
        f"i{n},Thing {n}{' of anna@x.org' if n == 3 else ''},{PEOPLE[n % 6]},{'Tea' if n % 2 else 'Salt'},"
        f"Ask {PHONES[n % 6]} or stray@mail.example.org for this fine thing of quality no. {n}"
        for n in range(ITEMS)
    ]
    return "\n".join(["product_id,title,seller,kind,description", *rows]) + "\n"


def people() -> str:
    rows = [
        f'{PEOPLE[n]},{NAMES[n]},{PHONES[n]},{HANDLES[n]},"{PEOPLE[(n + 1) % 6]}; {PEOPLE[(n + 2) % 6]}",{"fm"[n % 2]}'
        for n in range(6)
    ]
    wrong = [f"bob_77,{NAMES[1]},{PHONES[1]}", "nobody@mail.example.org,Anna Schmidt,,,,f"]
    return "\n".join(["customer,kunde,contact,twitter,friends,sex", *rows, *wrong]) + "\n"


def facts() -> str:
    rows = [
        "i1,made by,manager:anna@x.org,Anna Schmidt",
        "i2,made by,bob_77,Bob van Meyer",
        "i3,sold by,Carla Huber,",
        "i4,kind,Tea,Tea",
        "bob_77,friend,anna@x.org,Anna Schmidt",
        "anna@x.org,likes,i5,Thing 5",
        "anna@x.org,lives in,Hamburg,Hamburg",
        f"i6,contact,{PHONES[2]},stray@mail.example.org",
        "i7,by stray@mail.example.org,bob_77,@carla_h",
        "i8,made by,Anna,Schmidt,too many",
    ]
    return "\n".join(["head,relation,tail,tail_label", *rows]) + "\n"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    found = []
    for name, text in {"orders": orders(), "products": products(), "people": people(), "facts": facts()}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        found.append(tmp_path / f"{name}.csv")
    return found


def arguments(files: list[Path]) -> list[str]:
    roles = ("--interactions", "--items", "--users", "--triples")
    return [word for role, file in zip(roles, files, strict=True) for word in (role, str(file))]


def texts_of(home: Path) -> dict[str, str]:
    """All that can be read in every file: bytes as they are, and the cells and columns of Parquet."""
    found = {}
    for path in home.rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            if path.suffix == ".parquet":
                text += pd.read_parquet(path).to_csv()
            if path.suffix == ".json":
                text += json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
            found[path.relative_to(home).as_posix()] = text
    return found


def told(text: str, planted: tuple[str, ...] = PLANTED) -> list[str]:
    """Hashes and keys are left out: a short number is in one of them by chance now and then."""
    left = re.sub("[0-9a-f]{16,}", "", text.casefold())
    return [word for word in planted if word.casefold() in left]


@pytest.mark.parametrize("domain", ["", "social"])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_nobody_is_told_in_any_file_or_on_the_terminal(
    files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], domain: str, form: list[str]
) -> None:
    home = tmp_path / "home"
    assert main(["import", "planted", *arguments(files), "--domain", domain, *form]) == 0
    assert {name: told(text) for name, text in texts_of(home).items() if told(text)} == {}
    assert told("".join(capsys.readouterr())) == []
    assert main(["validate", *arguments(files), "--domain", domain, "--dropped", str(tmp_path / "d.csv"), *form]) == 0
    assert told("".join(capsys.readouterr()) + (tmp_path / "d.csv").read_text(encoding="utf-8")) == []


def test_what_is_said_of_a_person_is_still_said_of_one_and_the_same(files: list[Path]) -> None:
    own_data.import_files("planted", [own_data.Given(path) for path in files])
    kept = own_data.stored("planted")
    catalog, names = kept.catalog, kept.names
    assert names is not None and catalog.users is not None
    friends = catalog.users.set_index("user_id")["friends"]
    assert names.of("bob_77") in friends[names.of("anna@x.org")]
    made = catalog.triples[catalog.triples["head"] == "i2"].set_index("relation")["tail_label"]
    assert made["made_by"] == "Person " + names.of("bob_77")


def test_kept_ids_stay_in_their_column_and_addresses_elsewhere_do_not(files: list[Path], tmp_path: Path) -> None:
    choice = own_data.Choice(keep_user_ids=True, keep_columns=frozenset({"twitter"}))
    roles = ("interactions", "items", "users", "triples")
    given = [own_data.Given(path, role) for path, role in zip(files, roles, strict=True)]
    own_data.import_files("planted", given, choice)
    catalog = own_data.imported_catalog("planted")
    assert catalog.users is not None
    assert set(catalog.interactions["user_id"]) == set(PEOPLE)
    assert set(catalog.users["twitter"]) == set(HANDLES)
    rest = (
        catalog.items.to_csv() + catalog.triples.to_csv() + catalog.users.drop(columns=["user_id", "friends"]).to_csv()
    )
    assert told(rest, (*(each for each in PEOPLE if "@" in each or "+" in each), *PHONES, "stray@mail", *NAMES)) == []


def test_nothing_at_all_is_left_after_a_data_set_is_deleted(files: list[Path], tmp_path: Path) -> None:
    own_data.import_files("planted", [own_data.Given(path) for path in files])
    own_data.delete_dataset("planted")
    home = tmp_path / "home"
    assert [path.name for path in home.rglob("*") if path.is_file() or "planted" in path.name] == []


def test_a_message_of_an_error_names_no_address(files: list[Path]) -> None:
    files[0].write_text("anna@x.org;i1\nbob@x.org;i2\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        own_data.import_files("planted", [own_data.Given(files[2], "triples"), own_data.Given(files[0], "items")])
    assert "x.org" not in str(caught.value)


def test_numbers_of_friends_are_hidden_and_an_age_stays_an_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    orders, users, goods = (tmp_path / f"{name}.csv" for name in ("orders", "users", "goods"))
    orders.write_text("user_id,item_id\n" + "".join(f"{n % 40 + 1},{n % 7 + 1}\n" for n in range(120)))
    users.write_text(
        "user_id,age,friends\n" + "".join(f'{n},{n % 30 + 10},"{n % 40 + 1}, {n % 39 + 1}"\n' for n in range(1, 41))
    )
    goods.write_text("item_id,title,pages\n" + "".join(f"{n},Book {n},{n % 3 + 1}\n" for n in range(1, 8)))
    roles = {"interactions": orders, "users": users, "items": goods}
    own_data.import_files("numbers", [own_data.Given(path, role) for role, path in roles.items()])
    kept = own_data.stored("numbers")
    catalog, names = kept.catalog, kept.names
    assert names is not None and catalog.users is not None
    first = catalog.users.set_index("user_id").loc[names.of("3")]
    assert first["age"] == "13" and first["friends"] == f"{names.of('4')}, {names.of('4')}"
    assert set(catalog.triples["tail_label"]) == {"1", "2", "3"}
