"""Rows of one person's export as titles: each once, with the rating as a share of its scale."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kgrec_core.data.formats.export_kinds import LEFT_OUT_FOLDERS, QUIT, WISH_FILES, WISHES, ExportKind
from kgrec_core.data.formats.export_tables import ExportTable, Row, words
from kgrec_core.schema.personal_history import ExportEntry

_SERIES = re.compile(r"^(?P<title>.*\S)\s*\([^()]*#[^()]{1,20}\)$")  # "Hidden Tower (Ocean, #1)"
_EPISODE = re.compile(
    r":\s*(?:Season|Series|Part|Volume|Chapter|Book|Limited Series|Collection|Staffel|Teil|Saison|Temporada|Stagione"
    r"|Seizoen|Sezon|Сезон|シーズン|第)(?:\s|:|\d|$)",
    re.IGNORECASE,
)
_YEAR_AT_END = re.compile(r"^(?P<title>.*\S)\s*\((?P<year>(?:18|19|20)\d\d)\)$")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_OF = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*(?:/|of)\s*(\d+(?:[.,]\d+)?)\s*$")
_YES, _NO = (
    ("yes", "true", "liked", "like", "up", "thumbs up", "👍"),
    ("no", "false", "disliked", "dislike", "down", "👎"),
)
_LONGEST = 300  # letters of a title
_SHORT = 30_000  # milliseconds: who stops a song before does not count as having heard it
_SCALES = (1.0, 5.0, 10.0, 20.0, 100.0)
_PREFIX = re.compile(r"^(?:Watched|Viewed)\s+", re.IGNORECASE)


def entries_of(tables: Sequence[tuple[ExportTable, ExportKind]]) -> tuple[tuple[ExportEntry, ...], tuple[str, ...]]:
    """The titles of all tables, each once, and what was left out in sentences.

    Titles that are still to be met are taken only where there are no others.
    """
    met, wished, untitled, short = list[ExportEntry](), list[ExportEntry](), 0, 0
    for table, kind in tables:
        top = kind.top or _scale(table, kind)
        for row in table.rows:
            if kind.played and _is_short(row):
                short += 1
                continue
            entry = _entry(row, kind, top)
            if entry is None:
                untitled += 1
            else:
                (wished if _is_wish(table, row, kind, entry) else met).append(entry)
    played = any(kind.played for _, kind in tables)
    notes = [f"{untitled:,} rows have no title."] if untitled else []
    notes += [f"{short:,} plays of less than 30 seconds do not count."] if short else []
    if met and wished:
        notes.append(f"{len(wished):,} titles that are on a list for later do not count.")
    elif wished:
        notes.append("All titles are on a list for later; they count as liked.")
    return tuple(_once(met or wished, played)), tuple(notes)


def left_out(table: ExportTable) -> bool:
    """Whether a file of an export is no history: what was deleted, and lists of other purposes."""
    return any(folder in LEFT_OUT_FOLDERS for folder in table.file.lower().split("/")[:-1])


def _entry(row: Row, kind: ExportKind, top: float) -> ExportEntry | None:
    title = _first(row, kind.title)[:_LONGEST]
    title = _PREFIX.sub("", title) if kind.source == "YouTube" else title
    if kind.source == "Netflix":
        title = _EPISODE.split(title, maxsplit=1)[0].strip()
    series = _SERIES.match(title)
    title = series["title"] if series else title
    dated = _YEAR_AT_END.match(title)
    year = _year(_first(row, kind.year)) or (int(dated["year"]) if dated else None)
    title = " ".join((dated["title"] if dated else title).split())
    ids = {name: found for name, columns in kind.ids.items() if (found := _id(name, _first(row, columns)))}
    if not title and not ids:
        return None
    return ExportEntry(
        title,
        year,
        share_of(_first(row, kind.rating), top),
        _first(row, kind.when)[:40],
        " ".join(_first(row, kind.maker).split())[:200],
        ids,
        _times(_first(row, kind.times)),
        any(row.get(column, "").strip().lower() in QUIT for column in kind.status),
    )


def share_of(text: str, top: float) -> float | None:
    """A rating as a share of its scale; None for none, which 0 is where the scale is not one of yes and no.

    >>> share_of("4,5", 5.0), share_of("★★★½", 5.0), share_of("7/10", 5.0), share_of("0", 10.0)
    (0.9, 0.7, 0.7, None)
    """
    said, of = text.strip().lower(), _OF.match(text)
    if of:
        value, top = _float(of[1]), _float(of[2])
    elif "★" in said or set(said) == {"*"}:
        value, top = said.count("★") + said.count("*") + 0.5 * said.count("½"), 5.0
    elif said in _YES or said in _NO:
        return 1.0 if said in _YES else 0.0
    else:
        number = _NUMBER.search(said)
        value = _float(number[0]) if number else 0.0
    if value <= 0 and not (top == 1.0 and said):
        return None
    return max(0.0, min(value / top, 1.0)) if top else None


def _scale(table: ExportTable, kind: ExportKind) -> float:
    """The least usual top of a scale that holds all ratings of the table."""
    numbers = [_float(found[0]) for row in table.rows if (found := _NUMBER.search(_first(row, kind.rating)))]
    largest = max(numbers, default=5.0)
    return next((top for top in _SCALES if largest <= top), largest)


def _once(entries: Iterable[ExportEntry], played: bool) -> Iterator[ExportEntry]:
    """Each title once: times added, the latest rating, ids of any. One play says little where others are repeated."""
    found: dict[tuple[str, str, int | None], ExportEntry] = {}
    for entry in entries:
        named = words(entry.title) or entry.title or str(sorted(entry.ids.items()))
        place = (named, entry.maker.lower(), entry.year)
        found[place] = _both(found[place], entry) if place in found else entry
    repeated = played and any(entry.times > 1 for entry in found.values())
    for entry in found.values():
        yield replace(entry, weak=entry.weak or (repeated and entry.times < 2))


def _both(one: ExportEntry, other: ExportEntry) -> ExportEntry:
    """The same title met twice: in two files, or at two times."""
    again = one.when != other.when and other.rating is None
    return replace(
        one,
        year=one.year or other.year,
        rating=one.rating if other.rating is None else other.rating,
        when=max(one.when, other.when),
        ids={**one.ids, **other.ids},
        times=one.times + other.times if again else max(one.times, other.times),
        weak=one.weak and other.weak,
    )


def _is_wish(table: ExportTable, row: Row, kind: ExportKind, entry: ExportEntry) -> bool:
    if entry.rating is not None:
        return False
    states = {part.strip().lower() for column in kind.status for part in row.get(column, "").split(",")}
    by_file = any(name in table.base.rsplit("/", 1)[-1] for name in WISH_FILES)
    imdb_list = kind.source == "IMDb" and "position" in row and "your rating" in row
    listed = bool(row.get("listed at")) and kind.source == "Trakt"
    return by_file or imdb_list or listed or bool(states & WISHES)


def _is_short(row: Row) -> bool:
    played = row.get("ms played", "")
    return played.isdigit() and int(played[:12]) < _SHORT


def _first(row: Row, columns: Iterable[str]) -> str:
    return next((cell for column in columns if (cell := row.get(column, "").strip())), "")


def _id(kind: str, text: str) -> str:
    """An id in one spelling; "" for what is none."""
    if kind == "imdb":
        found = re.search(r"tt\d{5,10}", text) or re.fullmatch(r"\d{5,9}", text)
        return "" if found is None else found[0] if found[0].startswith("tt") else f"tt{found[0]:0>7}"
    if kind == "isbn":
        return isbn(text)
    return text.strip('="')[:80]


def isbn(text: str) -> str:
    """The nine digits that ISBN-10 and ISBN-13 of a book share; "" for what is neither.

    >>> isbn('="0001821373"'), isbn("978-0-00-182137-1")
    ('000182137', '000182137')
    """
    signs = re.sub(r"[^0-9Xx]", "", text[:40])
    if len(signs) == 13 and signs.startswith("978"):
        return signs[3:12]
    return signs[:9] if len(signs) == 10 and signs[:9].isdigit() else ""


def _year(text: str) -> int | None:
    found = re.match(r"(1[89]\d\d|20\d\d)(?!\d)", text)
    return int(found[0]) if found else None


def _times(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _float(text: str) -> float:
    return float(text[:12].replace(",", "."))


def source_of(tables: Iterable[tuple[ExportTable, ExportKind]]) -> str:
    """What most of the files are an export of."""
    return Counter(kind.source for _, kind in tables).most_common(1)[0][0]
