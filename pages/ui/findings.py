"""What a check found: where each row went, what is wrong and how to mend it, and the data card."""

from __future__ import annotations

import streamlit as st

from kgrec_core import own_data
from pages.ui import uploads
from pages.ui.importing import PRESETS
from pages.ui.table import table
from pages.ui.text import escape_markdown, plain

SHOWN = 20  # findings in words; all are in the table
LOOKS = {"error": (":material/error:", "red"), "warning": (":material/warning:", "orange")}


def report(found: own_data.ImportReport) -> None:
    """The verdict, an account of every row, and each finding with its place."""
    if found.ok:
        st.success(
            f"These files can be used. They are read as: {escape_markdown(found.format_title, 80)}. What it is about: "
            f"{PRESETS.get(found.domain, found.domain).lower()}.",
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


def data_card(found: own_data.Outlook, rounds: int = 8, adapt: bool = False) -> None:
    """What is known before training, each number with its meaning. rounds, adapt: of the training thought of."""
    numbers = (
        ("People", f"{found.users:,}", f"Half of them have at least {found.per_user:g} interactions."),
        ("Items", f"{found.items:,}", f"{found.rare:,} of them were met fewer than five times."),
        ("Interactions", f"{found.interactions:,}", "Ratings, purchases or clicks that are kept."),
        ("Pairs filled", f"{found.filled:.1%}", "Share of all pairs of person and item that met. Low is normal."),
        ("Popular tenth", f"{found.popular:.0%}", "Share of the interactions that the most popular tenth of the items "
         "has. Even: 10%."),
        ("In the graph", f"{found.covered:.0%}", f"Items that share a fact with another one ({found.facts:,} facts in "
         "all). Higher is better: the reasons stand on it."),
        ("Training time", duration(found.seconds(rounds, adapt)), "A rough estimate for a processor that does nothing "
         "else. It ends sooner when another round does not help."),
        ("Memory", f"{found.memory / 1e9:.1f} GB", "A rough estimate of what training needs at most."),
    )  # fmt: skip
    with st.container(horizontal=True, gap="medium", key="data_numbers"):
        for label, value, words in numbers:
            st.metric(label, value, help=words, width="content")


def duration(seconds: float) -> str:
    """Such as "about 3 min"."""
    return f"about {max(5, 5 * round(seconds / 5)):.0f} s" if seconds < 90 else f"about {seconds / 60:.0f} min"
