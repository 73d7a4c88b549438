"""With sign-in set up, no screen is reachable signed out, by whichever way one comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
SCREENS = sorted(str(page.relative_to(ROOT)) for page in (ROOT / "pages").glob("[!u_]*/*.py"))
AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "id",
    "client_secret": "secret",
    "server_metadata_url": "https://issuer.example/.well-known/openid-configuration",
}


def visit(screen: str, home: Path, monkeypatch: pytest.MonkeyPatch, user: dict[str, object]) -> AppTest:
    monkeypatch.setenv("KGREC_HOME", str(home))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.secrets["auth"] = AUTH
    app.user = user
    app.query_params["dataset"] = "tiny"
    return app.switch_page(screen).run()


@pytest.mark.parametrize("screen", SCREENS)
def test_who_is_signed_out_meets_the_door_on_every_screen(
    screen: str, tiny_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = visit(screen, tiny_home, monkeypatch, {"is_logged_in": False})
    assert [title.value for title in app.title] == ["Please sign in"]
    assert [button.key for button in app.button] == ["sign_in"]
    assert not app.sidebar.selectbox and not app.exception


def test_who_is_signed_in_sees_the_screen_and_can_sign_out(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user: dict[str, object] = {"is_logged_in": True, "name": "Eve *bold*"}
    app = visit("pages/explore/recommend.py", tiny_home, monkeypatch, user)
    assert not app.exception and "for" in app.title[0].value
    assert app.button(key="sign_out")
    assert any("\\*bold\\*" in caption.value for caption in app.sidebar.caption)
