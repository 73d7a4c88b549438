"""`compare`: what is set beside what, and how the answers are printed.

By itself, for its five kinds of answers are printed in ways of their own.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from kgrec_core.errors import KgrecError
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.comparison import (
    MODELS,
    OURS,
    ComparedList,
    ComparedLists,
    ComparedPeople,
    ComparedPlace,
    ComparedReasons,
    Comparison,
    WhyAbove,
)
from kgrec_core.service import Service

_OTHERS = tuple(name for name in MODELS if name != OURS)
_SHOWN = 8  # titles of a kind that are printed
_CAUSES = 12  # causes that are printed


def add_compare(command: argparse.ArgumentParser) -> None:
    """What `compared` reads beside who asks and the length of lists."""
    command.add_argument("--with-user", metavar="ID", help="another user: both lists, and what both like")
    command.add_argument("--with-model", choices=_OTHERS, help="another model: its list beside ours")
    command.add_argument("--item", metavar="ID", help="with one of those: this item alone, with what adds to it")
    command.add_argument("--items", nargs=2, metavar="ID", help="two items: which stands above the other, and why")


def compared(asked: argparse.Namespace, asker: Asker, opened: Service) -> Comparison:
    """The answer. Raises KgrecError where not exactly one comparison was asked for."""
    given = [asked.with_user is not None, asked.with_model is not None, asked.items is not None]
    if sum(given) != 1 or (asked.items and asked.item):
        raise KgrecError(
            "Compare one pair: --with-user ID or --with-model NAME, alone or with --item ID; or --items ID ID."
        )
    if asked.items:
        return opened.compare.why_above(asker, *asked.items)
    if asked.with_user is not None:
        if asked.item:
            return opened.compare.reasons(asker, asked.with_user, asked.item)
        return opened.compare.people(asker, asked.with_user, asked.k)
    if asked.item:
        return opened.compare.item_by_models(asker, asked.with_model, asked.item)
    return opened.compare.models(asker, asked.with_model, asked.k)


def lines(answer: Comparison, liked: str) -> Iterator[str]:
    """An answer for people, a line at a time. liked: what a positive interaction is called"""
    if isinstance(answer, ComparedPeople):
        yield answer.sentence
        yield from _titles(f"Both {liked}", answer.shared)
        yield from _titles(f"Only {answer.lists.first.label} {liked}", answer.first_alone)
        yield from _titles(f"Only {answer.lists.second.label} {liked}", answer.second_alone)
        yield from _lists(answer.lists)
    elif isinstance(answer, ComparedLists):
        yield from _lists(answer)
    else:
        yield answer.sentence
        if isinstance(answer, ComparedReasons):
            yield from _causes(answer, answer.labels)
        elif isinstance(answer, WhyAbove):
            yield answer.confirmation
            yield from _causes(answer, (answer.above.title, answer.below.title))


def _titles(what: str, cards: Sequence[ItemCard]) -> Iterator[str]:
    more = f" and {len(cards) - _SHOWN:,} more" if len(cards) > _SHOWN else ""
    if cards:
        yield f"  {what}: {'; '.join(card.title for card in cards[:_SHOWN])}{more}"


def _lists(answer: ComparedLists) -> Iterator[str]:
    yield answer.sentence
    for own in (answer.first, answer.second):
        yield from _list(own)


def _list(own: ComparedList) -> Iterator[str]:
    yield f"{own.label}:"
    for place in own.places:
        yield f"{place.rank:>3}. {place.item.title} [{place.item.item_id}]  {_move(place)}"


def _move(place: ComparedPlace) -> str:
    if place.moved is None:
        elsewhere = "in the history there" if place.other_rank is None else f"place {place.other_rank:,} there"
        return f"only here ({elsewhere})"
    return f"up {place.moved}" if place.moved > 0 else f"down {-place.moved}" if place.moved < 0 else "same place"


def _causes(answer: ComparedReasons | WhyAbove, sides: tuple[str, str]) -> Iterator[str]:
    yield f"  difference, {sides[0]}, {sides[1]}"
    for cause in answer.causes[:_CAUSES]:
        first, second = (f"{value:+z.3f}" if value is not None else "     -" for value in (cause.first, cause.second))
        yield f"  {cause.difference:+z.3f}  {first}  {second}  {cause.label}"
    if len(answer.causes) > _CAUSES:
        yield f"  and {len(answer.causes) - _CAUSES:,} smaller ones, which --json lists"
