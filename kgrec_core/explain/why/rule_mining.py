"""Association rules over facts, mined from everyone's likes: who likes things with one fact likes those with another.

The likes of each user are dealt at random into two halves. Whether the condition is met is read on the one half,
whether the conclusion holds on the other, so that no item speaks for itself. Two traps are closed:

- People who like much meet every condition and every conclusion. Whether more users do both than chance would give is
  therefore asked among users with about as many likes: the test of Cochran 1954, Mantel and Haenszel 1959, over STRATA
  groups by number of likes, with the false discovery rate of Benjamini and Hochberg 1995 over all rules tried.
- A rule about a handful of people would give them away: there are FEWEST users behind each.

Support, confidence and lift as in Agrawal et al. 1993 and Brin et al. 1997. Only pairs that can become a rule are
counted, by a product of sparse matrices; a general miner counts also pairs of two conditions and of two conclusions,
which are most of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kgrec_core.data.interactions import IntArray, Interactions
from kgrec_core.graph.typed_graph import Graph

LEVELS = (2, 3, 5)  # liked items that a condition asks for
FEWEST = 10  # users who meet condition and conclusion
COMMONEST = 0.5  # share of users who meet a condition; what most people do says nothing about one
LEAST_CONFIDENCE = 0.5
LEAST_LIFT = 1.2  # also against users with about as many likes
CHANCE = 0.05  # expected share of rules that are none
STRATA = 5
BROAD = 0.02  # share of the items; a rule about two facts leads from a narrower one to one of its kind as broad as this
MOST_USERS = 5_000  # drawn at random from more

Facet = tuple[int, int]  # relation and entity, indices of the graph
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MinedRule:
    """Who liked `at_least` items of `condition` in one half likes those of `conclusion` more than usual in the other:
    their share of that half is above its mean over all users.
    """

    condition: Facet
    at_least: int
    conclusion: Facet
    users: int  # asked
    met: int  # met the condition
    held: int  # of these, the conclusion held for so many
    usual: int  # of all users, the conclusion holds for so many

    @property
    def support(self) -> float:
        return self.held / self.users

    @property
    def confidence(self) -> float:
        return self.held / self.met

    @property
    def lift(self) -> float:
        return self.confidence / (self.usual / self.users)


@dataclass(frozen=True, eq=False)
class _Seen:
    """What was seen of each user, those with few likes first. Both (users, facets)."""

    counts: sparse.csr_matrix  # liked items of the one half that have the facet
    more: sparse.csr_matrix  # 1 where they make up more of the other half than usual, else 0

    @property
    def users(self) -> int:
        return int(self.counts.shape[0])


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Pairs of a condition and a conclusion with enough users behind them, parallel arrays."""

    at_least: IntArray
    conditions: IntArray  # facet
    conclusions: IntArray  # facet
    met: Floats
    held: Floats
    usual: Floats
    expected: Floats  # of held, were the two unrelated among users with about as many likes
    variance: Floats  # of held, likewise

    def rows(self, chosen: IntArray) -> Iterator[tuple[int, ...]]:
        """at_least, condition, conclusion, met, held, usual of the chosen pairs."""
        arrays = (self.at_least, self.conditions, self.conclusions, self.met, self.held, self.usual)
        return zip(*(array[chosen].astype(int).tolist() for array in arrays), strict=True)


def mine(graph: Graph, liked: Interactions, seed: int = 0) -> tuple[MinedRule, ...]:
    """All rules, strongest lift first; the same for the same seed. liked: rows of what users liked, no others."""
    if not len(graph.heads) or np.bincount(liked.users, minlength=1).max() < 2:
        return ()
    facets, column = np.unique(np.stack([graph.relations, graph.tails]), axis=1, return_inverse=True)
    having = _ones(graph.heads, column.ravel(), (graph.items, facets.shape[1]))
    seen = _seen(having, liked, np.random.default_rng(seed))
    pairs = _joined([_pairs(seen, level, _totals(having) / graph.items, facets[0]) for level in LEVELS])
    relations, tails = facets.tolist()
    rules = [
        MinedRule((relations[one], tails[one]), level, (relations[other], tails[other]), seen.users, met, held, usual)
        for level, one, other, met, held, usual in pairs.rows(_are_rules(pairs, seen.users))
    ]
    return tuple(sorted(rules, key=lambda rule: (-rule.lift, rule.condition, rule.conclusion, rule.at_least)))


def _ones(rows: IntArray, columns: IntArray, shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def _seen(having: sparse.csr_matrix, liked: Interactions, rng: np.random.Generator) -> _Seen:
    """having: (items, facets). Users with one like have no other half, and are not asked."""
    users, likes = np.unique(liked.users, return_counts=True)
    asked = rng.permutation(np.flatnonzero(likes >= 2))[:MOST_USERS]
    asked = asked[np.argsort(likes[asked], kind="stable")]  # as many likes: in random order, as ids may mean something
    place = np.full(len(users), -1)
    place[asked] = np.arange(len(asked))
    rows, items = place[np.searchsorted(users, liked.users)], liked.items
    shuffled = rng.permutation(np.flatnonzero(rows >= 0))
    shuffled = shuffled[np.argsort(rows[shuffled], kind="stable")]
    rows, items = rows[shuffled], items[shuffled]
    first = (np.arange(len(rows)) - np.searchsorted(rows, rows)) % 2 == 0
    shape = (len(asked), having.shape[0])
    other = _ones(rows[~first], items[~first], shape)
    share = sparse.diags(1 / np.asarray(other.sum(1)).ravel()) @ other @ having
    usual = np.asarray(share.mean(0)).ravel()
    share = sparse.csr_matrix(share)
    share.data = (share.data > usual[share.indices]).astype(np.float64)
    return _Seen(sparse.csr_matrix(_ones(rows[first], items[first], shape) @ having), share)


def _pairs(seen: _Seen, level: int, size: Floats, relation: IntArray) -> _Pairs:
    """size: share of the items that have each facet · relation: of each facet."""
    meets = seen.counts.copy()
    meets.data = (meets.data >= level).astype(np.float64)
    met, usual = _totals(meets), _totals(seen.more)
    conditions = np.flatnonzero((met >= FEWEST) & (met <= COMMONEST * seen.users))
    broad = np.flatnonzero((usual >= FEWEST) & (size >= BROAD))
    both = (meets[:, conditions].T @ seen.more[:, broad]).tocoo()
    one, other = np.concatenate([conditions, conditions[both.row]]), np.concatenate([conditions, broad[both.col]])
    held = np.concatenate([_totals(meets.multiply(seen.more))[conditions], both.data])
    broader = (relation[one] == relation[other]) & (size[one] < size[other])
    kept = (held >= FEWEST) & ((one == other) | broader)
    one, other, held = one[kept], other[kept], held[kept]
    return _Pairs(np.full(len(one), level), one, other, met[one], held, usual[other], *_chance(meets, seen, one, other))


def _chance(meets: sparse.csr_matrix, seen: _Seen, one: IntArray, other: IntArray) -> tuple[Floats, Floats]:
    """Mean and variance of the number of users who do both, if chance alone paired the two within each stratum:
    Mantel and Haenszel 1959, p. 729 f., the hypergeometric moments summed over strata.
    """
    mean, variance = np.zeros(len(one)), np.zeros(len(one))
    for rows in np.array_split(np.arange(seen.users), min(STRATA, seen.users // 2) or 1):
        n, met, usual = len(rows), _totals(meets[rows])[one], _totals(seen.more[rows])[other]
        mean += met * usual / max(n, 1)
        variance += met * (n - met) * usual * (n - usual) / max(n * n * (n - 1), 1)
    return mean, variance


def _are_rules(pairs: _Pairs, users: int) -> IntArray:
    """Row numbers of the pairs that are more than chance and say enough to be told."""
    from scipy import stats

    z = (pairs.held - pairs.expected - 0.5) / np.sqrt(np.maximum(pairs.variance, 1e-12))  # 0.5: continuity
    real = stats.false_discovery_control(stats.norm.sf(z)) <= CHANCE if len(z) else np.zeros(0, dtype=bool)
    confidence = pairs.held / pairs.met
    lifted = (confidence * users >= LEAST_LIFT * pairs.usual) & (pairs.held >= LEAST_LIFT * pairs.expected)
    return np.flatnonzero(real & lifted & (confidence >= LEAST_CONFIDENCE))


def _totals(matrix: sparse.csr_matrix) -> Floats:
    return np.asarray(matrix.sum(0), dtype=np.float64).ravel()


def _joined(parts: list[_Pairs]) -> _Pairs:
    return _Pairs(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(_Pairs)))
