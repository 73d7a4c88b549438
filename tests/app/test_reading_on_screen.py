"""The screen Data shows how files are read, and lets a person change it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kgrec_core.workspace import own_data
from tests.build_screens import DATA, dropped_in, keys, opened, words
from tests.own_tables import write_shop

UNCLEAR = "alpha,beta,gamma\n" + "".join(f"a{row},b{row},c{row}\n" for row in range(30))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def shop(folder: Path) -> AppTest:
    return dropped_in(opened(DATA), *write_shop(folder))


def pictures(app: AppTest) -> str:
    return "\n".join(each.proto.body for each in app.get("html") if "plan-" in each.proto.body)


def plan(app: AppTest) -> own_data.ReadingPlan:
    return app.session_state["own_reading"].shown


def meaning(app: AppTest, table: int, column: str) -> str:
    return {each.column: each.meaning for each in plan(app).tables[table].columns}[column]


def change(app: AppTest, column: str, to: str) -> AppTest:
    app.selectbox(key="own_column_0").set_value(column).run()
    return app.selectbox(key="own_meaning_0").set_value(to).run()


def test_tables_are_shown_with_what_their_columns_mean_and_how_they_join(home: Path, tmp_path: Path) -> None:
    app = shop(tmp_path)
    assert not app.exception and not app.error
    tables = [each for each in app.expander if each.proto.label.startswith("**")]
    assert ["Who did what with what" in tables[0].label, "What the things are" in tables[1].label] == [True, True]
    assert [each.proto.expanded for each in tables] == [True, False]
    drawn = pictures(app)
    assert '>customer<span class="plan-chip who">who<' in drawn and "same things" in drawn
    said = words(app)
    assert "**c0**: 8 things, first" in said and "liked is 4 or more" in said


def test_a_column_may_be_said_to_mean_something_else_and_taken_back(home: Path, tmp_path: Path) -> None:
    app = change(shop(tmp_path), "rating", "")
    assert not app.exception and meaning(app, 0, "rating") == ""
    assert "Every interaction counts as liked" in words(app)
    app.button(key="own_check").click().run()
    assert not app.exception and "These files can be used" in words(app)
    app.button(key="own_back").click().run()
    assert meaning(app, 0, "rating") == "value" and "own_back" not in {each.key for each in app.button}
    assert "These files can be used" not in words(app)  # what was checked was something else


def test_a_plan_that_lacks_something_says_what_and_cannot_be_checked(home: Path, tmp_path: Path) -> None:
    app = change(shop(tmp_path), "customer", "")
    assert "no column is chosen for “who”" in app.error[0].value.replace("\\", "")
    assert app.button(key="own_check").disabled
    app = change(app, "customer", "user_id")
    assert not app.error and not app.button(key="own_check").disabled


def test_a_table_may_be_left_out(home: Path, tmp_path: Path) -> None:
    app = shop(tmp_path)
    app.selectbox(key="own_role_1").set_value("").run()
    assert not app.exception and not app.error
    assert plan(app).tables[1].role == "" and "**c0**: 8 things, first p" in words(app)


def test_a_limit_of_liking_is_said_in_the_rule(home: Path, tmp_path: Path) -> None:
    app = shop(tmp_path)
    app.number_input(key="own_positive").set_value(2.0).run()
    assert "Liked is a value of 2 or more, as chosen" in words(app)


def test_events_show_what_they_count_and_may_count_otherwise(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    kinds = ("view", "purchase")
    lines = [f"u{row % 6},i{row % 11},{kinds[row % 2]}" for row in range(120)]
    path.write_text("\n".join(["user,item,event", *lines]) + "\n", "utf-8")
    app = dropped_in(opened(DATA), path)
    assert "purchase \\+5 · view \\+1".replace("\\", "") in words(app).replace("\\", "")
    app.number_input(key="own_event_1").set_value(4.0).run()
    assert not app.exception and plan(app).events == {"purchase": 5.0, "view": 4.0}


def test_guesses_are_marked_with_their_reasons(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    lines = [f"{row % 30},{row * 3 % 25},{1 + row * 7 % 5}" for row in range(250)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    app = dropped_in(opened(DATA), path)
    assert "who · guess" in pictures(app) and "Guessed: **column 1** as who (" in words(app).replace("\\", "")


def test_a_plan_is_saved_and_used_again(home: Path, tmp_path: Path) -> None:
    app = change(shop(tmp_path), "rating", "")
    assert "own_plan" in keys(app, "download_button")
    text = plan(app).to_json()
    fresh = shop(tmp_path)
    assert meaning(fresh, 0, "rating") == "value"
    fresh.file_uploader(key="own_plan_file").set_value(("plan.json", text.encode(), "application/json")).run()
    assert not fresh.exception and not fresh.error and meaning(fresh, 0, "rating") == ""


@pytest.mark.parametrize("text", ["{}", "no json", "of another table"])
def test_a_plan_that_does_not_fit_says_so_and_changes_nothing(text: str, home: Path, tmp_path: Path) -> None:
    app = shop(tmp_path)
    before = plan(app)
    if text == "of another table":
        other = json.loads(before.to_json())
        other["tables"][0]["table"] = "purchases.csv"
        text = json.dumps(other)
    app.file_uploader(key="own_plan_file").set_value(("plan.json", text.encode(), "application/json")).run()
    assert not app.exception and "--" not in app.error[0].value
    assert plan(app) == before and not app.button(key="own_check").disabled


def test_where_nothing_tells_who_and_what_the_screen_asks_for_the_two_columns(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(UNCLEAR, "utf-8")
    app = dropped_in(opened(DATA), path)
    assert not app.exception and "own_check" not in {each.key for each in app.button}
    assert "--map" not in words(app) and ">beta<" in pictures(app)
    app.selectbox(key="own_who_0").set_value("beta").run()
    app.selectbox(key="own_what_0").set_value("gamma").run()
    app.button(key="own_said_0").click().run()
    assert not app.exception
    assert (meaning(app, 0, "beta"), meaning(app, 0, "gamma")) == ("user_id", "item_id")


def test_a_sample_shop_goes_from_one_click_to_a_saved_data_set(home: Path) -> None:
    app = opened(DATA)
    app.button(key="own_sample").click().run()
    assert not app.exception and not app.error and "orders.csv" in words(app)
    app.button(key="own_check").click().run()
    assert "These files can be used" in words(app)
    app.button(key="own_save").click().run()
    assert not app.exception and own_data.imported_names() == ("sample-shop",)
    app = opened(DATA)
    app.button(key="own_sample").click().run()
    app.button(key="own_no_sample").click().run()
    assert not app.exception and app.button(key="own_sample")


def test_names_of_files_and_columns_are_text_and_nothing_else(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    evil = "<img src=x onerror=top.hurt=1>"
    lines = [f"u{row % 6},i{row % 11},{evil}" for row in range(60)]
    path.write_text("\n".join([f"user,item,{evil}", *lines]) + "\n", "utf-8")
    app = dropped_in(opened(DATA), path)
    assert not app.exception and "&lt;img" in pictures(app) and "<img" not in pictures(app)
