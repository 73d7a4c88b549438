"""Answers about one item or two: why, why not, what would bring it in or out, how sure, what it is, who else."""

from __future__ import annotations

from kgrec_core.ask import answer_sentences as say
from kgrec_core.ask.turn import Turn, titles
from kgrec_core.schema.answers import Answer
from kgrec_core.schema.explanation import Sentence

ALIKE = 60  # people who like most of the same, among whom some are looked for that liked an item


def why(turn: Turn) -> Answer:
    card, k = turn.card, turn.before.k
    found = turn.opened.why(turn.before.asker, card.item_id)
    known = card in turn.history()
    place = say.IN_HISTORY if known else say.PLACE if found.rank <= k else say.PLACE_OUTSIDE
    opening = place.format(title=card.title, rank=found.rank, items=turn.domain.items, who=turn.who, k=k)
    next = [turn.ask("how_sure", card), turn.ask("take_out" if found.rank <= k else "bring_in", card),
            turn.ask("more_like", card)]  # fmt: skip
    figures = {"score": found.score, **({} if known else {"rank": found.rank})}
    return turn.answer([opening, *found.text], next, figures, (card,), explained=card.item_id)


def why_not(turn: Turn) -> Answer:
    card = turn.card
    found = turn.opened.why_not(turn.before.asker, card.item_id, turn.before.k)
    figures = {name: value for name, value in (("rank", found.rank), ("lacking", found.lacking),
               ("new_rank", found.new_rank)) if value is not None}  # fmt: skip
    next = [turn.ask("why", card), turn.ask("more_like", card), turn.ask("what_is", card)]
    if found.rival is not None and found.rank is not None:
        next.insert(0, turn.ask("why_above", found.rival, card))
    facts = tuple(f"like:{one.item_id}" for one in found.add)
    return turn.answer([Sentence(found.sentence, facts)], next, figures, (card, *found.add), explained=card.item_id)


def take_out(turn: Turn) -> Answer:
    card, k = turn.card, turn.before.k
    found = turn.opened.explain(turn.before.asker, card.item_id, k)
    smallest, by_id = found.counterfactual, {each.item_id: each for each in turn.cards}
    next = [turn.ask("why", card), turn.ask("how_sure", card), turn.ask("who_else", card)]
    if found.rank > k or smallest is None:
        said = [Sentence(say.OUTSIDE.format(title=card.title, rank=found.rank, k=k), ())]
        return turn.answer(said, next, {"rank": found.rank}, (card,), explained=card.item_id)
    gone = [by_id[one] for one in smallest.remove]
    if not gone or smallest.new_rank is None:
        said = [Sentence(say.STAYS.format(title=card.title, rank=found.rank, tried=smallest.tried), ())]
        return turn.answer(said, next, {"rank": found.rank, "tried": smallest.tried}, (card,), explained=card.item_id)
    fact = tuple(f"history:{one}" for one in smallest.remove)
    fall = say.FALLS.format(names=titles(gone, 12), title=card.title, rank=found.rank, new_rank=smallest.new_rank)
    said = [Sentence(fall, fact), Sentence(say.FEWEST if smallest.minimal else "", ())]
    figures = {"rank": found.rank, "new_rank": smallest.new_rank}
    return turn.answer([one for one in said if one.sentence], next, figures, (card, *gone), explained=card.item_id)


def how_sure(turn: Turn) -> Answer:
    card = turn.card
    found = turn.opened.verdict(turn.before.asker, card.item_id)
    next = [turn.ask("why", card), turn.ask("take_out", card), turn.ask("drives")]
    if found is None:
        said = say.NOTHING_TO_TEST.format(who=turn.who, title=card.title)
        return turn.answer([said], next, None, (card,), explained=card.item_id)
    figures = {"lost": found.lost, "random": found.random}
    return turn.answer([found.sentence], next, figures, (card,), explained=card.item_id)


def what_is(turn: Turn) -> Answer:
    if turn.shared is not None:
        return _entity(turn)
    card, facts = turn.card, turn.facts.facts_of(turn.item)
    year = {"year": [str(card.year)]} if card.year else {}
    rows = "; ".join(f"{called} {say.listed(names, 4)}" for called, names in ({**year, **facts}).items())
    said = say.ABOUT.format(title=card.title, facts=rows) if rows else say.NOTHING_KNOWN.format(title=card.title)
    next = [turn.ask("why", card), turn.ask("more_like", card), turn.ask("who_else", card)]
    return turn.answer([said], next, None, (card,), explained=card.item_id)


def _entity(turn: Turn) -> Answer:
    shared = turn.shared
    assert shared is not None
    likes = turn.facts.tracer.display.liked_by
    known = [turn.cards[item] for item in sorted(shared.items, key=lambda item: -likes(item))[:5]]
    role = turn.domain.role(shared.relation, len(shared.items))
    said = say.ENTITY.format(label=shared.label, role=role, names=titles(known))
    next = [turn.ask("leave_out", fact=shared.label), turn.ask("without_facts", fact=shared.label),
            turn.ask("why", known[0])]  # fmt: skip
    return turn.answer([said], next, {"items": len(shared.items)}, known)


def who_else(turn: Turn) -> Answer:
    card, asker = turn.card, turn.before.asker
    liked = {user.user_id: user for user in turn.opened.users_who_liked(card.item_id)}
    everyone = len(turn.opened.users())
    said = [say.LIKED_BY.format(count=len(liked), all=everyone, users=turn.domain.users, liked=turn.domain.liked,
                                title=card.title)]  # fmt: skip
    alike = [one for one in turn.opened.compare.most_alike(asker, ALIKE) if one in liked and one != asker.user][:3]
    if alike:
        said.append(say.ALIKE.format(names=say.listed([liked[one].label for one in alike]), who=turn.who))
    next = [turn.ask("why", card), turn.ask("more_like", card), turn.ask("what_is", card)]
    return turn.answer(said, next, {"liked": len(liked), "users": everyone}, (card,), explained=card.item_id)


def why_above(turn: Turn) -> Answer:
    one, other = (name for name in turn.names if isinstance(name, int))
    found = turn.opened.compare.why_above(turn.before.asker, turn.cards[one].item_id, turn.cards[other].item_id)
    turned = turn.kind == "why_above" and found.above.item_id != turn.cards[one].item_id
    opening = say.OTHER_WAY.format(a=found.below.title, b=found.above.title) if turned else ""
    shared = turn.facts.in_common(one, other) if turn.kind == "compare" else ()
    both = ""
    if turn.kind == "compare":
        pair = {"a": turn.cards[one].title, "b": turn.cards[other].title}
        clauses = "; ".join(clause for clause, _ in shared)
        both = say.BOTH.format(clauses=clauses, **pair) if shared else say.NOTHING_SHARED.format(**pair)
    fact = tuple(f"{edge.head}|{edge.relation}|{edge.tail}" for _, edge in shared)
    said = [opening, found.sentence, found.confirmation, Sentence(both, fact) if both else ""]
    next = [turn.ask("why", found.above), turn.ask("why_not", found.below), turn.ask("more_like", found.above)]
    figures = {"gap": found.gap, "rank_above": found.rank_above, "rank_below": found.rank_below}
    return turn.answer(said, next, figures, (found.above, found.below), explained=found.above.item_id)


def more_like(turn: Turn) -> Answer:
    card, newer = turn.card, turn.newer
    met = {one.item_id for one in turn.history()} | set(turn.wishes(turn.before).left_out)
    near = [one for one in turn.opened.lists.similar(card.item_id, 400) if one.item_id not in met]
    if newer is not None and card.year:
        near = [one for one in near if one.year and (one.year > card.year if newer else one.year < card.year)]
    near = near[: turn.before.k]
    form = say.LIKE if newer is None else say.NO_YEAR if not card.year else say.LIKE_NEWER if newer else say.LIKE_OLDER
    said = (form if near else say.NO_LIKE).format(
        title=card.title, year=card.year, names=titles(near), item=turn.domain.item
    )
    first = near[0] if near else card
    next = [turn.ask("why", first), turn.ask("compare", card, first), turn.ask("list")]
    if newer is None and card.year and near:
        next.insert(0, turn.ask("more_like_newer", card))
    return turn.answer([said], next, None, near, explained=None)
