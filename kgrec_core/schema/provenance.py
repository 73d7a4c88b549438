"""What a page, a list or a picture that leaves the app is made from. By itself, for all that is shared carries it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_MADE = "Data set: {title}. Model: version {model}. Made with kgrec on {day}."
_TITLE_ALONE = "Data set: {title}."


@dataclass(frozen=True, slots=True)
class Provenance:
    """title: of the data set · model: the version that is in force · made: the day; "" and None where unknown."""

    title: str
    model: str = ""
    made: date | None = None

    @property
    def sentence(self) -> str:
        """For people.

        >>> Provenance("Films", "v301d9d1", date(2026, 11, 30)).sentence
        'Data set: Films. Model: version v301d9d1. Made with kgrec on 30 November 2026.'
        """
        if self.made is None:
            return _TITLE_ALONE.format(title=self.title)
        return _MADE.format(title=self.title, model=self.model, day=f"{self.made.day} {self.made:%B %Y}")
