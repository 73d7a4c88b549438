"""Is what is told what the model did? `python -m benchmarks.told --dataset movies|storefront --n 200 [--json]`.

Asked are (user, item) pairs as in `benchmarks.explain`, with the line of the item in its list.

- The first named cause, of a line and of the headline of an explanation, has to be the largest measured part of the
  explanation, the one with the largest SHAP value, or within a tenth of it.
- The credits of the shown paths may sum to no more than what the score loses without all their edges.
- A told fact has to carry at least a twentieth of what the first named cause adds. A stored fact carries what the score
  loses without its edges; what others liked or met, and likeness of texts, what the history item says through it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from tqdm import tqdm

from benchmarks.explanations import Pair, Subject
from kgrec_core.errors import KgrecError
from kgrec_core.explain.explainer import ItemExplainer
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.removed_edges import item_scores_without
from kgrec_core.explain.sentences.checker import HISTORY, LIKES, READ
from kgrec_core.explain.sentences.clauses import BRANCH_WORDS, REQUEST, REQUEST_FACTS, DisplayNames
from kgrec_core.explain.sentences.list_reasons import list_reasons
from kgrec_core.explain.why.nameable_causes import CLOSE
from kgrec_core.explain.why.shap_values import shares
from kgrec_core.schema.explanation import TELLING, Explanation, Sentence

ROUNDING = 1e-4  # of scores, in float32
LINKS = {words.link: branch for branch, words in BRANCH_WORDS.items()}

Values = dict[str, float]  # SHAP value of each player


@dataclass(frozen=True)
class Told:
    """Shares over explanations, facts and paths; the first four must be 1, the next two 0."""

    explanations: int
    facts: int
    paths: int
    line_names_strongest: float
    headline_names_strongest: float
    line_and_headline_agree: float
    credits_within_removal: float
    facts_below_a_twentieth: float
    paths_below_a_twentieth: float  # of the strongest shown path
    single_weak_path: float  # explanations whose only path has less than a twentieth of the first cause


def measure(subject: Subject, pairs: Sequence[Pair]) -> Told:
    line_ok, headline_ok, agree, credit_ok = list[bool](), list[bool](), list[bool](), list[bool]()
    weak_facts, weak_paths, single = list[bool](), list[bool](), list[bool]()
    display = subject.display
    for pair in tqdm(pairs, desc="told", disable=None):
        line = list_reasons(pair.context, pair.ranked, display)[pair.place - 1]
        game = Game(pair.context, pair.index)
        found = ItemExplainer(display, pair.user, pair.context, pair.index).why()
        values = {part.player: part.value for part in found.attributions}
        listed, first = cause(line, display), cause(found.text[0], display)
        line_ok.append(is_strongest(listed, values))
        headline_ok.append(is_strongest(first, values))
        agree.append(first == listed)
        credit_ok.append(within_removal(found, game, display))
        for sentence in (line, *found.text, *found.analysis):
            weak_facts += below(sentence, first, values, game, display)
        credits = [path.contribution for path in found.paths]
        weak_paths += [credit < TELLING * max(credits) for credit in credits]
        single.append(len(credits) == 1 and credits[0] < TELLING * values[first])
    shares_of = (line_ok, headline_ok, agree, credit_ok, weak_facts, weak_paths, single)
    return Told(
        len(pairs), len(weak_facts), len(weak_paths), *(float(np.mean(each)) if each else 0.0 for each in shares_of)
    )


def cause(sentence: Sentence, display: DisplayNames) -> str:
    """The player that a sentence names first, by the first id of its evidence."""
    first = sentence.evidence[0]
    if first.startswith(HISTORY):
        return first
    if first.startswith(LIKES):
        return "popularity"
    if first.startswith(READ):
        return "text"
    if first == REQUEST or first.startswith(REQUEST_FACTS):
        return "words"
    return f"facet:{_relation(first, display)}"


def is_strongest(player: str, values: Values) -> bool:
    """Whether its SHAP value is the largest, or within CLOSE of it."""
    return values.get(player, -np.inf) >= (1 - CLOSE) * max(values.values())


def within_removal(found: Explanation, game: Game, display: DisplayNames) -> bool:
    """Whether the credits of the paths sum to no more than what the score loses without all their edges."""
    names = [f"{edge.head}|{edge.relation}|{edge.tail}" for path in found.paths for edge in path.edges]
    return sum(path.contribution for path in found.paths) <= _lost(game, stored(names, display).values()) + ROUNDING


def below(sentence: Sentence, first: str, values: Values, game: Game, display: DisplayNames) -> list[bool]:
    """Of each fact that a sentence tells, whether it carries less than TELLING of what the first named cause adds."""
    linked = [name for name in sentence.evidence if name.startswith(tuple(LINKS))]
    carried = [_spoken(name, game, display) for name in linked]
    facts = defaultdict[int, list[int]](list)
    for edge in stored(sentence.evidence, display).values():
        facts[int(display.graph.tails[edge])].append(edge)
    # One edge alone names a kind of facts as a cause, such as its decade.
    carried += [_lost(game, edges) for edges in facts.values() if len(edges) > 1]
    return [value < TELLING * values[first] - ROUNDING for value in carried]


def stored(names: Iterable[str], display: DisplayNames) -> dict[str, int]:
    """The edges of the graph among these ids of facts."""
    graph, found = display.graph, dict[str, int]()
    for name in (each for each in names if "|" in each):
        for relation in graph.relation_names:
            head, is_edge, tail = name.partition(f"|{relation}|")
            if is_edge and head in display.catalog.item_vocab and tail in graph.entities:
                own = graph.edges_of(display.catalog.item_vocab.index(head))
                kind, entity = graph.relation_names.index(relation), graph.entities.index(tail)
                for edge in own[(graph.relations[own] == kind) & (graph.tails[own] == entity)].tolist():
                    found[name] = edge
    return found


def _lost(game: Game, edges: Iterable[int]) -> float:
    """What the score loses without these edges of the graph, by the whole model."""
    gone = np.array(sorted(set(edges)), dtype=np.int64)
    whole, without = item_scores_without(game.user, game.candidate, [gone[:0], gone]).tolist()
    return float(whole - without)


def _spoken(name: str, game: Game, display: DisplayNames) -> float:
    """What a history item says of the item through what others liked, what they met, or the likeness of texts."""
    prefix, (anchor, _) = f"{name.partition(':')[0]}:", name.partition(":")[2].split("|")
    place = game.user.items.tolist().index(display.catalog.item_vocab.index(anchor))
    branches = shares(game.user, np.array([game.candidate])).branches[place, 0]
    return float(branches[game.user.recommender.columns.names.index(LINKS[prefix])])


def _relation(name: str, display: DisplayNames) -> str:
    edge = next(iter(stored([name], display).values()))
    return display.graph.relation_names[int(display.graph.relations[edge])]


def table(report: Told) -> str:
    return "\n".join(f"{name:<28}{value:>12.4g}" for name, value in asdict(report).items())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.told", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--n", type=int, default=200, help="how many (user, item) pairs (200)")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    asked = parser.parse_args()
    if asked.n < 1:
        parser.error(f"--n is {asked.n}; choose 1 or more.")
    try:
        subject = Subject(asked.dataset)
    except KgrecError as error:
        print(error, file=sys.stderr)
        return 2
    report = measure(subject, subject.pairs(asked.n))
    print(json.dumps(asdict(report), indent=2) if asked.json else table(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
