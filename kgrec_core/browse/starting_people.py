"""Three people to start from, chosen from the data: a fan of one kind, an eclectic, and a newcomer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kgrec_core.domain import Domain
from kgrec_core.schema.cards import ItemCard, Persona, UserCard


@dataclass(frozen=True, slots=True)
class Liker:
    """One user with what they liked, newest first."""

    user: UserCard
    liked: tuple[ItemCard, ...]

    def tags(self) -> Counter[str]:
        return Counter(tag for card in self.liked for tag in card.tags)


def personas(
    likers: Sequence[Liker], items: Sequence[ItemCard], domain: Domain, kinds: bool = True
) -> tuple[Persona, ...]:
    """At most one of each kind, all different people; a kind that the data cannot show is left out.

    The fan has the tag whose share in their likes exceeds its share among all items most, weighed by that share (one
    term of the Kullback-Leibler divergence); the eclectic the tags of largest entropy; the newcomer the shortest
    history with a like. The first two have liked at least as many as half of all.
    kinds: whether tags tell what an item is, rather than who made it
    """
    busy = _busy(likers)
    found: list[Persona] = []
    for choose in (_fan, _eclectic):
        rest = [liker for liker in busy if all(liker.user != one.user for one in found)]
        persona = choose(rest, items, domain, kinds)
        found += [persona] if persona else []
    fresh = [one for one in likers if one.liked and all(one.user != other.user for other in found)]
    if fresh:
        liker = min(fresh, key=lambda one: (one.user.events, one.user.liked))
        liked = "" if domain.implicit else f", {liker.user.liked} of them {domain.liked}"
        things = domain.item if liker.user.events == 1 else domain.items
        words = f"Only {liker.user.events} {things} so far{liked}"
        found.append(_persona("newcomer", "A newcomer", liker, words))
    return tuple(found)


def _busy(likers: Sequence[Liker]) -> list[Liker]:
    counts = sorted(one.user.liked for one in likers)
    half = counts[len(counts) // 2] if counts else 0
    return [one for one in likers if one.user.liked >= max(half, 1)]


def _fan(likers: Sequence[Liker], items: Sequence[ItemCard], domain: Domain, kinds: bool) -> Persona | None:
    everywhere = Counter(tag for card in items for tag in card.tags)
    best: tuple[float, str, Liker] | None = None
    for liker in likers:
        for tag, count in liker.tags().items():
            share = count / len(liker.liked)
            tells = share * math.log(share / (everywhere[tag] / len(items)))
            if best is None or tells > best[0]:
                best = (tells, tag, liker)
    if best is None:
        return None
    _, tag, liker = best
    count = liker.tags()[tag]
    words = f"{count} of {len(liker.liked)} {domain.done} {domain.items} {'are' if kinds else 'share'} {tag}"
    return _persona("fan", f"A fan of {tag}", liker, words, tag)


def _eclectic(likers: Sequence[Liker], items: Sequence[ItemCard], domain: Domain, kinds: bool) -> Persona | None:
    tagged = [liker for liker in likers if liker.tags()]
    if not tagged:
        return None
    liker = max(tagged, key=lambda one: _entropy(one.tags()))
    likes, names = domain.liked.capitalize() if domain.implicit else "Likes", "kinds" if kinds else "names"
    words = f"{likes} {len(liker.tags())} different {names} among {len(liker.liked)} {domain.items}"
    return _persona("eclectic", "A bit of everything", liker, words)


def _entropy(counts: Counter[str]) -> float:
    total = counts.total()
    return -sum(count / total * math.log(count / total) for count in counts.values())


def _persona(kind: str, title: str, liker: Liker, words: str, tag: str = "") -> Persona:
    telling = [card for card in liker.liked if not tag or tag in card.tags]
    return Persona(kind, title, liker.user, words, tuple(telling[:3]))
