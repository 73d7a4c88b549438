"""The tables of a plan, one open: what each holds and why, its first rows, and what may be changed of it."""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import own_data
from pages.build import plan_pictures, plan_state
from pages.build.plan_words import JOINED, MEANINGS, ROLES
from pages.ui import messages
from pages.ui.safe_text import escape_markdown, plain

SHOWN = 12  # tables
_ORDER = ("interactions", "items", "users", "triples", "labels", "")
_SHAPES = {
    "wide": "Since each row is a person, and each column a thing.",
    "sequences": "Since each line is a person or a basket, and its cells are the things.",
    "lists": "Since each row lists the things of a person.",
}


def draw(plan: own_data.ReadingPlan, seen: own_data.FilesPreview) -> None:
    """Each table; what is open first is who did what."""
    first_rows = {each.table: each for each in seen.tables}
    joined = {each.right for each in plan.joins}
    places = sorted(range(len(plan.tables)), key=lambda place: _rank(plan.tables[place], joined))
    for number, place in enumerate(places[:SHOWN]):
        each = plan.tables[place]
        with st.expander(_label(each, each.table in joined), number == 0, key=f"own_table_{place}",
                         icon=":material/table_rows:"):  # fmt: skip
            _role(plan, place, each.table in joined)
            if each.table in first_rows:
                st.html(plan_pictures.rows(first_rows[each.table], each))
                _beneath(each, plan_pictures.hidden(first_rows[each.table]))
            if each.role:
                _column(plan, place)
    if len(places) > SHOWN:
        names = ", ".join(escape_markdown(plan.tables[place].table, 40) for place in places[SHOWN : SHOWN + 20])
        st.caption(f"{len(places) - SHOWN:,} more tables are read likewise: {names}.")


def _rank(table: own_data.TablePlan, joined: set[str]) -> tuple[int, bool]:
    return _ORDER.index(table.role) if table.role in _ORDER else len(_ORDER), table.table not in joined


def _label(table: own_data.TablePlan, joined: bool) -> str:
    role = JOINED if joined and not table.role else ROLES.get(table.role, table.role)
    said = [f"**{escape_markdown(table.table, 60)}**", role, messages.counted(table.rows, "1 row", "{count:,} rows")]
    guesses = sum(not each.sure for each in table.columns)
    if guesses:
        said.append(messages.counted(guesses, ":orange[1 guess]", ":orange[{count} guesses]"))
    return " · ".join(said)


def _role(plan: own_data.ReadingPlan, place: int, joined: bool) -> None:
    table = plan.tables[place]
    key = f"own_role_{place}"
    roles = [role for role in ROLES if role != "labels" or table.role == role]
    st.session_state[key] = table.role
    with st.container(gap="xsmall", key=f"own_role_row_{place}"):
        st.selectbox(
            "What this table tells", roles, key=key, width=260, on_change=_set_role, args=(table.table, key),
            format_func=lambda role: JOINED if joined and not role else ROLES[role],
        )  # fmt: skip
        why = _why(table, joined)
        if why:
            st.caption(why)


def _why(table: own_data.TablePlan, joined: bool) -> str:
    user, item = table.column("user_id"), table.column("item_id")
    if table.why == "chosen":
        return "You chose it."
    if table.why and not table.role and not joined:
        return f"It is left out: {escape_markdown(table.why, 200)}."
    if table.why or table.role != "interactions" or not user or not item:
        return f"Since {escape_markdown(table.why, 200)}." if table.why else ""
    who, what = escape_markdown(user, 40), escape_markdown(item, 40)
    shape = _SHAPES.get(table.shape) or f"Since each row has a person ({who}) and a thing ({what})."
    event = f"Each row counts as one {escape_markdown(table.event, 40)}." if table.event else ""
    return f"{shape} {event}".rstrip()


def _beneath(table: own_data.TablePlan, hidden: int) -> None:
    """Guesses with their reasons, for who cannot hover; and columns that are not drawn."""
    guesses = [
        f"**{escape_markdown(each.column, 40)}** as {MEANINGS.get(each.meaning, each.meaning)} "
        f"({escape_markdown(each.why, 120)})"
        for each in table.columns
        if not each.sure
    ]
    if guesses:
        st.caption(f":orange[:material/help:] Guessed: {' · '.join(guesses[:6])}. Change what is wrong.")
    if hidden:
        st.caption(f"{hidden:,} more columns are not shown.")


def _column(plan: own_data.ReadingPlan, place: int) -> None:
    """Two selects: which column, and what it is."""
    table = plan.tables[place]
    meant = {each.column: each.meaning for each in table.columns}
    column_key, meaning_key = f"own_column_{place}", f"own_meaning_{place}"
    with st.container(horizontal=True, gap="medium", key=f"own_column_row_{place}"):
        column = st.selectbox(
            "Change a column", list(meant), None, key=column_key, width=260, placeholder="Choose a column",
            format_func=lambda name: plain(f"{name}: {MEANINGS.get(meant[name], meant[name])}", 60),
        )  # fmt: skip
        if column is None:
            return
        now = meant[column]
        options = list(dict.fromkeys((*own_data.ALLOWED.get(table.role, ()), "", now)))
        st.session_state[meaning_key] = now
        st.selectbox(
            "It is", options, key=meaning_key, width=220, format_func=lambda name: MEANINGS.get(name, name),
            on_change=_set_meaning, args=(table.table, column, meaning_key),
        )  # fmt: skip


def _set_role(table: str, key: str) -> None:
    plan = plan_state.kept().shown
    if plan is not None:
        plan_state.change(own_data.with_role(plan, table, st.session_state[key]))


def _set_meaning(table: str, column: str, key: str) -> None:
    plan = plan_state.kept().shown
    if plan is not None:
        plan_state.change(own_data.with_meaning(plan, table, column, st.session_state[key]))
