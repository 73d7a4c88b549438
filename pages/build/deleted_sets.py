"""What was deleted a moment ago: said on the page, with a way to undo it, and removed from the disk in time."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import streamlit as st

from kgrec_core.errors import KgrecError, UnknownIdError
from kgrec_core.workspace import own_data, training_runs
from pages.ui import page_errors, resources
from pages.ui.safe_text import escape_markdown

TRAIN = "pages/build/train.py"
IS_DELETED = "**{title}** is deleted. For {seconds:.0f} seconds you can undo that; then it is gone for good."
DELETED_IN_TRAINING = (
    "**{title}** is deleted, and its training was cancelled. For {seconds:.0f} seconds you can undo the deletion; then "
    "it is gone for good. The training does not go on by itself after that."
)
IS_BACK = "**{title}** is back as it was."
BACK_WITHOUT_TRAINING = "**{title}** is back. Its training, which the deletion cancelled, has to be started again."
_DELETED, _BACK, _TROUBLE = "own_deleted", "own_brought_back", "own_trouble"
# The dialog takes the focus with it when it closes; the button to undo gets it, once for each deletion.
_FOCUS = """
export default function ({ data, parentElement }) {
  if (parentElement.kgrecLed === data.entry) return;
  parentElement.kgrecLed = data.entry;
  let looks = 0;
  const watcher = setInterval(() => {
    const open = document.querySelector('[role="dialog"]');
    const button = document.querySelector(`.${CSS.escape(data.key)} button`);
    if (!open && button && document.activeElement === document.body) button.focus();
    if (document.activeElement === button || ++looks > 40) clearInterval(watcher);
  }, 50);
  return () => clearInterval(watcher);
}
"""
_lead_focus = st.components.v2.component("kgrec_undo_focus", js=_FOCUS)


@dataclass(frozen=True, slots=True)
class DeletedHere:
    """By this session. until: when it can no longer be undone, by the monotonic clock.

    training: whether one was under way, which was cancelled
    """

    title: str
    deleted: own_data.DeletedDataset
    until: float
    training: bool


def purge_in_time() -> None:
    """Starts a thread that removes what was deleted once it cannot be undone, whether a page is open then or not."""
    threading.Thread(target=_purge, name="deleted data sets", daemon=True).start()


def delete(name: str, title: str) -> None:
    """Takes a data set away; `told` says so, or why it could not be done."""
    run = training_runs.state(name)
    training = run is not None and run.status == training_runs.RUNNING
    training_runs.forget(name)
    try:
        deleted = own_data.delete_with_undo(name)
    except UnknownIdError:
        pass  # another visitor was faster
    except KgrecError as error:
        st.session_state[_TROUBLE] = ("It was not deleted", str(error))
    else:
        here = DeletedHere(title, deleted, time.monotonic() + own_data.UNDO_SECONDS, training)
        st.session_state[_DELETED] = (*st.session_state.get(_DELETED, ()), here)
        purge_in_time()
    resources.forget_all()
    if st.session_state.get("chosen_dataset") == name:
        st.session_state.pop("chosen_dataset")


def told() -> None:
    """What could not be done, what was deleted and can be undone, and, once, what is gone for good since."""
    title, trouble = st.session_state.pop(_TROUBLE, ("", ""))
    if trouble:
        st.error(escape_markdown(trouble, 600), title=title, icon=":material/error:")
    back: DeletedHere | None = st.session_state.pop(_BACK, None)
    if back is not None:
        said = BACK_WITHOUT_TRAINING if back.training else IS_BACK
        st.success(said.format(title=escape_markdown(back.title, 60)), icon=":material/undo:")
        if back.training:
            address = {"dataset": back.deleted.name}
            st.page_link(TRAIN, label="Start it again", icon=":material/model_training:", query_params=address)
    all_of, now = st.session_state.get(_DELETED, ()), time.monotonic()
    for each in all_of:
        if each.until <= now:
            st.info(f"**{escape_markdown(each.title, 60)}** is gone for good.", icon=":material/delete_forever:")
    waiting = tuple(each for each in all_of if each.until > now)
    st.session_state[_DELETED] = waiting
    if waiting:
        left = min(each.until for each in waiting) - now
        page_errors.fragment(_offer, run_every=left + 0.1)(waiting)


def _offer(waiting: tuple[DeletedHere, ...]) -> None:
    if any(each.until <= time.monotonic() for each in waiting):
        st.rerun()
    for each in waiting:
        name = each.deleted.name
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"own_deleted_{name}"):
            said = DELETED_IN_TRAINING if each.training else IS_DELETED
            st.success(
                said.format(title=escape_markdown(each.title, 60), seconds=own_data.UNDO_SECONDS),
                icon=":material/delete:",
            )
            if st.button("Undo", key=f"own_undo_{name}", icon=":material/undo:"):
                _undo(each)
                st.rerun()
    newest = waiting[-1].deleted
    _lead_focus(
        key="own_undo_focus", data={"key": f"st-key-own_undo_{newest.name}", "entry": newest.entry[:13]}, height=1
    )


def _undo(here: DeletedHere) -> None:
    try:
        own_data.bring_back(here.deleted)
    except KgrecError as error:
        st.session_state[_TROUBLE] = ("It was not brought back", str(error))
    else:
        st.session_state[_BACK] = here
    st.session_state[_DELETED] = tuple(each for each in st.session_state.get(_DELETED, ()) if each != here)
    resources.forget_all()


def _purge() -> None:
    while (left := own_data.purge_deleted()) is not None:
        time.sleep(left)
