"""Whether the named reasons are the model's, in one sentence: what the score loses without them, beside random sets.

A permutation test (Fisher 1935): as many items of the history are named at random, often, and each set is taken away as
the named ones are. The reasons hold where nearly all of these sets, the named one counted among them, lose less
(`HOLDS`), so of explanations that name items at random about one in twenty passes. Where there are fewer than 20 sets
to name, nothing can be told so.
"""

from __future__ import annotations

from math import comb

import numpy as np

from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.sentences.analyst_paragraph import listed
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why.fidelity import SIZE, Places, losses
from kgrec_core.schema.trust import FEW, HOLD, PARTLY, UNFOUNDED, Verdict

HOLDS, HALF_HOLDS = 0.95, 0.75  # shares of the random sets that lose less than the named ones
LEAST_SETS = 20  # there have to be, for one in twenty to mean anything
_SENTENCES = {
    HOLD: "Yes: without {named} the score loses {lost} of what the {items} liked add, "
    "without {n} random ones {random}.",
    PARTLY: "Partly: without {named} the score loses {lost} of what the {items} liked add, "
    "without {n} random ones {random}.",
    UNFOUNDED: "No: without {named} the score loses {lost} of what the {items} liked add, "
    "hardly more than without {n} random ones, {random}.",
    FEW: "Too little is known to tell: without {named} the score loses {lost} of what the {items} liked add, "
    "but with {events} {items} in all nearly any would do.",
}


def verdict(game: Game, strongest: Places, display: DisplayNames) -> Verdict | None:
    """Of the `strongest` places of a history, best first; None where nothing in the history speaks for the item."""
    if not strongest:
        return None
    named, events = tuple(strongest[:SIZE]), len(game.user.items)
    own, sets, others = losses(game, named)
    other = np.array([set(each) != set(named) for each in sets.tolist()], dtype=bool)
    beaten = 1 - float(1 + (others[other] >= own).sum()) / (1 + int(other.sum()))
    light = FEW if comb(events, len(named)) < LEAST_SETS else _light(beaten)
    random = float(others.mean())
    sentence = _SENTENCES[light].format(
        named=listed([display.title(int(game.user.items[place])) for place in named]),
        lost=_share(own),
        random=_share(random),
        n=len(named),
        events=events,
        items=display.domain.items,
    )
    return Verdict(light, sentence, own, random, beaten, len(named))


def _light(beaten: float) -> str:
    if beaten >= HOLDS:
        return HOLD
    return PARTLY if beaten >= HALF_HOLDS else UNFOUNDED


def _share(value: float) -> str:
    """Such as "77 %"; "all" from where nothing is left, "nothing" where nothing is lost."""
    percent = round(100 * value)
    if percent >= 100:
        return "all"
    return f"{percent} %" if percent > 0 else "nothing"
