"""Sentences stand whole in one place each, so that each can be put into another language; none is joined from parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.joined_sentences import constants, joined

ROOT = Path(__file__).parents[1]
SCREENS = (*sorted((ROOT / "pages").rglob("*.py")), ROOT / "app.py")


def causes(source: str) -> list[str]:
    return [finding.why for finding in joined(source)]


def test_no_screen_joins_a_sentence_from_parts() -> None:
    sources = {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in SCREENS}
    elsewhere = {name: value for source in sources.values() for name, value in constants(source).items()}
    assert {name: found for name, source in sources.items() if (found := joined(source, elsewhere))} == {}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("st.caption('Kept for ' + name)", "words are added to values"),
        ("st.caption('Kept for ' + ('you' if new else 'all'))", "words come from elsewhere"),
        ("st.caption('%d films are left' % count)", "values are put in by their order"),
        ("st.caption(f'{count} film{\"s\" * (count != 1)}')", "an ending is repeated or not"),
        ("st.caption(f'{count} {\"film\" if count == 1 else \"films\"} left')", "words come from elsewhere"),
        ("st.caption(f'{count} {w.item if n == 1 else w.items} left')", "a word for one or for many is chosen"),
        ("st.caption(f'{count} {noun}s are left')", "an ending is put behind a value"),
        ("st.caption(f'From {a or \"what most people liked\"}.')", "words come from elsewhere"),
        ("st.caption(f'It took {f\"{n} minutes\"} here')", "words come from elsewhere"),
        ("st.caption(' and '.join(names))", "a word stands between the parts"),
        ("st.caption(', '.join([f'{n} merged', f'{m} dropped']))", "parts with words are put in a row"),
        ("st.caption(f'It took {duration(n).removeprefix(\"about \")}')", "words are cut off again"),
        ("st.caption('{n} are {how}'.format(n=n, how='better' if n else 'worse'))", "words come from elsewhere"),
    ],
)  # fmt: skip
def test_a_joined_sentence_is_found_by_what_joins_it(source: str, why: str) -> None:
    assert why in causes(source)


def test_words_are_followed_through_a_variable() -> None:
    more = "def draw(names, rest):\n    more = f' and {rest} more' if rest else ''\n"
    assert causes(f"{more}    st.caption(f'Left out: {{names}}{{more}}.')\n") == ["words come from elsewhere"]
    assert causes(f"{more}    st.caption('Left out. ')\n") == []


def test_words_are_followed_through_a_list_that_grows() -> None:
    source = "def draw(n):\n    said = []\n    said.append(f'{n} lost')\n    st.caption(', '.join(said))\n"
    assert causes(source) == ["parts with words are put in a row"]


def test_words_are_followed_through_a_function_and_its_arguments() -> None:
    function = "def draw():\n    st.caption(f'It is {_how()} here.')\n\n\ndef _how():\n    return 'better'\n"
    argument = "def draw():\n    _said('better')\n\n\ndef _said(how):\n    st.caption(f'It is {how} here.')\n"
    assert causes(function) == causes(argument) == ["words come from elsewhere"]


def test_a_constant_of_another_file_that_waits_for_an_ending_is_found() -> None:
    elsewhere = constants("SILENT = 'The network was trained and measured and is silent'\n")
    assert [each.why for each in joined("st.caption(f'{parts.SILENT}: it adds nothing.')", elsewhere)]
    assert (
        joined("st.caption(f'{parts.SILENT} It adds nothing.')", constants("SILENT = 'The network is silent.'")) == []
    )


def test_something_put_behind_a_sentence_later_is_found_unless_it_is_a_sentence() -> None:
    start = "def draw():\n    place = f'Number {n} for {who}'\n"
    assert causes(f"{start}    place += ', before filters'\n") == ["words are put behind others"]
    assert causes(f"{start}    place += ' Filters come later.'\n") == []


@pytest.mark.parametrize(
    "source",
    [
        "st.caption(f'{count:,} films by {plain(name)} are left.')",
        "st.caption('1 film is left.' if count == 1 else f'{count} films are left.')",
        "st.caption(messages.counted(count, '1 film is left.', '{count} films are left.'))",
        "st.caption('{names} and {rest} more'.format(names=', '.join(names), rest=rest))",
        "st.caption(f'Known: {\", \".join(names)}.')",
        'st.caption(f\'**{label}** · {"sure" if sure else "a guess"} · {count}\')',
        'st.caption(f\'The list is new. {"It is short." if short else "It is long."}\')',
        'st.button(words, key=f\'row {"old" if old else "new"} {number}\')',
        'st.html(f\'<span class="chip {"dark" if dark else "light"}">{text}</span>\')',
        "st.html('<tr>' + ''.join(f'<td class=\"cell\">{each}</td>' for each in row) + '</tr>')",
        "st.markdown('| item | score |\\n|---|---|\\n' + '\\n'.join(f'| {name} | {score} |' for name, score in rows))",
        "st.session_state[f'off_{kind}_{number}'] = f'width:{share}px'",
        'st.page_link(f\'https://example.org/{"old" if old else "new"}/{name}\')',
        'st.caption(f\'{":material/check:" if good else ":material/close:"} {title}\')',
        'st.caption(f\'{ICONS[kind]} {":green[:material/check:]" if good else ""} {title}\')',
    ],
)
def test_whole_sentences_rows_of_facts_and_what_nobody_reads_are_left_alone(source: str) -> None:
    assert causes(source) == []
