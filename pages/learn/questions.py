"""The five questions that people ask, each answered in two sentences and by a feature that can be tried at once."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.requests import Wishes
from pages.ui import resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown

LIST, DATA, NEW_ITEM = "pages/explore/recommend.py", "pages/build/data.py", "pages/explore/new_item.py"
SURPRISE = 60  # per cent, in the answer about little known items


def draw(chosen: ScreenChoice) -> None:
    st.subheader("Five questions people ask", anchor=False)
    domain, asker = resources.opened(chosen.dataset).domain, chosen.asker
    plain = resources.recommendations(chosen.dataset, asker, 10)
    bold = resources.recommendations(chosen.dataset, asker, 10, Wishes(novelty=SURPRISE / 100))
    new = {one.item.item_id for one in bold.items} - {one.item.item_id for one in plain.items}
    here = chosen.link(None)
    _one(
        "tasks",
        "Can it do every task?",
        f"No: it ranks things for people and says why. It does that for any things, not only {domain.items}: films, "
        "music, shops, news, books and people have words of their own, and one table of who met what is enough.",
        (DATA, "Bring your own data", {}),
    )
    _one(
        "tail",
        "Does it only name what everybody knows?",
        f"Facts speak for {domain.items} that few people met. With Surprise at {SURPRISE} %, {len(new)} of the ten for "
        f"{escape_markdown(chosen.user.label)} are other ones than at zero.",
        (LIST, "See that list", here | {"novelty": str(SURPRISE)}),
    )
    _one(
        "time",
        "Does it work in real time?",
        f"Nobody is trained anew when somebody does something. A list of ten for {escape_markdown(chosen.user.label)}, "
        f"each with its tested reason, took {min(plain.ms, bold.ms):,.0f} ms on this machine just now; a thumb makes "
        "the list again.",
        (LIST, "Give a thumb", here),
    )
    _one(
        "cold",
        "What of new people and new things?",
        f"A person is what they {domain.liked}: three choices or one line of words give a first list; the fewer they "
        f"are, the more counts how popular a {domain.item} is. Of a new {domain.item} text and facts are known, and "
        f"from what people did with {domain.items} like it the model has learnt whom it suits.",
        (LIST, "Be a new visitor", {"dataset": chosen.dataset, "who": "new"}),
        (NEW_ITEM, f"Try a new {domain.item}", here),
    )
    _one(
        "privacy",
        "What does it know of me?",
        f"Of this person: {chosen.user.events:,} rows of the data set, no name and no profile; the model holds no "
        "number that belongs to one person. What a visitor says here is kept in this visit only, nothing leaves "
        "this machine, and user ids of imported files are replaced by keyed codes.",
        (DATA, "Import, and delete again", {}),
    )


def _one(key: str, question: str, answer: str, *links: tuple[str, str, dict[str, str]]) -> None:
    with st.container(border=True, gap="xsmall", key=f"question_{key}"):
        st.markdown(f"**{question}**")
        st.markdown(answer)
        with st.container(horizontal=True, gap="small"):
            for page, label, address in links:
                icon = ":material/arrow_forward:"
                st.page_link(page, label=label, icon=icon, query_params=address, width="content")
