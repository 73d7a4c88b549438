"""What work will take is told from what it took before in this home; where nothing was measured, that is said."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from kgrec_core.config import Recipe
from kgrec_core.data.training_outlook import outlook
from kgrec_core.evaluate.published_tables import seconds_of_methods
from kgrec_core.workspace import expected_duration
from tests.stored_files import rewrite_card
from tests.worlds import tiny_catalog

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def card(home: Path) -> Callable[..., None]:
    """Writes what the run card of `tiny` tells of its making."""

    def write(**told: Any) -> None:
        rewrite_card(home / "bundles" / "tiny" / "run_card.json", lambda card: card.update(told))

    return write


def test_a_training_takes_what_the_one_before_took_scaled_by_its_work(card: Callable[..., None]) -> None:
    card(seconds={"encode": 30.0, "train": 10.0}, losses=[1.0, 1.0], xlnet_pretraining=None)
    found = outlook(tiny_catalog())
    told = expected_duration.of_training(found, Recipe(rounds=2))
    assert (told.title, told.took) == ("Tiny films", 40.0)
    assert told.seconds == pytest.approx(40.0)  # the same work
    more = expected_duration.of_training(found, Recipe(rounds=2, adapt="words"))
    assert more.seconds == pytest.approx(40.0 * (found.seconds(2) + found.seconds_to_adapt("words")) / found.seconds(2))


def test_where_nothing_was_trained_the_data_tell_and_how_busy_the_machine_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))
    found = outlook(tiny_catalog())
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    for waiting, times in ((0.0, 1.0), (1.0, 1.0), (5.0, (5 + 1) / 2)):
        monkeypatch.setattr(os, "getloadavg", lambda waiting=waiting: (waiting, 0.0, 0.0))
        told = expected_duration.of_training(found, Recipe())
        assert (told.title, told.took) == ("", 0.0)
        assert told.seconds == pytest.approx(times * found.seconds(Recipe().rounds))
    assert expected_duration.longest_training() is None and expected_duration.adapting() is None


def test_a_run_that_read_no_text_anew_is_no_measure(card: Callable[..., None]) -> None:
    card(seconds={"encode": 20.5, "train": 1.0}, xlnet_pretraining={"seconds": 20.0})
    assert expected_duration.of_training(outlook(tiny_catalog()), Recipe()).title == ""


def test_a_broken_run_card_tells_nothing(card: Callable[..., None]) -> None:
    card(seconds={"encode": "long"})
    assert expected_duration.longest_training() is None


def test_adapting_takes_what_it_took(card: Callable[..., None]) -> None:
    card(seconds={"adapt": 70.0, "encode": 5.0}, xlnet_pretraining=None, bert_adaptation={"seconds": 70.0})
    told = expected_duration.adapting()
    assert told is not None and (told.seconds, told.took) == (70.0, 75.0)


def test_a_split_takes_what_was_measured_and_the_rest_as_much_as_methods_differ_elsewhere(
    home: Path, card: Callable[..., None]
) -> None:
    card(metrics=[{"model": "ours", "seconds": 10.0}])
    usual = seconds_of_methods()
    folder = home / "quality" / "tiny"
    folder.mkdir(parents=True)
    for number, seconds in enumerate((3.0, 5.0)):
        np.savez(folder / f"ease-random-{number}-x.npz", model=np.asarray("ease"), seconds=np.asarray(seconds))
    told = expected_duration.by_model("tiny", ("ours", "ease", "als", "visitor-ours"))
    assert told == {
        "ours": 10.0,
        "ease": 4.0,
        "als": pytest.approx(10 * usual["als"] / usual["ours"]),
        "visitor-ours": 10.0,
    }
    whole, parts = (expected_duration.of_a_split("tiny", "random", ablations) for ablations in (False, True))
    assert whole is not None and parts is not None and parts > 3 * whole


def test_without_a_measure_of_ours_no_time_of_a_split_is_told(card: Callable[..., None]) -> None:
    card(metrics=[])
    assert expected_duration.of_a_split("tiny", "random", ablations=False) is None


@pytest.mark.parametrize(("metrics", "said"), [(None, "a split"), ([], "the time left shows once it runs")])
def test_the_screen_tells_a_time_that_was_measured_or_that_none_was(
    metrics: list[Any] | None, said: str, card: Callable[..., None]
) -> None:
    if metrics is not None:
        card(metrics=metrics)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["dataset"] = "tiny"
    app.switch_page("pages/judge/evaluate.py").run()
    told = next(one.value for one in app.caption if "trained anew on this machine" in one.value)
    assert not app.exception and said in told and "4 minutes" not in told


def test_what_takes_long_takes_a_large_share_of_the_progress() -> None:
    from kgrec_core.evaluate.quality_run import Plan, measure_quality

    heard: list[float] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kgrec_core.evaluate.quality_run._measure", lambda bundle, plan, config, steps: [
            steps.next(0, "ease", "EASE")("Solving", 1.0), steps.next(0, "popularity", "Popularity")])  # fmt: skip
        plan = Plan("random", 1, ("ease", "popularity"), visitors=False)
        measure_quality(None, plan, None, lambda what, share: heard.append(share), {"ease": 9.0, "popularity": 1.0})
    assert heard == pytest.approx([0.0, 0.9, 0.9])
