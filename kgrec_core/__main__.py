"""The command line: what each command does and prints.

Exit status: 0 done, 1 the data are bad, 2 the question is bad. With --json, stdout is JSON and nothing else.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict

from kgrec_core import service
from kgrec_core.ask.answered_questions import Conversation, Questions
from kgrec_core.cli import json_answers
from kgrec_core.cli.arguments import NAME, parser, read_added, read_asker, read_choice, read_files
from kgrec_core.cli.compare_arguments import compared, lines
from kgrec_core.cli.export_arguments import AskingVisitor, print_match, read_history, visit
from kgrec_core.cli.terminal import (
    ProgressBar,
    answer_lines,
    new_item_lines,
    print_json,
    print_request,
    progress_line,
    whole_model_lines,
)
from kgrec_core.config import Recipe
from kgrec_core.data.disk.writable_folders import writing
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.recbole_export import export_recbole
from kgrec_core.errors import ConfigError, DataError, KgrecError
from kgrec_core.evaluate.protocol import split_by
from kgrec_core.pictures.model_card_page import card_as_markdown, card_as_page
from kgrec_core.workspace import import_report_text, own_data
from kgrec_core.workspace.kept_memory import kept_memory
from kgrec_core.workspace.model_cards import model_card


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        asked = parser().parse_args(words)
        _COMMANDS[asked.command](asked)
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
    reading = next(card.reading for card in service.datasets() if card.name == asked.name)
    if asked.json:
        print_json({"dataset": asked.name, "prepared": True, **({"reading": reading} if reading else {})})
    elif reading:
        print(f"Note: {reading}", file=sys.stderr)


def _import(asked: argparse.Namespace) -> None:
    own_data.sweep()
    added, choice = read_added(asked)
    with ProgressBar() as bar:
        report = (
            own_data.add_files(asked.name, added, choice, bar.progress)
            if added
            else own_data.import_files(asked.name, read_files(asked), read_choice(asked), asked.replace, bar.progress)
        )
    _print_report(asked, report)
    if added and not asked.json:
        print(f"Added to {asked.name!r}. A model of it reads what people did at once; new items join with the next: "
              f"{NAME} prepare {asked.name}")  # fmt: skip
    elif not asked.json:
        print(f"Imported as {asked.name!r}. Next: {NAME} prepare {asked.name}")


def _validate(asked: argparse.Namespace) -> None:
    with ProgressBar() as bar:
        report = own_data.validate_files(read_files(asked), read_choice(asked), asked.dropped, bar.progress)
    _print_report(asked, report)


def _delete(asked: argparse.Namespace) -> None:
    own_data.sweep()
    own_data.delete_dataset(asked.name)
    print_json({"dataset": asked.name, "deleted": True}) if asked.json else print(f"{asked.name} is gone.")


def _print_report(asked: argparse.Namespace, report: own_data.ImportReport) -> None:
    if asked.save_plan is not None:
        own_data.save_plan(report.plan, asked.save_plan)
    print_json(import_report_text.report_dict(report)) if asked.json else print(import_report_text.report_text(report))
    if not report.ok:
        raise _ReportedError("the files have errors, listed above. Nothing was imported.")


def _recommend(asked: argparse.Namespace) -> None:
    who, opened = _visit(asked)
    asker = who.asker
    found = opened.recommend(asker, asked.k, who.wishes)
    stored = asker.user and opened.user_id(asker.user)
    if asked.json:
        print_json(who.told({**json_answers.recommendations(found), "user_id": stored}))
        return
    if stored != asker.user:
        print(f"{asker.user} is {stored} in the data set.")
    print_match(who.match, asked.confirm)
    print_request(opened.reader.understood(asker.request).sentences)
    for row in found.items:
        year = f" ({row.item.year})" if row.item.year else ""
        print(f"{row.rank:>3}. {row.item.title}{year}  [{row.item.item_id}]  {row.score:.3f}\n     {row.reason}")


def _visit(asked: argparse.Namespace) -> tuple[AskingVisitor, service.Service]:
    """Who asks, with what was found of their export, and the open data set."""
    asker, history = read_asker(asked), read_history(asked)
    opened = _opened(asked.name)
    return visit(asked, asker, history, opened), opened


def _opened(name: str) -> service.Service:
    opened = service.open(name)
    if opened.stale:
        print(f"Note: {opened.stale}", file=sys.stderr)
    return opened


def _why_not(asked: argparse.Namespace) -> None:
    who, opened = _visit(asked)
    asker = who.asker
    found = opened.why_not(asker, asked.item, asked.k)
    if asked.json:
        print_json(who.told(json_answers.why_not(found)))
        return
    print_match(who.match, asked.confirm)
    print_request(opened.reader.understood(asker.request).sentences)
    print(found.sentence)
    if found.rival:
        print(f"  score {found.score:.3f}, {found.lacking:.3f} less than {found.rival.title} at place {found.k}")
    for each in (*found.branches, *found.causes):
        print(f"  {each.item:+z.3f} against {each.rival:+z.3f}  {each.label}")


def _compare(asked: argparse.Namespace) -> None:
    who, opened = _visit(asked)
    found = compared(asked, who.asker, opened)
    if asked.json:
        print_json(who.told(json_answers.comparison(found)))
        return
    print_match(who.match, asked.confirm)
    print_request(opened.reader.understood(who.asker.request).sentences)
    print("\n".join(line for line in lines(found, opened.domain.liked) if line))


def _what_drives(asked: argparse.Namespace) -> None:
    with ProgressBar() as bar:
        found = service.open(asked.name).whole_model.explain(asked.people, progress=bar.progress)
    print_json(asdict(found)) if asked.json else print("\n".join(whole_model_lines(found)))


def _ask(asked: argparse.Namespace) -> None:
    who, opened = _visit(asked)
    questions, then = Questions(opened), Conversation(who.asker, who.wishes, k=asked.k)
    found = []
    for question in asked.question:
        found.append(questions.answer(then, question))
        then = found[-1].after
    if asked.json:
        print_json([asdict(each) for each in found] if len(found) > 1 else who.told(asdict(found[0])))
        return
    print_match(who.match, asked.confirm)
    print("\n".join(line for each in found for line in answer_lines(each)))


def _card(asked: argparse.Namespace) -> None:
    found = model_card(asked.name)
    if asked.out is not None:
        page = asked.out.suffix.lower() in (".html", ".htm")
        with writing(asked.out):
            asked.out.write_text(card_as_page(found) if page else card_as_markdown(found), encoding="utf-8")
    if asked.json:
        print_json(asdict(found))
    else:
        print(card_as_markdown(found) if asked.out is None else f"Written: {asked.out}")


def _explain(asked: argparse.Namespace) -> None:
    who, opened = _visit(asked)
    asker = who.asker
    found = opened.explain(asker, asked.item, asked.k)
    if asked.json:
        print_json(who.told(json_answers.explanation(found)))
        return
    print_match(who.match, asked.confirm)
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
    if asked.protocol == "new-items":
        _evaluate_new_items(asked)
        return
    if asked.hidings is not None:
        raise ConfigError("--hidings hides items: add --protocol new-items, or leave it out.")
    with ProgressBar() as bar, kept_memory():
        found = service.open(asked.name).evaluate(asked.split or "random", asked.seeds or 5, bar.progress)
    if asked.json:
        print_json(json_answers.evaluation(found))
        return
    print(found.protocol)
    for row in found.rows:
        low, high = row.ci95
        print(f"{row.model:<20} NDCG@10 {row.ndcg_10:.4f} [{low:.4f}, {high:.4f}]  Recall@20 {row.recall_20:.4f}")


def _evaluate_new_items(asked: argparse.Namespace) -> None:
    """Raises ConfigError for what belongs to the other protocol."""
    if asked.split is not None or asked.seeds is not None:
        raise ConfigError("--split and --seeds hide ratings; --protocol new-items hides items, --hidings times.")
    with ProgressBar() as bar, kept_memory():
        found = service.open(asked.name).evaluate_new_items(asked.hidings or 5, bar.progress)
    print_json(json_answers.new_items(found)) if asked.json else print("\n".join(new_item_lines(found)))


def _split(asked: argparse.Namespace) -> None:
    catalog = service.catalog_of(asked.name)
    data = Interactions.from_catalog(catalog)
    split = split_by(asked.scheme, data, asked.seed)
    written = [str(path) for path in export_recbole(catalog, split, asked.out)]
    print_json({"files": written}) if asked.json else print("\n".join(written))


_COMMANDS = {
    "datasets": _datasets,
    "prepare": _prepare,
    "import": _import,
    "validate": _validate,
    "delete": _delete,
    "card": _card,
    "recommend": _recommend,
    "explain": _explain,
    "why-not": _why_not,
    "compare": _compare,
    "what-drives": _what_drives,
    "ask": _ask,
    "evaluate": _evaluate,
    "split": _split,
}


if __name__ == "__main__":
    sys.exit(main())
