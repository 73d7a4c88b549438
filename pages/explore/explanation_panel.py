"""Draw an explanation: in words first, then the graph, the same paths as a list, and the sum behind the score."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kgrec_core import service
from kgrec_core.pictures import exported_page
from kgrec_core.schema.explanation import Explanation, ScoredPath, Weighted
from pages.ui import charts, choice, covers, page_errors, parts, picture_cache, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown, plain

CAUSES = 3  # shown in the simple view
FIRST = tuple(range(5))  # numbers of the paths that are drawn before more are asked for
SCORE = "Orders the list of this person only. No unit; higher is better."
RANK = "Place among everything this person has not seen. 1 is best."
SHAP_SHARES = "Shares of the score of {score:.2f} (SHAP values); with all smaller ones they add up to it."
SHARES = (
    "Points of the score of {score:.2f}, by which this list is ordered: higher is better, there is no unit. With all "
    "smaller reasons they add up to it."
)
WITHOUT_FACTS = (
    "With these facts the score is {score:.2f}, without them it would be {lower:.2f}; higher is better, there is no "
    "unit. Beside each way stands its part of the difference."
)
WROTE = (
    "You wrote “{words}”. With these words it is number **{rank:,}** for you, without them it would be number "
    "**{without:,}**."
)
WROTE_FOR_NOTHING = (
    "You wrote “{words}”. With these words it is number **{rank:,}** for you, without them it would still be number "
    "**{without:,}**."
)
ADDS_UP = ":material/check_circle: start {start:z.2f} + reasons {parts:+z.2f} = score {score:.2f}. The parts add up."
DOES_NOT_ADD_UP = (
    ":material/warning: start {start:z.2f} + reasons {parts:+z.2f} = score {score:.2f} should hold, and does not. "
    "Do not trust these parts."
)
START = "The score before any reason: no history, no facts, no text."


def panel(chosen: ScreenChoice, item: str) -> None:
    """The short form beside the list."""
    with page_errors.errors_in_words(), parts.waiting(420):
        found = resources.why(chosen.dataset, chosen.asker, item)
        domain = resources.opened(chosen.dataset).domain
    heading(found, chosen)
    wrote(chosen, found)
    sentences(found, domain)
    label, icon = "Everything about this recommendation", ":material/arrow_forward:"
    st.page_link("pages/explore/explain.py", label=label, icon=icon, query_params=chosen.link(item))
    graph(chosen, found, FIRST)
    causes(found, chosen.analyst)
    if chosen.analyst:
        with st.container(horizontal=True, key="score_row"):
            score(found)
        timed(found)
        paths_in_words(found, domain, chosen.analyst)


def wrote(chosen: ScreenChoice, explanation: Explanation) -> None:
    """For a visitor with a request: where the item stands with it, and where without."""
    if explanation.rank_without_words is None and chosen.asker.request:
        st.markdown(
            f"Nothing of “{escape_markdown(chosen.asker.request, 200)}” was understood, so it counts for nothing."
        )
    if explanation.rank_without_words is not None:
        said = WROTE_FOR_NOTHING if explanation.rank_without_words == explanation.rank else WROTE
        st.markdown(
            said.format(
                words=escape_markdown(chosen.asker.request, 200),
                rank=explanation.rank,
                without=explanation.rank_without_words,
            )
        )


def by_words(chosen: ScreenChoice, item: str) -> None:
    """By which way the request counts."""
    with page_errors.errors_in_words():
        found = resources.request_effect(chosen.dataset, chosen.asker, item)
    st.subheader("What your words change", anchor=False)
    values = [
        Weighted("it has what your words ask for", found.facts),
        Weighted("its text is like your words", found.text),
        Weighted("your words read as one more like", found.attention),
        Weighted("popularity counts no more", found.popularity),
    ]
    charts.signed_bars(
        charts.not_zero(values), "rise of the score", "words", "How much your words raise the score, by each way"
    )
    if chosen.analyst:
        st.caption(
            f"Score {found.score:.3f} with the words, {found.score_without:.3f} without. No unit; higher is better."
        )


def heading(explanation: Explanation, chosen: ScreenChoice) -> None:
    said = (
        "Number {rank:,} for {person}, before filters and mix" if choice.arranged() else "Number {rank:,} for {person}"
    )
    place = said.format(rank=explanation.rank, person=escape_markdown(chosen.user.label))
    with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="center", key="panel_head"):
        st.html(covers.image(chosen.dataset, explanation.item, 52), width="content")
        with st.container(gap=None):
            st.header(f"Why {escape_markdown(explanation.item.title, 70)}?", anchor=False)
            st.caption(f"{place} · {parts.tags(explanation.item)}" if explanation.item.tags else place)


def sentences(explanation: Explanation, domain: service.Domain) -> None:
    if explanation.text:
        st.markdown(" ".join(escape_markdown(one.sentence, 400) for one in explanation.text))
    elif not explanation.paths:
        st.info(
            f"No stored fact connects this {domain.item} to what was {domain.liked}. "
            "What the score comes from is shown below.",
            icon=":material/info:",
        )


def graph(chosen: ScreenChoice, explanation: Explanation, numbers: tuple[int, ...], legend: bool = False) -> None:
    """The picture of the paths with these numbers."""
    if not explanation.paths:
        return
    theme = st.context.theme.type or "light"
    page = picture_cache.graph_page(chosen.dataset, chosen.asker, explanation.item.item_id, theme, numbers, legend)
    st.iframe(
        page, alt=f"Graph from {plain(chosen.user.label, 60)}, over what was liked and what it shares, to the item"
    )


def causes(explanation: Explanation, analyst: bool, screen: bool = False) -> None:
    """screen: on a screen of its own, where headings are larger than in the panel beside a list."""
    strongest = explanation.named_attributions[:CAUSES]
    if not strongest:
        return
    if screen:
        st.subheader("What counted most", anchor=False)
    else:
        st.markdown("**What counted most**")
    values = [Weighted(part.label, part.value) for part in strongest]
    charts.bars(values, "share of the score", "causes", "The strongest reasons and the share of the score of each")
    st.caption((SHAP_SHARES if analyst else SHARES).format(score=explanation.score))


def score(explanation: Explanation) -> None:
    """The numbers, each with its meaning; for a container that puts them in one row."""
    st.metric("Score", f"{explanation.score:.2f}", help=SCORE, width=96)
    st.metric("Rank", f"{explanation.rank:,}", help=RANK, width=96)
    st.metric("Start", f"{explanation.base:z.2f}", help=START, width=96)


def timed(explanation: Explanation) -> None:
    st.caption(f"This explanation was computed in {explanation.ms / 1000:.1f} seconds.")


def place(chosen: ScreenChoice, explanation: Explanation) -> None:
    """Where the item stands, in words."""
    domain, among = resources.opened(chosen.dataset).domain, resources.unseen(chosen.dataset, chosen.asker)
    st.caption(
        f"Place {explanation.rank:,} of {among:,} {domain.items} that are new to {escape_markdown(chosen.user.label)}."
    )


def adds_up(explanation: Explanation) -> None:
    chart = service.waterfall(explanation)
    charts.waterfall(chart, "waterfall")
    said = ADDS_UP if chart.adds_up else DOES_NOT_ADD_UP
    st.caption(said.format(start=chart.base, parts=chart.parts, score=chart.score))


def branches(explanation: Explanation, network_silent: bool) -> None:
    """Each part that moves the score."""
    st.caption(
        "How far the score falls when this part alone is switched off. Where two parts say the same, neither is missed "
        "much, so these are no shares of the score. Parts that change nothing here are left out."
    )
    if network_silent:
        st.caption(f"{parts.NETWORK_SILENT} They add nothing.")
    values = charts.not_zero([Weighted(branch.name, branch.value) for branch in explanation.branches])
    if values:
        words = "How far the score falls without each part of the model"
        charts.signed_bars(values, "fall of the score", "branches", words)


def paths_in_words(
    explanation: Explanation, domain: service.Domain, analyst: bool, paths: Sequence[ScoredPath] | None = None
) -> None:
    """The paths of the graph, or only these of them, as a list, for reading aloud and for the keyboard."""
    paths = explanation.paths if paths is None else paths
    st.caption(_about_paths(explanation, analyst))
    lines = [f"1. {path_words(path, domain)}  \n:gray[{path.contribution:+z.3f} on the score]" for path in paths]
    st.markdown("\n".join(lines))


def _about_paths(explanation: Explanation, analyst: bool) -> str:
    if not explanation.paths:
        return "No path."
    if analyst:
        return exported_page.about_paths(explanation)
    together = sum(path.contribution for path in explanation.paths)
    return WITHOUT_FACTS.format(score=explanation.score, lower=explanation.score - together)


def path_words(path: ScoredPath, domain: service.Domain) -> str:
    """Markdown: "Viewer 15 liked **Alien**: both directed by Ridley Scott" for the usual path, else its steps in turn.

    Of a path from a visitor's words: "You asked for **films directed by Ridley Scott**".
    """
    names = [escape_markdown(node.label, 60) for node in path.nodes]
    if path.nodes[1].type == "words":
        return f"You asked for **{escape_markdown(path.clause, 120)}**"
    if path.clause:
        return f"{names[0]} {path.edges[0].relation} **{names[1]}**: {escape_markdown(path.clause, 120)}"
    steps = [
        f"— {escape_markdown(domain.phrase(edge.relation).label)} → {name}"
        for edge, name in zip(path.edges[1:], names[2:], strict=False)
    ]
    return f"{names[0]} {path.edges[0].relation} **{names[1]}** " + " ".join(steps)
