"""The command line: argument parsing and printing only.

Exit status: 0 done, 1 the data are bad, 2 the question is bad. With --json, stdout is JSON and nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from kgrec_core import answers, service
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.recbole import export_recbole
from kgrec_core.data.split import split_random, split_temporal
from kgrec_core.errors import DataError, KgrecError

NAME = "python -m kgrec_core"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        asked.run(asked)
    except DataError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except KgrecError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=NAME, description="Recommendations that can say why.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "datasets", _datasets, "list the data sets")
    _named(commands, "prepare", _prepare, "encode, train, measure and save a data set (minutes)")
    recommend = _named(commands, "recommend", _recommend, "the best items for a user, each with a reason")
    recommend.add_argument("--user", help="id of a user of the data set")
    recommend.add_argument("--history", help="ids of liked items, comma-separated, in place of a user's own")
    recommend.add_argument("--k", type=_positive, default=10, help="how many items (10)")
    explain = _named(commands, "explain", _explain, "why an item has its score for a user")
    explain.add_argument("--user", required=True)
    explain.add_argument("--item", required=True)
    explain.add_argument("--k", type=_positive, default=10, help="length of the list that the item is judged in (10)")
    evaluate = _named(commands, "evaluate", _evaluate, "the quality table: ours, its ablations and its peers")
    evaluate.add_argument("--split", choices=("random", "temporal"), default="random")
    evaluate.add_argument("--seeds", type=_positive, default=5)
    split = _named(commands, "split", _split, "write a split as files for RecBole")
    split.add_argument("--scheme", choices=("random", "temporal"), default="random")
    split.add_argument("--seed", type=int, default=0)
    split.add_argument("--out", type=Path, required=True)
    split.add_argument("--format", choices=("recbole",), default="recbole")
    return parser


def _command(commands: argparse._SubParsersAction, name: str, run: object, text: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    command.add_argument("--json", action="store_true", help="print JSON")
    return command


def _named(
    commands: argparse._SubParsersAction,  # type: ignore[type-arg]
    name: str,
    run: object,
    text: str,
) -> argparse.ArgumentParser:
    command = _command(commands, name, run, text)
    command.add_argument("name", help="data set, such as movies")
    return command


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return number


def _datasets(asked: argparse.Namespace) -> None:
    cards = service.datasets()
    if asked.json:
        _print_json([answers.dataset(card) for card in cards])
        return
    for card in cards:
        state = (
            f"{card.users} users, {card.items} items" if card.prepared else f"not prepared: {NAME} prepare {card.name}"
        )
        print(f"{card.name:<14} {card.title} ({state})")


def _prepare(asked: argparse.Namespace) -> None:
    with _Bar() as bar:
        service.prepare(asked.name, bar.progress)
    if asked.json:
        _print_json({"dataset": asked.name, "prepared": True})


def _recommend(asked: argparse.Namespace) -> None:
    history = asked.history.split(",") if asked.history is not None else None
    if asked.user is None and history is None:
        raise KgrecError(f"Nobody to recommend to. Give --user ID, or --history with item ids: {NAME} recommend -h")
    cleaned = [item.strip() for item in history if item.strip()] if history is not None else None
    found = service.open(asked.name).recommend(user=asked.user, k=asked.k, history=cleaned)
    if asked.json:
        _print_json(answers.recommendations(found))
        return
    for row in found.items:
        year = f" ({row.item.year})" if row.item.year else ""
        print(f"{row.rank:>3}. {row.item.title}{year}  [{row.item.item_id}]  {row.score:.3f}\n     {row.reason}")


def _explain(asked: argparse.Namespace) -> None:
    found = service.open(asked.name).explain(user=asked.user, item=asked.item, k=asked.k)
    if asked.json:
        _print_json(answers.explanation(found))
        return
    print(f"{found.item.title}: rank {found.rank}, score {found.score:.3f}")
    for sentence in found.text:
        print(f"  {sentence.sentence}")
    for path in found.paths:
        print(f"  {path.contribution:+.3f}  {' > '.join(node.label for node in path.nodes)}")
    for part in found.attributions[:10]:
        print(f"  {part.value:+.3f}  {part.label}")


def _evaluate(asked: argparse.Namespace) -> None:
    with _Bar() as bar:
        found = service.open(asked.name).evaluate(asked.split, asked.seeds, bar.progress)
    if asked.json:
        _print_json(answers.evaluation(found))
        return
    print(found.protocol)
    for row in found.rows:
        low, high = row.ci95
        print(f"{row.model:<20} NDCG@10 {row.ndcg_10:.4f} [{low:.4f}, {high:.4f}]  Recall@20 {row.recall_20:.4f}")


def _split(asked: argparse.Namespace) -> None:
    catalog = service.catalog_of(asked.name)
    data = Interactions.from_catalog(catalog)
    split = split_random(data, asked.seed) if asked.scheme == "random" else split_temporal(data)
    written = [str(path) for path in export_recbole(catalog, split, asked.out)]
    _print_json({"files": written}) if asked.json else print("\n".join(written))


def _print_json(answer: object) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=2))


class _Bar:
    """Progress on stderr."""

    def __enter__(self) -> _Bar:
        self._bar = tqdm(total=100, bar_format="{l_bar}{bar:30}| {elapsed} {desc}", file=sys.stderr)
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def progress(self, what: str, share: float) -> None:
        self._bar.set_description_str(f" {what}", refresh=False)
        self._bar.update(max(0.0, 100 * share - self._bar.n))


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
