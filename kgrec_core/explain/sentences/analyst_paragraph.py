"""An explanation as a paragraph for analysts: its figures and what would change it, in words.

Each clause has the ids of its facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgrec_core.domain import Domain
from kgrec_core.explain.sentences.checker import sum_of
from kgrec_core.explain.sentences.clauses import REQUEST
from kgrec_core.explain.sentences.numbers_in_words import percent, two_decimals
from kgrec_core.schema.explanation import TELLING, Attribution, Counterfactual, Explanation, Sentence

NAMED = 3  # history items named
TOLD = 2  # paths told


def changes_in_words(explanation: Explanation, domain: Domain, titles: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence on the request, one or more on the history, one or more on the facts. titles: by item id."""
    said = []
    if explanation.rank_without_words is not None:
        still = "still " if explanation.rank_without_words == explanation.rank else ""
        said.append(f"Without your words it would {still}be at place {explanation.rank_without_words:,}.")
    if explanation.counterfactual and explanation.counterfactual.status != "outside" and not _has_history(explanation):
        said.append(f"No {domain.item} was chosen yet that could be taken away.")
    elif explanation.counterfactual:
        said.append(_change_in_words(explanation.counterfactual, explanation, domain, titles))
    if explanation.fact_counterfactual and explanation.fact_counterfactual.status != "outside":
        said.append(_change_in_words(explanation.fact_counterfactual, explanation, domain, titles))
    return tuple(said)


def about_paths(explanation: Explanation) -> str:
    """What the numbers of the paths are, beside those of the reasons; nothing without a path."""
    if not explanation.paths:
        return ""
    together = sum(path.contribution for path in explanation.paths)
    return (
        f"Without these facts the score of {explanation.score:.2f} would be {together:.2f} lower. That is dealt "
        "out among the paths: those over one fact share what it carries, and a detour has only what it adds. Shares of "
        "the score (SHAP values) deal out all of it among all reasons, so they are other numbers."
    )


def _has_history(explanation: Explanation) -> bool:
    return any(part.kind == "history" for part in explanation.attributions)


def _change_in_words(
    change: Counterfactual, explanation: Explanation, domain: Domain, titles: Mapping[str, str]
) -> str:
    about_facts = change is explanation.fact_counterfactual
    one, many = ("stored fact about it", "stored facts about it") if about_facts else (domain.item, domain.items)
    if change.status == "outside":
        return f"{explanation.item.title} is not in the list as it is, so there is nothing that would take it out."
    if change.status != "found" or change.new_rank is None:
        return _nothing(change, one, many)
    removed = _facts(change, explanation, domain) if about_facts else [titles.get(each, each) for each in change.remove]
    what = f"this {one}" if len(removed) == 1 else f"these {len(removed)} {many}"
    moved = f"It would fall to place {change.new_rank:,} without {what}: {listed(removed)}."
    instead = listed([card.title for card in change.entering])
    enters = f" {instead} would come into the list instead." if instead else ""
    return moved + enters + (" No smaller change does this." if change.minimal and len(removed) > 1 else "")


def _nothing(change: Counterfactual, one: str, many: str) -> str:
    if change.status == "budget":
        return f"The search for {many} that would take it out of the list ended before it had an answer."
    if change.exhausted == change.tried > 1:
        return f"Whichever of the {change.tried} {many} are taken away, it stays in the list."
    what = f"No {one}" if change.tried <= 1 else f"No set of up to {change.tried} {many}"
    return f"{what} was found without which it would leave the list."


def _facts(change: Counterfactual, explanation: Explanation, domain: Domain) -> list[str]:
    labels = {node.id: node.label for path in explanation.paths for node in path.nodes}
    return [
        f"{domain.phrase(edge.relation).label} {labels.get(edge.tail, edge.tail.partition(':')[2] or edge.tail)}"
        for edge in change.edges
    ]


def listed(names: Sequence[str]) -> str:
    """Alien, Heat and Ran"""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def paragraph(explanation: Explanation, domain: Domain, rivals: int) -> tuple[Sentence, ...]:
    """The sentences in reading order; what was not found is left out. rivals: how many items it is ranked among."""
    parts = (
        _place(explanation, domain, rivals),
        _sources(explanation),
        _strongest(explanation, domain),
        _against(explanation),
        *_paths(explanation),
        _faithful(explanation, domain),
        _error(explanation),
    )
    return tuple(part for part in parts if part)


def _place(explanation: Explanation, domain: Domain, rivals: int) -> Sentence:
    words = f"{explanation.item.title} is number {explanation.rank} among {rivals} {domain.items}, with a score of"
    return Sentence(f"{words} {two_decimals(explanation.score)}.", ("rank", "score"))


def _sources(explanation: Explanation) -> Sentence:
    read, popular = ("text", "what is read of it as text"), ("popularity", "how popular it is")
    named = (("history", "the history"), ("words", "your line"), ("facet", "what is known of it"), read, popular)
    sums = [(kind, words, sum_of(explanation, kind)) for kind, words in named]
    clauses = [f"{words} {_moved(value)}" for kind, words, value in sums if _has(explanation, kind)]
    ids = [f"sum:{kind}" for kind, _, _ in sums if _has(explanation, kind)]
    said = f"The score starts at {two_decimals(explanation.base)}"
    return Sentence("; ".join([said, listed(clauses)] if clauses else [said]) + ".", ("base", *ids))


def _has(explanation: Explanation, kind: str) -> bool:
    return any(part.kind == kind for part in explanation.attributions)


def _moved(value: float) -> str:
    size = two_decimals(abs(value))
    return f"takes {size} away" if value < 0 and size != "0.00" else f"adds {size}"


def _strongest(explanation: Explanation, domain: Domain) -> Sentence | None:
    best = [part for part in explanation.attributions if _is_single(part) and part.value > 0][:NAMED]
    if not best:
        return None
    said = listed([f"{part.label} ({part.value:+z.2f})" for part in best])
    what = f"{domain.item} of the history is" if len(best) == 1 else f"{domain.items} of the history are"
    return Sentence(f"The strongest {what} {said}.", _ids(best))


def _against(explanation: Explanation) -> Sentence | None:
    worst = next((part for part in explanation.attributions if _is_single(part) and part.value < -0.005), None)
    return Sentence(f"{worst.label} speaks against it ({worst.value:+z.2f}).", _ids([worst])) if worst else None


def _paths(explanation: Explanation) -> list[Sentence]:
    """Those that carry most, as far as they carry TELLING of what the strongest cause adds."""
    least = TELLING * max((part.value for part in explanation.attributions), default=0.0)
    ends = dict[tuple[str, ...], int]()  # a person in two roles is told once
    for number, path in enumerate(explanation.paths):
        if path.clause and path.contribution >= least:
            ends.setdefault(tuple(node.id for node in path.nodes[1:]), number)
    sentences = []
    for number in list(ends.values())[:TOLD]:
        path = explanation.paths[number]
        anchor, item = path.nodes[1], path.nodes[-1]
        edges = tuple(f"{edge.head}|{edge.relation}|{edge.tail}" for edge in path.edges[1:])
        words = f"{item.label} and {anchor.label}: {path.clause}; this carries"
        start = REQUEST if anchor.type == REQUEST else f"history:{anchor.id}"
        said = f"{words} {path.contribution:.3f} of the score."
        sentences.append(Sentence(said, (start, *edges, f"path:{number}")))
    return sentences


def _faithful(explanation: Explanation, domain: Domain) -> Sentence | None:
    name = next((name for name in explanation.faithfulness if name.startswith("del@")), None)
    if name is None:
        return None
    size, ours = int(name.partition("@")[2]), percent(explanation.faithfulness[name])
    chance = percent(explanation.faithfulness_random[name])
    what = f"the strongest {domain.item}" if size == 1 else f"the {size} strongest {domain.items}"
    words = f"Without {what}, {ours} of what the history adds is lost; without {size} taken at random it is {chance}."
    return Sentence(words, (f"faithfulness:{name}",))


def _error(explanation: Explanation) -> Sentence | None:
    if explanation.attribution_error < 0.0005:
        return None
    return Sentence(f"Each value is known to within {explanation.attribution_error:.3f}.", ("attribution_error",))


def _is_single(part: Attribution) -> bool:
    return part.kind == "history"


def _ids(parts: Sequence[Attribution]) -> tuple[str, ...]:
    return tuple(f"attribution:{part.player}" for part in parts)
