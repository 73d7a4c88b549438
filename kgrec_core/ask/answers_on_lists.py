"""Answers about the whole list: what drives it, what is left out, what would change it, what somebody liked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgrec_core.ask import answer_sentences as say
from kgrec_core.ask.turn import Turn, titles
from kgrec_core.schema.answers import Answer, Conversation, LeftOffList
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.changes import Change, WhatIf
from kgrec_core.schema.explanation import Sentence


def without_item(turn: Turn) -> Answer:
    card = turn.card
    if card not in turn.history():
        said = say.NOT_IN_HISTORY.format(title=card.title, who=turn.who)
        return turn.answer([said], [turn.ask("why", card), turn.ask("likes"), turn.ask("list")], None, (card,))
    return _without(turn, (card,), card.title)


def without_facts(turn: Turn) -> Answer:
    shared = turn.shared
    if shared is None:
        return without_item(replace(turn, kind="without_item"))
    group, own = turn.domain.group(shared.relation, shared.label), set(shared.items)
    having = {turn.cards[item].item_id for item in own}
    gone = tuple(card for card in turn.history() if card.item_id in having)
    if not gone:
        said = say.NONE_OF_FACT.format(who=turn.who, group=group)
        return turn.answer([said], [turn.ask("likes"), turn.ask("drives"), turn.ask("list")])
    what = (say.ONE_OF_FACT.format(title=gone[0].title, group=group) if len(gone) == 1
            else say.OF_FACT.format(count=len(gone), group=group))  # fmt: skip
    return _without(turn, gone, what, shared.label)


def with_item(turn: Turn) -> Answer:
    card, k = turn.card, turn.before.k
    found = turn.opened.what_if(turn.before.asker, Change(add_items=(card.item_id,)), None, k)
    form = say.WITH_OTHERS if found.entering else say.WITH_SAME
    said = form.format(what=card.title, k=k, items=turn.domain.items, entering=titles(found.entering))
    return turn.answer([said], _after_change(turn, found), {"changed": len(found.entering)}, _items(found))


def _without(turn: Turn, gone: Sequence[ItemCard], what: str, fact: str = "") -> Answer:
    """What would be listed without some of the history."""
    ids, k = tuple(card.item_id for card in gone), turn.before.k
    found = turn.opened.what_if(turn.before.asker, Change(without_items=ids), None, k)
    count = len(found.entering)
    form = say.SAME if not count else say.ONE_OTHER if count == 1 else say.OTHERS
    said = form.format(what=what, k=k, items=turn.domain.items, count=count, entering=titles(found.entering))
    next = _after_change(turn, found)
    if fact:
        next.insert(0, turn.ask("leave_out", fact=fact))
    evidence = tuple(f"history:{one}" for one in ids)
    return turn.answer([Sentence(said, evidence)], next, {"changed": count, "removed": len(gone)}, _items(found))


def _items(found: WhatIf) -> tuple[ItemCard, ...]:
    return tuple(moved.item for moved in found.items)


def _after_change(turn: Turn, found: WhatIf) -> list[str]:
    moved = [*found.entering[:1], *found.leaving[:1], *_items(found)[:1]]
    return [*(turn.ask("why", card) for card in moved), turn.ask("drives"), turn.ask("list")]


def leave_out(turn: Turn) -> Answer:
    shared = turn.shared
    label = turn.domain.group(shared.relation, shared.label) if shared else turn.card.title
    items = shared.items if shared else (turn.item,)
    new = LeftOffList(label, tuple(turn.cards[item].item_id for item in items))
    if any(set(new.items) <= set(each.items) for each in turn.before.left_out):
        return _list(turn, turn.before, [say.LEFT_OUT_BEFORE.format(what=label)])
    after = replace(turn.before, left_out=(*turn.before.left_out, new))
    listed = {row.item.item_id for row in turn.recommended().items}
    count = len(listed & set(new.items))
    said = say.LEFT_OUT.format(what=label, k=len(listed), items=turn.domain.items, count=count)
    return _list(turn, after, [said], {"listed": len(listed), "left_out": count})


def undo(turn: Turn) -> Answer:
    if not turn.before.left_out:
        return _list(turn, turn.before, [say.UNCHANGED])
    *kept, last = turn.before.left_out
    return _list(turn, replace(turn.before, left_out=tuple(kept)), [say.UNDONE.format(what=last.label)])


def reset(turn: Turn) -> Answer:
    return _list(turn, replace(turn.before, left_out=()), [say.RESET])


def changed(turn: Turn) -> Answer:
    if not turn.before.left_out:
        return _list(turn, turn.before, [say.UNCHANGED])
    first = {row.item.item_id for row in turn.recommended(replace(turn.before, left_out=())).items}
    now = [row.item.item_id for row in turn.recommended().items]
    count, names = sum(one not in first for one in now), say.listed([one.label for one in turn.before.left_out])
    said = say.CHANGED.format(left_out=names, count=count, k=len(now), items=turn.domain.items)
    return _list(turn, turn.before, [said], {"listed": len(now), "changed": count})


def show(turn: Turn) -> Answer:
    return _list(turn, turn.before, [])


def _list(turn: Turn, after: Conversation, said: list[str], figures: dict[str, float] | None = None) -> Answer:
    """The list as it is arranged after the answer, behind what is said of it; named where nothing else is."""
    cards = [row.item for row in turn.recommended(after).items]
    if not cards:
        said = [*said, say.EMPTY_LIST]
    elif not said:
        left_out = say.listed([one.label for one in after.left_out])
        form = say.LIST_WITHOUT if left_out else say.LIST
        said = [form.format(who=turn.who, names=titles(cards, 3), left_out=left_out)]
    next = [turn.ask("why", card) for card in cards[:1]]
    next += [turn.ask("undo"), turn.ask("changed")] if after.left_out else [turn.ask("drives")]
    if len(cards) > 1:
        next.append(turn.ask("why_above", cards[0], cards[1]))
    return turn.answer(said, next, figures, cards, after, is_list=True)


def drives(turn: Turn) -> Answer:
    found = turn.recommended()
    by_id = {card.item_id: card for card in turn.cards}
    counts: dict[str, int] = {}
    for row in found.items:
        for liked in row.liked:
            counts[liked] = counts.get(liked, 0) + 1
    most = sorted((one for one in counts if counts[one] > 1), key=lambda one: -counts[one])[:3]
    k, items = len(found.items), turn.domain.items
    said = [
        Sentence(
            say.DRIVEN_BY.format(title=by_id[one].title, count=counts[one], k=k, items=items, who=turn.who),
            (f"history:{one}",),
        )
        for one in most
    ] or [Sentence(say.NOT_DRIVEN.format(item=turn.domain.item, who=turn.who), ())]
    cards = [by_id[one] for one in most]
    next = [turn.ask("without_item", card) for card in cards[:1]]
    next += [turn.ask("why", row.item) for row in found.items[:1]] + [turn.ask("likes"), turn.ask("list")]
    return turn.answer(said, next, {"listed": k, **{one: counts[one] for one in most}}, cards)


def likes(turn: Turn) -> Answer:
    asker = turn.before.asker
    stored = () if asker.stored is None else turn.opened.history(asker.stored)
    by_id = {card.item_id: card for card in turn.cards}
    given = (by_id[one] for one in (*(asker.history or ()), *asker.likes) if one in by_id)
    liked = tuple(dict.fromkeys((*(event.item for event in stored if event.liked), *given)))
    if not liked:
        said = say.NO_LIKES.format(who=turn.who, liked=turn.domain.liked)
        return turn.answer([said], [turn.ask("list"), turn.ask("drives")])
    said = say.LIKES.format(who=turn.who, liked=turn.domain.liked, count=len(liked), items=turn.domain.items,
                            names=titles(liked))  # fmt: skip
    next = [turn.ask("without_item", liked[0]), turn.ask("drives"), turn.ask("more_like", liked[0])]
    return turn.answer([said], next, {"liked": len(liked)}, liked[:10])
