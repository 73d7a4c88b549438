"""Rows of events, such as view, cart, purchase and refund, as one row a pair: how often it came to what is liked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kgrec_core.data.frames import with_columns
from kgrec_core.data.ledger import Ledger, shown
from kgrec_core.data.values.event_vocabulary import BOUGHT, SEEN
from kgrec_core.data.values.event_words import are_statuses, event_weights, is_grading, takes_away
from kgrec_core.data.values.numbers import as_numbers
from kgrec_core.data.values.scales import scale_of
from kgrec_core.schema.columns import EVENT, ITEM, QUANTITY, TIMESTAMP, USER, VALUE

_STRONG = 0.5  # of the largest weight: from here on an event is a like
_REACHED = 0.5  # share of the people who shall have one; else weaker events are likes too
_NAMED = 5  # words that a sentence names
_NOTHING = "Nothing to do."
_MEND = "Give its weight in the plan, if this is wrong."

_Counts = npt.NDArray[np.int64]
_Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EventRule:
    """Words of events by what they are taken for."""

    liked: tuple[str, ...]
    met: tuple[str, ...]  # neither liked nor disliked
    disliked: tuple[str, ...]
    undone: tuple[str, ...]  # those that take away

    def sentence(self) -> str:
        """What counts as liked."""
        parts = [f"Liked is {_listed(self.liked)}; the values count how often"]
        for words, what in ((self.met, "is no like"), (self.disliked, "is a dislike"), (self.undone, "takes away")):
            if words:
                parts.append(f"{_listed(words)} {what}")
        return "; ".join(parts) + ". What counts at least half as much as the most is a like."


def with_events(
    frame: pd.DataFrame, given: Mapping[str, float], pieces: bool, ledger: Ledger, liked: tuple[str, ...] = ()
) -> tuple[pd.DataFrame, EventRule | None]:
    """The frame without EVENT. Where its words differ in weight: one row a pair, with counts as values, and the rule.

    given: weights of words that a plan says · pieces: whether VALUE counts the pieces of a purchase · liked: words
    that are likes in the data set that the rows are added to, where its words differ in weight
    """
    if VALUE in frame and not pieces and _are_graded(frame):
        return frame.drop(columns=EVENT), None
    words = [word for word in frame[EVENT].unique() if word]
    weights = {**event_weights(words), **{word: given[word] for word in words if word in given}}
    if not words or not weights:
        return frame.drop(columns=EVENT), None
    if are_statuses(words):
        return _without_cancelled(frame, weights, ledger), None
    frame, weights = _known(frame, words, weights, ledger)
    if not liked and len({weight for weight in weights.values()}) == 1 and min(weights.values()) > 0:
        return frame.drop(columns=EVENT), None
    if not len(frame):
        return frame.drop(columns=EVENT), None
    known = {**event_weights(list(liked)), **given}
    least = min((known[word] for word in liked if known.get(word, 0) > 0), default=None)
    return _by_pair(_with_pieces(frame, pieces, ledger), weights, ledger, least)


def _are_graded(frame: pd.DataFrame) -> bool:
    """Whether the values are grades, given where an event is one of grading or has no word."""
    filled = frame[VALUE] != ""
    words = [word for word in frame.loc[filled, EVENT].unique() if word]
    return all(map(is_grading, words)) and scale_of(as_numbers(frame.loc[filled, VALUE])) is not None


def _without_cancelled(frame: pd.DataFrame, weights: Mapping[str, float], ledger: Ledger) -> pd.DataFrame:
    """Without the rows of orders that came to nothing."""
    empty = frame[EVENT] == ""
    if empty.any():
        what = "is the state of an order, but not in every row; it is not read"
        ledger.keep(frame[empty], EVENT, what, "Fill it in each row, if cancelled orders shall be left out.", "note")
        return frame.drop(columns=EVENT)
    cancelled = frame[EVENT].map(weights).fillna(0) < 0
    if cancelled.any():
        ledger.drop(frame[cancelled], EVENT, "says that it was cancelled or sent back", _NOTHING, "note")
    return frame[~cancelled].drop(columns=EVENT)


def _known(
    frame: pd.DataFrame, words: list[str], weights: dict[str, float], ledger: Ledger
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Without events that say nothing of an item; a word that nobody knows counts like a view."""
    unknown = [word for word in words if word not in weights]
    if unknown:
        rows = frame[frame[EVENT].isin(unknown)]
        ledger.keep(rows, EVENT, "is an event of which nothing is known; it counts like a view", _MEND)
        weights = {**weights, **dict.fromkeys(unknown, SEEN)}
    idle = frame[EVENT].map(weights).fillna(0.0) == 0
    if idle.any():
        ledger.drop(frame[idle], EVENT, "is an event that says nothing of what somebody likes", _MEND, "note")
    return frame[~idle], {word: weight for word, weight in weights.items() if weight != 0}


def _with_pieces(frame: pd.DataFrame, pieces: bool, ledger: Ledger) -> pd.DataFrame:
    if VALUE not in frame:
        return frame
    if not pieces:
        filled = frame[frame[VALUE] != ""]
        what = "is not read beside events, whose words say what is liked"
        ledger.keep(filled, VALUE, what, "Leave the column of events out of the plan, if the numbers say it.", "note")
        return frame.drop(columns=VALUE)
    return with_columns(frame.drop(columns=VALUE), {QUANTITY: as_numbers(frame[VALUE], whole=True)})


def _by_pair(
    frame: pd.DataFrame, weights: Mapping[str, float], ledger: Ledger, least: float | None
) -> tuple[pd.DataFrame, EventRule]:
    """least: the weight from which on an event is a like; None for that of these rows."""
    frame = frame.reset_index(drop=True)
    weight = np.asarray(frame[EVENT].map(weights), dtype=np.float64)
    away = frame[EVENT].map({word: takes_away(word) for word in weights}).to_numpy(dtype=bool) & (weight < 0)
    if QUANTITY in frame:
        back = (frame[QUANTITY] < 0).to_numpy() & (weight > 0)
        away, weight = away | back, np.where(back, -weight, weight)
    pair = np.asarray(frame.groupby([USER, ITEM], sort=False).ngroup(), dtype=np.int64)
    levels = sorted({float(value) for value in weight if value > 0}, reverse=True) or [BOUGHT]
    left = _left(pair, weight, away, levels)
    against = np.bincount(pair[(weight < 0) & ~away], minlength=len(left))
    people = pd.factorize(frame[USER])[0][np.unique(pair, return_index=True)[1]]
    limit = _limit(left, levels, people) if least is None else least
    strong = np.array(levels) >= limit
    liked, met = left[:, strong].sum(axis=1), left[:, ~strong].sum(axis=1)
    value = np.where(against > 0, np.where(liked > against, liked - against, -1), liked).astype(float)
    nothing = (against == 0) & (liked == 0) & (met == 0)
    made = with_columns(frame, {VALUE: value[pair]})
    rule = _rule(weights, limit)
    if nothing.any():
        what = "was taken back: nothing is left of what was done"
        ledger.drop(made[nothing[pair]], EVENT, what, _NOTHING, "note")
    return _latest(made, weight, nothing[pair], ledger).drop(columns=EVENT), rule


def _left(pair: _Counts, weight: _Weights, away: npt.NDArray[np.bool_], levels: list[float]) -> _Counts:
    """(pairs, levels) how many events of each weight are left; each that takes away undoes one, the strongest that is
    no stronger than itself.
    """
    pairs = int(pair.max()) + 1
    left = np.stack([np.bincount(pair[weight == level], minlength=pairs) for level in levels], axis=1)
    for size in sorted({-value for value in weight[away]}, reverse=True):
        undo = np.bincount(pair[away & (weight == -size)], minlength=pairs)
        for place, level in enumerate(levels):
            if level <= size:
                taken = np.minimum(undo, left[:, place])
                left[:, place] -= taken
                undo = undo - taken
    return left


def _limit(left: _Counts, levels: list[float], people: _Counts) -> float:
    """The least weight that is a like: half of the largest, or less where fewer than half of the people have one."""
    everybody = int(people.max()) + 1
    limit = _STRONG * levels[0]
    for level in levels:
        reached = left[:, np.array(levels) >= min(limit, level)].sum(axis=1) > 0
        if level <= limit and len(np.unique(people[reached])) >= _REACHED * everybody:
            return min(limit, level)
        if level > limit and len(np.unique(people[reached])) >= _REACHED * everybody:
            return limit
    return levels[-1]


def _rule(weights: Mapping[str, float], limit: float) -> EventRule:
    ranked = sorted(weights, key=lambda word: -weights[word])
    return EventRule(
        tuple(word for word in ranked if weights[word] >= limit),
        tuple(word for word in ranked if 0 < weights[word] < limit),
        tuple(word for word in ranked if weights[word] < 0 and not takes_away(word)),
        tuple(word for word in ranked if weights[word] < 0 and takes_away(word)),
    )


def _latest(frame: pd.DataFrame, weight: _Weights, gone: npt.NDArray[np.bool_], ledger: Ledger) -> pd.DataFrame:
    """One row a pair, the latest; pieces are added up."""
    if QUANTITY in frame:
        bought = frame[QUANTITY].where(weight == weight.max(), 0).where(weight > 0, -frame[QUANTITY].abs())
        frame = frame.assign(**{QUANTITY: bought.groupby([frame[USER], frame[ITEM]]).transform("sum").clip(lower=0)})
    frame = frame[~gone]
    order = frame.sort_values(TIMESTAMP, kind="stable", na_position="first") if TIMESTAMP in frame else frame
    earlier = order.duplicated([USER, ITEM], keep="last").reindex(frame.index)
    if earlier.any():
        what = "the same user met the same item again later; the events were counted"
        ledger.merge(frame[earlier], ITEM, what, _NOTHING)
    return frame[~earlier]


def _listed(words: tuple[str, ...]) -> str:
    named = [shown(word) for word in words[:_NAMED]]
    if len(words) > _NAMED:
        return f"{', '.join(named)} and {len(words) - _NAMED} more"
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else (named[0] if named else "nothing")
