"""Covers of items in a picture of pyvis, drawn by the picture itself over the corner of each box.

A cover is beside the letters, so a box is as large with one as without. Nothing is loaded: covers are data addresses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

WIDTH, HEIGHT = 19, 25  # units of the canvas
_DRAW = """<script>(() => {
const images = Object.entries(COVERS).map(([node, address]) => {
  const image = new Image();
  image.onload = () => network.redraw();
  image.src = address;
  return [node, image];
});
network.on('afterDrawing', (pen) => {
  for (const [node, image] of images) {
    const box = network.getBoundingBox(node);
    if (!box || !image.complete || !image.naturalWidth) continue;
    const x = box.left - 12, y = box.top - 12;
    pen.save();
    pen.beginPath();
    pen.roundRect(x, y, WIDTH, HEIGHT, 3);
    pen.clip();
    pen.drawImage(image, x, y, WIDTH, HEIGHT);
    pen.restore();
  }
});
})();</script>"""


NO_COVERS: Mapping[str, str] = MappingProxyType({})


def with_covers(page: str, covers: Mapping[str, str]) -> str:
    """The page with a cover on the nodes of these numbers. covers: data: addresses of images, in base64"""
    if not covers:
        return page
    sized = _DRAW.replace("WIDTH", str(WIDTH)).replace("HEIGHT", str(HEIGHT))
    script = sized.replace("COVERS", json.dumps(dict(covers)))
    return page.replace("</body>", f"{script}</body>", 1)
