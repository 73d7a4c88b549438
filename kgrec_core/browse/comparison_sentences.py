"""The sentences of comparisons, each whole in one place, with named places for what was found."""

from __future__ import annotations

from collections.abc import Sequence

from kgrec_core.domain import Domain
from kgrec_core.explain.sentences.numbers_in_words import two_decimals
from kgrec_core.schema.explanation import Attribution, Explanation

ON_BOTH = "{both} of {k} {items} are on both lists."
ONE_ON_BOTH = "One of {k} {items} is on both lists."
NONE_ON_BOTH = "None of the {k} {items} is on both lists."
SHARED = "Both {liked} {shared:,} {items}: {one} {liked} {ones:,} in all, {other} {others:,}."
ONE_SHARED = "Both {liked} one {item}: {one} {liked} {ones:,} in all, {other} {others:,}."
NONE_SHARED = "No {item} was {done} by both: {one} {liked} {ones:,} {items}, {other} {others:,}."
BY_EASE = (
    "{item} is at place {rank:,} by our model and at place {other_rank:,} by EASE. What adds most is {cause} in our "
    "model, and {other_cause} in EASE."
)
BY_POPULARITY = (
    "{item} is at place {rank:,} by our model, where {cause} adds most, and at place {other_rank:,} by popularity: "
    "{likes:,} of {users:,} {people} {liked} it."
)
WITHOUT_FACTS = (
    "{item} is at place {rank:,} by our model, and at place {other_rank:,} with every fact taken out of it: its score "
    "goes from {score} to {other_score}."
)
FOR_TWO = (
    "{item} is at place {rank:,} for {one} and at place {other_rank:,} for {other}. What adds most is {cause} for "
    "{one}, and {other_cause} for {other}."
)
VALUED = "{cause} ({value})"
NOTHING = "nothing"


def on_both(both: int, k: int, domain: Domain) -> str:
    pattern = NONE_ON_BOTH if not both else ONE_ON_BOTH if both == 1 else ON_BOTH
    return pattern.format(both=both, k=k, items=domain.items)


def likes(shared: int, own: tuple[int, int], labels: tuple[str, str], domain: Domain) -> str:
    """How much two people have in common. own: how many items each liked"""
    pattern = NONE_SHARED if not shared else ONE_SHARED if shared == 1 else SHARED
    words = {"liked": domain.liked, "done": domain.done, "item": domain.item, "items": domain.items}
    return pattern.format(shared=shared, one=labels[0], other=labels[1], ones=own[0], others=own[1], **words)


def by_ease(item: str, ranks: tuple[int, int], causes: tuple[str, str]) -> str:
    """causes: what adds most in ours and in EASE"""
    return BY_EASE.format(item=item, rank=ranks[0], other_rank=ranks[1], cause=causes[0], other_cause=causes[1])


def by_popularity(item: str, ranks: tuple[int, int], cause: str, liked_by: tuple[int, int], domain: Domain) -> str:
    """cause: what adds most in ours · liked_by: how many people liked the item, and how many there are"""
    words = {"people": f"{domain.user.lower()}s", "liked": domain.liked, "likes": liked_by[0], "users": liked_by[1]}
    return BY_POPULARITY.format(item=item, rank=ranks[0], other_rank=ranks[1], cause=cause, **words)


def without_facts(item: str, ranks: tuple[int, int], scores: tuple[float, float]) -> str:
    """scores: with the facts and without"""
    told = {"score": two_decimals(scores[0]), "other_score": two_decimals(scores[1])}
    return WITHOUT_FACTS.format(item=item, rank=ranks[0], other_rank=ranks[1], **told)


def for_two_people(both: tuple[Explanation, Explanation], labels: tuple[str, str]) -> str:
    first, second = both
    return FOR_TWO.format(
        item=first.item.title,
        rank=first.rank,
        other_rank=second.rank,
        one=labels[0],
        other=labels[1],
        cause=strongest(first.attributions),
        other_cause=strongest(second.attributions),
    )


def strongest(attributions: Sequence[Attribution]) -> str:
    """The cause that adds most, with how much; that it is nothing where nothing speaks for the item."""
    best = max(attributions, key=lambda part: part.value, default=None)
    return NOTHING if best is None or best.value <= 0 else valued(best.label, best.value)


def valued(cause: str, value: float) -> str:
    return VALUED.format(cause=cause, value=f"{value:+z.2f}")
