"""What the examples of the documentation are run on: a small `movies` with the ids that they name."""

from __future__ import annotations

import pandas as pd

from kgrec_core.data.attribute_triples import triples_from_attributes
from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import VIDEO

USERS, RATED, FIRST = 24, 14, 190  # viewers 190 to 213, who rated 14 films each
RELATIONS = {
    "director": ("director", "person"),
    "genre": ("genre", "genre"),
    "language": ("language", "language"),
    "decade": ("decade", "decade"),
}
NAMED = (  # even ones are liked by even viewers, odd ones by odd viewers; viewer 197 has met neither 1270 nor 2641
    ("296", "Pulp Fiction", 1994, "Quentin Tarantino", "Crime|Drama", "English"),
    ("1270", "Back to the Future", 1985, "Robert Zemeckis", "Adventure|Sci-Fi", "English"),
    ("318", "The Shawshank Redemption", 1994, "Frank Darabont", "Crime|Drama", "English"),
    ("2011", "Back to the Future Part II", 1989, "Robert Zemeckis", "Adventure|Sci-Fi", "English"),
    ("4973", "Amelie", 2001, "Jean-Pierre Jeunet", "Comedy|Romance", "French"),
    ("2641", "Superman II", 1980, "Richard Lester", "Action|Sci-Fi", "English"),
    ("7116", "Diabolique", 1955, "Henri-Georges Clouzot", "Drama|Crime", "French"),
    ("1240", "The Terminator", 1984, "James Cameron", "Action|Sci-Fi", "English"),
    ("593", "The Silence of the Lambs", 1991, "Jonathan Demme", "Crime|Drama", "English"),
    ("2012", "Back to the Future Part III", 1990, "Robert Zemeckis", "Adventure|Sci-Fi", "English"),
)
OTHERS = tuple(
    (f"90{number}", f"Comet {number}", 1980 + number, ("Ada Orbit", "Ben Star")[number % 4 // 2], genre, "English")
    for number in range(10, 34)
    for genre in [("Drama|Romance", "Action|Sci-Fi")[number % 2]]
)
FILMS = (*NAMED, *OTHERS)


def small_movies() -> Catalog:
    columns = ["item_id", "title", "year", "director", "genre", "language"]
    items = pd.DataFrame(FILMS, columns=columns)
    items["decade"] = [f"{year // 10}0s" for year in items["year"]]
    items.insert(3, "text", "")
    rows = [_rating(user, step) for user in range(USERS) for step in range(RATED)]
    return Catalog(
        name="movies",
        title="Films",
        domain=VIDEO,
        interactions=pd.DataFrame(rows, columns=["user_id", "item_id", "value", "timestamp"]),
        items=items,
        triples=triples_from_attributes(items, RELATIONS),
        sources=("Made up for tests.",),
    )


def _rating(user: int, step: int) -> tuple[str, str, float, int]:
    film = (user + 3 * step) % len(FILMS)
    liked = film % 2 == user % 2
    return str(FIRST + user), FILMS[film][0], 5.0 if liked else 2.0, 1_000_000 + 100 * user + step
