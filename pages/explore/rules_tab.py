"""Draw the rules of an explanation: what holds for many people and applies to this one, one card a rule."""

from __future__ import annotations

import streamlit as st

from kgrec_core import service
from kgrec_core.schema.explanation import Explanation, Rule
from pages.ui import messages
from pages.ui.safe_text import escape_markdown

NAMED = 6  # of the person's own items

HELD = (
    "Everyone's likes were dealt at random into two halves. The first part of the rule was looked up in the one half, "
    "the second part in the other, so no item speaks for itself."
)
LIFT = (
    "How many times as often the second part holds for those who meet the first part as for everybody. "
    "1 would mean that the first part says nothing."
)
SEEN = "Share of all people for whom both parts hold. No rule is shown that fewer than ten people stand behind."
FALL = (
    "The score was computed again with these facts about the matching items taken out of the graph. "
    "This is how far it fell. Rules without which the score hardly falls are not shown."
)


def cards(explanation: Explanation, domain: service.Domain, analyst: bool) -> None:
    """All rules that apply, largest effect on the score first; a sentence where there are none."""
    if not explanation.rules:
        st.info(
            f"No rule applies to this {domain.item} and changes its score. A rule needs enough people behind it, "
            f"a {domain.item} that it is about, and likes of this person that meet it.",
            icon=":material/info:",
        )
        return
    people = domain.users
    st.caption(
        f"What holds for many {people}, and for this one. Each rule was tested on the score of this {domain.item}."
    )
    for place, rule in enumerate(explanation.rules):
        with st.container(border=True, key=f"rule_{place}", gap="small"):
            _card(rule, people, domain, analyst)


def _card(rule: Rule, people: str, domain: service.Domain, analyst: bool) -> None:
    condition, conclusion = (escape_markdown(words, 200) for words in (rule.condition, rule.conclusion))
    st.markdown(f"**If** {condition},  \n**then** {conclusion}.")
    if analyst:
        _numbers(rule, people)
    else:
        st.markdown(
            f"It held for **{rule.held:,} of {rule.met:,}** {people}, {rule.lift:.1f} times as often as usual. Without "
            f"what it rests on, the score would fall by **{rule.contribution:.2f}**."
        )
    named = messages.first_names([escape_markdown(item.title, 60) for item in rule.matching], NAMED)
    st.caption(f"This person {domain.liked} {named}.")


def _numbers(rule: Rule, people: str) -> None:
    with st.container(horizontal=True):
        st.metric(f"{people.capitalize()} it held for", f"{rule.held:,} of {rule.met:,}", help=HELD, width=220)
        st.metric("As often as usual", f"{rule.lift:.1f} times", help=LIFT, width=150)
        st.metric(f"Share of all {people}", f"{rule.support:.0%}", help=SEEN, width=170)
        st.metric("On this score", f"{rule.contribution:+z.3f}", help=FALL, width=130)
