from __future__ import annotations

import pytest

from pages.ui.safe_text import JOINER, LIMIT, escape_markdown, plain


def test_ordinary_titles_keep_their_letters() -> None:
    assert plain("Léon: The Professional (1994)") == "Léon: The Professional (1994)"
    assert escape_markdown("Alien").replace("\\", "") == "Alien"


@pytest.mark.parametrize("sign", list("\\`*_{}[]()#+-.!|<>~$^"))
def test_every_markdown_sign_is_escaped(sign: str) -> None:
    assert escape_markdown(f"a {sign} b") == f"a \\{sign} b"


@pytest.mark.parametrize(
    ("text", "live"),
    [
        ("https://evil.example", "https:"),
        ("www.evil.example", "www."),
        ("me@evil.example", "me@"),
        (":smile: :material/home:", ":smile"),
        ("a -> b", "->"),
    ],
)
def test_bare_links_icons_and_arrows_are_split(text: str, live: str) -> None:
    escaped = escape_markdown(text).replace("\\", "")
    assert live not in escaped
    assert escaped.replace(JOINER, "") == text


def test_long_and_many_lined_text_becomes_one_short_line() -> None:
    assert len(plain("x" * 10_000)) == LIMIT
    assert plain("a\n# b\r\n\x00c") == "a # b c"


def test_right_to_left_text_cannot_turn_its_neighbours() -> None:
    escaped = escape_markdown("مرحبا \u202e")
    assert (escaped[0], escaped[-1]) == ("\u2068", "\u2069")
    assert "\u202e" not in escaped
