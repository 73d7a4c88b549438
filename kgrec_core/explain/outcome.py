"""What would change an outcome, as people say it: the smallest changes of an explanation in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgrec_core.domain import Domain
from kgrec_core.schema import Counterfactual, Explanation


def in_words(found: Explanation, domain: Domain, titles: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence on a visitor's words, one or more on the history, one or more on the facts. titles: by item id."""
    said = []
    if found.rank_without_words is not None:
        still = "still " if found.rank_without_words == found.rank else ""
        said.append(f"Without your words it would {still}be at place {found.rank_without_words:,}.")
    if found.counterfactual and found.counterfactual.status != "outside" and not _has_history(found):
        said.append(f"No {domain.item} was chosen yet that could be taken away.")
    elif found.counterfactual:
        said.append(_told(found.counterfactual, found, domain, titles))
    if found.fact_counterfactual and found.fact_counterfactual.status != "outside":
        said.append(_told(found.fact_counterfactual, found, domain, titles))
    return tuple(said)


def about_paths(found: Explanation) -> str:
    """What the numbers of the paths are, beside those of the reasons; nothing without a path."""
    if not found.paths:
        return ""
    together = sum(path.contribution for path in found.paths)
    return (
        f"Without these facts the score of {found.score:.2f} would be {together:.2f} lower. That is dealt out among "
        "the paths: those over one fact share what it carries, and a detour has only what it adds. Shares of the score "
        "(SHAP values) deal out all of it among all reasons, so they are other numbers."
    )


def _has_history(found: Explanation) -> bool:
    return any(part.kind == "history" for part in found.attributions)


def _told(change: Counterfactual, found: Explanation, domain: Domain, titles: Mapping[str, str]) -> str:
    about_facts = change is found.fact_counterfactual
    one, many = ("stored fact about it", "stored facts about it") if about_facts else (domain.item, domain.items)
    if change.status == "outside":
        return f"{found.item.title} is not in the list as it is, so there is nothing that would take it out."
    if change.status != "found" or change.new_rank is None:
        return _nothing(change, one, many)
    removed = _facts(change, found, domain) if about_facts else [titles.get(each, each) for each in change.remove]
    what = f"this {one}" if len(removed) == 1 else f"these {len(removed)} {many}"
    moved = f"It would fall to place {change.new_rank:,} without {what}: {listed(removed)}."
    instead = listed([card.title for card in change.entering])
    enters = f" {instead} would come into the list instead." if instead else ""
    return moved + enters + (" No smaller change does this." if change.minimal and len(removed) > 1 else "")


def _nothing(change: Counterfactual, one: str, many: str) -> str:
    if change.status == "budget":
        return f"The search for {many} that would take it out of the list ended before it had an answer."
    what = f"No {one}" if change.tried <= 1 else f"No set of up to {change.tried} {many}"
    return f"{what} was found without which it would leave the list."


def _facts(change: Counterfactual, found: Explanation, domain: Domain) -> list[str]:
    labels = {node.id: node.label for path in found.paths for node in path.nodes}
    return [
        f"{domain.phrase(edge.relation).label} {labels.get(edge.tail, edge.tail.partition(':')[2] or edge.tail)}"
        for edge in change.edges
    ]


def listed(names: Sequence[str]) -> str:
    """Alien, Heat and Ran"""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
