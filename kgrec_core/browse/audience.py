"""Whom a new item is for: its score for every user beside those of all other items.

By itself: it brings together what a request is read into and everybody's lists, and belongs to neither.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kgrec_core.browse.influence import RescoredLists
from kgrec_core.model.unseen_item import UnseenItem
from kgrec_core.request.request_reader import Fact
from kgrec_core.schema.cards import Audience, UserCard
from kgrec_core.schema.progress import Progress

SHOWN = 20  # users, those on whose lists it stands highest


def audience(
    title: str,
    found: tuple[UnseenItem, Sequence[Fact], Sequence[Fact]],
    everyone: RescoredLists,
    cards: Sequence[UserCard],
    k: int,
    progress: Progress,
) -> Audience:
    """found: the item, its facts, and those among them that no other item has."""
    unseen_item, facts, unknown = found
    used = [fact for fact in facts if fact not in unknown]
    others = everyone.scores(lambda what, share: progress("Scoring every list once", 0.7 * share))
    own = everyone.of_unseen_item(unseen_item, lambda what, share: progress("Scoring the new one", 0.7 + 0.3 * share))
    ranks = 1 + (others > own[:, None]).sum(1)
    best = np.lexsort((-own, ranks))[:SHOWN].tolist()
    return Audience(
        title=title,
        used=tuple(f"{relation}: {value}" for relation, value in used),
        unknown=tuple(f"{relation}: {value}" for relation, value in unknown),
        asked=len(ranks),
        in_lists=int((ranks <= k).sum()),
        k=k,
        users=tuple((cards[int(everyone.users[row])], int(ranks[row])) for row in best),
    )
