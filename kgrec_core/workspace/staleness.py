"""The imported data that a model was trained on: whether they are still those that are stored, and who is in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.disk.files import Look, look
from kgrec_core.data.disk.writable_folders import home
from kgrec_core.data.ingest import imported_sets
from kgrec_core.data.ingest.pseudonyms import Pseudonyms, index_of
from kgrec_core.data.interactions import IntArray
from kgrec_core.errors import UnknownIdError
from kgrec_core.model.bundle import Bundle
from kgrec_core.schema.cards import UserCard
from kgrec_core.schema.columns import NAME, USER
from kgrec_core.workspace.newer_histories import behind


@dataclass(frozen=True, slots=True)
class _Now:
    """What is stored now. gone: ids of the model's people who are no longer in the data."""

    seen: Look | None
    stale: str
    names: Pseudonyms | None
    gone: frozenset[str]


class Origin:
    """Of one open bundle. What is stored is looked at again for every question, and read again where it has changed."""

    def __init__(self, bundle: Bundle, read: str) -> None:
        """bundle: with the histories of the data that have the hash `read`."""
        self._name, self._people = bundle.catalog.name, bundle.catalog.user_vocab
        self._called = _called(bundle.catalog)
        self._hash, self._read = str(bundle.card.get("imported_hash", "")), read
        self._root = home()
        self._now = self._look(self._seen())

    @property
    def stale(self) -> str:
        """That the model is older than its data, and what to do; "" where it is not. Raises as `check` does."""
        return self._current().stale

    def there(self, cards: Iterable[UserCard]) -> tuple[UserCard, ...]:
        """The cards of those who are still in the data."""
        gone = self._current().gone
        return tuple(card for card in cards if card.user_id not in gone)

    def people(self) -> IntArray:
        """The indices of those who are still in the data."""
        gone = self._current().gone
        return np.array([index for index, user in enumerate(self._people.ids) if user not in gone], np.int64)

    def check(self) -> None:
        """Raises UnknownIdError where the data set was deleted since the model was opened."""
        self._current()

    def index(self, user: str) -> int:
        """The index of a user, by the id of the data set or of the imported files, or by a name that one person has.

        Raises UnknownIdError for whom the model does not know, or the data no longer.
        """
        now = self._current()
        found = index_of(self._called.get(user, user), self._people, now.names)
        if now.gone and self._people.ids[found] in now.gone:
            raise UnknownIdError(
                f"{user!r} is no longer in the data set {self._name!r}, which was replaced after this model was "
                f"trained, and gets no list. Choose someone else. {_remedy(self._name)}"
            )
        return found

    def _current(self) -> _Now:
        seen = self._seen()
        if seen != self._now.seen:
            self._now = self._look(seen)
        if self._hash and seen is None:
            raise UnknownIdError(
                f"The data set {self._name!r} was deleted, and nothing is answered from it any more. "
                "`python -m kgrec_core datasets` lists those that are there."
            )
        return self._now

    def _seen(self) -> Look | None:
        return look(imported_sets.marker(self._root, self._name))

    def _look(self, seen: Look | None) -> _Now:
        if seen is None or not self._hash:
            return _Now(seen, "", imported_sets.load_key(self._root, self._name), frozenset())
        if imported_sets.data_hash(self._root, self._name) == self._read:
            return _Now(
                seen, older(self._name, self._hash), imported_sets.load_key(self._root, self._name), frozenset()
            )
        stored = imported_sets.load_stored(self._root, self._name)
        if self._read in (step.data_hash for step in stored.line):
            return _Now(seen, _opened_before(self._name), stored.names, frozenset())
        there, names = stored.catalog.user_vocab, stored.names
        gone = (each for each in self._people.ids if each not in there and (not names or names.of(each) not in there))
        return _Now(seen, stale(self._name), names, frozenset(gone))


def older(name: str, trained_on: str) -> str:
    """What is said of a model of the data with this hash; "" where they are those that are stored. Raises DataError."""
    if imported_sets.data_hash(home(), name) == trained_on:
        return ""
    since = behind(name, trained_on)
    return stale(name) if since is None else f"{since.sentence} {_remedy(name)}"


def stale(name: str) -> str:
    """What is said of a model whose data were replaced."""
    return (
        f"This model is older than its data: the data set {name!r} was replaced after it was trained, so what people "
        f"did since is not in it. {_remedy(name)}"
    )


def _opened_before(name: str) -> str:
    return f"Rows were added to the data set {name!r} since it was opened. Open it again to have them read."


def _called(catalog: Catalog) -> dict[str, str]:
    """The ids of people by the names that only one of them has."""
    if catalog.users is None or NAME not in catalog.users:
        return {}
    named = catalog.users[[NAME, USER]].drop_duplicates(NAME, keep=False)
    return {str(name): str(user) for name, user in zip(named[NAME], named[USER], strict=True) if name}


def _remedy(name: str) -> str:
    return f"`python -m kgrec_core prepare {name}` trains on the present data."
