"""The Recommend and Home screens: thumbs, wishes, comparison, new visitors, personas, and all of it from a link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")
RECOMMEND, HOME = "pages/explore/recommend.py", "pages/start/home.py"
Opener = Callable[..., AppTest]


@pytest.fixture
def opened(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))

    def open_screen(screen: str = RECOMMEND, **address: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=120)
        for name, value in ({"dataset": "tiny"} | address).items():
            app.query_params[name] = value
        return app.switch_page(screen).run()

    return open_screen


def listed(app: AppTest) -> list[str]:
    return [one.label for one in app.button if str(one.key).startswith("title_")]


def html(app: AppTest) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def test_a_card_has_a_cover_that_says_what_it_shows_and_a_reason_that_speaks_of_the_person(opened: Opener) -> None:
    app = opened(user="u0")
    assert 'src="data:image/svg+xml;base64,' in html(app) and 'alt="Drawn cover of ' in html(app)
    assert "Because they liked" in html(app) and "you liked" not in html(app)
    assert not any("you liked" in one.value for one in app.markdown)


def test_a_strip_says_who_it_is_and_what_they_liked_last(opened: Opener) -> None:
    for screen in (RECOMMEND, "pages/explore/explain.py", "pages/explore/graph.py"):
        strip = next(one for one in html(opened(screen, user="u0")).split("</style>") if 'class="strip"' in one)
        assert "<b>Viewer u0</b>" in strip and 'class="covers"' in strip


def test_a_title_opens_the_facts_of_the_item_and_a_like_one_opens_its_own(opened: Opener) -> None:
    app = opened(user="u0")
    app.button(key="title_1").click().run()
    assert not app.exception and any("viewers liked it" in one.value for one in app.markdown)
    assert {"What is known of it", "Most like it", "Who likes it"} <= {one.value for one in app.subheader}
    before = app.header[-1].value
    app.button(key="title_alike_0").click().run()
    assert not app.exception and app.session_state["facts_open"] not in before


def test_rows_under_what_was_liked_hold_the_same_items_as_the_list(opened: Opener) -> None:
    app = opened(user="u0")
    titles = {label.split("**")[1] for label in listed(app)}
    app = opened(user="u0", rows="Because of")
    assert not app.exception and {label.split("**")[1] for label in listed(app)} == titles
    assert any(one.value.startswith(("Because Viewer", "**For other reasons**")) for one in app.markdown)


def test_more_items_come_on_demand_until_all_are_there(opened: Opener) -> None:
    app = opened(who="new", likes="f0", k="5")
    assert len(listed(app)) == 5
    app.button(key="more_items").click().run()
    assert not app.exception and len(listed(app)) > 5


def test_a_thumb_down_takes_the_item_off_and_undo_brings_the_list_back(opened: Opener) -> None:
    app = opened(user="u0")
    before = listed(app)
    app.button(key="down_1").click().run()
    first = before[0].split("**")[1]
    assert not app.exception and all(first not in row for row in listed(app))
    app.button(key="undo").click().run()
    assert listed(app) == before


def test_the_other_thumb_on_a_link_is_shown_and_start_over_forgets_it(opened: Opener) -> None:
    app = opened(user="u0", up="f3", down="f9")
    assert any("You said" in one.value for one in app.markdown)
    app.button(key="reset").click().run()
    assert not any("You said" in one.value for one in app.markdown)


def test_filters_of_a_link_hold(opened: Opener) -> None:
    assert all("Letter" in row for row in listed(opened(user="u0", tags="Romance")))


def test_buttons_of_a_card_are_told_apart_by_the_title(opened: Opener) -> None:
    app = opened(user="u0")
    labels = [button.label for button in app.button if button.key.startswith(("why_", "up_", "down_"))]
    assert len(set(labels)) == len(labels) == 3 * len(listed(app))
    assert len(set(listed(app))) == len(listed(app))


def test_an_empty_list_says_so_and_takes_the_filters_back_at_once(opened: Opener) -> None:
    app = opened(user="u0", years="1-2")
    assert app.title[0].value.startswith("No films for") and not listed(app)
    app.button(key="clear_at_once").click().run()
    assert not app.exception and listed(app) and not app.title[0].value.startswith("No ")


def test_a_new_visitor_starts_with_well_known_items(opened: Opener) -> None:
    app = opened(who="new")
    assert app.title[0].value.startswith("Which films")
    app.button(key="like_0").click().run()
    assert not app.exception and "films for you" in app.title[0].value


def test_a_line_of_words_makes_a_list_and_says_what_it_did(opened: Opener) -> None:
    app = opened(who="new", words="love letters")
    assert not app.exception and listed(app)
    assert any("You wrote" in one.value for one in app.markdown)


@pytest.mark.parametrize("nonsense", ["~~,%%%", "f3,,f3", "no-such-film"])
def test_nonsense_in_a_link_is_passed_over(nonsense: str, opened: Opener) -> None:
    app = opened(user="u0", up=nonsense, tags=nonsense, years="9-1", diversity="-3", rows=nonsense, k="7", tour="x")
    assert not app.exception and not app.error and listed(app)


def test_home_offers_three_people_a_tour_and_a_first_list(opened: Opener) -> None:
    app = opened(HOME)
    assert not app.exception
    assert app.button(key="first_list") and app.button(key="new_here")
    assert any(one.value.startswith("1. **A list") for one in app.markdown)


def test_the_tour_says_where_one_is(opened: Opener) -> None:
    assert any("Tour 2 of 6" in one.value for one in opened("pages/explore/explain.py", tour="2").markdown)


def test_the_tour_opens_the_tab_that_its_words_are_about(opened: Opener) -> None:
    links = [link.proto.query_string for link in opened(tour="1").get("page_link")]
    assert any("tour=2" in link and "tab=Attribution" in link for link in links)


def test_a_place_in_a_filtered_list_is_told_apart_from_the_place_among_all(opened: Opener) -> None:
    assert not any("before filters" in one.value for one in opened(user="u0").caption)
    assert any("before filters and mix" in one.value for one in opened(user="u0", diversity="60").caption)


def test_a_line_is_answered_with_what_was_understood_of_it(opened: Opener) -> None:
    app = opened(who="new", words="something by Ada Star, no drama")
    said = [one.value for one in app.sidebar.caption]
    assert any("Understood" in one and "films directed by Ada Star" in one for one in said)
    assert any("Left out" in one and "Drama films" in one for one in said)
    assert "you asked for films directed by Ada Star" in html(app)
    assert any(element.proto.srcdoc for element in app.get("iframe"))


def test_a_line_of_nonsense_counts_for_nothing_and_the_page_says_so(opened: Opener) -> None:
    app, silent = opened(who="new", words="asdf qwer zxcv"), opened(who="new", words="the")
    assert any("counts for nothing" in one.value and "asdf qwer zxcv" in one.value for one in app.info)
    assert not any("your words" in one.value.casefold() for one in (*app.caption, *app.markdown))
    assert listed(app) == listed(silent)


def test_what_was_not_understood_is_said_on_the_page_beside_what_was(opened: Opener) -> None:
    app = opened(who="new", words="a drama with Viggo Larsen")
    said = next(one.value for one in app.main.caption if "Not in this data" in one.value)
    assert "“Viggo Larsen”" in said and "Drama films" in said


def test_the_explanation_of_a_list_says_when_the_words_were_not_understood(opened: Opener) -> None:
    app = opened("pages/explore/explain.py", who="new", words="asdf qwer zxcv", item="f3", tab="Why")
    assert not app.exception and not app.error
    assert any("was understood, so it counts for nothing" in one.value for one in app.markdown)
    assert not any("What your words change" in one.value for one in app.subheader)


def test_an_example_names_somebody_of_the_data(opened: Opener) -> None:
    app = opened(who="new")
    app.button(key="example_words_1").click().run()
    assert not app.exception and "Because you asked for films directed by" in html(app)


def test_a_line_can_be_written_where_the_visitor_is_invited(opened: Opener) -> None:
    app = opened(who="new")
    app.text_input(key="words_here").set_value("films by Ada Star").run()
    assert not app.exception and "Because you asked for films directed by Ada Star" in html(app)
    assert app.text_input(key="words_picker").value == "films by Ada Star"


def test_one_like_is_told_of_as_one_and_a_title_in_the_line_is_offered_as_another(opened: Opener) -> None:
    app = opened(who="new", likes="f12", words="an adventure like Comet 2")
    assert any(one.value.startswith("From 1 film that you like and your words") for one in app.caption)
    app.button(key="like_said_f2").click().run()
    assert any(one.value.startswith("From 2 films that you like and your words") for one in app.caption)
