"""Pictures of a plan in HTML of ours: first rows under chips of what their columns mean, and tables that are joined.

Names and cells come from files of strangers, so each is escaped; no script, no address, no style comes from them.
"""

from __future__ import annotations

from html import escape

from kgrec_core.workspace import own_data
from pages.build.plan_words import MEANINGS
from pages.ui.safe_text import plain

_COLUMNS, _CELL = 12, 28  # that are drawn; characters of a cell
_KINDS = {
    "user_id": "who",
    "item_id": "what",
    "head": "what",
    "value": "much",
    "event": "much",
    "timestamp": "when",
    "clock": "when",
    "title": "words",
    "text": "words",
    "head_label": "words",
    "tail_label": "words",
    "fact": "fact",
    "profile": "fact",
    "relation": "fact",
    "tail": "fact",
    "key": "when",
}
_STYLE = """<style>
.plan-rows { overflow-x: auto; border: 1px solid light-dark(#DEDBD3, #343845); border-radius: .6rem; }
.plan-rows table { border-collapse: collapse; font-size: .85rem; width: 100%; }
.plan-rows th, .plan-rows td { text-align: left; padding: .35rem .6rem; white-space: nowrap; vertical-align: top; }
.plan-rows th { font-weight: 600; background: light-dark(#F1EFEA, #1D2029); }
.plan-rows td { border-top: 1px solid light-dark(#DEDBD3, #343845); }
.plan-rows .out { color: light-dark(#5F6472, #A6A9B4); font-weight: 400; }
.plan-chip { display: block; width: fit-content; margin-top: .2rem; padding: 0 .5rem; border: 1px solid;
  border-radius: 1rem; font-size: .75rem; font-weight: 600; line-height: 1.5; color: light-dark(#1F2430, #F1EFEA); }
.plan-chip.guess { border-style: dashed; border-width: 2px; }
.plan-chip.who { border-color: #7C5CFC; background: #7C5CFC2E; }
.plan-chip.what { border-color: #E11D48; background: #E11D4824; }
.plan-chip.much { border-color: #D97706; background: #D977062B; }
.plan-chip.when { border-color: #3B82F6; background: #3B82F62B; }
.plan-chip.words { border-color: #0E9F8E; background: #0E9F8E2B; }
.plan-chip.fact { border-color: #B45309; background: #B4530926; }
.plan-chip.out { border-color: light-dark(#B9B5AB, #4A4F5E); color: light-dark(#5F6472, #A6A9B4); }
.plan-join { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .6rem; font-size: .85rem;
  margin: .25rem 0; }
.plan-join b { padding: .15rem .6rem; border: 1px solid light-dark(#B9B5AB, #4A4F5E); border-radius: .5rem;
  font-weight: 600; overflow-wrap: anywhere; }
.plan-join b i { font-style: normal; font-weight: 400; }
.plan-join u { text-decoration: none; color: light-dark(#5F6472, #A6A9B4); }
</style>"""


def rows(seen: own_data.TablePreview, plan: own_data.TablePlan) -> str:
    """The first rows of a table, with what each column means above."""
    meant = {each.column: each for each in plan.columns}
    order = sorted(range(len(seen.columns)), key=lambda place: not _used(meant, seen.columns[place]))[:_COLUMNS]
    places = sorted(order)
    heads = "".join(_head(seen.columns[place], meant.get(seen.columns[place])) for place in places)
    body = "".join(
        "<tr>" + "".join(_cell(row[place], _used(meant, seen.columns[place])) for place in places) + "</tr>"
        for row in seen.rows
    )
    name = escape(plain(plan.table, 60))
    return (
        f'{_STYLE}<div class="plan-rows" role="region" tabindex="0" aria-label="First rows of {name}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def hidden(seen: own_data.TablePreview) -> int:
    """How many columns `rows` leaves away."""
    return max(0, len(seen.columns) - _COLUMNS)


def joins(plan: own_data.ReadingPlan) -> str:
    """Each pair of tables that belong together, by which columns, and how many of the ids were found; "" for none."""
    lines = [
        _link((each.left, each.left_column), (each.right, each.right_column), f"{each.found:.0%} found")
        for each in plan.joins
    ]
    chief = next((each for each in plan.tables if each.role == "interactions"), None)
    for role, meaning, words in (("items", "item_id", "same things"), ("users", "user_id", "same people")):
        for each in plan.tables:
            one, other = chief and chief.column(meaning), each.column(meaning)
            if chief and each.role == role and one and other:
                lines.append(_link((chief.table, one), (each.table, other), words))
    return _STYLE + "".join(lines) if lines else ""


def _link(left: tuple[str, str], right: tuple[str, str], words: str) -> str:
    return f'<div class="plan-join">{_end(*left)}<u>— {escape(words)} →</u>{_end(*right)}</div>'


def _end(table: str, column: str) -> str:
    return f"<b>{escape(plain(table, 40))} <i>· {escape(plain(column, 30))}</i></b>"


def _used(meant: dict[str, own_data.ColumnMeaning], column: str) -> bool:
    """Whether a column is read, or nothing is said of it yet."""
    return column not in meant or bool(meant[column].meaning)


def _head(column: str, meant: own_data.ColumnMeaning | None) -> str:
    if meant is None:
        return f"<th>{escape(plain(column, 30))}</th>"
    meaning = meant.meaning
    kind, guess = _KINDS.get(meaning, "out"), not meant.sure
    words = MEANINGS.get(meaning, meaning)
    words = f"{words} · guess" if guess else words
    why = escape(plain(meant.why, 120))
    out = "" if meaning else ' class="out"'
    look = f"plan-chip {kind} guess" if guess else f"plan-chip {kind}"
    return f'<th{out} title="{why}">{escape(plain(column, 30))}<span class="{look}">{escape(words)}</span></th>'


def _cell(text: str, used: bool) -> str:
    out = "" if used else ' class="out"'
    return f"<td{out}>{escape(plain(text, _CELL))}</td>"
