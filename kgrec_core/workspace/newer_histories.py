"""What people did since a model was trained: a user is a history, so a model reads rows that were added at once.

Of items the model knows those that it was trained with; the graph, the texts and all weights stay as they were. What
was met of other items waits for the next training, and so does the popularity of items.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import pandas as pd

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk.writable_folders import home
from kgrec_core.data.ingest import imported_sets
from kgrec_core.data.ingest.stored_version import Step
from kgrec_core.data.interactions import Interactions
from kgrec_core.model.bundle import Bundle, bundle_marker
from kgrec_core.schema.columns import ITEM, NAME, USER


@dataclass(frozen=True, slots=True)
class Behind:
    """How far a model is behind its data, which only grew since it was trained."""

    day: str  # of the training, as 2026-11-30
    rows: int  # pairs of user and item that are new or later than those that it was trained on
    items: int  # that it does not know

    @property
    def sentence(self) -> str:
        lacking = [_many(self.rows, "newest interaction")] if self.rows else []
        lacking += [_many(self.items, "newest item")] if self.items else []
        told = f"Trained on {self.day} without the {' and the '.join(lacking)}. " if lacking else ""
        items = " New items join the lists with the next training." if self.items else ""
        return f"{told}What people did since is read all the same.{items}"


def behind(name: str, trained_on: str) -> Behind | None:
    """For a model of the data with this hash; None where what is stored now did not come of them by adding rows.

    Raises DataError where the data set cannot be read.
    """
    steps = _since(imported_sets.line(home(), name), trained_on)
    return _behind(name, steps) if steps else None


def with_newer_histories(bundle: Bundle) -> tuple[Bundle, str]:
    """The bundle with the histories that are stored now, and the hash of the data that they are of.

    As it is, with the hash of what it was trained on, where nothing was added since. Raises DataError.
    """
    name, trained_on = bundle.catalog.name, str(bundle.card.get("imported_hash", ""))
    if not imported_sets.is_imported(home(), name) or not _since(imported_sets.line(home(), name), trained_on):
        return bundle, trained_on
    stored = imported_sets.load_stored(home(), name)
    if not _since(stored.line, trained_on):  # replaced meanwhile
        return bundle, trained_on
    catalog = _known_part(bundle.catalog, stored.catalog)
    inputs = replace(bundle.inputs, users=len(catalog.user_vocab), interactions=Interactions.from_catalog(catalog))
    return replace(bundle, catalog=catalog, inputs=inputs), stored.data_hash


def _known_part(trained: Catalog, stored: Catalog) -> Catalog:
    """The catalog that a model was trained on, with all people who are stored now and what they did with its items."""
    met = stored.interactions
    people = pd.DataFrame({USER: list(stored.user_vocab.ids)}, dtype=object)
    if stored.users is not None and NAME in stored.users:
        people = people.merge(stored.users[[USER, NAME]], on=USER, how="left")
    return replace(trained, interactions=met[met[ITEM].isin(trained.items[ITEM])].reset_index(drop=True), users=people)


def _since(line: tuple[Step, ...], trained_on: str) -> tuple[Step, ...]:
    """What was added to the version with this hash, and later."""
    hashes = [step.data_hash for step in line]
    return line[hashes.index(trained_on) :] if trained_on in hashes else ()


def _behind(name: str, steps: tuple[Step, ...]) -> Behind:
    written = bundle_marker(name).stat().st_mtime
    day = time.strftime("%Y-%m-%d", time.localtime(written))
    return Behind(day, sum(step.rows for step in steps), sum(step.items for step in steps))


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}s" if number != 1 else noun
