"""The sentences of comparisons, each whole in one place, with named places for what was found."""

from __future__ import annotations

from collections.abc import Sequence

from kgrec_core.domain import Domain
from kgrec_core.explain.sentences.numbers_in_words import two_decimals
from kgrec_core.schema.explanation import Attribution, Explanation

ON_BOTH = "{both} of {k} {items} are on both lists."
ONE_ON_BOTH = "One of {k} {items} is on both lists."
NONE_ON_BOTH = "None of the {k} {items} is on both lists."
SHARED = "Both {liked} {shared:,} {items}, of {ones:,} that {one} {liked} and {others:,} that {other} {liked}."
ONE_SHARED = "Both {liked} one {item}, of {ones:,} that {one} {liked} and {others:,} that {other} {liked}."
NONE_SHARED = "No {item} was {done} by both: {one} {liked} {ones:,} {items}, {other} {others:,}."
BY_EASE = (
    "{item} is at place {rank:,} by our model and at place {other_rank:,} by EASE. What adds most is {cause} in our "
    "model, and {other_cause} in EASE."
)
BY_EASE_ALIKE = (
    "{item} is at place {rank:,} by our model and at place {other_rank:,} by EASE. What adds most in both is {cause}: "
    "{value} in our model, {other_value} in EASE."
)
BY_POPULARITY = (
    "{item} is at place {rank:,} by our model, where {cause} adds most, and at place {other_rank:,} by popularity: "
    "{likes:,} of {users:,} {people} {liked} it."
)
WITHOUT_FACTS = (
    "{item} is at place {rank:,} by our model, and at place {other_rank:,} with every fact taken out of it: its score "
    "goes from {score} to {other_score}."
)
NEW_TO_BOTH = "{item} is at place {rank:,} for {one} and at place {other_rank:,} for {other}."
KNOWN_TO_FIRST = (
    "{item} is at place {other_rank:,} for {other}. Since {one} {consumed} it already, it is on no list there; as "
    "something new it would be at place {rank:,}."
)
KNOWN_TO_SECOND = (
    "{item} is at place {rank:,} for {one}. Since {other} {consumed} it already, it is on no list there; as something "
    "new it would be at place {other_rank:,}."
)
KNOWN_TO_BOTH = (
    "Both {consumed} {item} already; as something new it would be at place {rank:,} for {one} and at place "
    "{other_rank:,} for {other}."
)
TWO_CAUSES = "What adds most is {cause} for {one}, and {other_cause} for {other}."
ONE_CAUSE = "What adds most for both is {cause}: {value} for {one}, {other_value} for {other}."
VALUED = "{cause} ({value})"
NOTHING = "nothing"
VISITOR = "the new visitor"


def on_both(both: int, k: int, domain: Domain) -> str:
    pattern = NONE_ON_BOTH if not both else ONE_ON_BOTH if both == 1 else ON_BOTH
    return pattern.format(both=both, k=k, items=domain.items)


def likes(shared: int, own: tuple[int, int], labels: tuple[str, str], domain: Domain) -> str:
    """How much two people have in common. own: how many items each liked"""
    pattern = NONE_SHARED if not shared else ONE_SHARED if shared == 1 else SHARED
    words = {"liked": domain.liked, "done": domain.done, "item": domain.item, "items": domain.items}
    return pattern.format(shared=shared, one=labels[0], other=labels[1], ones=own[0], others=own[1], **words)


def by_ease(item: str, ranks: tuple[int, int], attributions: Sequence[Attribution], other: Attribution | None) -> str:
    """attributions: in ours · other: what adds most in EASE; None where nothing does"""
    told, best = {"item": item, "rank": ranks[0], "other_rank": ranks[1]}, _best(attributions)
    if best and other and best.player == other.player:
        values = {"value": f"{best.value:+z.2f}", "other_value": f"{other.value:+z.2f}"}
        return BY_EASE_ALIKE.format(cause=best.label, **values, **told)
    causes = strongest(attributions), strongest([other] if other else [])
    return BY_EASE.format(cause=causes[0], other_cause=causes[1], **told)


def by_popularity(item: str, ranks: tuple[int, int], cause: str, liked_by: tuple[int, int], domain: Domain) -> str:
    """cause: what adds most in ours · liked_by: how many people liked the item, and how many there are"""
    words = {"people": f"{domain.user.lower()}s", "liked": domain.liked, "likes": liked_by[0], "users": liked_by[1]}
    return BY_POPULARITY.format(item=item, rank=ranks[0], other_rank=ranks[1], cause=cause, **words)


def without_facts(item: str, ranks: tuple[int, int], scores: tuple[float, float]) -> str:
    """scores: with the facts and without"""
    told = {"score": two_decimals(scores[0]), "other_score": two_decimals(scores[1])}
    return WITHOUT_FACTS.format(item=item, rank=ranks[0], other_rank=ranks[1], **told)


def for_two_people(
    both: tuple[Explanation, Explanation], labels: tuple[str, str], known: tuple[bool, bool], domain: Domain
) -> str:
    """Where an item stands for two people, and what adds most there. known: who of them has met it"""
    first, second = both
    patterns = {(False, False): NEW_TO_BOTH, (True, False): KNOWN_TO_FIRST, (False, True): KNOWN_TO_SECOND}
    names = {"one": labels[0], "other": labels[1]}
    ranks = {"rank": first.rank, "other_rank": second.rank}
    place = patterns.get(known, KNOWN_TO_BOTH).format(item=first.item.title, consumed=domain.consumed, **ranks, **names)
    return f"{place} {_causes(both, names)}"


def _causes(both: tuple[Explanation, Explanation], names: dict[str, str]) -> str:
    best = [_best(each.attributions) for each in both]
    if best[0] and best[1] and best[0].player == best[1].player:
        values = {"value": f"{best[0].value:+z.2f}", "other_value": f"{best[1].value:+z.2f}"}
        return ONE_CAUSE.format(cause=best[0].label, **values, **names)
    causes = [strongest(each.attributions) for each in both]
    return TWO_CAUSES.format(cause=causes[0], other_cause=causes[1], **names)


def strongest(attributions: Sequence[Attribution]) -> str:
    """The cause that adds most, with how much; that it is nothing where nothing speaks for the item."""
    best = _best(attributions)
    return NOTHING if best is None else valued(best.label, best.value)


def _best(attributions: Sequence[Attribution]) -> Attribution | None:
    best = max(attributions, key=lambda part: part.value, default=None)
    return None if best is None or best.value <= 0 else best


def valued(cause: str, value: float) -> str:
    return VALUED.format(cause=cause, value=f"{value:+z.2f}")
