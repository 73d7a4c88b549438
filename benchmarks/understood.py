"""Is nonsense told from a request? `python -m benchmarks.understood [--dataset movies] [--json]`.

200 lines that mean nothing, drawn from a seed: keys struck at random, words of the items with their letters shuffled,
pieces of the encoder's own vocabulary (other ones than those that the limit is set by), and random words of eight
scripts. Counted are the lines that count for nothing, where the answer says so. And 100 lines that mean something, of
what is known of random items: a fact as people tell it, kinds of one item, a stretch of its text. Counted are the lines
whose text is read, and those of which anything counts.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass

import numpy as np

from kgrec_core import service
from kgrec_core.errors import KgrecError
from kgrec_core.model.bundle import Bundle, load_bundle
from kgrec_core.text.documents import item_document

NONSENSE, SENSE = 200, 100
SEED = 7
SCRIPTS = {
    "Chinese": (0x4E00, 0x9000),
    "Japanese": (0x3042, 0x3093),
    "Korean": (0xAC00, 0xD7A3),
    "Russian": (0x430, 0x44F),
    "Greek": (0x3B1, 0x3C9),
    "Arabic": (0x627, 0x64A),
    "Hebrew": (0x5D0, 0x5EA),
    "Hindi": (0x915, 0x939),
}


@dataclass(frozen=True)
class Row:
    """ignored: share that counts for nothing, and says so · read: share whose text is read · counts: in any way"""

    kind: str
    lines: int
    ignored: float
    read: float
    counts: float
    wrong: tuple[str, ...]  # lines of sense that count for nothing, lines of nonsense that count


def measure(dataset: str) -> list[Row]:
    opened, bundle = service.open(dataset), load_bundle(dataset)
    rng = np.random.default_rng(SEED)
    nonsense, sense = _nonsense(opened, bundle, rng), _sense(bundle, rng)
    rows = [_row(opened, kind, lines, kind in nonsense) for kind, lines in (nonsense | sense).items()]
    every = ((name, [line for lines in found.values() for line in lines]) for name, found in (
        ("all nonsense", nonsense), ("all that means something", sense)))  # fmt: skip
    return rows + [_row(opened, name, lines, name == "all nonsense") for name, lines in every]


def _row(opened: service.Service, kind: str, lines: list[str], nonsense: bool) -> Row:
    ignored, read, counts = [], [], []
    for line in lines:
        words, heard = opened.reader.request_item(line), opened.reader.understood(line)
        ignored.append(words is None and heard.sentences[-1].endswith("for nothing."))
        read.append(words is not None and bool(words.similarity.any()))
        counts.append(words is not None)
    wrong = tuple(line for line, counted in zip(lines, counts, strict=True) if counted == nonsense)
    return Row(kind, len(lines), float(np.mean(ignored)), float(np.mean(read)), float(np.mean(counts)), wrong)


def _nonsense(opened: service.Service, bundle: Bundle, rng: np.random.Generator) -> dict[str, list[str]]:
    documents, each = _documents(bundle), NONSENSE // 5
    pieces = [piece.strip("#▁Ġ") for piece in opened.reader.tracer.bert_of_items.vocabulary()]
    pieces = [piece for piece in pieces if len(piece) > 1 and piece.isalpha()]
    letters = list("abcdefghijklmnopqrstuvwxyz")
    found = {
        "keys struck at random": [
            " ".join("".join(rng.choice(letters, rng.integers(3, 9))) for _ in range(rng.integers(1, 6)))
            for _ in range(each)
        ],
        "letters of item words, shuffled": [
            " ".join(
                "".join(rng.permutation(list(word)))
                for word in rng.choice(rng.choice(documents).split(), rng.integers(2, 6))
            )
            for _ in range(each)
        ],
        "pieces of the vocabulary": [" ".join(rng.choice(pieces, rng.integers(1, 9))) for _ in range(each)],
    }
    for script, (first, last) in SCRIPTS.items():
        found[f"random words, {script}"] = [
            " ".join(
                "".join(chr(code) for code in rng.integers(first, last, rng.integers(2, 9)))
                for _ in range(rng.integers(1, 5))
            )
            for _ in range(2 * each // len(SCRIPTS))
        ]
    return found


def _sense(bundle: Bundle, rng: np.random.Generator) -> dict[str, list[str]]:
    graph, domain, documents = bundle.inputs.graph, bundle.catalog.domain, _documents(bundle)
    edges = rng.integers(0, len(graph.heads), 2 * SENSE // 5).tolist()
    facts = [(graph.relation_names[int(graph.relations[edge])], graph.labels[int(graph.tails[edge])]) for edge in edges]
    kinds = []
    for item in rng.permutation(graph.items)[: 3 * SENSE // 10].tolist():
        own = rng.permutation(graph.edges_of(item))[:2].tolist()
        kinds.append(" and ".join(graph.labels[int(graph.tails[edge])].lower() for edge in own) or documents[item])
    stretches = []
    for item in rng.integers(0, len(documents), 3 * SENSE // 10).tolist():
        words = documents[item].split()
        size = int(rng.integers(4, 9))
        first = int(rng.integers(0, max(len(words) - size, 1)))
        stretches.append(" ".join(words[first : first + size]))
    return {
        "a fact, as people tell it": [domain.group(relation, label) for relation, label in facts],
        "two facts of one item": kinds,
        "a stretch of an item's text": stretches,
    }


def _documents(bundle: Bundle) -> list[str]:
    return [item_document(row, bundle.catalog.domain) for row in bundle.catalog.item_rows()]


def table(rows: list[Row]) -> str:
    lines = [f"{'':<34}{'lines':>6}{'ignored':>9}{'read':>7}{'counts':>8}"]
    lines += [f"{row.kind:<34}{row.lines:>6}{row.ignored:>9.3f}{row.read:>7.3f}{row.counts:>8.3f}" for row in rows]
    return "\n".join([*lines, *(f"not as it should be: {line}" for row in rows[-2:] for line in row.wrong)])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understood", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    chosen = parser.parse_args()
    try:
        rows = measure(chosen.dataset)
    except KgrecError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False) if chosen.json else table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
