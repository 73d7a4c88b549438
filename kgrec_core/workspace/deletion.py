"""What lies on the disk under a name: its removal, what broken runs have left of it, and whether it has changed."""

from __future__ import annotations

from contextlib import suppress

from kgrec_core.data.disk.files import Look, look
from kgrec_core.data.disk.locks import forget, held, lock_leavings
from kgrec_core.data.disk.temporary import sweep_temporary
from kgrec_core.data.disk.writable_folders import ANOTHER_HOME, home, writing
from kgrec_core.data.ingest import imported_sets
from kgrec_core.errors import ConfigError, KgrecError, UnknownIdError
from kgrec_core.model.bundle import (
    bundle_leavings,
    bundle_marker,
    bundle_names,
    erase_bundle,
    sweep_bundle,
    withdraw_bundle,
)
from kgrec_core.text.vector_cache import sweep_vectors

Mark = tuple[Look | None, Look | None]  # of a bundle, and of its data


def delete_dataset(name: str) -> None:
    """Removes an imported data set: tables, report, key, vectors, bundle, measured results, leavings of broken runs.

    Nobody reads it from the first step on. Where it is interrupted it can be repeated, until nothing is left.
    Raises UnknownIdError when nothing of that name is there, InUseError while another run writes to it, and
    ConfigError that names what could not be removed.
    """
    if not imported_sets.remains(home(), name):
        known = ", ".join(imported_sets.imported_names(home())) or "none"
        raise UnknownIdError(f"There is no imported data set {name!r}; there are: {known}. Built-in ones stay.")
    with held(home(), name, "deleting it"), writing(home(), ANOTHER_HOME):
        withdraw_bundle(name)
        imported_sets.retire(home(), name)
        _erase(name)


def sweep() -> None:
    """Removes what killed runs and servers have left in all of the home. What somebody works on stays."""
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
