"""Pictures of items that lie beside a table: found by the names in its column, checked, and made small.

Only PNG, JPEG and WebP are opened. Size in bytes and pixels is looked at before anything is decoded; what is kept are
the pixels alone, encoded anew, so nothing that a camera or a person wrote into a file is stored.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
from PIL import Image, ImageOps

from kgrec_core.config import ImportLimits
from kgrec_core.data.disk.temporary import TemporaryFolder
from kgrec_core.data.disk.writable_folders import home
from kgrec_core.data.formats.gathering import gather
from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.import_report import NOTE, WARNING, Finding
from kgrec_core.data.ingest.importer import Imported
from kgrec_core.schema.columns import ITEM

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES, MOST_PIXELS = 8_000_000, 25_000_000  # of one picture
SIZE = (144, 192)  # pixels of what is kept
QUALITY = 78  # of WebP, of 100
TOLD = 3  # broken or missing pictures that are named
_BROKEN = (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, struct.error)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PictureError(Exception):
    """Why a file is no picture that can be shown, to be read after its name."""


def thumbnail(path: Path) -> bytes:
    """The picture as a small WebP of SIZE, cut at its edges to fit. Raises PictureError."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise PictureError(f"has {size:,} bytes, more than {MOST_BYTES:,}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as opened:
                return _small(opened)
    except _BOMBS as error:
        raise PictureError(f"has more than {MOST_PIXELS:,} pixels") from error
    except _BROKEN as error:
        raise PictureError("cannot be read as PNG, JPEG or WebP") from error


def _small(opened: Image.Image) -> bytes:
    if opened.width * opened.height > MOST_PIXELS:
        raise PictureError(f"has {opened.width:,} by {opened.height:,} pixels, more than {MOST_PIXELS:,} in all")
    opened.draft("RGB", (2 * SIZE[0], 2 * SIZE[1]))  # a JPEG is decoded no larger than needed
    turned = ImageOps.exif_transpose(opened).convert("RGBA")
    fitted = ImageOps.fit(turned, SIZE, Image.Resampling.LANCZOS)
    kept = Image.new("RGB", SIZE, "white")
    kept.paste(fitted, mask=fitted.getchannel("A"))
    written = io.BytesIO()
    kept.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()


def with_pictures(found: Imported, files: Sequence[Given], limits: ImportLimits) -> Imported:
    """With the pictures of its items, and in the report what became of them; as it is where no file is a picture."""
    if found.catalog is None or not found.pictured:
        return found
    with TemporaryFolder(home()) as folder:
        beside = [each for each in gather(files, folder, limits).left_out if each.path is not None]
        places = {each.name: each.path for each in beside if each.path is not None and "a picture" in each.why}
        if not places:
            return found
        known = {str(item) for item in found.catalog.items[ITEM]}
        wanted = {item: _match(cell, places) for item, cell in found.pictured.items() if item in known}
        return _with_read(found, {item: name for item, name in wanted.items() if name}, places, len(wanted))


def _match(cell: str, places: Mapping[str, Path]) -> str:
    """The file that a cell names, by its path, its name, or its name without ending; "" for none."""
    asked = "/" + cell.strip().replace("\\", "/").lstrip("./").lower()
    for ending in (asked, "/" + asked.rpartition("/")[2]):
        for name in places:
            known = "/" + name.lower()
            if known.endswith(ending) or known.rpartition(".")[0].endswith(ending):
                return name
    return ""


def _with_read(found: Imported, wanted: Mapping[str, str], places: Mapping[str, Path], asked: int) -> Imported:
    """wanted: item -> name of a file · asked: items that name a picture"""
    pictures, broken = dict[str, bytes](), dict[str, str]()
    for item, name in wanted.items():
        try:
            pictures[item] = thumbnail(places[name])
        except PictureError as error:
            broken[name] = str(error)
    file = next((each.file for each in found.report.accounts if each.table == "items"), "")
    said = [_told(NOTE, file, f"{len(pictures):,} of {asked:,} items that name a picture have it now", "")]
    mend = "Save it as PNG, JPEG or WebP; until then a cover is drawn."
    said += [_told(WARNING, name, why, mend) for name, why in list(broken.items())[:TOLD]]
    if len(broken) > TOLD:
        said.append(_told(WARNING, file, f"{len(broken) - TOLD:,} more pictures cannot be read", mend))
    if missing := asked - len(wanted):
        mend = "Give the pictures too, in a folder or a zip; until then covers are drawn."
        said.append(_told(WARNING, file, f"{missing:,} items name a picture that is not among the files", mend))
    used = set(wanted.values())
    kept = tuple(each for each in found.report.findings if each.file not in used)
    return replace(found, pictures=pictures, report=replace(found.report, findings=(*kept, *said)))


def _told(severity: str, file: str, what: str, mend: str) -> Finding:
    return Finding(severity, file, None, "", "", what, mend or "Nothing needs to be done.", 0, "kept")


def save(pictures: Mapping[str, bytes], path: Path) -> None:
    """Nothing is written where there are none."""
    if pictures:
        table = pd.DataFrame({ITEM: list(pictures), "picture": list(pictures.values())})
        table.to_parquet(path, index=False)


def load(path: Path) -> dict[str, bytes]:
    """By item id; none where nothing was saved, or what was saved cannot be read: then covers are drawn."""
    try:
        table = pd.read_parquet(path)
        return dict(zip(table[ITEM].astype(str), table["picture"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}
