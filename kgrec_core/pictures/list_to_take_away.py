"""A list to take away: as a page that prints on one sheet, and as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from kgrec_core.data.ingest.safe_csv import safe_cell
from kgrec_core.pictures.exported_page import templates
from kgrec_core.pictures.item_covers import Cover
from kgrec_core.schema.provenance import Provenance
from kgrec_core.schema.recommendations import Recommendation, Recommendations

READING = "The best match stands first. The longer a bar, the stronger the match beside the others of this list."

NO_COVERS: Mapping[str, Cover] = MappingProxyType({})


def as_page(
    found: Recommendations,
    title: str,
    about: Sequence[str],
    provenance: Provenance,
    covers: Mapping[str, Cover] = NO_COVERS,
) -> str:
    """One HTML file; ten items fill a sheet of A4. Text of the data is escaped.

    about: lines under the title · covers: by item id; a drawn one takes about 2 kB, a picture as large as its file
    """
    return (
        templates()
        .get_template("list.html.jinja")
        .render(
            title=title,
            about=[line for line in about if line],
            rows=found.items,
            covers=covers,
            reading=READING,
            made_from=provenance.sentence,
        )
    )


def as_rows(found: Recommendations, provenance: Provenance) -> list[dict[str, str | int | float]]:
    """A row for each item, each with what the list is made from; no cell is run by a spreadsheet."""
    return [_row(entry, provenance) for entry in found.items]


def _row(entry: Recommendation, provenance: Provenance) -> dict[str, str | int | float]:
    item = entry.item
    cells: dict[str, str | int | float] = {
        "place": entry.rank,
        "id": item.item_id,
        "title": item.title,
        "year": item.year or "",
        "tags": " | ".join(item.tags),
        "score": round(entry.score, 4),
        "reason": entry.reason,
        "made from": provenance.sentence,
    }
    return {name: cell if isinstance(cell, (int, float)) else str(safe_cell(cell)) for name, cell in cells.items()}
