"""Cards of users: how much they did, and what they are known by."""

from __future__ import annotations

from collections import Counter

import numpy as np

from kgrec_core.data.interactions import Interactions
from kgrec_core.data.vocab import Vocab
from kgrec_core.explain.say import Say
from kgrec_core.schema import UserCard


def user_cards(data: Interactions, names: Vocab, say: Say) -> tuple[UserCard, ...]:
    """One card per user, in the order of `names`."""
    liked = data.values >= say.domain.positive_value
    met = np.bincount(data.users, minlength=len(names))
    likes = np.bincount(data.users[liked], minlength=len(names))
    tastes = [Counter[str]() for _ in names]
    for user, item in zip(data.users[liked].tolist(), data.items[liked].tolist(), strict=True):
        tastes[user].update(say.cards[item].tags)
    return tuple(
        UserCard(name, f"{say.domain.user} {name}", int(met[user]), int(likes[user]), _taste(tastes[user]))
        for user, name in enumerate(names.ids)
    )


def _taste(tags: Counter[str]) -> str:
    return "mostly " + ", ".join(tag for tag, _ in tags.most_common(2)) if tags else ""
