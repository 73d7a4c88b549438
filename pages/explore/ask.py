"""Ask: questions in plain words about somebody's list, each answered by what the model finds; asked on from there."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.answers import ANSWERED, Answer, Conversation
from pages.ui import choice, covers, page_address, page_errors, parts, resources, sidebar, visitor
from pages.ui.choice import MOST_WORDS, ScreenChoice
from pages.ui.safe_text import escape_markdown

TITLE = "Ask about the list of {who}"
INTRO = (
    "Ask in plain words why something is listed, or why not, and what would change it. What is said comes from the "
    "model and the facts; what is not understood is asked back."
)
PLACEHOLDER = "Why not …? What if I had not …? Leave out …"
READ_AS = "Read as: {question}"
MOST = 20  # answers that are kept on the page
LEFT_OUT = "The list leaves out: {names}."
SHOWN = 10  # items under an answer


@page_errors.fragment
def conversation(given: ScreenChoice) -> None:
    chosen = choice.current(given, resources.items(given.dataset))
    st.title(TITLE.format(who=escape_markdown(chosen.user.label, 40)), anchor=False)
    st.caption(INTRO)
    answers = _answers(chosen)
    now = _now(chosen, answers)
    asked = st.chat_input(PLACEHOLDER, key="asked", max_chars=MOST_WORDS) or st.session_state.pop("ask_next", None)
    if asked and asked.strip():
        with page_errors.errors_in_words(), parts.waiting(80):
            answers.append(resources.questions(chosen.dataset).answer(now, asked))
        del answers[:-MOST]
        now = _now(chosen, answers)
    with page_errors.errors_in_words():
        next = answers[-1].next if answers else resources.questions(chosen.dataset).first(now)
    _offered(next, len(answers))
    for place, answer in reversed(list(enumerate(answers))):  # the newest below the field, where one looks
        _drawn(chosen, answer, place)
    page_address.write(**chosen.address(None))


def _answers(chosen: ScreenChoice) -> list[Answer]:
    """What was answered to this person so far; forgotten when it is about somebody else, or other thumbs."""
    about = (chosen.dataset, chosen.asker)
    if st.session_state.get("answers_about") != about:
        st.session_state["answers_about"] = about
        st.session_state["answers"] = []
    answers: list[Answer] = st.session_state["answers"]
    return answers


def _now(chosen: ScreenChoice, answers: list[Answer]) -> Conversation:
    if answers:
        return answers[-1].after
    return Conversation(chosen.asker, choice.wishes(()))


def _drawn(chosen: ScreenChoice, answer: Answer, place: int) -> None:
    with st.chat_message("user"):
        st.markdown(escape_markdown(answer.question, MOST_WORDS))
    with st.chat_message("assistant"), st.container(key=f"answer_{place}", gap="small"):
        if answer.read_as:
            st.caption(READ_AS.format(question=escape_markdown(answer.read_as, 200)))
        if answer.status == ANSWERED:
            st.markdown("  \n".join(escape_markdown(one.sentence, 700) for one in answer.sentences))
        else:
            st.info(escape_markdown(answer.text, 700), icon=":material/help:")
        if answer.after.left_out and answer.is_list:
            names = ", ".join(escape_markdown(one.label, 60) for one in answer.after.left_out)
            st.caption(LEFT_OUT.format(names=names))
        _items(chosen, answer, place)


def _items(chosen: ScreenChoice, answer: Answer, place: int) -> None:
    """What the answer tells of: covers with titles, each with the way to its explanation."""
    if not answer.items:
        return
    with st.container(horizontal=True, gap="small", key=f"told_items_{place}"):
        for number, item in enumerate(answer.items[:SHOWN], start=1):
            with st.container(width=112, gap="xxsmall", key=f"told_item_{place}_{number}"):
                st.html(covers.image(chosen.dataset, item, 84), width="content")
                name = escape_markdown(item.title, 40)
                label = f"{number}\\. {name}" if answer.is_list else name
                st.markdown(f":small[{label}]")
                st.page_link("pages/explore/explain.py", label="Why?", query_params=chosen.link(item.item_id))


def _offered(questions: tuple[str, ...], place: int) -> None:
    with st.container(horizontal=True, gap="small", key="ask_offered"):
        for number, question in enumerate(questions):
            label = escape_markdown(question, 90)
            st.button(label, key=f"offer_{place}_{number}", on_click=_ask, args=(question,))


def _ask(question: str) -> None:
    st.session_state["ask_next"] = question


chosen = sidebar.choose()
parts.stop_at_unknown("item", resources.item_names(chosen.dataset), resources.opened(chosen.dataset).domain.item)
if visitor.is_silent(chosen.asker):
    visitor.invite(chosen.dataset)
    page_address.write(**chosen.address(None))
else:
    conversation(chosen)
