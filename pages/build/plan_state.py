"""How dropped files are read, kept while it is looked at and changed: the plan, its first rows, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from kgrec_core.errors import ColumnsError, KgrecError, OnePersonError
from kgrec_core.workspace import own_data, own_data_sandboxed
from pages.build import plan_words
from pages.ui import progress_bar

_KEPT, _MAPPING = "own_reading", "own_mapping"


@dataclass
class Reading:
    """Of one set of files. plan: as it was changed, None while it is as it was read."""

    files: list[own_data.Given]
    format: str
    mapping: dict[str, str]
    plan: own_data.ReadingPlan | None = None
    wanted: own_data.Choice | None = None  # what was looked at last
    seen: own_data.FilesPreview | None = None  # the last that could be shown
    trouble: str = ""  # why the plan cannot be used as it is
    question: ColumnsError | None = None  # nothing tells who and what
    personal: str = ""  # that it is one person's own history
    cancelled: bool = False  # looking at them was

    @property
    def shown(self) -> own_data.ReadingPlan | None:
        """The plan as the screen has it."""
        return self.plan or (self.seen.plan if self.seen else None)


def reading(files: list[own_data.Given], asked: own_data.Choice) -> Reading:
    """How these files are read, looked at again where something changed."""
    mapping = mapping_of(files)
    kept: Reading | None = st.session_state.get(_KEPT)
    if kept is None or (kept.files, kept.format, kept.mapping) != (files, asked.format, mapping):
        kept = st.session_state[_KEPT] = Reading(files, asked.format, mapping)
    wanted = choice_of(kept, asked)
    if wanted != kept.wanted:
        _look(kept, wanted)
    return kept


def choice_of(kept: Reading, asked: own_data.Choice) -> own_data.Choice:
    """What is asked, with the plan as it was changed; while it is as it was read, it is made anew."""
    return replace(asked, plan=kept.plan, mapping={} if kept.plan else kept.mapping)


def kept() -> Reading:
    """Of the files that are on the screen."""
    found: Reading = st.session_state[_KEPT]
    return found


def change(plan: own_data.ReadingPlan) -> None:
    """Goes on with a changed plan; that which was read is none."""
    now = kept()
    now.plan = plan


def back() -> None:
    """Forgets all changes."""
    now = kept()
    now.plan, now.trouble = None, ""
    for name in ("own_positive", _MAPPING):
        st.session_state.pop(name, None)


def load(text: str) -> str:
    """Takes over a saved plan; why not, where it does not fit, and all stays as it was then."""
    now = kept()
    before = replace(now)
    try:
        now.plan = own_data.read_plan(text)
    except KgrecError as error:
        return f"{plan_words.on_screen(str(error))} Choose a plan that was saved here."
    asked = now.wanted or own_data.Choice()
    _look(now, choice_of(now, asked))
    if not now.trouble:
        return ""
    st.session_state[_KEPT] = before
    return now.trouble


def say_columns(files: list[own_data.Given], mapping: dict[str, str]) -> None:
    """What a person answered to the question which columns are who and what."""
    st.session_state[_MAPPING] = (files, mapping)


def mapping_of(files: Sequence[own_data.Given]) -> dict[str, str]:
    of, mapping = st.session_state.get(_MAPPING, (None, {}))
    return dict(mapping) if of == files else {}


def _look(now: Reading, wanted: own_data.Choice) -> None:
    now.trouble, now.question, now.personal, now.cancelled = "", None, "", False
    lacking = own_data.unmet(now.plan) if now.plan else ()
    if lacking:
        now.wanted, now.trouble = wanted, " ".join(plan_words.missing(*each) for each in lacking)
        return
    with progress_bar.shown("Looking at the files", partial(_cancelled, now, wanted)) as told:
        try:
            now.seen = own_data_sandboxed.preview_files(now.files, wanted, told)
        except OnePersonError as error:
            now.seen, now.personal = None, error.told
        except ColumnsError as error:
            now.question, now.trouble = error, error.told
        except KgrecError as error:
            now.trouble = plan_words.on_screen(str(error))
    now.wanted = wanted  # last: a click meanwhile ends this run, and the next one looks again


def _cancelled(now: Reading, wanted: own_data.Choice) -> None:
    """What is on the screen once looking was cancelled: nothing of the files."""
    now.wanted, now.cancelled = wanted, True
    now.seen, now.question, now.personal, now.trouble = None, None, "", ""


def look_again() -> None:
    now = kept()
    now.wanted, now.cancelled = None, False
