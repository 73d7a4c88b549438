"""What shown paths are like: how recent, how well known and how different the things are that they go through.

After Balloccu et al. 2022 (SIGIR), "Post Processing Recommender Systems with Knowledge Graphs for Recency, Popularity,
and Diversity of Explanations", with its smoothing of 0.3. Two choices of our own: values that are equal share one
place, so that the order of ids decides nothing, and every figure is a mean over exactly the paths that are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from kgrec_core.data.interactions import Interactions
from kgrec_core.graph.item_paths import ItemPath
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.schema.trust import Measure

SMOOTHING = 0.3
DRAWS = 100  # random selections, whose mean stands beside each figure
SEED = 0

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PathQualities:
    """0 to 1 each; None where nothing is known: no path is shown, or the data have no times.

    recency: LIR, mean over the paths of how recent the linked interaction is, 1 the latest of this user
    popularity: SEP, mean over the paths of how many items have the entity that the item shares, 1 the most of its type
    diversity: ETD, different relations of the item that the paths end in, as a share of how many there could be:
    no more than the graph has, and no more than there are paths
    """

    recency: float | None
    popularity: float | None
    diversity: float | None


@dataclass(frozen=True, eq=False)
class PathMeasurer:
    """Measures paths of one user. recent: by item of the history, from `recency`; empty where times are unknown."""

    graph: Graph
    recent: Mapping[int, float]

    def measure(self, paths: Sequence[ItemPath]) -> PathQualities:
        if not paths:
            return PathQualities(None, None, None)
        # what was said here is the latest
        recent = [self.recent.get(path.items[0], 1.0) for path in paths] if self.recent else []
        known = self._popular[self.graph.tails[[path.edges[-1] for path in paths]]]
        kinds = {int(self.graph.relations[path.edges[-1]]) for path in paths}
        most = min(len(paths), len(np.unique(self.graph.relations)))
        return PathQualities(float(np.mean(recent)) if recent else None, float(known.mean()), len(kinds) / most)

    def at_random(self, choices: Sequence[tuple[Sequence[ItemPath], int]]) -> PathQualities:
        """Mean over selections at random: of each entry of `choices` that many of its paths."""
        rng = np.random.default_rng(SEED)
        drawn = [
            self.measure([paths[each] for paths, n in choices for each in rng.permutation(len(paths))[:n]])
            for _ in range(DRAWS)
        ]
        return mean(drawn)

    @cached_property
    def _popular(self) -> Values:
        return popularity(self.graph)


def recency(rows: Interactions) -> dict[int, float]:
    """How recent each interaction of one user is, by item; nothing where no time is known."""
    if not rows.timestamps.any():
        return {}
    return dict(zip(rows.items.tolist(), smoothed(rows.timestamps).tolist(), strict=True))


def popularity(graph: Graph) -> Values:
    """(entities,) how many items have each, among those of its type."""
    _, starts = graph.by_tail
    degrees, found = np.diff(starts), np.zeros(len(graph.types))
    types = np.array(graph.types)
    for kind in np.unique(types):
        found[types == kind] = smoothed(degrees[types == kind])
    return found


def smoothed(values: npt.NDArray[np.int64]) -> Values:
    """(n,) in 0 to 1: over ascending values, LIR_i = (1 - b) LIR_(i-1) + b t_i, LIR_1 = t_1, then from least to most.

    Equal values have the last of their results; where all are equal, each is 1.
    """
    ascending = np.sort(values)
    averages = pd.Series(ascending - ascending[:1].sum()).ewm(alpha=SMOOTHING, adjust=False).mean().to_numpy()
    least, most = averages[:1].sum(), averages[-1:].sum()
    if most <= least:
        return np.ones(len(values))
    found: Values = (averages[np.searchsorted(ascending, values, side="right") - 1] - least) / (most - least)
    return found


def mean(qualities: Sequence[PathQualities]) -> PathQualities:
    """Of each quality over those that have it."""
    columns = zip(*((one.recency, one.popularity, one.diversity) for one in qualities), strict=True)
    known = [[value for value in column if value is not None] for column in columns] or [[], [], []]
    return PathQualities(*(float(np.mean(values)) if values else None for values in known))


def measures(ours: PathQualities, chance: PathQualities, paths: int) -> tuple[Measure, ...]:
    """For the screen; what is not known is left out."""
    rows = (
        ("lir", "Recent", ours.recency, chance.recency, True, "How recent the steps of the history are that the paths "
         "begin with: 1 the latest of this person, 0 the first (LIR)."),
        ("sep", "Well known", ours.popularity, chance.popularity, None, "How well known the shared things are among "
         "those of their kind: 1 is in the most items, 0 in the fewest (SEP). Neither end is better."),
        ("etd", "Different", ours.diversity, chance.diversity, True, "How many kinds of facts the paths tell, "
         "as a share of how many they could (ETD)."),
    )  # fmt: skip
    return tuple(
        Measure(f"{name}@{paths}", label, value, twin, higher, meaning)
        for name, label, value, twin, higher, meaning in rows
        if value is not None and twin is not None
    )
