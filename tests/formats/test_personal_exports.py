"""One person's own export: told from data of many people, and read title by title."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from kgrec_core.config import ImportLimits
from kgrec_core.data.formats.gathering import gather
from kgrec_core.data.formats.personal_exports import read_export, recognised, refuse_if_personal
from kgrec_core.data.formats.source_files import Given, SourceFile
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.masking import nobody_named
from kgrec_core.errors import DataError, OnePersonError
from kgrec_core.schema.personal_history import DISLIKE, LIKE, SEEN, ExportEntry, OnePersonHistory

FILMS = (("Hidden Tower", 1994), ("Empty Orchard", 2001), ("Silent River", 1987), ("Stone Station", 1999))
MORE = (*FILMS, ("Paper Road", 2012), ("Blue Window", 2004))

LETTERBOXD = "Date,Name,Year,Letterboxd URI,Rating\n" + "".join(
    f"2024-01-0{place},{title},{year},https://boxd.it/{place},{stars}\n"
    for place, ((title, year), stars) in enumerate(zip(FILMS, ("5", "3", "1.5", "3.5"), strict=True), start=1)
)
IMDB = "Const,Your Rating,Date Rated,Title,Title Type,Year\n" + "".join(
    f"tt000000{place},{2 * place},2024-01-01,{title},Movie,{year}\n" for place, (title, year) in enumerate(FILMS, 1)
)
NETFLIX = (
    'Title,Date\n"Hidden Tower: Season 3: ""Pilot""",5/13/14\n"Hidden Tower: Season 3: ""End""",5/14/14\nHeat,1/2/15\n'
)
GOODREADS = (
    "Book Id,Title,Author,ISBN,ISBN13,My Rating,Original Publication Year,Date Read,Exclusive Shelf\n"
    '7,"Hidden Tower (Ocean, #1)",Leo Marsh,"=""0001821373""",,4,1994,2014/07/13,read\n'
    "8,Empty Orchard,Ada Bell,,,0,2001,2014/07/14,read\n"
    "9,Silent River,Ada Bell,,,0,1987,,to-read\n"
)
STORYGRAPH = (
    "Title,Authors,ISBN/UID,Read Status,Star Rating,Last Date Read\n"
    "Hidden Tower,Leo Marsh,9780001821378,read,4.25,2024/01/01\n"
    "Silent River,Ada Bell,,did-not-finish,,2024/01/02\n"
)
LASTFM = "uts,utc_time,artist,album,track\n" + "".join(
    f'{1_500_000_000 + n},"0{n + 1} Jan 2020, 10:0{n}",Leo Marsh,Tower,{("Hidden Tower", "Stone")[n > 1]}\n'
    for n in range(3)
)
TRAKT = json.dumps(
    [
        {"rated_at": "2024-01-01", "rating": 9, "type": "movie", "movie": _film}
        for _film in (
            {"title": "Hidden Tower", "year": 1994, "ids": {"trakt": 1, "imdb": "tt0111161"}},
            {"title": "Empty Orchard", "year": 2001, "ids": {"trakt": 2, "imdb": "tt0222222"}},
        )
    ]
)
MYANIMELIST = """<?xml version="1.0" encoding="UTF-8" ?><myanimelist><myinfo><user_name>someone</user_name></myinfo>
<anime><series_animedb_id>1</series_animedb_id><series_title><![CDATA[Hidden Tower]]></series_title>
<my_score>8</my_score><my_status>Completed</my_status></anime>
<anime><series_animedb_id>2</series_animedb_id><series_title>Blue Window</series_title>
<my_score>0</my_score><my_status>Plan to Watch</my_status></anime></myanimelist>"""
ONE_OF_MOVIELENS = "userId,movieId,rating,timestamp\n" + "".join(
    f"7,{movie},{1 + movie % 5},1000\n" for movie in range(9)
)
LIST = "Title;Year;My rating\n" + "".join(
    f"{title};{year};{place % 10 + 1}\n" for place, (title, year) in enumerate(MORE)
)
PLAIN_LIST = "title,rating\n" + "".join(f"{title},{1 + place % 5}\n" for place, (title, _) in enumerate(MORE))


def _spotify(places: Sequence[int] = (0, 0, 1), username: str | None = None) -> str:
    extended = username is not None
    plays = []
    for number, place in enumerate(places):
        when, song = f"2024-01-0{number + 1} 10:00", FILMS[place][0]
        if extended:
            play: dict[str, object] = {"ts": when, "username": username, "ms_played": 200_000}
            play |= {"master_metadata_track_name": song, "master_metadata_album_artist_name": "Leo Marsh"}
            play |= {"spotify_track_uri": f"spotify:track:{place}", "episode_name": None}
        else:
            play = {"endTime": when, "artistName": "Leo Marsh", "trackName": song, "msPlayed": 200_000}
        plays.append(play)
    return json.dumps([*plays, {**plays[-1], "msPlayed": 900, "ms_played": 900}], indent=2)


def opened(folder: Path, **texts: str) -> tuple[SourceFile, ...]:
    """Files with these contents; "__" in a name is its dot."""
    paths = []
    for name, text in texts.items():
        path = folder / name.replace("__", ".")
        path.write_text(text, encoding="utf-8")
        paths.append(Given(path))
    (folder / "unpacked").mkdir()
    return gather(paths, folder / "unpacked", ImportLimits()).files


def read(folder: Path, **texts: str) -> OnePersonHistory:
    return read_export(opened(folder, **texts), Ledger())


def by_title(history: OnePersonHistory) -> dict[str, ExportEntry]:
    return {entry.title: entry for entry in history.entries}


@pytest.mark.parametrize(
    ("name", "text", "source"),
    [
        ("ratings__csv", LETTERBOXD, "Letterboxd"),
        ("ratings__csv", IMDB, "IMDb"),
        ("NetflixViewingHistory__csv", NETFLIX * 1, "Netflix"),
        ("goodreads_library_export__csv", GOODREADS, "Goodreads"),
        ("storygraph__csv", STORYGRAPH, "StoryGraph"),
        ("StreamingHistory0__json", _spotify(), "Spotify"),
        ("Streaming_History_Audio__json", _spotify(username="someone"), "Spotify"),
        ("scrobbles__csv", LASTFM, "Last.fm"),
        ("ratings-movies__json", TRAKT, "Trakt"),
        ("animelist__xml", MYANIMELIST, "MyAnimeList"),
        ("ratings__csv", ONE_OF_MOVIELENS, "one user of a table"),
        ("films__csv", LIST, "a list of titles"),
        ("films__csv", PLAIN_LIST, "a list of titles"),
    ],
)
def test_an_export_is_known_by_its_columns_and_refused_as_a_data_set(
    name: str, text: str, source: str, tmp_path: Path
) -> None:
    files = opened(tmp_path, **{name: text})
    found = recognised(files)
    assert found is not None and found.source == source
    with pytest.raises(OnePersonError, match=r"one person's own history.*columns found.*--export"):
        refuse_if_personal(files)
    assert read_export(files, Ledger()).entries


def test_an_error_about_an_export_is_still_one_when_an_address_in_it_is_put_out_of_sight() -> None:
    with pytest.raises(OnePersonError, match=r"Columns found: \[e-mail\]\. Ask \[e-mail\]\.") as caught, nobody_named():
        raise OnePersonError("Columns found: anna@x.org.", "Ask ben@x.org.")
    assert caught.value.remedy == "Ask [e-mail]."


MANY = "userId,movieId,rating\n" + "".join(f"{row // 8},{row % 8},{1 + row % 5}\n" for row in range(40))
ITEMS = "id,title,genres\n" + "".join(f"{place},{title},Drama\n" for place, (title, _) in enumerate(MORE))
PRODUCTS = "sku,name,price,rating\n" + "".join(
    f"s{place},{title},9.50,4.{place}\n" for place, (title, _) in enumerate(MORE)
)
WITHOUT_NAMES = "".join(f"{row // 8}\t{row % 8}\t{1 + row % 5}\n" for row in range(40))
ORDERS = "order,product,date\n" + "".join(f"o{row // 3},p{row % 7},2024-01-0{1 + row % 9}\n" for row in range(30))


@pytest.mark.parametrize(
    "texts",
    [
        {"ratings__csv": MANY},
        {"ratings__csv": MANY, "movies__csv": ITEMS},
        {"movies__csv": ITEMS},
        {"products__csv": PRODUCTS},
        {"u__data": WITHOUT_NAMES},
        {"orders__csv": ORDERS, "products__csv": PRODUCTS},
        {"ratings__csv": MANY, "mine__csv": PLAIN_LIST},
        {"a__json": _spotify(username="anna"), "b__json": _spotify(username="ben")},
        {"anna__csv": PLAIN_LIST, "ben__csv": PLAIN_LIST},
        {"scores__csv": "name,game,rating\n" + "".join(f"person {row},Chess,{row % 5}\n" for row in range(9))},
        {"shop__csv": "client,artikel,menge\n" + "".join(f"acme,a{row},1\n" for row in range(9))},
    ],
)
def test_data_of_several_people_and_tables_of_items_are_no_export(texts: dict[str, str], tmp_path: Path) -> None:
    assert recognised(opened(tmp_path, **texts)) is None


def test_a_second_person_far_down_the_file_is_seen(tmp_path: Path) -> None:
    rows = "".join(f"7,{movie},4,100000000\n" for movie in range(20_000)) + "8,1,4,100000000\n"
    assert recognised(opened(tmp_path, ratings__csv="userId,movieId,rating,timestamp\n" + rows)) is None


def test_an_archive_of_letterboxd_joins_its_files_and_leaves_the_watchlist_out(tmp_path: Path) -> None:
    path = tmp_path / "letterboxd.zip"
    head = "Date,Name,Year,Letterboxd URI"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ratings.csv", LETTERBOXD)
        archive.writestr("watched.csv", f"{head}\n2024-01-01,Hidden Tower,1994,u\n2024-02-01,Paper Road,2012,u\n")
        archive.writestr("watchlist.csv", f"{head}\n2024-03-01,Blue Window,2004,u\n")
        archive.writestr("profile.csv", "Date Joined,Username\n2020-01-01,someone\n")
        archive.writestr("deleted/diary.csv", f"{head}\n2024-03-01,Lost Thing,2004,u\n")
    (tmp_path / "unpacked").mkdir()
    files = gather([Given(path)], tmp_path / "unpacked", ImportLimits()).files
    found = by_title(read_export(files, Ledger()))
    assert set(found) == {title for title, _ in FILMS} | {"Paper Road"}
    opinions = [found[title].opinion for title, _ in FILMS]
    assert opinions == [LIKE, SEEN, DISLIKE, LIKE]  # 5, 3, 1.5 and 3.5 of 5
    assert found["Paper Road"].opinion == LIKE  # watched, and not rated


def test_ratings_are_shares_of_their_scale(tmp_path: Path) -> None:
    found = by_title(read(tmp_path, ratings__csv=IMDB))
    assert [found[title].rating for title, _ in FILMS] == [2 / 10, 4 / 10, 6 / 10, 8 / 10]
    assert found["Hidden Tower"].ids == {"imdb": "tt0000001"}


def test_episodes_are_of_their_show_and_counted(tmp_path: Path) -> None:
    found = by_title(read(tmp_path, NetflixViewingHistory__csv=NETFLIX))
    assert {title: entry.times for title, entry in found.items()} == {"Hidden Tower": 2, "Heat": 1}


def test_a_book_loses_its_series_and_what_is_to_be_read_does_not_count(tmp_path: Path) -> None:
    history = read(tmp_path, library__csv=GOODREADS)
    found = by_title(history)
    assert set(found) == {"Hidden Tower", "Empty Orchard"}
    assert found["Hidden Tower"].rating == 4 / 5 and found["Hidden Tower"].ids["isbn"] == "000182137"
    assert found["Empty Orchard"].rating is None and found["Empty Orchard"].opinion == LIKE
    assert any("list for later" in note for note in history.notes)


def test_what_was_not_finished_is_neither_liked_nor_disliked(tmp_path: Path) -> None:
    found = by_title(read(tmp_path, storygraph__csv=STORYGRAPH))
    assert found["Hidden Tower"].opinion == LIKE and found["Silent River"].opinion == SEEN


def test_plays_are_counted_and_one_play_says_little_beside_repeated_ones(tmp_path: Path) -> None:
    history = read(tmp_path, StreamingHistory0__json=_spotify((0, 0, 1)))
    found = by_title(history)
    assert (found["Hidden Tower"].times, found["Hidden Tower"].opinion) == (2, LIKE)
    assert (found["Empty Orchard"].times, found["Empty Orchard"].opinion) == (1, SEEN)
    assert found["Hidden Tower"].maker == "Leo Marsh"
    assert history.notes == ("1 plays of less than 30 seconds do not count.",)


def test_only_wishes_count_where_there_is_nothing_else(tmp_path: Path) -> None:
    text = "Position,Const,Created,Title,Title Type,Year,Your Rating\n1,tt0111161,2024-01-01,Hidden Tower,Movie,1994,\n"
    history = read(tmp_path, watchlist__csv=text)
    assert [entry.opinion for entry in history.entries] == [LIKE] and "for later" in history.notes[0]


def test_the_one_user_of_a_table_gets_titles_from_the_table_beside_it(tmp_path: Path) -> None:
    movies = "movieId,title,genres\n" + "".join(f"{movie},Film {movie} (199{movie}),Drama\n" for movie in range(9))
    history = read(tmp_path, ratings__csv=ONE_OF_MOVIELENS, movies__csv=movies)
    assert by_title(history)["Film 4"] == ExportEntry("Film 4", 1994, 5 / 5, "1000", ids={"item": "4"})


def test_an_anime_list_leaves_out_what_is_planned(tmp_path: Path) -> None:
    history = read(tmp_path, animelist__xml=MYANIMELIST)
    assert [(entry.title, entry.rating, entry.ids) for entry in history.entries] == [
        ("Hidden Tower", 8 / 10, {"myanimelist": "1"})
    ]


def test_entities_in_xml_are_not_read(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><myanimelist><anime/></myanimelist>'
    with pytest.raises(DataError, match="declares entities"):
        read(tmp_path, animelist__xml=bomb)


def test_files_of_several_people_are_no_export_and_the_way_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"several people.*import NAME"):
        read(tmp_path, ratings__csv=MANY)


def test_a_table_without_titles_is_told_by_its_columns(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no column holds titles; it has 'a', 'b'"):
        read(tmp_path, table__csv="a,b\n1,2\n3,4\n")


@pytest.mark.parametrize("text", ["[" * 50_000, '{"a": [', "<myanimelist>", 'title,rating\n"x', "\x01\x02,\n"])
def test_damaged_files_are_refused_in_words(text: str, tmp_path: Path) -> None:
    for ending in ("json", "xml", "csv"):
        folder = tmp_path / ending
        folder.mkdir()
        try:
            read(folder, **{f"export__{ending}": text})
        except DataError as error:
            assert str(error)


def test_a_list_in_stars_marks_and_words_is_read(tmp_path: Path) -> None:
    text = "Film,Rating\nHidden Tower,★★★½\nEmpty Orchard,2/10\nSilent River,liked\nStone Station,\nPaper Road,★\n"
    ratings = [entry.rating for entry in read(tmp_path, films__csv=text).entries]
    assert ratings == [3.5 / 5, 2 / 10, 1.0, None, 1 / 5]


def test_a_workbook_is_known_and_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "films.xlsx"
    rows = [{"Title": title, "Year": year, "My rating": 1 + place} for place, (title, year) in enumerate(MORE)]
    pd.DataFrame(rows).to_excel(path, index=False)
    (tmp_path / "unpacked").mkdir()
    files = gather([Given(path)], tmp_path / "unpacked", ImportLimits()).files
    assert recognised(files) is not None
    found = by_title(read_export(files, Ledger()))
    assert (found["Paper Road"].year, found["Paper Road"].rating) == (2012, 5 / 10)  # the largest is 6: of ten
