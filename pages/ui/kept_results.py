"""Results of work that shows how far it is, kept for all sessions: a cached function may not draw progress."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from kgrec_core import explanation_quality, lists_summary
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.global_explanation import GlobalExplanation
from kgrec_core.schema.knowledge_graph import Influence
from kgrec_core.schema.progress import Progress
from kgrec_core.schema.trust import TextAttribution, Trust
from pages.ui import resources

MOST = 64  # of one kind and data set
Result = TypeVar("Result")


def _kept(dataset: str, kind: str, key: Hashable, make: Callable[[], Result]) -> Result:
    kept = resources.results(dataset, kind)
    found = make()
    if len(kept) >= MOST:
        kept.pop(next(iter(kept)), None)
    kept[key] = found
    return found


def known_word_values(dataset: str, asker: Asker, item: str) -> TextAttribution | None:
    return resources.results(dataset, "words").get((asker, item))


def word_values(dataset: str, asker: Asker, item: str, progress: Progress) -> TextAttribution:
    opened = resources.library(dataset)
    return _kept(dataset, "words", (asker, item), lambda: opened.explain_text(asker, item, progress))


def known_influence(dataset: str, node: str) -> Influence | None:
    return resources.results(dataset, "influence").get(node)


def influence(dataset: str, node: str, progress: Progress) -> Influence:
    knowledge = resources.library(dataset).knowledge
    return _kept(dataset, "influence", node, lambda: knowledge.influence(node, progress=progress))


def known_trust(dataset: str, asker: Asker, item: str) -> Trust | None:
    return resources.results(dataset, "trust").get((asker, item))


def trust(dataset: str, asker: Asker, item: str, progress: Progress) -> Trust:
    opened = resources.library(dataset)
    return _kept(dataset, "trust", (asker, item), lambda: opened.trust(asker, item, progress=progress))


def known_summary(dataset: str) -> lists_summary.ListsSummary | None:
    return resources.results(dataset, "summary").get("")


def summary(dataset: str, progress: Progress) -> lists_summary.ListsSummary:
    opened = resources.library(dataset)
    return _kept(dataset, "summary", "", lambda: lists_summary.summarise(opened, progress=progress))


def known_reasons(dataset: str) -> explanation_quality.ExplanationQuality | None:
    return resources.results(dataset, "reasons").get("")


def reasons(dataset: str, people: int, progress: Progress) -> explanation_quality.ExplanationQuality:
    opened = resources.library(dataset)
    return _kept(dataset, "reasons", "", lambda: explanation_quality.measure(opened, people, progress))


def known_whole_model(dataset: str) -> GlobalExplanation | None:
    return resources.results(dataset, "whole model").get("")


def whole_model(dataset: str, people: int, progress: Progress) -> GlobalExplanation:
    model = resources.library(dataset).whole_model
    return _kept(dataset, "whole model", "", lambda: model.explain(people, progress=progress))
