"""What a check found: where each row went, what is wrong and how to mend it, the data card, the graph to be."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kgrec_core import own_data
from pages.ui import uploads
from pages.ui.table import table
from pages.ui.text import escape_markdown, plain

SHOWN = 20  # findings in words; all are in the table
LOOKS = {"error": (":material/error:", "red"), "warning": (":material/warning:", "orange")}


def report(found: own_data.ImportReport) -> None:
    """The verdict, an account of every row, and each finding with its place."""
    if found.ok:
        st.success(
            f"These files can be used. They are read as: {escape_markdown(found.format_title, 80)}.",
            icon=":material/check_circle:",
        )
    else:
        st.error("These files cannot be used yet. What to mend is below.", icon=":material/error:")
    st.markdown("**Where each row went**")
    rows = [
        {"file": plain(each.file, 60), "table": each.table or "not used", "holds": each.records,
         "kept": each.kept, "merged": each.merged, "dropped": each.dropped}
        for each in found.accounts
    ]  # fmt: skip
    table(rows, "rows")
    gone = sum(each.merged + each.dropped for each in found.accounts)
    if gone and uploads.dropped().is_file():
        st.download_button(
            f"Download the {gone:,} merged and dropped rows", uploads.dropped().read_bytes(), "dropped.csv", "text/csv",
            key="own_dropped", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    for finding in found.findings[:SHOWN]:
        _finding(finding)
    if len(found.findings) > SHOWN:
        st.caption(f"{len(found.findings) - SHOWN} more are not shown. Mend these first, and check again.")
    st.caption(" ".join(escape_markdown(line, 300) for line in found.privacy))


def _finding(finding: own_data.Finding) -> None:
    icon, colour = LOOKS.get(finding.severity, (":material/info:", "blue"))
    row = f"line {finding.row}" if finding.row else ""
    column = f"column {finding.column}" if finding.column else ""
    place = ", ".join(plain(part, 60) for part in (finding.file, row, column) if part)
    value = f" “{escape_markdown(finding.value, 60)}”" if finding.value else ""
    count = f" ({finding.rows:,} {finding.fate})" if finding.rows else ""
    st.markdown(
        f":{colour}[{icon}] **{escape_markdown(place, 200)}**:{value} {escape_markdown(finding.what, 300)}{count}.  \n"
        f"{escape_markdown(finding.mend, 300)}"
    )


def data_card(found: own_data.Outlook) -> None:
    """What is known before training, each number with its meaning."""
    numbers = (
        ("People", f"{found.users:,}", f"Half of them have at least {found.per_user:g} interactions."),
        ("Items", f"{found.items:,}", f"{found.rare:,} of them were met fewer than five times."),
        ("Interactions", f"{found.interactions:,}", "Ratings, purchases or clicks that are kept."),
        ("Pairs filled", f"{found.filled:.1%}", "Share of all pairs of person and item that met. Low is normal."),
        ("Popular tenth", f"{found.popular:.0%}", "Share of the interactions that the most popular tenth of the items "
         "has. Even: 10%."),
        ("In the graph", f"{found.covered:.0%}", f"Items that share a fact with another one ({found.facts:,} facts in "
         "all). Higher is better: the reasons stand on it."),
        ("Training time", duration(found.seconds), "A rough estimate for two processor cores that do nothing else."),
        ("Memory", f"{found.memory / 1e9:.1f} GB", "A rough estimate of what training needs at most."),
    )  # fmt: skip
    with st.container(horizontal=True, gap="medium", key="data_numbers"):
        for label, value, words in numbers:
            st.metric(label, value, help=words, width="content")


def graph(found: own_data.GraphPreview, choice: own_data.Choice) -> own_data.Choice:
    """The graph to be, with what may be changed of it; the choice as it is then."""
    st.markdown(
        f"{found.triples:,} facts about {found.entities:,} things; {found.linking:,} things are shared by at least two "
        f"items, and {found.covered:.0%} of the items have one of these."
    )
    plans = tuple(_plan(place, plan) for place, plan in enumerate(choice.columns or found.columns))
    if found.sample:
        st.caption("Some of the facts")
        lines = [" · ".join(escape_markdown(part, 40) for part in fact) for fact in found.sample[:6]]
        st.markdown("  \n".join(lines))
    accepted = choice.accepted
    if found.proposals:
        names = {each.phrase: each for each in found.proposals}
        accepted = tuple(st.multiselect(
            "Names and phrases of the descriptions that shall be facts too", list(names), key="own_phrases",
            format_func=lambda phrase: plain(f"{phrase} ({names[phrase].items} items)", 60),
            default=[phrase for phrase in choice.accepted if phrase in names],
        ))  # fmt: skip
    changed = plans != (choice.columns or found.columns)
    return replace(choice, columns=plans if changed or choice.columns else None, accepted=accepted)


def _plan(place: int, plan: own_data.ColumnPlan) -> own_data.ColumnPlan:
    examples = ", ".join(plain(each, 30) for each in plan.examples[:3])
    use = st.checkbox(
        f"**{escape_markdown(plan.column, 40)}** :gray[{escape_markdown(plan.why, 120)}. "
        f"Such as: {escape_markdown(examples, 100)}]",
        plan.use,
        key=f"own_plan_{place}_{plan.column}",
    )
    return replace(plan, use=use)


def duration(seconds: float) -> str:
    """Such as "about 3 min"."""
    return f"about {max(5, 5 * round(seconds / 5)):.0f} s" if seconds < 90 else f"about {seconds / 60:.0f} min"
