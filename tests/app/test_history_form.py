"""Somebody's own history on the screens: brought by a new visitor, confirmed, forgotten, and never in the address."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.build_screens import DATA, dropped_in, opened, words

RECOMMEND, EXPLAIN = "pages/explore/recommend.py", "pages/explore/explain.py"
EXPORT = "Date,Name,Year,Letterboxd URI,Rating\n" + "".join(
    f"2024-01-0{1 + place},{title},{year},u{place},{stars}\n"
    for place, (title, year, stars) in enumerate(
        [("Comet 0", 1990, 5), ("Comet 1", 1991, 5), ("Letter 8", 1998, 1), ("Comet 3", 1993, 3), ("Comet 4", 2010, 5)]
    )
)


@pytest.fixture(autouse=True)
def _home(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))


def brought() -> AppTest:
    app = opened(RECOMMEND, dataset="tiny", who="new")
    uploads = [("ratings.csv", EXPORT.encode(), "text/csv")]
    return app.file_uploader(key="history_files_0").set_value(uploads).run()


def listed(app: AppTest) -> str:
    return "\n".join(one.label for one in app.button if str(one.key).startswith("title_"))


def test_an_export_makes_a_list_at_once_without_what_the_person_knows() -> None:
    app = brought()
    assert not app.exception and not app.error
    assert app.title[0].value.endswith("films for you")
    assert any("Found 4 of 5 films; 1 to confirm" in one.label for one in app.expander)
    assert "Comet 5" in listed(app)
    assert not any(known in listed(app) for known in ("Comet 0*", "Comet 1*", "Letter 8*", "Comet 3*"))


def test_nothing_of_it_is_in_the_address() -> None:
    app = brought()
    assert "likes" not in app.query_params and "down" not in app.query_params


def test_a_ticked_title_counts_and_forgetting_asks_anew() -> None:
    app = brought()
    assert "Comet 4*" in listed(app)
    app.checkbox(key="history_same_0").check().run()
    assert not app.exception and "Comet 4*" not in listed(app)
    app.checkbox(key="history_same_0").uncheck().run()
    assert "Comet 4*" in listed(app)
    app.button(key="history_forget").click().run()
    assert not app.exception and app.title[0].value.startswith("Which films")


def test_a_thumb_is_told_apart_from_what_was_brought() -> None:
    app = brought()
    assert "You said" not in words(app)
    app.button(key="down_1").click().run()
    assert not app.exception and "You said" in words(app) and "Letter 8" not in words(app).split("You said")[1][:60]


def test_files_of_several_people_are_refused_in_words() -> None:
    app = opened(RECOMMEND, dataset="tiny", who="new")
    many = "user,item,rating\n" + "".join(f"u{row % 3},i{row},4\n" for row in range(9))
    app.file_uploader(key="history_files_0").set_value([("many.csv", many.encode(), "text/csv")]).run()
    assert not app.exception and "several people" in app.error[0].value


def test_the_data_screen_leads_an_export_to_where_it_makes_a_list(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(EXPORT, encoding="utf-8")
    app = dropped_in(opened(DATA), path)
    assert not app.exception and not app.error
    assert "one person" in words(app) and "--" not in app.info[0].value
    assert any("who=new" in link.proto.query_string for link in app.get("page_link"))
