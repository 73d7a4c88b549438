"""The built-in film catalogs: MovieLens ratings joined with Wikidata facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from kgrec_core.data.attribute_triples import entity_id, triples_from_attributes
from kgrec_core.data.builtin import film_facts, movielens, wikidata_snapshot
from kgrec_core.data.builtin.film_matching import match_films
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.k_core import k_core
from kgrec_core.data.titles import display_title
from kgrec_core.domain import VIDEO
from kgrec_core.schema.columns import HEAD, ITEM, TAIL, TEXT, TITLE, USER, VALUE

SOURCES = (movielens.SOURCE, wikidata_snapshot.SOURCE)
CORE = 5  # positives that each user and each film of `movies` has at least

RELATIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "director": ("director", "person"),
        "writer": ("writer", "person"),
        "actor": ("actor", "person"),
        **{name: (name, name) for name in ("genre", "language", "country", "certificate", "award", "decade")},
    }
)

Report = Callable[[str], None]


def build_movies(core: bool, report: Report) -> Catalog:
    """`movies` (core: 5-core of likes, then every rating of those who stay) or `movies-full` (everything).

    Items: item_id, title, raw_title, year (Int64), text (''), then the columns of RELATIONS, '|' separated.
    People stand by how many films of the whole snapshot they are in, most first, since Wikidata casts are
    alphabetical and include extras. Triples also have tail_count: films of the snapshot with that tail
    (people: in any role), at least the films of the catalog with it.
    """
    source = movielens.read_movielens()
    ratings = _core_ratings(source.ratings) if core else source.ratings
    films = source.films[source.films[ITEM].isin(ratings[ITEM])].reset_index(drop=True)
    films["genre"] = film_facts.clean_genres(films.pop("genres"))
    report(f"MovieLens: {len(ratings):,} ratings, {ratings[USER].nunique():,} viewers, {len(films):,} films.")

    known = film_facts.clean_snapshot(wikidata_snapshot.read_snapshot())
    rows = match_films(films, known)
    _report_match(films, rows, len(known), report)

    counts = _tail_counts(known)
    items = _items(films, known, rows, counts)
    triples = triples_from_attributes(items, RELATIONS, film_facts.SEPARATOR)
    here = triples.drop_duplicates([HEAD, TAIL])[TAIL].value_counts()
    triples["tail_count"] = [max(counts[tail], here[tail]) for tail in triples[TAIL]]
    report(f"Facts: {len(triples):,} triples about {triples[TAIL].nunique():,} people, genres, countries and so on.")
    return Catalog(
        name="movies" if core else "movies-full",
        title="Films" if core else "Films, with rarely rated ones",
        domain=VIDEO,
        interactions=ratings,
        items=items,
        triples=triples,
        sources=SOURCES,
    )


def _core_ratings(ratings: pd.DataFrame) -> pd.DataFrame:
    kept = k_core(ratings[ratings[VALUE] >= VIDEO.positive_value], CORE)
    inside = ratings[USER].isin(kept[USER]) & ratings[ITEM].isin(kept[ITEM])
    return ratings[inside].reset_index(drop=True)


def _report_match(films: pd.DataFrame, rows: pd.Series, known: int, report: Report) -> None:
    share = len(rows) / len(films)
    report(f"Wikidata: {len(rows):,} of {len(films):,} films found among {known:,} ({share:.1%}) by title and year.")
    lost = films.drop(index=rows.index)
    some = ", ".join(
        f"{display_title(title)} ({year})" for title, year in lost[["raw_title", "year"]].head(5).to_numpy()
    )
    if some:
        report(f"Kept with the genres of MovieLens only: {len(lost):,} films, such as {some}.")


def _tail_counts(known: pd.DataFrame) -> Counter[str]:
    """Films of the snapshot for each entity id; people count once a film, whatever their roles."""
    people = [film_facts.SEPARATOR.join(cells) for cells in known[list(film_facts.PEOPLE)].to_numpy()]
    counts = _label_counts("person", people)
    for column, (_, kind) in RELATIONS.items():
        if column not in film_facts.PEOPLE:
            counts += _label_counts(kind, known[column])
    return counts


def _label_counts(kind: str, cells: Iterable[str]) -> Counter[str]:
    labels = Counter(label for cell in cells for label in set(cell.split(film_facts.SEPARATOR)) if label)
    counts: Counter[str] = Counter()
    for label, count in labels.items():
        counts[entity_id(kind, label)] += count
    return counts


def _items(films: pd.DataFrame, known: pd.DataFrame, rows: pd.Series, counts: Counter[str]) -> pd.DataFrame:
    matched = known.loc[rows].set_axis(rows.index)
    found = matched.reindex(films.index)[[*RELATIONS]].fillna("")
    items = pd.DataFrame(
        {
            ITEM: films[ITEM],
            TITLE: films["raw_title"].map(display_title),
            "raw_title": films["raw_title"],
            "year": films["year"].astype("Int64"),
            TEXT: "",
        }
    )
    for column in RELATIONS:
        items[column] = found[column]
    for column in film_facts.PEOPLE:
        items[column] = [_best_known_first(cell, counts) for cell in found[column]]
    items["genre"] = film_facts.merge_cells(films["genre"], found["genre"])
    items["decade"] = film_facts.decade(films["year"])
    return items


def _best_known_first(cell: str, counts: Counter[str]) -> str:
    return film_facts.SEPARATOR.join(
        sorted(cell.split(film_facts.SEPARATOR), key=lambda name: (-counts[entity_id("person", name)], name))
    )
