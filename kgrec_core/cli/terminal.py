"""What the command line prints: JSON on standard output, progress as lines or as a bar on standard error.

By itself, so that one file decides what goes to standard output and what to standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence

from tqdm import tqdm

from kgrec_core.evaluate.quality_table import Estimate, ListQuality, NewItemTable
from kgrec_core.schema.answers import Answer
from kgrec_core.schema.global_explanation import GlobalExplanation, ModelPart


def print_json(answer: object) -> None:
    """Prints an answer as JSON."""
    print(json.dumps(answer, ensure_ascii=False, indent=2))


def print_request(sentences: Sequence[str]) -> None:
    """Prints what was understood of a request; nothing where none was written."""
    print("".join(f"{sentence}\n" for sentence in sentences), end="\n" if sentences else "")


def progress_line(what: str, share: float) -> None:
    """Prints progress as a line of JSON, for programs."""
    print(json.dumps({"progress": [what, round(share, 4)]}), flush=True)


def new_item_lines(table: NewItemTable) -> Iterator[str]:
    """The table of `evaluate --protocol new-items`, a line at a time."""
    yield table.protocol
    for row in table.rows:
        ahead = f"  ours {_times(row.ahead)}" if row.ahead else ""
        yield f"{row.model:<24} {_quality(row.among_hidden)}  among all: {_quality(row.among_all)}{ahead}"
    for each in table.ratios:
        yield f"{each.first} / {each.second}: {_times(each.value)}"


def answer_lines(answer: Answer) -> Iterator[str]:
    """The answer to a question: as what it was read, what is said, the list if it is one, what to ask next."""
    if answer.read_as:
        yield f"> {answer.read_as}"
    yield from (sentence.sentence for sentence in answer.sentences)
    for place, item in enumerate(answer.items if answer.is_list else (), start=1):
        yield f"{place:>3}. {item.title}  [{item.item_id}]"
    yield "".join(f"\n  ? {question}" for question in answer.next)


def _quality(lists: ListQuality) -> str:
    ndcg = lists.ndcg_10
    return f"NDCG@10 {ndcg.mean:.4f} [{ndcg.low:.4f}, {ndcg.high:.4f}]  Recall@20 {lists.recall_20:.4f}"


def _times(ratio: Estimate) -> str:
    return f"{ratio.mean:.3f} x [{ratio.low:.3f}, {ratio.high:.3f}]"


class ProgressBar:
    """Progress on stderr."""

    def __enter__(self) -> ProgressBar:
        self._bar = tqdm(total=100, bar_format="{l_bar}{bar:30}| {elapsed} {desc}", file=sys.stderr)
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def progress(self, what: str, share: float) -> None:
        """Moves the bar to `share` of the whole, and says what is being done."""
        self._bar.set_description_str(f" {what}", refresh=False)
        self._bar.update(max(0.0, 100 * share - self._bar.n))


def whole_model_lines(found: GlobalExplanation) -> Iterator[str]:
    """What drives lists, a line at a time."""
    yield found.sentence
    for part in found.parts:
        yield _share_line(part, found.k, "  ")
    for part in found.relations:
        yield _share_line(part, found.k, "    ")
    yield "Facts that add most:"
    for fact in found.facts:
        yield f"  {fact.label} {fact.value}: {100 * fact.share:.2f} %, in the lists of {fact.people:,}"
    for rule in found.rules:
        yield f"If {rule.condition}, then {rule.conclusion}: true of {rule.held:,} of {rule.met:,}."


def _share_line(part: ModelPart, k: int, indent: str) -> str:
    interval = f"[{100 * part.low:.1f}, {100 * part.high:.1f}]"
    return (
        f"{indent}{part.label}: {100 * part.share:.1f} % {interval}, without it {part.replaced:.1f} of {k} are others"
    )
