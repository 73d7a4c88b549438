"""Questions in plain words and their answers: what was said, about what, and how the list is arranged after it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgrec_core.schema.asker import Asker
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.explanation import Sentence
from kgrec_core.schema.requests import NO_WISHES, Wishes

ANSWERED, ASKED_BACK, NOT_UNDERSTOOD = "answered", "asked back", "not understood"  # see `Answer`


@dataclass(frozen=True, slots=True)
class LeftOffList:
    """What the list leaves out since somebody asked for it: an item or all items that share a fact."""

    label: str
    items: tuple[str, ...]  # ids


@dataclass(frozen=True, slots=True)
class Conversation:
    """Who asks, how their list is arranged by now, and what was talked about.

    wishes: of the list before anything was asked · about: ids of the items of the last answer, the first one meant by
    "it" · listed: ids of the list that was shown last
    """

    asker: Asker
    wishes: Wishes = NO_WISHES
    left_out: tuple[LeftOffList, ...] = ()
    about: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    k: int = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of an answer, as the model gave it."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Answer:
    """status: ANSWERED, ASKED_BACK where a name is missing, unknown or has several meanings, or NOT_UNDERSTOOD.

    read_as: the question as it was understood, "" where it was not · items: told of, for pictures or a list ·
    is_list: whether they are the list of who asks, in its order · explained: the item whose explanation says more ·
    next: questions that make sense now; after ASKED_BACK those that settle what was meant · after: what the next
    question starts from
    """

    question: str
    kind: str
    status: str
    sentences: tuple[Sentence, ...]
    after: Conversation
    read_as: str = ""
    figures: tuple[Figure, ...] = ()
    items: tuple[ItemCard, ...] = ()
    is_list: bool = False
    explained: str | None = None
    next: tuple[str, ...] = ()
    ms: float = field(default=0.0, compare=False)

    @property
    def text(self) -> str:
        return " ".join(one.sentence for one in self.sentences)
