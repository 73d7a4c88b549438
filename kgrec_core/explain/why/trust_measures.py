"""All that can be measured about one explanation: how far the model itself bears it out, beside chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kgrec_core.data.interactions import Interactions
from kgrec_core.explain.asker_scores import UserContext, only
from kgrec_core.explain.removal.coalitions import Game, Player, players_of
from kgrec_core.explain.removal.removed_edges import MeasuredPath
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why import fidelity, path_quality
from kgrec_core.explain.why.fidelity import Places, Twin
from kgrec_core.explain.why.path_scores import candidates, shown_paths
from kgrec_core.explain.why.shap_values import Shapley, Values, shapley, strongest
from kgrec_core.explain.why.strongest_cause import causes
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.schema.trust import CurvePoint, Measure, Trust

SIZES = (1, 3, 5)  # history items removed together
CURVE = 10  # longest removal of the curve
SEEDS = 5  # attributions whose strongest items are compared
PERTURBED = 8  # histories with one event hidden, whose attributions are compared
_STEPS = len(SIZES) + 1 + SEEDS + PERTURBED  # of the work, each of about the same length
_REMOVING, _AGAIN = "Taking reasons away", "Asking again with other random numbers"


@dataclass(frozen=True, eq=False)
class TestedExplanation:
    """One attribution, ready to be tested."""

    game: Game
    players: tuple[Player, ...]
    shares: Shapley
    strongest: tuple[int, ...]  # places of history items that speak for the item

    @classmethod
    def of(cls, user: UserContext, candidate: int, seed: int = 0) -> TestedExplanation:
        game = Game(user, candidate)
        players = players_of(game)
        shares = shapley(game, players, seed)
        return cls(game, players, shares, tuple(strongest(players, shares.values)))

    def top(self, n: int) -> Places:
        return self.strongest[:n]


def trust(
    tested: TestedExplanation,
    k: int,
    user: str,
    stored: Interactions | None,
    display: DisplayNames,
    progress: Progress = no_progress,
) -> Trust:
    """All of it, for the user of this name; `ms` is left at 0. stored: as in `paths`."""
    shown = shown_paths(tested.game, causes(tested.game.user, [tested.game.candidate], display)[0])
    measured = measures(tested, k, display.domain.item, display.domain.items, shown, progress)
    note = "" if measured else f"No {display.domain.item} of the history speaks for this one: nothing to test."
    asked = (display.catalog.name, user, display.cards[tested.game.candidate])
    return Trust(*asked, measured, paths(tested, shown, stored), curve(tested), note, 0.0)


def measures(
    tested: TestedExplanation,
    k: int,
    item: str,
    items: str,
    shown: Sequence[MeasuredPath] = (),
    progress: Progress = no_progress,
) -> tuple[Measure, ...]:
    """Every measure, in the order of the screen; none where nothing in the history speaks for the item.

    item, items: the words for one and for several history items, such as "film" and "films" · shown: the paths
    """
    if not tested.strongest:
        return ()
    most = len(tested.strongest)
    sizes = [size for size in SIZES if size <= most] or [most]
    found: list[Measure] = []
    for number, size in enumerate(sizes):
        progress(_REMOVING, number / _STEPS)
        found += _removed(tested, size, k, _named(size, item, items))
    progress(_REMOVING, len(SIZES) / _STEPS)
    found += _with_top_alone(tested, min(3, most), k, _named(min(3, most), item, items))
    found += _steady(tested, min(3, most), progress)
    return (*found, *_agreed(tested, shown))


def _named(n: int, item: str, items: str) -> str:
    """What is taken away, in words: "the strongest film", "the 3 strongest films"."""
    return f"the strongest {item}" if n == 1 else f"the {n} strongest {items}"


def curve(tested: TestedExplanation) -> tuple[CurvePoint, ...]:
    return fidelity.deletion_curve(tested.game, tested.top(CURVE))


def paths(tested: TestedExplanation, shown: Sequence[MeasuredPath], stored: Interactions | None) -> tuple[Measure, ...]:
    """What the shown paths are like. stored: the rows of the user, which tell when; None for a visitor."""
    recent = {} if stored is None else path_quality.recency(stored)
    measurer = path_quality.PathMeasurer(tested.game.world.graph, recent)
    at_random = measurer.at_random([(candidates(tested.game), len(shown))])
    return path_quality.measures(measurer.measure([each.path for each in shown]), at_random, len(shown))


def _removed(tested: TestedExplanation, n: int, k: int, what: str) -> list[Measure]:
    lost = fidelity.deletion(tested.game, tested.top(n))
    stays = fidelity.position(tested.game, tested.top(n), k)
    return [
        _measure(
            f"del@{n}",
            f"Score lost without {what}",
            lost,
            True,
            "Share of what the history adds to the score, popularity apart. The random number removes as many, "
            "drawn at random.",
        ),
        _measure(
            f"pos@{k}_after_{n}",
            f"Still among the {k} best without {what}",
            stays,
            False,
            "1 is yes, 0 is no; the whole catalogue was ranked again. The random number is how often it stays "
            "when as many are removed at random.",
        ),
    ]


def _with_top_alone(tested: TestedExplanation, n: int, k: int, what: str) -> list[Measure]:
    kept = fidelity.insertion(tested.game, tested.top(n))
    necessary = fidelity.position(tested.game, tested.top(n), k)
    enough = fidelity.sufficiency(tested.game, tested.top(n), k)
    return [
        _measure(
            f"ins@{n}",
            f"Score that {what} bring alone",
            kept,
            True,
            "Share of what the whole history adds to the score, when only that is known.",
        ),
        _measure(
            "necessity",
            f"Needed: {what}",
            Twin(1 - necessary.value, 1 - necessary.random),
            True,
            f"1 if it leaves the {k} best without that, 0 if it stays.",
        ),
        _measure(
            "sufficiency",
            f"Enough: {what}",
            enough,
            True,
            f"1 if it is among the {k} best with that alone, 0 if not.",
        ),
    ]


def _steady(tested: TestedExplanation, n: int, progress: Progress) -> list[Measure]:
    game, events, others = tested.game, len(tested.game.user.items), list[Shapley]()
    for seed in range(1, SEEDS):
        progress(_AGAIN, (len(SIZES) + seed) / _STEPS)
        others.append(shapley(game, tested.players, seed))
    same = fidelity.stability([tested.top(n), *(strongest(tested.players, other.values)[:n] for other in others)])
    moved = fidelity.max_sensitivity(_by_event(tested.players, tested.shares, events), _perturbed(tested, progress))
    return [
        _measure(
            "stability",
            f"Same {n} strongest under other random draws",
            Twin(same, fidelity.random_overlap(events, (n, n))),
            True,
            f"Overlap of the answers of {SEEDS} runs with other random numbers; 1 is the same each time.",
        ),
        _measure(
            "max_sensitivity",
            "Largest change of the values when one event is forgotten",
            Twin(moved, _shuffled_change(_by_event(tested.players, tested.shares, events))),
            False,
            "Share of the length of all values; 0 is no change. The random number deals out the same values anew.",
        ),
    ]


def _perturbed(tested: TestedExplanation, progress: Progress) -> list[Values]:
    """Attributions, for the same places, of histories that lack one random event."""
    user, events = tested.game.user, len(tested.game.user.items)
    if events < 3:
        return []
    hidden = fidelity.random_sets(events, 1, PERTURBED, seed=1)[:, 0]
    full = _by_event(tested.players, tested.shares, events)
    found = []
    for number, place in enumerate(sorted(set(hidden.tolist()))):
        progress(_AGAIN, (len(SIZES) + SEEDS + number) / _STEPS)
        kept = np.flatnonzero(np.arange(events) != place)
        other = TestedExplanation.of(only(user, np.arange(events) != place), tested.game.candidate)
        values = full.copy()  # the event itself is no part of the comparison
        values[kept] = _by_event(other.players, other.shares, len(kept))
        found.append(values)
    return found


def _by_event(players: Sequence[Player], shares: Shapley, events: int) -> Values:
    """(events,) the value of each."""
    values = np.zeros(events)
    for player, value in zip(players, shares.values.tolist(), strict=True):
        if player.events:
            values[player.events[0]] = value
    return values


def _shuffled_change(values: Values) -> float:
    rng = np.random.default_rng(0)
    dealt = [fidelity.max_sensitivity(values, [rng.permutation(values)]) for _ in range(fidelity.RANK_DRAWS)]
    return float(np.mean(dealt))


def _agreed(tested: TestedExplanation, shown: Sequence[MeasuredPath]) -> list[Measure]:
    game, events = tested.game, len(tested.game.user.items)
    values = _by_event(tested.players, tested.shares, events)
    drops = game.leave_one_out.numpy()
    found = []
    if events > 2 and np.ptp(values) > 0 and np.ptp(drops) > 0:
        rng = np.random.default_rng(0)
        chance = [_correlation(rng.permutation(values), drops) for _ in range(fidelity.DRAWS)]
        found.append(
            _measure(
                "agreement_leave_one_out",
                "Agrees with removing one event at a time",
                Twin(_correlation(values, drops), float(np.mean(chance))),
                True,
                "Rank correlation of the two ways to weigh the history; 1 is the same order, 0 none.",
            )
        )
    position = {item: place for place, item in enumerate(game.user.items.tolist())}
    anchors = list(dict.fromkeys(position[path.path.items[0]] for path in shown))
    if anchors:
        same = fidelity.jaccard(anchors, tested.top(len(anchors)))
        found.append(
            _measure(
                "agreement_paths",
                "The paths begin where the values are largest",
                Twin(same, fidelity.random_overlap(events, (len(anchors), min(len(anchors), len(tested.strongest))))),
                True,
                "Overlap of the two sets. Paths see only what the graph carries, so a small overlap is no error.",
            )
        )
    return found


def _correlation(one: Values, other: Values) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(one, other).statistic)


def _measure(name: str, label: str, twin: Twin, higher: bool, meaning: str) -> Measure:
    return Measure(name, label, twin.value, twin.random, higher, meaning)
