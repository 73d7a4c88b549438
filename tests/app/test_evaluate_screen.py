from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kgrec_core.data.event_times import Times
from kgrec_core.evaluate import published_tables
from kgrec_core.evaluate.quality_table import Comparison, Estimate, Slice
from kgrec_core.evaluate.quality_table_file import save_table
from kgrec_core.model.bundle import read_card
from kgrec_core.workspace import measured_quality
from pages.judge import quality_charts
from tests.quality_tables import row, stored
from tests.stored_files import bundle_version, rewrite_card

APP = str(Path(__file__).parents[2] / "app.py")
SCREEN = "pages/judge/evaluate.py"


@pytest.fixture
def opened(home: Path) -> Callable[..., AppTest]:
    def open_screen(**address: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        for name, value in ({"dataset": "tiny"} | address).items():
            app.query_params[name] = value
        return app.switch_page(SCREEN).run()

    return open_screen


def words(app: AppTest) -> str:
    return "\n".join(str(each.value) for kind in (app.title, app.subheader, app.markdown, app.caption) for each in kind)


def test_before_any_table_it_shows_what_preparing_measured(opened: Callable[[], AppTest]) -> None:
    app = opened()
    assert not app.exception and not app.error
    assert "While the data were prepared" in words(app)
    assert app.button(key="measure").label == "Measure"


def test_the_headline_compares_with_ease_the_best_other_and_no_graph(home: Path, opened: Callable[[], AppTest]) -> None:
    found = stored(home)
    ratios = (("ours/ease", 2.0), ("ours/best_peer", 1.25))
    better = replace(found, rows=(*found.rows, row("als", measured_quality.PEER, 0.4)), ratios=ratios)
    save_table(better, bundle_version(home, "tiny"), "random")
    app = opened()
    assert not app.exception
    assert [metric.value for metric in app.metric] == ["× 2.00", "× 1.25", "+25.0%"]


def test_where_ease_is_the_best_other_it_is_named_once(home: Path, opened: Callable[[], AppTest]) -> None:
    stored(home)
    assert [metric.value for metric in opened().metric] == ["× 2.00", "+25.0%"]


def test_a_table_that_comes_with_the_project_is_shown_until_one_is_measured_here(
    home: Path, opened: Callable[[], AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published_tables, "FOLDER", tmp_path / "published")
    table = stored(home)
    published_tables.publish(replace(table, ratios=(("ours/ease", 1.5),)), read_card("tiny"), "random", "May 2026")
    assert "come with the project" not in words(opened())
    (bundle_version(home, "tiny") / "quality-random.json").unlink()
    app = opened()
    assert "come with the project: measured on the same data with this version, May 2026" in words(app)
    assert [metric.value for metric in app.metric] == ["× 1.50", "+25.0%"]
    assert app.button(key="measure").label == "Measure"


def test_every_number_has_its_definition_and_stands_in_a_table(home: Path, opened: Callable[..., AppTest]) -> None:
    stored(home)
    app = opened(depth="Analyst")
    for metric in measured_quality.METRICS:
        assert metric.words.split(".")[0] in words(app), metric.field
    assert list(app.dataframe[0].value["model"]) == ["OURS", "OURS-NO-GRAPH", "EASE", "RECBOLE-KGIN"]
    assert "fewer splits than the rest: RECBOLE" in words(app)


def test_a_new_visitor_and_the_slices_have_their_place(home: Path, opened: Callable[[], AppTest]) -> None:
    stored(home)
    heads = [head.value for head in opened().subheader]
    assert heads == [
        "Who ranks best",
        "What each part adds",
        "Whom it serves",
        "New visitors",
        "What good ranking costs",
        "Are the reasons the true ones?",
    ]


def test_new_visitors_are_compared_with_the_best_other_method(home: Path, opened: Callable[[], AppTest]) -> None:
    stored(home)
    assert "ahead of the best other one, EASE: 1.50 times its quality" in words(opened())


def test_a_table_of_few_people_says_so(home: Path, opened: Callable[..., AppTest]) -> None:
    table = stored(home, "global")
    assert not opened(scheme="global").warning
    save_table(replace(table, people=20), bundle_version(home, "tiny"), "global")
    assert "Only 20 people" in opened(scheme="global").warning[0].value


def test_a_table_by_time_says_when_the_times_mean_little(home: Path, opened: Callable[..., AppTest]) -> None:
    table = stored(home, "next")
    assert not opened(scheme="next").warning
    late = tuple(
        Slice(measured_quality.LATER, name, "NDCG@10", Estimate(mean, 0, 1), 9)
        for name, mean in (("ease", 0.2), ("ours", 0.3))
    )
    save_table(replace(table, times=Times(0.61, 0.83), slices=late), bundle_version(home, "tiny"), "next")
    said = opened(scheme="next").warning[0].value
    assert "(quality, 0 to 1, higher is better, 9 lists): OURS 0.300, EASE 0.200." in said
    assert "61% of the people" in said and "83% of the steps" in said
    save_table(replace(table, times=Times(0.2, 0.1)), bundle_version(home, "tiny"), "next")
    assert not opened(scheme="next").warning


def test_the_other_way_of_hiding_ratings_has_a_table_of_its_own(home: Path, opened: Callable[[], AppTest]) -> None:
    stored(home)
    app = opened()
    app.segmented_control(key="scheme_picker").set_value("temporal").run()
    assert not app.exception
    assert "Nothing has been measured" in app.info[0].value


def test_a_link_brings_back_the_way_of_hiding_and_the_depth(home: Path, opened: Callable[..., AppTest]) -> None:
    stored(home, "temporal")
    app = opened(scheme="temporal", depth="Analyst")
    assert app.subheader[0].value == "Who ranks best"
    assert "setting" in app.dataframe[0].value
    assert dict(app.query_params) == {"dataset": "tiny", "depth": "Analyst", "scheme": "temporal"}


def test_formulas_and_settings_are_for_the_analyst(home: Path, opened: Callable[..., AppTest]) -> None:
    stored(home)
    simple, analyst = opened(), opened(depth="Analyst")
    assert not simple.dataframe and "NDCG" not in words(simple)
    assert not any("NDCG" in str(metric.help) for metric in simple.metric)
    assert "setting" in analyst.dataframe[0].value
    formulas = [each.value for each in analyst.caption if each.value not in [one.value for one in simple.caption]]
    assert len(formulas) == len(measured_quality.METRICS) + 1  # and how new items are measured
    assert any("--protocol new-items" in each.value for each in analyst.code)


def test_the_screen_opens_with_one_sentence_of_the_result(home: Path, opened: Callable[..., AppTest]) -> None:
    table = stored(home)
    quality = {each.model: each.ndcg_10.mean for each in table.rows}
    first = opened().main.markdown[0].value
    times = quality["ours"] / quality["ease"]
    assert f"**{times:.2f} times**" in first and "EASE" in first


def test_each_part_that_was_taken_away_is_told_of(
    home: Path, opened: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = stored(home)
    pairs = tuple(Comparison(f"ours-vs-{name}", Estimate(0.1, 0.05, 0.15), 0.2) for name in ("no-sequence", "no-text"))
    save_table(replace(table, paired=pairs), bundle_version(home, "tiny"), "random")
    told: list[str] = []
    monkeypatch.setattr(quality_charts, "intervals", lambda bars, *_, **__: told.extend(bar.label for bar in bars))
    opened()
    assert {"without any text", "without what was met close in time"} <= set(told)


def test_measuring_stores_a_table_that_the_screen_then_shows(
    home: Path, opened: Callable[[], AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def measure(dataset: str, scheme: str, seeds: int, ablations: bool, progress: Callable[[str, float], None]) -> None:
        progress("Training", 0.5)
        asked.append((dataset, scheme, seeds, ablations))
        stored(home, scheme)

    monkeypatch.setattr(measured_quality, "measure", measure)
    app = opened()
    app.button(key="measure").click().run()
    assert not app.exception
    assert asked == [("tiny", "random", 1, False)]
    assert app.subheader[0].value == "Who ranks best"


def test_a_broken_table_is_said_in_words(home: Path, opened: Callable[[], AppTest]) -> None:
    (bundle_version(home, "tiny") / "quality-random.json").write_text("[]", encoding="utf-8")
    app = opened()
    assert not app.exception
    assert "quality\\-random" in app.error[0].value


def test_without_any_bundle_it_offers_to_prepare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))
    app = AppTest.from_file(APP, default_timeout=60).switch_page(SCREEN).run()
    assert not app.exception
    assert app.button(key="prepare").label.startswith("Prepare")


def test_what_was_hidden_is_called_as_the_data_call_it(home: Path, opened: Callable[[], AppTest]) -> None:
    card = home / "bundles" / "tiny" / "run_card.json"
    rewrite_card(card, lambda content: content["description"].update(events="plays"))
    app = opened()
    assert app.segmented_control(key="scheme_picker").options == [
        "Hide plays at random",
        "Hide the latest plays",
        "Hide the latest, after a gap",
        "Hide all after a date",
    ]
    assert "ranked hidden plays once" in words(app)


def test_the_quality_of_reasons_is_measured_when_asked_for(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    app = AppTest.from_file(APP, default_timeout=200)
    app.query_params["dataset"] = "tiny"
    app.switch_page("pages/judge/evaluate.py").run()
    app.button(key="test_reasons").click().run()
    assert not app.exception and not app.error
    assert any("better than chance" in str(element.value) for element in app.markdown)
