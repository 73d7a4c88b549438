"""Does a new visitor who asks for something get it? `python -m benchmarks.asked [--dataset movies] [--json]`.

Of each relation the entities that most items have are asked for in a line, as people tell the relation ("films directed
by Woody Allen"), by visitors who like 0, 1, 3 or 5 well-known items drawn at random beside. Counted are the lines of
which exactly this fact is heard, and the share of the first ten items that have it, out of as many as there could be;
beside it the share when the very same line counts as a text alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

import numpy as np

from kgrec_core import service
from kgrec_core.errors import KgrecError
from kgrec_core.explain.asker_scores import context_of
from kgrec_core.model.bundle import Bundle, load_bundle

K = 10
ENTITIES = 20  # of each relation
KNOWN = 60  # well-known items that likes are drawn from
LIKES = (0, 1, 3, 5)


@dataclass(frozen=True)
class Row:
    """heard: share of the lines · given, as_text: by number of likes, mean share of the first ten"""

    relation: str
    lines: int
    heard: float
    given: dict[int, float]
    as_text: dict[int, float]


def measure(dataset: str) -> list[Row]:
    opened, bundle = service.open(dataset), load_bundle(dataset)
    known = [card.item_id for card in opened.lists.well_known(KNOWN)]
    rng = np.random.default_rng(0)
    return [_row(opened, bundle, kind, known, rng) for kind in range(len(bundle.inputs.graph.relation_names))]


def _row(opened: service.Service, bundle: Bundle, kind: int, known: list[str], rng: np.random.Generator) -> Row:
    graph, domain = bundle.inputs.graph, bundle.catalog.domain
    heard, given, as_text = [], _nothing(), _nothing()
    for entity, having in _most(bundle, kind):
        line = domain.group(graph.relation_names[kind], graph.labels[entity])
        said = opened.reader.request_item(line)
        facts = list(zip(said.facts.relations.tolist(), said.facts.entities.tolist(), strict=True))
        heard.append(facts == [(kind, entity)])
        for likes in LIKES:
            context = context_of(bundle, None, rng.choice(known, min(likes, len(known)), replace=False).tolist())
            for words, shares in ((said, given), (replace(said, facts=said.facts.none), as_text)):
                scores = replace(context, request=words).scores.numpy().copy()
                scores[context.items] = -np.inf
                left = having - set(context.items.tolist())
                first = set(np.argsort(-scores, kind="stable")[:K].tolist())
                shares[likes].append(len(left & first) / min(K, max(len(left), 1)))
    means = [{likes: float(np.mean(found)) for likes, found in shares.items()} for shares in (given, as_text)]
    return Row(domain.phrase(graph.relation_names[kind]).label, len(heard), float(np.mean(heard)), means[0], means[1])


def _nothing() -> dict[int, list[float]]:
    return {likes: [] for likes in LIKES}


def _most(bundle: Bundle, kind: int) -> Iterator[tuple[int, set[int]]]:
    """The entities of a relation that most items have, with these items."""
    graph = bundle.inputs.graph
    own = graph.relations == kind
    entities, count = np.unique(graph.tails[own], return_counts=True)
    for entity in entities[np.argsort(-count, kind="stable")[:ENTITIES]].tolist():
        yield entity, set(graph.heads[own & (graph.tails == entity)].tolist())


def table(rows: list[Row]) -> str:
    head = (
        f"{'asked for':<14}{'lines':>6}{'heard':>7}   share of the first {K} that have it, beside likes (as text alone)"
    )
    lines = [f"{'':<27}   {''.join(f'{likes:>14}' for likes in LIKES)}"]
    for row in rows:
        shares = "".join(f"{row.given[likes]:>7.2f} ({row.as_text[likes]:.2f})" for likes in LIKES)
        lines.append(f"{row.relation:<14}{row.lines:>6}{row.heard:>7.2f}   {shares}")
    return "\n".join([head, *lines])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.asked", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    chosen = parser.parse_args()
    try:
        rows = measure(chosen.dataset)
    except KgrecError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps([asdict(row) for row in rows], indent=2) if chosen.json else table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
