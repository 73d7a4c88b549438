"""The Ask screen: a question, its answer, and the next questions as buttons."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kgrec_core.service import Service

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def screen(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    app = AppTest.from_file(APP, default_timeout=120)
    app.query_params["dataset"], app.query_params["user"] = "tiny", "u0"
    return app.switch_page("pages/explore/ask.py").run()


def words(app: AppTest) -> str:
    kinds = (app.markdown, app.info, app.caption)
    return "\n".join(str(element.value) for kind in kinds for element in kind).replace("\\", "")


def offers(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button if str(button.key).startswith("offer_")]


def test_the_screen_begins_with_questions_to_ask(screen: AppTest) -> None:
    assert not screen.exception and len(screen.title) == 1 and len(offers(screen)) == 3


def test_a_question_is_answered_and_asked_on(screen: AppTest, tiny: Service) -> None:
    screen.chat_input[0].set_value("why not Letter 8?").run()
    assert tiny.why_not("u0", "f8").sentence in words(screen)
    screen.button(key=offers(screen)[0]).click().run()
    assert not screen.exception and len(screen.chat_message) == 4


def test_hostile_words_change_nothing_but_themselves(screen: AppTest) -> None:
    screen.chat_input[0].set_value("why **<script>alert(1)</script>**").run()
    shown = [str(element.value) for element in (*screen.markdown, *screen.info)]
    assert not screen.exception and not any("<script>" in text for text in shown)
