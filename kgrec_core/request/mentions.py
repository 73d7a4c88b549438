"""What a request names."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.request.request_text import RequestText


@dataclass(frozen=True, slots=True)
class FactMention:
    """phrase: as it is written in the request · column: of the kernel, the pair of relation and entity that is meant ·
    first, last: the words of the request from `first` to before `last`, with those before the name that ask for its
    role
    """

    phrase: str
    entity: int
    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TitleMention:
    """An item whose title is in the request: the words from `first` to before `last`."""

    item: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """asked, refused: facts in the order of the request, each once · titles: of items · text: what is left to be
    read as a description, all that is not refused
    """

    request: RequestText
    asked: tuple[FactMention, ...]
    refused: tuple[FactMention, ...]
    titles: tuple[TitleMention, ...]
    text: str

    @property
    def free(self) -> tuple[bool, ...]:
        """Of each word whether it names nothing, and does not begin a refusal."""
        facts, titles = (*self.asked, *self.refused), self.titles
        spans = [*((one.first, one.last) for one in facts), *((one.first, one.last) for one in titles)]
        named = {word for first, last in spans for word in range(first, last)}
        return tuple(not (sign or word in named) for word, sign in enumerate(self.request.signs))

    @property
    def items(self) -> tuple[int, ...]:
        """Those whose title is in the request and not refused."""
        named = (one.item for one in self.titles if not any(self.request.refused[one.first : one.last]))
        return tuple(dict.fromkeys(named))
