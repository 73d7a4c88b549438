"""Which items of a data set somebody's own history is about: by ids where both have them, else by title and year."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kgrec_core.browse.export_ids import ID_NAMES, item_ids
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.titles import loose_keys, match_keys
from kgrec_core.schema.columns import ITEM, TITLE
from kgrec_core.schema.personal_history import ExportEntry, ExportMatch, FoundEntry, OnePersonHistory

_MAKERS = ("author", "authors", "artist", "artists", "artist_name", "director", "creator", "writer", "brand")
_YEARS = ("year", "release_year", "original_publication_year", "publication_year", "year_published")
_ALIKE, _ALIKE_BY_MAKER = 0.75, 0.5  # likeness of two titles that is worth asking about, also where the maker agrees
_LONG_ENOUGH = 6  # letters that such a title needs
_ASKED = 1_000  # titles that are compared letter by letter, at most
_OTHER_TITLE = re.compile(r"[,;] or,? ", re.IGNORECASE)
_YEAR_AT_END = re.compile(r"\((1[89]\d\d|20\d\d)\)\s*$")


@dataclass(frozen=True, eq=False)
class _Item:
    """One item as it is compared. makers: in small letters, whole and by their last word."""

    item_id: str
    title: str
    year: int | None
    makers: frozenset[str]


@dataclass(frozen=True, eq=False)
class ExportMatcher:
    """Finds the items of one data set; read-only."""

    catalog: Catalog

    def match(self, history: OnePersonHistory) -> ExportMatch:
        """Each title of the history as found, unsure or missing. Plays are of artists where the items are artists."""
        by_title = self._match(history, history.entries)
        artists = _by_maker(history.entries)
        if len(artists) < 2 or len(by_title.found) > len(history.entries) / 4:
            return by_title
        by_artist = self._match(history, artists)
        return by_artist if len(by_artist.found) > len(by_title.found) else by_title

    def _match(self, history: OnePersonHistory, entries: Sequence[ExportEntry]) -> ExportMatch:
        found, unsure, missing = list[FoundEntry](), list[FoundEntry](), list[ExportEntry]()
        for entry in entries:
            sure, row = self._by_id(entry) or self._by_title(entry) or self._by_part(entry) or (False, None)
            if row is None:
                missing.append(entry)
            else:
                (found if sure else unsure).append(row)
        near = {id(entry): row for entry in missing[:_ASKED] if (row := self._much_alike(entry)) is not None}
        taken = {row.item_id for row in found}
        asked = [row for row in (*unsure, *near.values()) if row.item_id not in taken]
        lost = [row.entry for row in (*unsure, *near.values()) if row.item_id in taken]
        missing = [*(entry for entry in missing if id(entry) not in near), *lost]
        items = self.catalog.domain.items
        return ExportMatch(history.source, items, tuple(found), tuple(asked), tuple(missing), history.notes)

    def _by_id(self, entry: ExportEntry) -> tuple[bool, FoundEntry] | None:
        for kind, number in entry.ids.items():
            place = self._ids.get(kind, {}).get(number)
            if place is not None and (kind != "item" or not entry.title):
                return True, self._found(entry, place, f"by its {ID_NAMES.get(kind, kind)}")
        return None

    def _by_title(self, entry: ExportEntry) -> tuple[bool, FoundEntry] | None:
        """The whole title: sure in the same year give or take one, or where no year is told and one item has it."""
        ranked: dict[int, int] = {}
        for rank, key in enumerate(match_keys(entry.title)):
            for place, own in self._keys.get(key, ()):
                ranked[place] = min(ranked.get(place, 99), rank + own)
        if not ranked:
            return None
        agreed = {place: _same_maker(entry, self._items[place]) for place in ranked}
        order = sorted(
            ranked, key=lambda place: (agreed[place] is not True, self._apart(entry, place) or 0, ranked[place])
        )
        best, apart = order[0], self._apart(entry, order[0])
        row = self._found(entry, best, "by its title and year" if apart is not None else "by its title")
        if agreed[best] is False:
            return False, self._found(entry, best, "the same title, by somebody else")
        if agreed[best] or (apart is not None and apart <= 1):
            return True, row
        if apart is not None:
            return False, self._found(entry, best, f"the same title, of {self._items[best].year}")
        if len(order) > 1:
            return False, self._found(entry, best, f"one of {len(order)} with this title")
        return True, row

    def _by_part(self, entry: ExportEntry) -> tuple[bool, FoundEntry] | None:
        """A part of one of the titles; sure only where the same person made it."""
        shorter = match_keys(_OTHER_TITLE.split(entry.title, maxsplit=1)[0])  # "The Hobbit, or There and Back Again"
        places = [place for key in (*shorter, *loose_keys(entry.title)) for place, _ in self._keys.get(key, ())]
        places += [place for key in match_keys(entry.title) for place in self._parts.get(key, ())]
        for place in dict.fromkeys(places):
            agreed, apart = _same_maker(entry, self._items[place]), self._apart(entry, place)
            if agreed is not False and (agreed or apart is None or apart <= 1):
                return bool(agreed), self._found(entry, place, "only a part of the title is the same")
        return None

    def _much_alike(self, entry: ExportEntry) -> FoundEntry | None:
        """The item whose title has most letters in common, three by three (Dice), if it is of about the same year."""
        key = next(iter(match_keys(entry.title)), "")
        if len(key) < _LONG_ENOUGH:
            return None
        own = _threes(key)
        shared = Counter(place for three in own for place in self._threes.get(three, ()))
        for place, common in shared.most_common(5):
            other, size = self._main[place], self._sizes[place]
            apart, likeness = self._apart(entry, place), 2 * common / (len(own) + size)
            numbers = re.sub(r"\D", "", key) == re.sub(r"\D", "", other)
            agreed = _same_maker(entry, self._items[place])
            least = _ALIKE_BY_MAKER if agreed else _ALIKE
            if agreed is not False and likeness >= least and numbers and (agreed or apart is None or apart <= 1):
                return self._found(entry, place, "a title much like it")
        return None

    def _found(self, entry: ExportEntry, place: int, why: str) -> FoundEntry:
        item = self._items[place]
        return FoundEntry(entry, item.item_id, f"{item.title} ({item.year})" if item.year else item.title, why)

    def _apart(self, entry: ExportEntry, place: int) -> int | None:
        year = self._items[place].year
        return None if year is None or entry.year is None else abs(year - entry.year)

    @cached_property
    def _items(self) -> list[_Item]:
        return [_item(row) for row in self.catalog.item_rows()]

    @cached_property
    def _raw_titles(self) -> list[str]:
        """With all alternatives that the sources tell."""
        column = "raw_title" if "raw_title" in self.catalog.items else TITLE
        return [_YEAR_AT_END.sub("", str(title)) for title in self.catalog.items[column]]

    @cached_property
    def _keys(self) -> Mapping[str, list[tuple[int, int]]]:
        found = defaultdict[str, list[tuple[int, int]]](list)
        for place, title in enumerate(self._raw_titles):
            for rank, key in enumerate(match_keys(title)):
                found[key].append((place, rank))
        return dict(found)

    @cached_property
    def _parts(self) -> Mapping[str, list[int]]:
        found = defaultdict[str, list[int]](list)
        for place, title in enumerate(self._raw_titles):
            for key in loose_keys(title):
                found[key].append(place)
        return dict(found)

    @cached_property
    def _main(self) -> list[str]:
        return [next(iter(match_keys(title)), "") for title in self._raw_titles]

    @cached_property
    def _sizes(self) -> list[int]:
        return [len(_threes(key)) for key in self._main]

    @cached_property
    def _threes(self) -> Mapping[str, list[int]]:
        found = defaultdict[str, list[int]](list)
        for place, key in enumerate(self._main):
            for three in _threes(key):
                found[three].append(place)
        return dict(found)

    @cached_property
    def _ids(self) -> Mapping[str, Mapping[str, int]]:
        places = {item.item_id: place for place, item in enumerate(self._items)}
        return {
            kind: {number: places[item] for number, item in known.items() if item in places}
            for kind, known in item_ids(self.catalog).items()
        }


def _item(row: Mapping[str, object]) -> _Item:
    title = str(row.get(TITLE) or row[ITEM])
    told = next((str(row[name]) for name in _YEARS if str(row.get(name) or "")[:4].isdigit()), "")[:4]
    at_end = _YEAR_AT_END.search(title)
    year = int(told) if told.isdigit() else int(at_end[1]) if at_end else None
    makers = (_names(str(row[name])) for name in _MAKERS if row.get(name))
    return _Item(str(row[ITEM]), _YEAR_AT_END.sub("", title).strip(), year, frozenset().union(*makers))


def _names(cell: str) -> frozenset[str]:
    """The names in a cell: whole, and the last word of each, which is often the family's."""
    whole = [" ".join(re.findall(r"[^\W_]+", name.lower())) for name in re.split(r"[|,;&]| and ", cell[:400])]
    return frozenset(part for name in whole if name for part in (name, f"…{name.split()[-1]}"))


def _same_maker(entry: ExportEntry, item: _Item) -> bool | None:
    """None where one of the two is not told."""
    return bool(_names(entry.maker) & item.makers) if entry.maker and item.makers else None


def _threes(key: str) -> set[str]:
    return {key[place : place + 3] for place in range(len(key) - 2)}


def _by_maker(entries: Iterable[ExportEntry]) -> tuple[ExportEntry, ...]:
    """What was played, by artist."""
    times = Counter[str]()
    for entry in entries:
        if entry.maker and entry.rating is None:
            times[entry.maker] += entry.times
    repeated = any(count > 1 for count in times.values())
    return tuple(ExportEntry(maker, times=count, weak=repeated and count < 2) for maker, count in times.items())
