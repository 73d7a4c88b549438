"""The command line: argument parsing and printing only.

Exit status: 0 done, 1 the data are bad, 2 the question is bad. With --json, stdout is JSON and nothing else.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kgrec_core import service
from kgrec_core.cli import json_answers
from kgrec_core.cli.arguments import NAME, Parser, add_asker, number, read_asker, whole_from_one, whole_from_zero
from kgrec_core.cli.terminal import ProgressBar, print_json, print_request, progress_line
from kgrec_core.config import Recipe
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.recbole_export import export_recbole
from kgrec_core.errors import DataError, KgrecError
from kgrec_core.evaluate.protocol import SCHEMES, split_by
from kgrec_core.workspace import import_report_text, own_data


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        asked = _parser().parse_args(words)
        asked.run(asked)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:  # the library says by itself what it cannot write; this is what is left
        return _failed(f"{error.filename or 'A file'}: {error.strerror or error}.", 2, "--json" in words)
    except _ReportedError as error:
        return _failed(str(error), 1, False)
    except KgrecError as error:
        return _failed(str(error), 1 if isinstance(error, DataError) else 2, "--json" in words)
    return 0


class _ReportedError(DataError):
    """The report that was printed says it already."""


def _failed(text: str, status: int, as_json: bool) -> int:
    print(f"Error: {text}", file=sys.stderr)
    if as_json:
        print_json({"ok": False, "error": text})
    return status


def _parser() -> Parser:
    parser = Parser(prog=NAME, description="Recommendations that can say why.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "datasets", _datasets, "list the data sets")
    preparing = _named(commands, "prepare", _prepare, "encode, train, measure and save a data set (minutes)")
    preparing.add_argument("--progress-lines", action="store_true", help="print progress as JSON lines, for programs")
    preparing.add_argument("--rounds", type=whole_from_one, default=8, help="passes over the data, at most (8)")
    preparing.add_argument("--no-graph", action="store_true", help="facts are words in the texts, and no graph")
    preparing.add_argument("--adapt", action="store_true", help="BERT first learns from what people did (minutes more)")
    importing = _named(commands, "import", _import, "read your own files into a data set, whole or not at all")
    _files(importing)
    importing.add_argument("--replace", action="store_true", help="overwrite an imported data set of this name")
    validate = _command(commands, "validate", _validate, "check files: what is wrong where, and how to mend it")
    _files(validate)
    validate.add_argument("--dropped", type=Path, help="write merged and dropped rows to this CSV file")
    _named(commands, "delete", _delete, "remove an imported data set and all that was made of it")
    recommend = _named(commands, "recommend", _recommend, "the best items for a user, each with a reason")
    add_asker(recommend)
    recommend.add_argument("--k", type=whole_from_one, default=10, help="how many items (10)")
    explain = _named(commands, "explain", _explain, "why an item has its score for a user")
    add_asker(explain)
    explain.add_argument("--item", required=True)
    explain.add_argument(
        "--k", type=whole_from_one, default=10, help="length of the list that the item is judged in (10)"
    )
    why_not = _named(commands, "why-not", _why_not, "what keeps an item out of the list, and what would bring it in")
    add_asker(why_not)
    why_not.add_argument("--item", required=True)
    why_not.add_argument("--k", type=whole_from_one, default=10, help="length of the list (10)")
    evaluate = _named(commands, "evaluate", _evaluate, "the quality table: ours, its ablations and its peers")
    evaluate.add_argument("--split", choices=SCHEMES, default="random")
    evaluate.add_argument("--seeds", type=whole_from_one, default=5)
    split = _named(commands, "split", _split, "write a split as files for RecBole")
    split.add_argument("--scheme", choices=SCHEMES, default="random")
    split.add_argument("--seed", type=whole_from_zero, default=0)
    split.add_argument("--out", type=Path, required=True)
    split.add_argument("--format", choices=("recbole",), default="recbole")
    return parser


def _command(commands: argparse._SubParsersAction, name: str, run: object, text: str) -> Parser:  # type: ignore[type-arg]
    command: Parser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    command.add_argument("--json", action="store_true", help="print JSON")
    return command


def _named(
    commands: argparse._SubParsersAction,  # type: ignore[type-arg]
    name: str,
    run: object,
    text: str,
) -> Parser:
    command = _command(commands, name, run, text)
    command.add_argument("name", help="data set, such as movies")
    return command


def _files(command: Parser) -> None:
    """What `import` and `validate` ask for."""
    texts = {
        "interactions": "who met what: a file, several, a folder or an archive",
        "items": "titles and attributes of items",
        "users": "profiles of users",
        "triples": "facts: head, relation, tail",
    }
    for role, text in texts.items():
        command.add_argument(f"--{role}", nargs="+", type=Path, default=[], metavar="F", help=text)
    command.add_argument("--format", default="auto", help=f"auto, or one of {', '.join(own_data.format_names())}")
    command.add_argument("--domain", default="", help=f"one of {', '.join(own_data.domain_names())}")
    command.add_argument("--title", default="", help="what to call the data set on screens")
    command.add_argument("--map", action="append", default=[], metavar="COLUMN=MEANING", help="such as Kunde=user_id")
    command.add_argument("--positive", type=number, help="values from here on are likes")
    command.add_argument("--min-users", type=whole_from_zero, help="set aside items met by fewer users")
    command.add_argument("--keep-user-ids", action="store_true", help="do not replace user ids by keyed hashes")
    command.add_argument("--keep-column", action="append", default=[], metavar="COLUMN", help="keep an identifier")


def _datasets(asked: argparse.Namespace) -> None:
    cards = service.datasets()
    if asked.json:
        print_json([json_answers.dataset(card) for card in cards])
        return
    for card in cards:
        state = (
            f"{card.users} users, {card.items} items" if card.prepared else f"not prepared: {NAME} prepare {card.name}"
        )
        state = f"broken: {card.trouble}" if card.trouble else state
        print(f"{card.name:<14} {card.title} ({state})")


def _prepare(asked: argparse.Namespace) -> None:
    own_data.sweep()
    recipe = Recipe(asked.rounds, not asked.no_graph, asked.adapt)
    if asked.progress_lines:
        service.prepare(asked.name, progress_line, recipe)
    else:
        with ProgressBar() as bar:
            service.prepare(asked.name, bar.progress, recipe)
    if asked.json:
        print_json({"dataset": asked.name, "prepared": True})


def _import(asked: argparse.Namespace) -> None:
    own_data.sweep()
    with ProgressBar() as bar:
        report = own_data.import_files(asked.name, _given(asked), _choice(asked), asked.replace, bar.progress)
    _print_report(asked, report)
    if not asked.json:
        print(f"Imported as {asked.name!r}. Next: {NAME} prepare {asked.name}")


def _validate(asked: argparse.Namespace) -> None:
    with ProgressBar() as bar:
        report = own_data.validate_files(_given(asked), _choice(asked), asked.dropped, bar.progress)
    _print_report(asked, report)


def _delete(asked: argparse.Namespace) -> None:
    own_data.sweep()
    own_data.delete_dataset(asked.name)
    print_json({"dataset": asked.name, "deleted": True}) if asked.json else print(f"{asked.name} is gone.")


def _print_report(asked: argparse.Namespace, report: own_data.ImportReport) -> None:
    print_json(import_report_text.report(report)) if asked.json else print(import_report_text.report_text(report))
    if not report.ok:
        raise _ReportedError("the files have errors, listed above. Nothing was imported.")


def _given(asked: argparse.Namespace) -> list[own_data.Given]:
    roles = ("interactions", "items", "users", "triples")
    files = [own_data.Given(path, role) for role in roles for path in getattr(asked, role)]
    if not files:
        raise KgrecError("No file was given. Name at least --interactions F: a file, a folder or an archive.")
    return files


def _choice(asked: argparse.Namespace) -> own_data.Choice:
    pairs = [text.rpartition("=") for text in asked.map]
    if any(not column for column, _, _ in pairs):
        raise KgrecError("--map wants COLUMN=MEANING, such as --map Kunde=user_id; nothing after = leaves it out.")
    return own_data.Choice(
        format=asked.format,
        domain=asked.domain,
        title=asked.title,
        mapping={column: meaning for column, _, meaning in pairs},
        positive=asked.positive,
        min_users=asked.min_users,
        keep_user_ids=asked.keep_user_ids,
        keep_columns=frozenset(asked.keep_column),
    )


def _recommend(asked: argparse.Namespace) -> None:
    asker, opened = read_asker(asked), _opened(asked.name)
    found = opened.recommend(asker, asked.k)
    if asked.json:
        print_json(json_answers.recommendations(found))
        return
    print_request(opened.reader.understood(asker.request).sentences)
    for row in found.items:
        year = f" ({row.item.year})" if row.item.year else ""
        print(f"{row.rank:>3}. {row.item.title}{year}  [{row.item.item_id}]  {row.score:.3f}\n     {row.reason}")


def _opened(name: str) -> service.Service:
    opened = service.open(name)
    if opened.stale:
        print(f"Note: {opened.stale}", file=sys.stderr)
    return opened


def _why_not(asked: argparse.Namespace) -> None:
    opened, asker = _opened(asked.name), read_asker(asked)
    found = opened.why_not(asker, asked.item, asked.k)
    if asked.json:
        print_json(json_answers.why_not(found))
        return
    print_request(opened.reader.understood(asker.request).sentences)
    print(found.sentence)
    if found.rival:
        print(f"  score {found.score:.3f}, {found.lacking:.3f} less than {found.rival.title} at place {found.k}")
    for each in (*found.branches, *found.causes):
        print(f"  {each.item:+z.3f} against {each.rival:+z.3f}  {each.label}")


def _explain(asked: argparse.Namespace) -> None:
    asker, opened = read_asker(asked), _opened(asked.name)
    found = opened.explain(asker, asked.item, asked.k)
    if asked.json:
        print_json(json_answers.explanation(found))
        return
    print_request(opened.reader.understood(asker.request).sentences)
    print(f"{found.item.title}: rank {found.rank}, score {found.score:.3f}")
    stored = () if asker.stored is None else (event.item.item_id for event in opened.history(asker.stored))
    if asked.item in (*stored, *(asker.history or ())):
        print("  It is in the history already, and is judged as if it were not.")
    for sentence in found.text:
        print(f"  {sentence.sentence}")
    for path in found.paths:
        print(f"  {path.contribution:+z.3f}  {' > '.join(node.label for node in path.nodes)}")
    for part in found.attributions[:10]:
        print(f"  {part.value:+z.3f}  {part.label}")


def _evaluate(asked: argparse.Namespace) -> None:
    with ProgressBar() as bar:
        found = service.open(asked.name).evaluate(asked.split, asked.seeds, bar.progress)
    if asked.json:
        print_json(json_answers.evaluation(found))
        return
    print(found.protocol)
    for row in found.rows:
        low, high = row.ci95
        print(f"{row.model:<20} NDCG@10 {row.ndcg_10:.4f} [{low:.4f}, {high:.4f}]  Recall@20 {row.recall_20:.4f}")


def _split(asked: argparse.Namespace) -> None:
    catalog = service.catalog_of(asked.name)
    data = Interactions.from_catalog(catalog)
    split = split_by(asked.scheme, data, asked.seed)
    written = [str(path) for path in export_recbole(catalog, split, asked.out)]
    print_json({"files": written}) if asked.json else print("\n".join(written))


if __name__ == "__main__":
    sys.exit(main())
