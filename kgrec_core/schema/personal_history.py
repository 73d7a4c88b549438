"""One person's own history, as a service exports it, and which items of a data set it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kgrec_core.schema.asker import Asker

LIKED, DISLIKED = 0.7, 0.4  # shares of a scale: 3.5 and 2 of 5 stars
LIKE, DISLIKE, SEEN = "like", "dislike", "seen"


@dataclass(frozen=True, slots=True)
class ExportEntry:
    """One title of the person.

    rating: share of its scale, 0 to 1; None for none · maker: artist or author · ids: kind of id -> id, such as
    "imdb" -> "tt0114709" · times: how often it was played, watched or read · weak: whether meeting it says little, as
    one play of a song does, or not having finished it
    """

    title: str
    year: int | None = None
    rating: float | None = None
    when: str = ""  # as it is written
    maker: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    times: int = 1
    weak: bool = False

    @property
    def opinion(self) -> str:
        """LIKE, DISLIKE, or SEEN for what was neither; whoever watched, read or played without a rating liked it."""
        if self.rating is None:
            return SEEN if self.weak else LIKE
        return LIKE if self.rating >= LIKED - 1e-9 else DISLIKE if self.rating <= DISLIKED + 1e-9 else SEEN

    @property
    def shown(self) -> str:
        """As people write it: "Heat (1995)", "Purple Rain, Prince"."""
        title = f"{self.title} ({self.year})" if self.year else self.title
        return f"{title}, {self.maker}" if self.maker else title


@dataclass(frozen=True, slots=True)
class OnePersonHistory:
    """What the files of one person hold. notes: what was left out, and why."""

    source: str  # "Letterboxd"
    entries: tuple[ExportEntry, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry and the item that it is; why: what speaks for it, "by its IMDb id", or what makes it unsure."""

    entry: ExportEntry
    item_id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class BroughtHistory:
    """Items of a data set that somebody has met elsewhere; seen: neither liked nor disliked."""

    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()

    def asker(self, request: str = "") -> Asker:
        """The visitor with this history."""
        return Asker(None, self.likes, dislikes=self.dislikes, request=request)


@dataclass(frozen=True, slots=True)
class ExportMatch:
    """What an export is about in a data set. items: what its items are called, "films"."""

    source: str
    items: str
    found: tuple[FoundEntry, ...]
    unsure: tuple[FoundEntry, ...]
    missing: tuple[ExportEntry, ...]
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """How much was found."""
        total = len(self.found) + len(self.unsure) + len(self.missing)
        confirm = f"; {len(self.unsure):,} to confirm" if self.unsure else ""
        return f"Found {len(self.found):,} of {total:,} {self.items}{confirm}."

    def brought(self, confirmed: Iterable[str] = ()) -> BroughtHistory:
        """The items that were found, with those of the unsure ones whose ids are `confirmed`; each once."""
        sure = set(confirmed)
        rows = (*self.found, *(each for each in self.unsure if each.item_id in sure))
        opinions: dict[str, str] = {}
        for each in rows:
            opinions.setdefault(each.item_id, each.entry.opinion)
        return BroughtHistory(*(_with(opinions, wanted) for wanted in (LIKE, DISLIKE, SEEN)))


def _with(opinions: Mapping[str, str], wanted: str) -> tuple[str, ...]:
    return tuple(item for item, opinion in opinions.items() if opinion == wanted)
