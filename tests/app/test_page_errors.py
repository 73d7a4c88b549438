"""Whatever fails, a page says so in words and what to do next; no error box of Streamlit is seen."""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import resources

ROOT = Path(__file__).parents[2]
APP = str(ROOT / "app.py")


def broken_part() -> None:
    import streamlit as st

    from kgrec_core.errors import UnknownIdError
    from pages.ui import page_errors

    @page_errors.fragment
    def part(kind: str) -> None:
        if kind == "ours":
            raise UnknownIdError("There is no item 'x'. Choose another one.")
        if kind == "other":
            raise FileNotFoundError("/secret/place")
        st.markdown("all is well")

    part(st.session_state.get("kind", ""))
    st.markdown("after it")


def test_a_part_that_runs_alone_tells_our_own_errors_as_they_are() -> None:
    app = AppTest.from_function(broken_part, default_timeout=30)
    app.session_state["kind"] = "ours"
    app.run()
    assert not app.exception and "Choose another one" in app.error[0].value


def test_any_other_error_is_told_with_a_way_on_and_kept_for_the_log_alone(failures: list[logging.LogRecord]) -> None:
    app = AppTest.from_function(broken_part, default_timeout=30)
    app.session_state["kind"] = "other"
    app.run()
    assert not app.exception and "Reload the page" in app.error[0].value and "secret" not in app.error[0].value
    assert [str(record.exc_info and record.exc_info[1]) for record in failures] == ["/secret/place"]
    failures.clear()


def test_what_does_not_fail_is_drawn_as_ever() -> None:
    app = AppTest.from_function(broken_part, default_timeout=30).run()
    assert [one.value for one in app.markdown] == ["all is well", "after it"] and not app.error


def test_a_data_set_that_is_gone_is_told_with_what_to_do_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))
    with pytest.raises(resources.UnknownIdError, match=r"not here any more: .* Choose other data"):
        resources.library("shop")


def test_streamlit_shows_no_links_and_no_details_of_errors() -> None:
    client = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["client"]
    assert (client["showErrorDetails"], client["showErrorLinks"]) == ("none", False)


def test_every_part_that_runs_alone_is_under_the_guard() -> None:
    pages = [*(ROOT / "pages").rglob("*.py")]
    bare = [page.name for page in pages if "@st.fragment" in page.read_text("utf-8") and page.name != "guard.py"]
    assert bare == []
