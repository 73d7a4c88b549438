"""One question that was read: who asks, what it names, and the parts that every answer is put together from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kgrec_core.ask import answer_sentences as say
from kgrec_core.ask.fact_lookup import FactLookup, Shared
from kgrec_core.schema.answers import ANSWERED, Answer, Conversation, Figure
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.explanation import Sentence
from kgrec_core.schema.recommendations import Recommendations
from kgrec_core.schema.requests import Wishes
from kgrec_core.service import Domain, Service

Names = tuple[int | Shared, ...]
Lists = Callable[[Asker, int, Wishes], Recommendations]


@dataclass(frozen=True, eq=False)
class Turn:
    """names: items by index, or what items share, in the order of the question"""

    opened: Service
    facts: FactLookup
    before: Conversation
    question: str
    kind: str
    names: Names = ()
    newer: bool | None = None
    lists: Lists = field(kw_only=True)

    @property
    def domain(self) -> Domain:
        return self.opened.domain

    @property
    def cards(self) -> tuple[ItemCard, ...]:
        return self.opened.items()

    @property
    def item(self) -> int:
        """The first item that the question names."""
        return next(name for name in self.names if isinstance(name, int))

    @property
    def card(self) -> ItemCard:
        return self.cards[self.item]

    @property
    def shared(self) -> Shared | None:
        return next((name for name in self.names if isinstance(name, Shared)), None)

    @property
    def who(self) -> str:
        """What who asks is called within a sentence."""
        card = self.opened.compare.card(self.before.asker)
        return "the new visitor" if card is None else card.label

    def history(self) -> tuple[ItemCard, ...]:
        """All that who asks has met, liked ones first."""
        asker = self.before.asker
        own = () if asker.stored is None else tuple(event.item for event in self.opened.history(asker.stored))
        by_id = {card.item_id: card for card in self.cards}
        given = (by_id[one] for one in (*(asker.history or ()), *asker.likes) if one in by_id)
        return tuple(dict.fromkeys((*own, *given)))

    def wishes(self, of: Conversation) -> Wishes:
        gone = tuple(item for each in of.left_out for item in each.items)
        return replace(of.wishes, left_out=tuple(dict.fromkeys((*of.wishes.left_out, *gone))))

    def recommended(self, of: Conversation | None = None) -> Recommendations:
        """The list as it is arranged by now, or in another conversation."""
        asked = of or self.before
        return self.lists(asked.asker, asked.k, self.wishes(asked))

    def ask(self, kind: str, *items: ItemCard, fact: str = "") -> str:
        """A question of a kind as somebody would type it."""
        titles = [called(card) for card in items] + ["", ""]
        return say.QUESTIONS[kind].format(a=titles[0], b=titles[1], fact=fact, items=self.domain.items,
                                          consumed=self.domain.consumed)  # fmt: skip

    def read_as(self) -> str:
        """The question as it was understood."""
        items = [self.cards[name] for name in self.names if isinstance(name, int)]
        kind = self.kind
        if kind == "more_like" and self.newer is not None:
            kind = "more_like_newer" if self.newer else "more_like_older"
        label = self.shared.label if self.shared else called(items[0]) if items else ""
        if self.shared is not None and not items and "{a}" in say.QUESTIONS[kind]:
            return say.QUESTIONS[kind].format(a=label, b="", items="", consumed="")
        return self.ask(kind, *items, fact=label)

    def answer(
        self,
        sentences: Sequence[Sentence | str],
        next: Sequence[str],
        figures: Mapping[str, float] | None = None,
        items: Sequence[ItemCard] = (),
        after: Conversation | None = None,
        is_list: bool = False,
        explained: str | None = None,
    ) -> Answer:
        said = tuple(Sentence(one, ()) if isinstance(one, str) else one for one in sentences if one)
        about = tuple(self.cards[name].item_id for name in self.names if isinstance(name, int))
        then = after or self.before
        listed = tuple(card.item_id for card in items) if items and (is_list or not about) else then.listed
        numbers = tuple(Figure(name, float(value)) for name, value in (figures or {}).items())
        return Answer(
            question=self.question, kind=self.kind, status=ANSWERED, sentences=said, read_as=self.read_as(),
            after=replace(then, about=about or tuple(card.item_id for card in items[:1]) or then.about, listed=listed),
            figures=numbers, items=tuple(items), is_list=is_list, explained=explained,
            next=tuple(dict.fromkeys(next))[:3],
        )  # fmt: skip


def called(card: ItemCard) -> str:
    """The title with its year, so that one of several is meant."""
    return f"{card.title} ({card.year})" if card.year else card.title


def titles(cards: Sequence[ItemCard], most: int = 5) -> str:
    return say.listed([card.title for card in cards], most)
