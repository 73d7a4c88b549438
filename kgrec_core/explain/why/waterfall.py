"""An attribution laid out for the eye: base, then one step per player, then the score."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kgrec_core.schema.explanation import Attribution, Explanation

TOLERANCE = 1e-4  # base + parts and score may differ by this much, float32 rounding


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One bar of a waterfall, from `start` to `end`, both scores; base and score are points, start = end."""

    label: str
    kind: str  # base | history | facet | text | words | popularity | rest | score
    value: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Steps from top to bottom, and whether they add up to the score."""

    steps: tuple[WaterfallStep, ...]
    base: float
    parts: float  # sum of all attributions, shown or not
    score: float
    adds_up: bool


def waterfall(explanation: Explanation, top: int = 10) -> Waterfall:
    """Base, the `top` strongest attributions, the sum of all others as one step, and the score.

    The steps between base and score join end to start. `adds_up` compares base + all attributions with the score
    of the model, not with the last step.
    """
    base, score = explanation.base, explanation.score
    parts = math.fsum(part.value for part in explanation.attributions)
    steps = [WaterfallStep("start, before any reason", "base", base, base, base)]
    for part in _shortened(explanation.attributions, top):
        start = steps[-1].end
        steps.append(WaterfallStep(part.label, part.kind, part.value, start, start + part.value))
    steps.append(WaterfallStep("score", "score", score, score, score))
    return Waterfall(tuple(steps), base, parts, score, abs(base + parts - score) <= TOLERANCE)


def _shortened(parts: tuple[Attribution, ...], top: int) -> tuple[Attribution, ...]:
    """The first `top` parts, and one that sums the others; all of them when only one would be left over."""
    shown, others = parts[:top], parts[top:]
    if len(others) <= 1:
        return parts
    rest = math.fsum(part.value for part in others)
    return (*shown, Attribution("rest", "rest", f"{len(others)} smaller reasons together", rest))
