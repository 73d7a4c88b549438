from __future__ import annotations

import pandas as pd

from kgrec_core.data.builtin.film_facts import clean_genres, clean_snapshot, decade, merge_cells
from kgrec_core.data.builtin.film_matching import match_films

Row = tuple[str, int | None, str]


def films(*rows: Row) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["raw_title", "year", "genre"])
    return table.astype({"year": "Int64"})


def snapshot(*rows: Row, oscars: list[int] | None = None) -> pd.DataFrame:
    return films(*rows).assign(oscars=oscars or 0, director="", writer="", actor="")


def matched(ours: pd.DataFrame, theirs: pd.DataFrame) -> dict[int, int]:
    return {int(film): int(row) for film, row in match_films(ours, theirs).items()}  # type: ignore[call-overload]


def test_the_exact_year_is_preferred_over_the_next_one() -> None:
    theirs = snapshot(("Hamlet", 1991, "Drama"), ("Hamlet", 1990, "Drama"))
    assert matched(films(("Hamlet", 1990, "Drama")), theirs) == {0: 1}


def test_two_years_apart_is_another_film() -> None:
    assert matched(films(("Hamlet", 1990, "Drama")), snapshot(("Hamlet", 1992, "Drama"))) == {}


def test_one_year_apart_asks_for_a_genre_in_common() -> None:
    ours = films(("Butterfly", 1999, "Drama"))
    assert matched(ours, snapshot(("Butterfly", 2000, "Documentary"))) == {}
    assert matched(ours, snapshot(("Butterfly", 2000, "Drama|War"))) == {0: 0}


def test_more_oscars_break_a_tie() -> None:
    theirs = snapshot(("Crash", 2004, "Drama"), ("Crash", 2004, "Drama"), oscars=[0, 3])
    assert matched(films(("Crash", 2004, "Drama")), theirs) == {0: 1}


def test_a_part_of_the_title_needs_the_same_year_and_a_genre_in_common() -> None:
    ours = films(("X2: X-Men United", 2003, "Action"))
    assert matched(ours, snapshot(("X2", 2003, "Action"))) == {0: 0}
    assert matched(ours, snapshot(("X2", 2004, "Action"))) == {}
    assert matched(ours, snapshot(("X2", 2003, "Drama"))) == {}


def test_a_row_goes_to_the_film_of_its_own_year() -> None:
    ours = films(("Wanted", 2009, "Action"), ("Wanted", 2008, "Action"))
    assert matched(ours, snapshot(("Wanted", 2008, "Action"))) == {1: 0}


def test_a_film_without_a_year_stays_alone() -> None:
    assert matched(films(("Hamlet", None, "Drama")), snapshot(("Hamlet", 1990, "Drama"))) == {}


def test_genres_of_both_sources_are_one_list_in_one_spelling() -> None:
    ours = clean_genres(pd.Series(["Children|Sci-Fi|IMAX", "(no genres listed)"]))
    assert ours.tolist() == ["Family|Sci-Fi", ""]
    assert merge_cells(ours, pd.Series(["Sci-Fi|Drama", "Drama"])).tolist() == ["Family|Sci-Fi|Drama", "Drama"]


def test_facts_of_the_snapshot_are_cleaned() -> None:
    raw = pd.DataFrame(
        {
            "director": ["Lana Wachowski, Lilly Wachowski"],
            "writer": ["the Wachowskis"],
            "actor": ["Robert Downey, Jr., list of cast members, Ann Lee"],
            "genre": ["Music, Drama"],
            "language": ["Standard Chinese, Mandarin, English"],
            "country": ["People's Republic of China"],
            "certificate": ["GP"],
            "awards": ["Won 1 Oscar. Nominated for 2 Oscars."],
            "oscars": [1],
            "year": [1999],
        }
    )
    clean = clean_snapshot(raw).iloc[0]
    assert clean["writer"] == clean["director"] == "Lana Wachowski|Lilly Wachowski"
    assert clean["actor"] == "Robert Downey Jr.|Ann Lee"
    assert clean["genre"] == "Musical|Drama"
    assert clean["language"] == "Mandarin|English"
    assert clean["country"] == "China"
    assert clean["certificate"] == "PG"
    assert clean["award"] == "Oscar winner"
    assert clean["decade"] == "1990s"


def test_an_unknown_year_has_no_decade() -> None:
    assert decade(pd.Series([2001, None], dtype="Int64")).tolist() == ["2000s", ""]
