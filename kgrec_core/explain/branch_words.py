"""The words for the branches of a score: what each adds, and how it links two items. A new branch is entered here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kgrec_core.domain import Domain
from kgrec_core.model.closed_form import COLLABORATIVE, SEQUENCE, TEXT


@dataclass(frozen=True)
class BranchWords:
    """adds: as a part of a score · link: how the id of a fact begins, that it links two items · clause: says so,
    its arguments: domain, whether times come in bursts (`Say.has_bursts`), whether after another link, then in fewer
    words
    """

    adds: str
    link: str
    clause: Callable[[Domain, bool, bool], str]


def together(domain: Domain, bursts: bool, second: bool = False) -> str:
    """That the interactions of others link two items."""
    if second:
        return f"often {domain.liked} together" if domain.implicit else "people often like both"
    verb = domain.liked if domain.implicit else "like"
    return f"those who {verb} one often {verb} the other"


def near(domain: Domain, bursts: bool, second: bool = False) -> str:
    """That others met the two next to each other. bursts: as `Say.has_bursts`: only the order of entering is known."""
    if not bursts:
        return "often met around the same time" if second else "people often come to both around the same time"
    verb = domain.liked if domain.implicit else "rated"
    return f"often {verb} next to each other" if second else f"people who {verb} one often {verb} the other next to it"


def alike(domain: Domain, bursts: bool, second: bool = False) -> str:
    """That their texts link two items."""
    return "alike as texts" if second else "read as text, the two are alike"


BRANCH_WORDS = {
    COLLABORATIVE: BranchWords("what others liked together", "together:", together),
    SEQUENCE: BranchWords("what others met next to each other", "near:", near),
    TEXT: BranchWords("text of the item", "alike:", alike),
}
