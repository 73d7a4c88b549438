"""What a check found: where each row went, what is wrong and how to mend it, and what was done to protect people."""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import import_report_text, own_data
from pages.build import uploads
from pages.build.import_form import PRESETS
from pages.build.plan_words import MEANINGS, on_screen
from pages.ui import messages
from pages.ui.safe_text import escape_markdown, plain
from pages.ui.table import table

SHOWN = 20  # findings in words; all are in the table and in the report
LOOKS = {"error": (":material/error:", "red"), "warning": (":material/warning:", "orange")}
HOLDS = {
    "interactions": "who met what",
    "items": "things",
    "users": "people",
    "triples": "facts",
    "labels": "names",
}
WENT = {  # by whether rows were merged, and whether some were dropped
    (False, False): "**{file}** ({holds}): {records:,} {unit}, all kept.",
    (True, False): "**{file}** ({holds}): {records:,} {unit}, {kept:,} kept, {merged:,} merged.",
    (False, True): "**{file}** ({holds}): {records:,} {unit}, {kept:,} kept, {dropped:,} dropped.",
    (True, True): "**{file}** ({holds}): {records:,} {unit}, {kept:,} kept, {merged:,} merged, {dropped:,} dropped.",
}
TAKEN = {  # by whether the column makes a fact, and whether that is sure
    (False, True): "{column} is {meaning}",
    (False, False): "{column} is {meaning} :orange[(a guess)]",
    (True, True): "{column} is the {meaning} {fact}",
    (True, False): "{column} is the {meaning} {fact} :orange[(a guess)]",
}


def draw(report: own_data.ImportReport, analyst: bool) -> None:
    """The verdict, an account of every row, each finding with its place, and how people are protected."""
    if report.ok:
        st.success(
            f"These files can be used. They are read as: {escape_markdown(report.format_title, 80)}. What it is about: "
            f"{PRESETS.get(report.domain, report.domain).lower()}. {escape_markdown(on_screen(report.rule), 300)}",
            icon=":material/check_circle:",
        )
    else:
        st.error("These files cannot be used yet. What to mend is below.", icon=":material/error:")
    st.markdown("**Where each row went**")
    if report.ok and import_report_text.counts_text(report):
        st.markdown(import_report_text.counts_text(report))
    if analyst:
        _accounts(report)
    else:
        st.markdown("  \n".join(map(_account, report.accounts)))
    gone = sum(each.merged + each.dropped for each in report.accounts)
    if gone and uploads.dropped().is_file():
        st.download_button(
            f"Download the {gone:,} merged and dropped rows", uploads.dropped().read_bytes(), "dropped.csv", "text/csv",
            key="own_dropped", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    for finding in report.findings[:SHOWN]:
        _finding(finding)
    if len(report.findings) > SHOWN:
        st.caption(f"{len(report.findings) - SHOWN} more are not shown. Mend these first, and check again.")
    _columns(report)
    if analyst:
        _everything(report)
    _privacy(report, analyst)


def _account(each: own_data.FileAccount) -> str:
    """Where the rows of one file went, as a sentence."""
    file = escape_markdown(each.file, 60)
    if not each.table:
        return f"**{file}** is not used."
    return WENT[each.merged > 0, each.dropped > 0].format(
        file=file, holds=HOLDS.get(each.table, each.table), records=each.records, unit=each.unit,
        kept=each.kept, merged=each.merged, dropped=each.dropped,
    )  # fmt: skip


def _accounts(report: own_data.ImportReport) -> None:
    rows = [
        {"file": plain(each.file, 60), "kept": each.kept, "merged": each.merged, "dropped": each.dropped,
         "holds": each.records, "of": each.unit, "rows": each.rows, "table": each.table or "not used"}
        for each in report.accounts
    ]  # fmt: skip
    table(rows, "rows")


def _finding(finding: own_data.Finding) -> None:
    icon, colour = LOOKS.get(finding.severity, (":material/info:", "blue"))
    row = f"line {finding.row}" if finding.row else ""
    column = f"column {finding.column}" if finding.column else ""
    place = " · ".join(plain(part, 60) for part in (finding.file, row, column) if part)
    value = f" “{escape_markdown(finding.value, 60)}”" if finding.value else ""
    count = f" ({finding.rows:,} {finding.fate})" if finding.rows else ""
    what = escape_markdown(finding.what.rstrip("."), 300)
    st.markdown(
        f":{colour}[{icon}] **{escape_markdown(place, 200)}**:{value} {what}{count}.  \n"
        f"{escape_markdown(on_screen(finding.mend), 300)}"
    )


def _columns(report: own_data.ImportReport) -> None:
    """What each column was taken for, guesses marked; nothing for formats whose columns are known."""
    if not report.columns:
        return
    plans = report.plan.tables if report.plan else ()
    guessed = {(each.table, one.column) for each in plans for one in each.columns if not one.sure}
    with st.expander("What each column was taken for", icon=":material/view_column:", key="own_taken_for"):
        for each in report.columns:
            sure = {name: (each.file, name) not in guessed for name in (*each.used, *each.unused)}
            said = [_taken(name, meaning, sure[name]) for name, meaning in each.used.items()]
            lines = [f"**{escape_markdown(each.file, 60)}**: {' · '.join(said) if said else 'nothing is used'}"]
            if each.unused:
                lines.append(f"Left out: {' · '.join(_left_out(name, sure[name]) for name in each.unused)}")
            st.markdown("  \n".join(lines))


def _taken(column: str, meaning: str, sure: bool) -> str:
    """Such as "user is who", or "label is the fact brand"."""
    kind, _, fact = meaning.partition(": ")
    return TAKEN[bool(fact), sure].format(
        column=escape_markdown(column, 40),
        meaning=escape_markdown(MEANINGS.get(kind, kind), 60),
        fact=escape_markdown(fact.replace("_", " "), 40),
    )


def _left_out(column: str, sure: bool) -> str:
    return escape_markdown(column, 40) if sure else f"{escape_markdown(column, 40)} :orange[(a guess)]"


def _everything(report: own_data.ImportReport) -> None:
    """All findings as a table, and the whole report to take away."""
    with st.expander(f"All findings as a table ({len(report.findings):,})", icon=":material/table:", key="findings"):
        rows = [
            {"severity": each.severity, "file": plain(each.file, 60), "line": each.row, "column": plain(each.column),
             "value": plain(each.value, 60), "what": plain(each.what, 300), "mend": plain(on_screen(each.mend), 300),
             "rows": each.rows, "fate": each.fate}
            for each in report.findings
        ]  # fmt: skip
        table(rows, "findings")
    st.download_button(
        "Download the report as JSON", import_report_text.report_json(report), "report.json", "application/json",
        key="own_report", icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def _privacy(report: own_data.ImportReport, analyst: bool) -> None:
    """What protects people, and whom it does not hide."""
    st.caption(" ".join(escape_markdown(line, 300) for line in report.privacy))
    profiles = report.anonymity
    columns = escape_markdown(", ".join(profiles.columns), 200) if profiles else ""
    if profiles and profiles.alone:
        one = "**Of the people, one person is alone with their profile** ({columns})."
        many = "**Of the people, {count:,} people are each alone with their profile** ({columns})."
        st.markdown(
            f":orange[:material/person_alert:] {messages.counted(profiles.alone, one, many, columns=columns)} Whoever "
            "knows that much of somebody could find them here. Leave such columns out of the file where that matters."
        )
    if analyst:
        st.caption(
            "A keyed hash is HMAC-SHA-256 of the id under a random key of this data set, cut to 60 bits and written in "
            "12 letters and digits."
        )
        if profiles:
            st.caption(f"k-anonymity over {columns}: k = {profiles.k:,}, the size of the smallest group.")
