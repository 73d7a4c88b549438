"""How a number and a share in percent are written in a sentence."""

from __future__ import annotations


def two_decimals(number: float) -> str:
    """Two decimals, and no minus in front of a zero."""
    return f"{number:z.2f}"


def percent(share: float) -> str:
    return f"{100 * share:z.0f}%"
