from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from kgrec_core.config import ImportLimits
from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ingest import item_pictures
from kgrec_core.data.ingest.import_tasks import imported
from kgrec_core.data.ingest.imported_sets import load_pictures
from kgrec_core.data.ingest.importer import Choice
from kgrec_core.data.ingest.item_pictures import SIZE, PictureError, thumbnail
from kgrec_core.data.ingest.picture_columns import named_pictures
from kgrec_core.workspace.deletion import delete_dataset


def drawn(path: Path, kind: str, size: tuple[int, int] = (300, 500), **more: object) -> Path:
    Image.new("RGB", size, "red").save(path, kind, **more)
    return path


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_small_and_keeps_nothing_but_its_pixels(kind: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "where she lives"  # ImageDescription
    kept = thumbnail(drawn(tmp_path / "a", kind, exif=exif))
    read = Image.open(io.BytesIO(kept))
    assert (read.format, read.size) == ("WEBP", SIZE)
    assert not read.getexif() and b"where she lives" not in kept and b"EXIF" not in kept


def test_clear_parts_become_white(tmp_path: Path) -> None:
    Image.new("RGBA", SIZE, (255, 0, 0, 0)).save(tmp_path / "a.png")
    assert Image.open(io.BytesIO(thumbnail(tmp_path / "a.png"))).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n broken", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"GIF89a"],
)
def test_what_is_no_picture_of_the_three_kinds_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(PictureError, match="PNG, JPEG or WebP"):
        thumbnail(tmp_path / "a.png")


def test_a_picture_of_another_kind_is_refused_whatever_its_name_says(tmp_path: Path) -> None:
    with pytest.raises(PictureError):
        thumbnail(drawn(tmp_path / "a.png", "BMP"))


def test_too_many_pixels_or_bytes_are_refused_before_they_are_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drawn(tmp_path / "a.png", "PNG", (300, 500))
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("decoded"))
    with monkeypatch.context() as patch, pytest.raises(PictureError, match="300 by 500 pixels"):
        patch.setattr(item_pictures, "MOST_PIXELS", 300 * 500 - 1)
        thumbnail(path)
    with monkeypatch.context() as patch, pytest.raises(PictureError, match="bytes"):
        patch.setattr(item_pictures, "MOST_BYTES", path.stat().st_size - 1)
        thumbnail(path)


def test_the_column_is_known_by_its_name_and_addresses_are_no_files() -> None:
    items = pd.DataFrame({"item_id": ["a", "b", "c"], "image": ["a.png", "https://x.org/b.png", None]})
    assert named_pictures(items) == {"a": "a.png"}
    assert named_pictures(items.rename(columns={"image": "Poster_File"})) == {"a": "a.png"}
    assert named_pictures(items.rename(columns={"image": "imagination"})) == {}
    assert named_pictures(None) == {}


@pytest.fixture
def shop(tmp_path: Path) -> list[Given]:
    """Twelve products, ten with a picture in a zip, one of them broken; thirty people."""
    items = [f"p{number}" for number in range(12)]
    rows = [f"{item},Thing {item},{('Lamp', 'Mug')[place % 2]},{item}.png" for place, item in enumerate(items)]
    (tmp_path / "products.csv").write_text("item_id,title,category,image\n" + "\n".join(rows))
    orders = [f"u{user},{items[(user + step) % 12]}" for user in range(30) for step in range(5)]
    (tmp_path / "orders.csv").write_text("user_id,item_id\n" + "\n".join(orders))
    with zipfile.ZipFile(tmp_path / "pictures.zip", "w") as archive:
        for item in items[:9]:
            archive.write(drawn(tmp_path / "one.png", "PNG"), f"pics/{item}.png")
        archive.writestr("pics/p9.png", b"\x89PNG broken")
    return [Given(tmp_path / name) for name in ("products.csv", "orders.csv", "pictures.zip")]


def test_pictures_come_with_their_table_and_go_with_the_data_set(
    shop: list[Given], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("KGREC_HOME", str(home))
    report = imported(home, "shop", shop, Choice(), False, ImportLimits())
    assert sorted(load_pictures(home, "shop")) == [f"p{number}" for number in range(9)]
    said = " ".join(f"{each.file} {each.what}" for each in report.findings)
    assert "9 of 12 items" in said and "pictures.zip/pics/p9.png cannot be read as PNG" in said
    assert "2 items name a picture that is not among the files" in said and "not a table" not in said
    delete_dataset("shop")
    assert not [path for path in home.rglob("*.parquet")]


def test_pictures_without_a_column_that_names_them_are_left_out_as_before(
    shop: list[Given], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("KGREC_HOME", str(home))
    table = shop[0].path
    table.write_text("\n".join(line.rpartition(",")[0] for line in table.read_text().splitlines()))
    report = imported(home, "shop", shop, Choice(), False, ImportLimits())
    assert load_pictures(home, "shop") == {}
    assert any("is a picture, not a table" in each.what for each in report.findings)
