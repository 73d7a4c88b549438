"""Which of several true things is told of each item of a list, so that neighbours are told apart.

By itself, since it knows nothing of causes: it chooses among options by what they have in common with those above.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

WINDOW = 5  # items above whose words are remembered
DOWN = 0.12  # how much of one repetition right below is as bad as an option that is one place worse to tell

Option = TypeVar("Option")


def told_apart(options: Sequence[Sequence[Option]], said: Callable[[Option], frozenset[Hashable]]) -> list[Option]:
    """One option of each item, from the top down, so that what follows changes nothing of what stands above.

    options: of each item, at least one, best to tell first · said: what an option tells, as marks that another may
    share. A mark that stood `d` items above counts 1 / d against an option.
    """
    chosen: list[Option] = []
    above: list[frozenset[Hashable]] = []
    for each in options:
        near = above[-WINDOW:][::-1]
        marks = [said(option) for option in each]
        costs = [
            DOWN * place + sum(len(own & other) / distance for distance, other in enumerate(near, start=1))
            for place, own in enumerate(marks)
        ]
        best = min(range(len(each)), key=costs.__getitem__)
        chosen.append(each[best])
        above.append(marks[best])
    return chosen
