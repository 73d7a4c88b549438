"""How long an explanation may take, counted in what is re-scored, not in seconds: the same question has the same answer
on every machine, however busy it is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    largest: int  # elements of a set
    rescored: int  # sets


MOST_COALITIONS = 12_000  # for SHAP values; no new round begins beyond these: about a second on one core
REMOVED_EVENTS = Effort(largest=15, rescored=1000)  # history items without which an item leaves the list
REMOVED_FACTS = Effort(largest=15, rescored=700)  # facts of the item, the same
ADDED_LIKES = Effort(largest=3, rescored=600)  # likes that bring an item into the list
MOST_READINGS = 128  # of a text without some of its words; a few seconds
