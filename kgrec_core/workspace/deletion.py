"""What lies on the disk under a name: its removal, what broken runs have left of it, and whether it has changed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kgrec_core.data.disk import undo_delete
from kgrec_core.data.disk.files import Look, look
from kgrec_core.data.disk.locks import forget, held, lock_leavings
from kgrec_core.data.disk.temporary import sweep_temporary
from kgrec_core.data.disk.writable_folders import ANOTHER_HOME, home, writing
from kgrec_core.data.ingest import imported_sets
from kgrec_core.errors import ConfigError, KgrecError, UnknownIdError
from kgrec_core.model.bundle import (
    bundle_folder,
    bundle_leavings,
    bundle_marker,
    bundle_names,
    erase_bundle,
    quality_folder,
    sweep_bundle,
    withdraw_bundle,
)
from kgrec_core.text.vector_cache import sweep_vectors

Mark = tuple[Look | None, Look | None]  # of a bundle, and of its data


@dataclass(frozen=True, slots=True)
class DeletedDataset:
    """What `bring_back` takes. entry: where it lies aside; who knows it can bring it back."""

    name: str
    entry: str


def delete_dataset(name: str) -> None:
    """Removes an imported data set: tables, report, key, vectors, bundle, measured results, leavings of broken runs.

    Nobody reads it from the first step on. Where it is interrupted it can be repeated, until nothing is left.
    Raises UnknownIdError when nothing of that name is there, InUseError while another run writes to it, and
    ConfigError that names what could not be removed.
    """
    if not imported_sets.remains(home(), name):
        raise _unknown(name)
    with held(home(), name, "deleting it"), writing(home(), ANOTHER_HOME):
        withdraw_bundle(name)
        imported_sets.retire(home(), name)
        _erase(name)


def delete_with_undo(name: str) -> DeletedDataset:
    """Takes an imported data set away with all that `delete_dataset` removes, whole or not at all.

    `bring_back` undoes it until UNDO_SECONDS have passed; `purge_deleted` removes it then. Nobody reads it meanwhile.
    Raises UnknownIdError when nothing of that name is there, InUseError while another run writes to it, and
    ConfigError where it cannot be moved, and it stays then.
    """
    purge_deleted()
    if not imported_sets.is_imported(home(), name):
        raise _unknown(name)
    advice = f"Nothing was deleted. Mend that, or type `python -m kgrec_core delete {name}`, which cannot be undone."
    with held(home(), name, "deleting it"), writing(home(), advice):
        entry = undo_delete.set_aside(home(), _places(name))
        forget(home(), name)
    return DeletedDataset(name, entry)


def bring_back(deleted: DeletedDataset) -> None:
    """Undoes `delete_with_undo`: data, key, vectors, bundle and measured results are where they were.

    Raises UnknownIdError once it is gone, InUseError while another run writes to that name, and ConfigError where the
    name was taken meanwhile, or it cannot be moved.
    """
    name = deleted.name
    advice = "It was not brought back. Mend that, and undo it again before its time is over."
    with held(home(), name, "bringing it back"), writing(home(), advice):
        tidy(name)
        if _places(name):
            raise ConfigError(
                f"The deleted data set {name!r} cannot be brought back: another one was saved under this name since."
            )
        if not undo_delete.put_back(home(), deleted.entry):
            forget(home(), name)
            raise UnknownIdError(
                f"The data set {name!r} cannot be brought back any more: {undo_delete.UNDO_SECONDS:.0f} seconds have "
                "passed, and it is gone for good."
            )


def purge_deleted() -> float | None:
    """Removes for good what can no longer be brought back; seconds until the next is due, None where nothing waits."""
    return undo_delete.purge(home())


def sweep() -> None:
    """Removes what killed runs and servers have left in all of the home. What somebody works on stays."""
    purge_deleted()
    with suppress(OSError):
        sweep_temporary(home())
    with suppress(OSError, KgrecError):
        sweep_vectors(home() / "vectors")
    for name in _names():
        if bundle_leavings(name) or imported_sets.leavings(home(), name):
            with suppress(KgrecError), held(home(), name, "tidying it up", patience=0):
                tidy(name)
    for name in lock_leavings(home(), _names()):
        with suppress(KgrecError), held(home(), name, "tidying it up", patience=0):
            forget(home(), name)


def tidy(name: str) -> None:
    """Removes what broken runs have left of one name, or brings a removal to its end; its lock is held.

    Raises ConfigError that names what cannot be removed.
    """
    with writing(home(), ANOTHER_HOME):
        if imported_sets.is_retired(home(), name):
            _erase(name)
            return
        imported_sets.sweep(home(), name)
        sweep_bundle(name)
        for folder in imported_sets.marker(home(), name).parent.glob("*/vectors"):
            sweep_vectors(folder)


def marks() -> dict[str, Mark]:
    """For each name on the disk what changes when its bundle or its data do, at the cost of a look at two files."""
    return {name: (look(bundle_marker(name)), look(imported_sets.marker(home(), name))) for name in _names()}


def _places(name: str) -> list[Path]:
    """All that is of a name, the data after the bundle, which is nothing without them."""
    bundle = bundle_folder(name)
    of_bundle = (quality_folder(name), bundle, *bundle.parent.glob(f".{name}.*"))
    return [path for path in (*of_bundle, *imported_sets.places(home(), name)) if path.exists()]


def _unknown(name: str) -> UnknownIdError:
    known = ", ".join(imported_sets.imported_names(home())) or "none"
    return UnknownIdError(f"There is no imported data set {name!r}; there are: {known}. Built-in ones stay.")


def _names() -> list[str]:
    return sorted(imported_sets.names_on_disk(home()) | bundle_names())


def _erase(name: str) -> None:
    stays = [*erase_bundle(name), *imported_sets.erase(home(), name)]
    if stays:
        raise ConfigError(
            f"Not all of the data set {name!r} could be removed. What stays: {', '.join(stays)}. Nobody can read it as "
            f"a data set any more. Mend what keeps it, and repeat `python -m kgrec_core delete {name}`."
        )
    forget(home(), name)
