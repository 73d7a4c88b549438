"""Data and Train at both depths: the same page, with more detail for an analyst."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest

from kgrec_core.__main__ import main
from kgrec_core.workspace import own_data, terminal_commands, training_runs
from tests.build_screens import DATA, EVALUATE, TRAIN, checked, keys, opened, words
from tests.own_tables import write_shop
from tests.stored_files import rewrite_card

DEPTHS = ("Simple", "Analyst")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def trained(home: Path, tiny_home: Path) -> Path:
    """A home with the prepared data set `tiny`; the path of its run card."""
    shutil.copytree(tiny_home, home)
    return home / "bundles" / "tiny" / "run_card.json"


@pytest.fixture
def shop(tmp_path: Path) -> tuple[Path, Path]:
    return write_shop(tmp_path)


def words_of(line: str) -> list[str]:
    """The words of a line as a shell gives them, those that start Python left out."""
    return shlex.split(line.replace("\\\n", ""))[3:]


def measured(card: Path, **of: tuple[float, float]) -> None:
    """Rewrites what was measured: for each model the two ends of the interval of its NDCG@10."""
    shares = dict.fromkeys(("recall_20", "hr_10", "mrr", "seconds"), 0.5)
    rows = [{"model": model, "ndcg_10": sum(ends) / 2, "ci95": ends, **shares} for model, ends in of.items()]
    rewrite_card(card, lambda content: content.update(metrics=rows))


@pytest.mark.parametrize("screen", [DATA, TRAIN])
def test_a_link_brings_back_the_depth_and_no_link_means_simple(screen: str, home: Path) -> None:
    assert opened(screen).segmented_control(key="depth_picker").value == "Simple"
    app = opened(screen, depth="Analyst")
    assert app.segmented_control(key="depth_picker").value == "Analyst"
    assert dict(app.query_params)["depth"] == "Analyst"
    assert opened(screen, depth="nonsense").segmented_control(key="depth_picker").value == "Simple"


def test_the_depth_is_kept_from_page_to_page_and_in_each_address(trained: Path) -> None:
    app = opened(EVALUATE, dataset="tiny", depth="Analyst")
    for screen in (DATA, TRAIN, EVALUATE):
        app.switch_page(screen).run()
        assert not app.exception
        assert app.segmented_control(key="depth_picker").value == "Analyst", screen
        assert dict(app.query_params)["depth"] == "Analyst", screen
    app.switch_page(DATA).run()
    app.segmented_control(key="depth_picker").set_value("Simple").run()
    assert dict(app.query_params)["depth"] == "Simple"
    app.switch_page(TRAIN).run()
    assert app.segmented_control(key="depth_picker").value == "Simple"


def test_simple_tells_in_sentences_what_an_analyst_sees_in_tables(home: Path, shop: tuple[Path, Path]) -> None:
    simple, analyst = checked(*shop), checked(*shop, depth="Analyst")
    assert "(who met what): 200 rows, all kept." in words(simple)
    tables = [list(each.value["file"]) for each in analyst.dataframe if "merged" in each.value]
    assert tables == [["orders.csv", "products.csv"]]
    assert not any("merged" in each.value for each in simple.dataframe)
    assert "own_report" in keys(analyst, "download_button") and "own_report" not in keys(simple, "download_button")
    assert {"Pairs filled", "Popular tenth"} <= {metric.label for metric in analyst.metric}
    assert "Pairs filled" not in {metric.label for metric in simple.metric}
    assert "HMAC" in words(analyst) and "HMAC" not in words(simple)
    assert not simple.code and len(analyst.code) == 1
    opened_up = [each.proto.expanded for app in (simple, analyst) for each in app.expander if "graph" in each.label]
    assert opened_up == [False, True]


@pytest.mark.parametrize("depth", DEPTHS)
def test_no_depth_hides_a_problem_of_the_data(depth: str, home: Path, shop: tuple[Path, Path], tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    rows = [f"c{row},{90 if row == 3 else 30},Graz" for row in range(25)]
    people.write_text("\n".join(["customer,age,city", *rows]) + "\n", "utf-8")
    with shop[0].open("a", encoding="utf-8") as orders:
        orders.write("c1,,5,2024-01-01\nc2,p1,five,2024-01-01\n")
    app = checked(*shop, people, depth=depth)
    assert not app.exception
    said = words(app)
    assert "the cell is empty" in said and "is not a number" in said
    assert "one person is alone with their profile" in said and "age, city" in said
    assert "own_dropped" in keys(app, "download_button")
    assert "were met fewer than five times" in said


@pytest.mark.parametrize("depth", DEPTHS)
def test_columns_may_be_corrected_at_both_depths(depth: str, home: Path, shop: tuple[Path, Path]) -> None:
    app = checked(*shop, depth=depth)
    assert app.selectbox(key="own_role_0").value == "interactions" and app.selectbox(key="own_column_0")
    assert app.checkbox(key="own_plan_0_brand").value


def test_the_command_line_shown_makes_the_same_data_set(
    home: Path, shop: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = checked(*shop, depth="Analyst")
    app.text_input(key="own_title").set_value("Tea & 'cups'").run()
    app.selectbox(key="own_column_0").set_value("rating").run()
    app.selectbox(key="own_meaning_0").set_value("").run()
    app.selectbox(key="own_preset").set_value("other").run()
    app.button(key="own_check").click().run()
    assert app.text_input(key="own_title").value == "Tea & 'cups'"  # it outlives another check
    line = app.code[0].value
    (tmp_path / terminal_commands.PLAN).write_text(app.session_state["own_checked"][1].plan.to_json(), "utf-8")
    app.button(key="own_save").click().run()
    assert own_data.imported_names() == ("tea-cups",)
    saved = own_data.imported_catalog("tea-cups")
    own_data.delete_dataset("tea-cups")
    monkeypatch.chdir(tmp_path)
    assert main(words_of(line)) == 0
    again = own_data.imported_catalog("tea-cups")
    assert (again.title, again.domain.name) == (saved.title, saved.domain.name) == ("Tea & 'cups'", "other")
    assert "value" not in again.interactions and len(again.interactions) == len(saved.interactions)
    assert again.triples.equals(saved.triples)


def test_the_command_line_says_that_it_leaves_out_what_was_changed_of_the_graph(
    home: Path, shop: tuple[Path, Path]
) -> None:
    app = checked(*shop, depth="Analyst")
    assert "has no option" not in words(app)
    app.checkbox(key="own_plan_0_brand").set_value(False).run()
    assert "what you changed of the graph has no option" in words(app)


@pytest.mark.slow
def test_a_title_is_enough_for_a_name_and_an_analyst_may_give_another(home: Path, shop: tuple[Path, Path]) -> None:
    simple = checked(*shop)
    assert simple.button(key="own_save").disabled
    simple.text_input(key="own_title").set_value("Käse & Wein").run()
    simple.button(key="own_save").click().run()
    analyst = checked(*shop, depth="Analyst")
    analyst.text_input(key="own_title").set_value("Käse & Wein").run()
    analyst.text_input(key="own_name").set_value("cellar").run()
    analyst.button(key="own_save").click().run()
    assert own_data.imported_names() == ("cellar", "kase-wein")


def test_a_name_that_is_taken_asks_before_it_replaces(home: Path, shop: tuple[Path, Path]) -> None:
    own_data.import_files("shop", [own_data.Given(each) for each in shop])
    app = checked(*shop)
    app.text_input(key="own_title").set_value("Shop").run()
    assert app.button(key="own_save").disabled
    app.checkbox(key="own_replace").set_value(True).run()
    assert not app.button(key="own_save").disabled


def test_names_are_made_of_titles_and_never_those_of_built_in_sets(home: Path, shop: tuple[Path, Path]) -> None:
    assert own_data.short_name("  ") == ""
    assert own_data.short_name("My shop, 2024!") == "my-shop-2024"
    assert own_data.short_name("Movies") == "my-movies"
    assert len(own_data.short_name("long " * 20)) <= 40
    assert own_data.short_name("我的店") == "data-1"
    own_data.import_files("data-1", [own_data.Given(each) for each in shop])
    assert own_data.short_name("我的店") == "data-2"


def test_the_course_of_a_training_and_its_settings_are_for_the_analyst(trained: Path) -> None:
    simple, analyst = opened(TRAIN, dataset="tiny"), opened(TRAIN, dataset="tiny", depth="Analyst")
    assert not simple.exception and not analyst.exception
    assert "How well it ranks" in words(simple) and "How training went" not in words(simple)
    assert not simple.code and not simple.dataframe
    assert {"How well it ranks", "How training went", "How it was made"} <= {head.value for head in analyst.subheader}
    settings = analyst.dataframe[1].value
    assert dict(zip(settings["setting"], settings["value"], strict=True))["ridge"] == "5.0"
    card = json.loads(trained.read_text("utf-8"))
    assert card["data_hash"] in words(analyst) and card["versions"]["numpy"] in words(analyst).replace("\\", "")
    assert {"run_card", "download_training", "download_settings"} <= keys(analyst, "download_button")


def test_the_run_card_to_take_away_names_no_folder_of_the_machine(trained: Path) -> None:
    card = json.loads(trained.read_text("utf-8"))
    assert card["names"]["bert"].startswith("/")
    found = training_runs.record("tiny")
    assert found is not None
    taken = json.loads(found.card)
    assert taken["names"]["bert"] == "/".join(card["names"]["bert"].split("/")[-2:])
    assert taken | {"names": card["names"]} == card


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize(
    ("ours", "said"),
    [
        ((0.5, 0.6), "It ranks better than each of 2 simple methods"),
        ((0.32, 0.52), "It ranks better than EASE here**, which may be luck"),
        ((0.3, 0.4), "EASE ranked better than this model here**, which may be luck"),
        ((0.1, 0.15), "EASE and popularity ranked better than this model.**"),
    ],
)
def test_both_depths_say_in_words_how_well_it_ranks(
    depth: str, ours: tuple[float, float], said: str, trained: Path
) -> None:
    measured(trained, ours=ours, popularity=(0.2, 0.25), ease=(0.35, 0.45))
    app = opened(TRAIN, dataset="tiny", depth=depth)
    assert not app.exception and said in words(app)


def test_the_command_line_shown_trains_what_was_chosen(trained: Path) -> None:
    app = opened(TRAIN, dataset="tiny", depth="Analyst")
    app.segmented_control(key="recipe_effort").set_value("Thorough").run()
    app.toggle(key="recipe_graph").set_value(False).run()
    wanted = training_runs.Recipe(rounds=40, graph=False)
    assert words_of(app.code[0].value) == terminal_commands.to_prepare("tiny", wanted)


def test_while_it_trains_an_analyst_sees_the_command_at_work(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = training_runs.Recipe(rounds=3)
    now = training_runs.State("tiny", training_runs.RUNNING, "Training", 0.25, 10.0, "", recipe)
    monkeypatch.setattr(training_runs, "state", lambda dataset: now)
    app = opened(TRAIN, dataset="tiny", depth="Analyst")
    assert words_of(app.code[0].value) == terminal_commands.to_prepare("tiny", recipe)
    assert not opened(TRAIN, dataset="tiny").code
