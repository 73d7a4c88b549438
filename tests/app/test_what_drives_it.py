from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kgrec_core import service

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def app(home: Path) -> AppTest:
    opened = AppTest.from_file(APP, default_timeout=60)
    opened.query_params["dataset"] = "tiny"
    return opened.switch_page("pages/judge/what_drives_it.py").run()


def words(app: AppTest) -> str:
    return "\n".join(str(each.value) for kind in (app.title, app.subheader, app.markdown, app.caption) for each in kind)


def test_it_opens_with_what_drives_lists_most(app: AppTest, tiny: service.Service) -> None:
    assert not app.exception and not app.error
    first = tiny.whole_model.explain().parts[0]
    assert f"Lists are driven most by {first.label}" in words(app) and f"{100 * first.share:.0f}%" in words(app)


def test_it_says_what_lists_would_be_without_each_part(app: AppTest) -> None:
    assert "items would be others" in words(app) or "films would be others" in words(app)
    assert {"What lists would be without it", "Which facts", "For whom"} <= {each.value for each in app.subheader}
