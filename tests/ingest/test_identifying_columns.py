"""People who stand beside items are left out; the people that a field speaks of are its facts."""

from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.ingest.identifying_columns import identifying, names_another

PEOPLE = ["Ada", "Bo", "Cleo", "Dan"] * 5


def beside(name: str) -> tuple[str, ...]:
    items = {"item_id": [f"i{n}" for n in range(20)], "title": [f"Flat {n}" for n in range(20)], name: PEOPLE}
    return identifying(pd.DataFrame(items, dtype=object), of_people=False)


@pytest.mark.parametrize("name", ["host_name", "hostUserName", "owner_url", "contact_name", "posted_by", "host_about"])
def test_who_offers_or_wrote_down_an_item_is_left_out(name: str) -> None:
    assert beside(name) == (name,)


@pytest.mark.parametrize("name", ["author", "artist_name", "director", "brand", "created_by", "seller", "host_count"])
def test_people_that_a_field_speaks_of_stay(name: str) -> None:
    assert beside(name) == () and not names_another(name)


def test_a_second_id_of_each_person_is_left_out() -> None:
    users = {"user_id": [f"u{n}" for n in range(20)], "steam_id": [str(76_000 + n) for n in range(20)], "group": PEOPLE}
    assert identifying(pd.DataFrame(users, dtype=object), of_people=True) == ("steam_id",)
