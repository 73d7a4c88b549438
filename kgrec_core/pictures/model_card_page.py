"""A model card to take away: as Markdown, and as one HTML page that needs nothing but a browser."""

from __future__ import annotations

import re

from kgrec_core.pictures.exported_page import templates
from kgrec_core.schema.model_card import CardTable, ModelCard

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")  # that Markdown would read as more than letters


def card_as_markdown(card: ModelCard) -> str:
    """Text of the data is escaped."""
    lines = [f"# {_plain(card.title)}"]
    for section in card.sections:
        lines += [f"## {_plain(section.title)}", *map(_plain, section.paragraphs)]
        if section.table is not None:
            lines.append(_table(section.table))
    return "\n\n".join(lines) + "\n"


def card_as_page(card: ModelCard) -> str:
    """One HTML page; text of the data is escaped."""
    return templates().get_template("model_card.html.jinja").render(card=card)


def _table(table: CardTable) -> str:
    rows = (table.head, tuple("---" for _ in table.head), *table.rows)
    return "\n".join(f"| {' | '.join(_plain(cell) if cell != '---' else cell for cell in row)} |" for row in rows)


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
