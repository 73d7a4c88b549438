"""The screen that tries a new item: whose lists it would enter by its text and facts alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def screen(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    app = AppTest.from_file(APP, default_timeout=90)
    app.query_params["dataset"] = "tiny"
    return app.switch_page("pages/explore/new_item.py").run()


def test_nothing_can_be_asked_before_there_is_a_title_and_a_text_or_a_fact(screen: AppTest) -> None:
    assert screen.button(key="new_ask").disabled
    screen.text_input(key="new_title").set_value("Comet 99").run()
    assert screen.button(key="new_ask").disabled
    screen.text_area(key="new_text").set_value("A ship flies to a star.").run()
    assert not screen.button(key="new_ask").disabled


def test_a_new_film_of_a_known_director_is_nearest_to_those_who_like_such_films(screen: AppTest) -> None:
    screen.text_input(key="new_title").set_value("Comet 99").run()
    screen.multiselect(key="new_tiny_genre").select("Sci-Fi")
    screen.run()
    screen.button(key="new_ask").click().run()
    assert not screen.exception and not screen.error
    assert "Who would get Comet 99" in [head.value for head in screen.subheader]
    assert "Best place" in [metric.label for metric in screen.metric]
    assert len(screen.dataframe) == 1


def test_the_screen_says_that_it_is_learnt_from_what_people_did_with_things_like_it(screen: AppTest) -> None:
    said = " ".join(one.value for one in screen.markdown)
    assert "from what people did with those the model has learnt whom it suits" in said


def test_the_example_can_be_asked_at_once(screen: AppTest) -> None:
    screen.button(key="new_example").click().run()
    assert not screen.exception and not screen.button(key="new_ask").disabled
    assert "next part" in screen.text_input(key="new_title").value


def test_a_hostile_title_changes_nothing_but_its_own_text(screen: AppTest) -> None:
    screen.text_input(key="new_title").set_value("<script>x</script> **b** [l](javascript:1)").run()
    screen.text_area(key="new_text").set_value("<img src=x onerror=1>").run()
    screen.button(key="new_ask").click().run()
    assert not screen.exception
    assert "\\<script\\>" in screen.subheader[0].value and "](" not in screen.subheader[0].value
