"""Which picture each item names. By itself, for the importer asks it and the reader of pictures asks the importer."""

from __future__ import annotations

import re

import pandas as pd

from kgrec_core.schema.columns import ITEM

_COLUMN = re.compile(
    r"(?:.*[_ -])?(?:images?|img|pictures?|photos?|covers?|posters?|thumbnails?|bild|bilder|foto|fotos|imagen|immagine)"
    r"(?:[_ -]?(?:file|name|filename|path|datei))?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*(?:\w+:)?//", re.ASCII)


def named_pictures(items: pd.DataFrame | None) -> dict[str, str]:
    """Item id -> name of a file, of the first column that is called so; addresses are none, for nothing is fetched."""
    if items is None or ITEM not in items:
        return {}
    for column in items.columns:
        if _COLUMN.fullmatch(str(column)):
            cells = items[[ITEM, column]].dropna().astype(str)
            named = cells[(cells[column].str.strip() != "") & ~cells[column].str.match(_ADDRESS)]
            if len(named):
                return dict(zip(named[ITEM], named[column], strict=True))
    return {}
