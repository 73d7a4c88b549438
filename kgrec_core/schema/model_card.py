"""A model card: what a prepared data set is, what orders its lists, how well, and where it should not be used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CardTable:
    """head: names of the columns · rows: as many cells each"""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CardSection:
    title: str
    paragraphs: tuple[str, ...]
    table: CardTable | None = None


@dataclass(frozen=True, slots=True)
class ModelCard:
    """After Mitchell et al. 2019 (Model Cards for Model Reporting)."""

    dataset: str
    title: str
    sections: tuple[CardSection, ...]
