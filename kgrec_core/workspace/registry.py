"""The data sets by name: built in, imported, prepared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kgrec_core.config import Recipe, TrainConfig
from kgrec_core.data.builtin import BUILTIN
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.dataset_counts import describe
from kgrec_core.data.disk.locks import held
from kgrec_core.data.disk.writable_folders import check_writable, home
from kgrec_core.data.ingest.stored_version import Stored
from kgrec_core.errors import KgrecError, UnknownIdError, closest
from kgrec_core.model.bundle import bundle_folder, is_prepared, load_catalog, read_card, read_dataset_card
from kgrec_core.schema.cards import DatasetCard
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.text.bert_adaptation import AdaptConfig
from kgrec_core.text.interaction_adaptation import InteractionConfig
from kgrec_core.workspace.deletion import tidy
from kgrec_core.workspace.newer_histories import behind
from kgrec_core.workspace.own_data import data_hash, imported_catalog, imported_names, is_imported, stored
from kgrec_core.workspace.staleness import stale

_USUAL = Recipe()
_COMMAND = "python -m kgrec_core"
_BROKEN = (KgrecError, OSError, ValueError, TypeError, LookupError, AttributeError)  # files that hold anything at all
_NO_COUNTS = (0, 0, 0, 0, 0, 0, ())


def datasets() -> tuple[DatasetCard, ...]:
    """The built-in data sets, the imported ones and all bundles; a built-in one has counts once it is prepared.

    One whose files are broken has no counts; its `trouble` says what is wrong and how to mend it.
    """
    return tuple(map(_card_or_trouble, _names()))


def prepare(name: str, progress: Progress = no_progress, recipe: Recipe = _USUAL) -> None:
    """Builds a data set, trains on it and saves the bundle. Minutes.

    Raises UnknownIdError, InUseError while another run writes to that name, and ConfigError where bundles cannot be
    written.
    """
    from kgrec_core.workspace.prepare import prepare as prepare_catalog  # with the peers, which no list needs

    if name not in BUILTIN and not is_imported(name):
        raise _unknown_dataset(name)
    check_writable(home() / "bundles")
    progress("Reading the data", 0.0)
    with held(home(), name, "preparing it"):
        tidy(name)
        catalog, origin = _source_of(name, lambda line: progress(line, 0.0))
        if not recipe.graph:
            catalog = replace(catalog, triples=catalog.triples.head(0))
        config, adapt = replace(TrainConfig(), epochs=recipe.rounds), _adaptation(recipe)
        prepare_catalog(catalog, config=config, progress=progress, adapt=adapt, origin=origin)


def _adaptation(recipe: Recipe) -> AdaptConfig | InteractionConfig | None:
    if recipe.adapt is None:
        return None
    return InteractionConfig() if recipe.adapt == "interactions" else AdaptConfig()


def catalog_of(name: str) -> Catalog:
    """The tables of a data set: of its bundle, else as imported or built anew. Raises UnknownIdError."""
    check_known(name)
    if is_prepared(name):
        return load_catalog(name)
    return _source_of(name, lambda line: None)[0]


def check_known(name: str) -> None:
    """Raises UnknownIdError for a name that no data set has."""
    if name not in _names():
        raise _unknown_dataset(name)


def _source_of(name: str, report: Callable[[str], None]) -> tuple[Catalog, Stored | None]:
    """The tables, and the imported data set that they are of."""
    if name in BUILTIN:
        return BUILTIN[name].build(report), None
    found = stored(name)
    return found.catalog, found


def _names() -> list[str]:
    prepared = sorted(path.parent.name for path in (home() / "bundles").glob("[!.]*/run_card.json"))
    return list(dict.fromkeys((*BUILTIN, *imported_names(), *prepared)))


def _card_or_trouble(name: str) -> DatasetCard:
    try:
        return _card_of(name)
    except _BROKEN as error:
        known = BUILTIN.get(name)
        title, domain = (known.title, known.domain.name) if known else (name, "other")
        told = " ".join(str(error).split()).split(". ")[0].rstrip(".") or type(error).__name__  # not its own way out
        return DatasetCard(name, title, domain, *_NO_COUNTS, (), False, trouble=f"{told}. {_remedy(name)}")


def _remedy(name: str) -> str:
    if name in BUILTIN or (is_imported(name) and _has_tables(name)):
        return f"`{_COMMAND} prepare {name}` makes it whole."
    if is_imported(name):
        return f"Import the files again with --replace, or remove it: `{_COMMAND} delete {name}`."
    return f"Remove the folder {bundle_folder(name)}."


def _has_tables(name: str) -> bool:
    try:
        return describe(imported_catalog(name), prepared=False).items > 0
    except _BROKEN:
        return False


def _card_of(name: str) -> DatasetCard:
    known = BUILTIN.get(name)
    if is_prepared(name):
        card, made_of = read_dataset_card(name), read_card(name).get("imported_hash")
        if known:
            return replace(card, description=known.description)
        if not made_of or data_hash(name) == made_of:
            return card
        since = behind(name, made_of)
        return replace(card, stale=stale(name)) if since is None else replace(card, newer=since.sentence)
    if known is None:
        return describe(imported_catalog(name), prepared=False)
    domain = known.domain
    return DatasetCard(
        name, known.title, domain.name, *_NO_COUNTS, known.sources, False, known.description, domain.events
    )


def _unknown_dataset(name: str) -> UnknownIdError:
    return UnknownIdError(
        f"There is no data set {name!r}; there are {closest(name, _names())}. "
        "`python -m kgrec_core datasets` lists them all."
    )
