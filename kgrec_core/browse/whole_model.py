"""What drives the lists of all people: their parts, facts and rules, and who differs; each with an example to open."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kgrec_core.data.interactions import IntArray
from kgrec_core.evaluate.bootstrap import estimate
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.sentences.clauses import BRANCH_WORDS, DisplayNames
from kgrec_core.explain.sentences.numbers_in_words import percent
from kgrec_core.explain.why.applicable_rules import ApplicableRules, in_words
from kgrec_core.explain.why.list_shares import NETWORK, POPULARITY, ListShares, fact_values, list_shares, part_names
from kgrec_core.model.recommender import Recommender
from kgrec_core.schema.asker import length
from kgrec_core.schema.cards import UserCard
from kgrec_core.schema.global_explanation import (
    FACTS,
    CommonRule,
    DrivingFact,
    Example,
    GlobalExplanation,
    ModelPart,
    PeopleAlike,
)
from kgrec_core.schema.progress import Progress, milliseconds_since, no_progress

SHOWN = 12  # facts
RULES = 6
LENGTHS = 4  # groups of people by the length of their histories
MOST_KINDS = 5
FEWEST = 10  # people of a group: fewer would be told about by name
LEAST = 0.0005  # share of a part that is worth a row
_LABELS = {
    **{name: words.adds for name, words in BRANCH_WORDS.items()},
    POPULARITY: "how popular it is",
    NETWORK: "graph network, attention and MLP",
    FACTS: "facts of the graph",
}
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WholeModel:
    """Of one open data set. context: the history of a stored user · facts_gone: the model with every fact taken out"""

    display: DisplayNames
    rules: ApplicableRules
    context: Callable[[str], UserContext]
    users: Sequence[UserCard]
    facts_gone: Callable[[], Recommender]

    def explain(self, people: int = 200, k: int = 10, progress: Progress = no_progress) -> GlobalExplanation:
        """Asked are `people` users with a history, at even steps through the data, for their first `k`.

        20 milliseconds each, more where the network speaks. Raises ConfigError for a `k` that is no length.
        """
        start, known = time.perf_counter(), [card for card in self.users if card.events]
        drawn = np.unique(np.linspace(0, max(len(known) - 1, 0), min(people, len(known))).astype(int)).tolist()
        asked = _Asked(self, [known[place] for place in drawn], list(self._lists(known, drawn, length(k), progress)))
        progress("Asking the model about everybody", 1.0)
        parts, relations = asked.parts()
        return GlobalExplanation(
            dataset=self.display.catalog.name,
            people=len(drawn),
            of_people=len(self.users),
            k=k,
            sentence=_sentence(parts, self.display),
            parts=parts,
            relations=relations,
            facts=asked.facts(),
            by_length=asked.by_length(),
            kinds=asked.kinds(),
            rules=tuple(self._rules()),
            ms=milliseconds_since(start),
        )

    def _lists(
        self, known: Sequence[UserCard], drawn: Sequence[int], k: int, progress: Progress
    ) -> Iterator[tuple[ListShares, tuple[IntArray, IntArray, Floats]]]:
        bare = self.facts_gone()
        for number, place in enumerate(drawn):
            progress("Asking the model about everybody", number / len(drawn))
            user = self.context(known[place].user_id)
            found = list_shares(user, bare, k)
            yield found, fact_values(user, found.items)

    def _rules(self) -> Iterator[CommonRule]:
        """One about each conclusion."""
        told = set[tuple[int, int]]()
        for mined in sorted(self.rules.rules, key=lambda rule: -rule.held):
            if mined.conclusion not in told and len(told) < RULES:
                told.add(mined.conclusion)
                yield CommonRule(*in_words(mined, self.display), mined.held, mined.met, mined.lift)


@dataclass(frozen=True, eq=False)
class _Asked:
    """The lists of some people, read together."""

    model: WholeModel
    people: Sequence[UserCard]
    lists: Sequence[tuple[ListShares, tuple[IntArray, IntArray, Floats]]]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return part_names(self.model.facts_gone())

    @cached_property
    def _shares(self) -> Floats:
        """(people, parts) of the score of each list."""
        return np.array([made.adds.sum(0) / _nonzero(made.total.sum()) for made, _ in self.lists])

    def parts(self) -> tuple[tuple[ModelPart, ...], tuple[ModelPart, ...]]:
        """Parts with all facts as one, and the relations, each with the largest share first."""
        relations = set(self.model.display.graph.relation_names)
        rows = [part for place, name in enumerate(self._names) if abs((part := self._part(place, name)).share) >= LEAST]
        rows.sort(key=lambda part: -part.share)
        return tuple(row for row in rows if row.name not in relations), tuple(
            row for row in rows if row.name in relations
        )

    def _part(self, place: int, name: str) -> ModelPart:
        gained = np.array([made.adds[:, place].sum() for made, _ in self.lists])
        possible = np.array([made.total.sum() for made, _ in self.lists])
        found = estimate(np.arange(len(self.lists)), gained, possible)
        best = int(np.argmax(self._shares[:, place]))
        made = self.lists[best][0]
        replaced = float(np.mean([each.replaced[place] for each, _ in self.lists]))
        example = self._example(best, int(made.items[int(np.argmax(made.adds[:, place]))]))
        return ModelPart(name, self._label(name), found.mean, found.low, found.high, replaced, example)

    def facts(self) -> tuple[DrivingFact, ...]:
        """Those that add most to all lists together."""
        graph = self.model.display.graph
        sums, whose = dict[tuple[int, int], float](), dict[tuple[int, int], set[int]]()
        best = dict[tuple[int, int], tuple[float, int, int]]()
        for person, (made, (owner, edges, values)) in enumerate(self.lists):
            keys = zip(graph.relations[edges].tolist(), graph.tails[edges].tolist(), strict=True)
            for key, item, value in zip(keys, made.items[owner].tolist(), values.tolist(), strict=True):
                sums[key] = sums.get(key, 0.0) + value
                whose.setdefault(key, set()).add(person)
                if value > best.get(key, (0.0, 0, 0))[0]:
                    best[key] = value, person, item
        total = _nonzero(sum(made.total.sum() for made, _ in self.lists))
        first = sorted((key for key in sums if key in best), key=lambda key: -sums[key])[:SHOWN]
        names, domain = graph.relation_names, self.model.display.domain
        return tuple(
            DrivingFact(
                names[key[0]],
                domain.phrase(names[key[0]]).label,
                graph.labels[key[1]],
                float(sums[key] / total),
                len(whose[key]),
                self._example(*best[key][1:]),
            )
            for key in first
        )

    def by_length(self) -> tuple[PeopleAlike, ...]:
        """Quarters of the people by the length of their histories."""
        events = np.array([card.events for card in self.people])
        groups = np.array_split(np.argsort(events, kind="stable"), min(LENGTHS, max(len(events) // FEWEST, 1)))
        word = self.model.display.domain.events
        found = []
        for group in groups:
            least, most = int(events[group].min()), int(events[group].max())
            label = f"{least:,} {word}" if least == most else f"{least:,} to {most:,} {word}"
            found.append(self._alike(label, group))
        return tuple(found)

    def kinds(self) -> tuple[PeopleAlike, ...]:
        """Clusters of people by the shares of their lists (k-means; as many as the silhouette of Rousseeuw 1987 likes
        best), called by what they have more of than others.
        """
        if len(self.people) < 2 * FEWEST:
            return ()
        shares, told = self._shares, self._told
        usual, spread = shares.mean(0), shares.std(0) + 1e-9
        found, named = [], set[int]()
        for group in sorted(_clusters(shares[:, told]), key=len, reverse=True):
            more = (shares[group].mean(0) - usual) / spread
            place = max((one for one in told if one not in named), key=lambda one: more[one])
            named.add(place)
            found.append(self._alike(self._label(self._names[place]), group, place))
        return tuple(found)

    @cached_property
    def _told(self) -> list[int]:
        """Places of the parts that have a share, all facts as one left out."""
        usual = np.abs(self._shares).mean(0)
        return [place for place, name in enumerate(self._names) if name != FACTS and usual[place] >= LEAST]

    def _label(self, name: str) -> str:
        return _LABELS.get(name) or self.model.display.domain.phrase(name).label

    def _alike(self, label: str, group: IntArray, place: int | None = None) -> PeopleAlike:
        """place: of the part that the example has most of; else the one in the middle"""
        shares = self._shares[group]
        best = int(group[len(group) // 2] if place is None else group[int(np.argmax(shares[:, place]))])
        by_name: Mapping[str, float] = dict(zip(self._names, shares.mean(0).tolist(), strict=True))
        return PeopleAlike(label, len(group), by_name, self.people[best])

    def _example(self, person: int, item: int) -> Example:
        return Example(self.people[person], self.model.display.cards[item])


def _clusters(shares: Floats) -> list[IntArray]:
    from sklearn.cluster import KMeans  # a second, which nobody else shall pay
    from sklearn.metrics import silhouette_score

    best, groups = -1.0, [np.arange(len(shares))]
    for count in range(2, MOST_KINDS + 1):
        told = KMeans(count, n_init=4, random_state=0).fit_predict(shares)
        sizes = np.bincount(told, minlength=count)
        if sizes.min() >= FEWEST and (quality := float(silhouette_score(shares, told))) > best:
            best, groups = quality, [np.flatnonzero(told == one) for one in range(count)]
    return groups


def _sentence(parts: Sequence[ModelPart], display: DisplayNames) -> str:
    if not parts:
        return f"Nothing is known yet that drives the lists of these {display.domain.users}."
    first, *others = parts
    said = f"Lists are driven most by {first.label} ({percent(first.share)} of the score of what is listed)"
    if not others or others[0].share < LEAST:
        return f"{said}."
    return f"{said}, then by {others[0].label} ({percent(others[0].share)})."


def _nonzero(value: float) -> float:
    return value if abs(value) > 1e-12 else 1.0
