"""A diagram as one offline HTML page, drawn by pyvis without physics.

The page holds all its scripts and asks no host for anything. Text from the data reaches a canvas only; angle
brackets are replaced and no node carries a tooltip, because pyvis writes tooltips of pages that mention links as HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment
from pyvis.network import Network

from kgrec_core.pictures.diagram import NOTE, Box, Diagram, Form, Line, Look
from kgrec_core.pictures.legend import FONT, Legend, as_html
from kgrec_core.pictures.node_covers import NO_COVERS, with_covers
from kgrec_core.pictures.palette import DARK, Palette

_BOOTSTRAP = re.compile(r"<link[^>]*bootstrap[^>]*/?>|<script[^>]*bootstrap[^>]*>\s*</script>", re.DOTALL)
_REMOTE = re.compile(r"<(link|script)[^>]*(?:href|src)\s*=\s*[\"']https?:[^>]*>(\s*</script>)?", re.DOTALL)
_ANY_HEADING = re.compile(r"<center>.*?</center>", re.DOTALL)
# A click on a node tells the page around the frame its number, which says nothing of the data and can name no other.
_TELL = (
    "<script>network.on('selectNode',e=>parent.postMessage({kgrecNode:Number(e.nodes[0])},'*'));"
    "network.on('hoverNode',()=>{network.canvas.body.container.style.cursor='pointer'});"
    "network.on('blurNode',()=>{network.canvas.body.container.style.cursor='default'});</script>"
)
# The first form that can be read in the frame, as large as it fits and never larger than it is made. A frame that is
# too narrow for all of them scrolls sideways.
_PLACE = """<script>(() => {
  const forms = FORMS, box = document.getElementById('mynetwork');
  let shown = null;
  const place = () => {
    const room = document.documentElement.clientWidth;
    const form = forms.find(one => one.least <= room) ?? forms.at(-1);
    const scale = Math.min(1, Math.max(room, form.least) / form.width);
    if (form !== shown) {
      shown = form;
      network.setOptions({edges: {smooth: {forceDirection: form.across ? 'horizontal' : 'vertical'}}});
      nodes.update(form.nodes);
    }
    box.style.minWidth = `${Math.ceil(form.least)}px`;
    box.style.height = `${Math.ceil(form.height * scale)}px`;
    network.setSize('100%', box.style.height);
    network.redraw();
    network.moveTo({position: {x: form.width / 2, y: form.height / 2}, scale, animation: false});
  };
  box.setAttribute('role', 'img');
  box.setAttribute('aria-label', 'Graph. The same facts stand in words beside it.');
  box.querySelectorAll('[tabindex]').forEach(one => one.removeAttribute('tabindex'));
  place();
  addEventListener('load', place);
  addEventListener('resize', place);
})();</script>"""
# The app makes the frame as high as the page, but never lower again, because a page is at least as high as its frame.
# So the height of the content is told once more, after the app has measured; alone in a browser nobody listens.
_FIT = (
    "<script>const fit=()=>setTimeout(()=>parent.postMessage({type:'streamlit:iframe:setSize',width:innerWidth,"
    "height:Math.ceil(document.body.getBoundingClientRect().height)},'*'));"
    "addEventListener('load',fit);addEventListener('resize',fit);</script>"
)


def as_page(diagram: Diagram, colours: Palette, legend: Legend, covers: Mapping[str, str] = NO_COVERS) -> str:
    """A self-contained HTML page, as wide as its frame and as high as the picture is then.

    Nodes are known by their place in `diagram.looks`, so that no id of the data is in the page. covers: data addresses
    of images, by key of `diagram.looks`
    """
    numbers = {key: str(number) for number, key in enumerate(diagram.looks)}
    widest = diagram.forms[0]
    boxes = {box.key: box for box in widest.boxes}
    network = Network(directed=True, cdn_resources="in_line", height=f"{int(widest.height)}px", bgcolor="#fff")
    network.templateEnv = _templates()  # pyvis would read and compile it, 0.6 MB with the scripts in it, for each one
    for key, look in diagram.looks.items():
        network.add_node(numbers[key], **_node(look), **_at(boxes[key], look, widest))
    for line in diagram.lines:
        network.add_edge(numbers[line.start], numbers[line.end], **_edge(line))
    network.set_options(json.dumps(_OPTIONS))
    page = _offline(network.generate_html(notebook=False), colours)
    script = _PLACE.replace("FORMS", _script_text([_form(form, diagram.looks, numbers) for form in diagram.forms]))
    page = page.replace("</body>", f"{_TELL}{script}{_FIT}</body>", 1)
    page = with_covers(page, {numbers[key]: address for key, address in covers.items() if key in numbers})
    return page.replace("<body>", f"<body>{as_html(legend, colours)}", 1)


@cache
def _templates() -> Environment:
    templates: Environment = Network().templateEnv
    return templates


_OPTIONS = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "zoomView": False,
        "dragView": False,
        "dragNodes": False,
        "hover": True,
        "selectConnectedEdges": True,
    },
    "nodes": {
        "margin": {"top": 8, "bottom": 8, "left": 9, "right": 9},
        "borderWidth": 1.5,
        "borderWidthSelected": 3,
    },
    "edges": {"smooth": {"enabled": True, "type": "cubicBezier"}, "selectionWidth": 2, "hoverWidth": 1},
}


def _node(look: Look) -> dict[str, Any]:
    if not look.label.name:
        clear = {"background": "rgba(0,0,0,0)", "border": "rgba(0,0,0,0)"}
        return {"shape": "dot", "size": 0.1, "color": clear, "chosen": False}
    same = {"background": look.swatch.fill, "border": look.swatch.line}  # the same when it is pointed at
    return {
        "shape": "box",
        "color": {**same, "highlight": same, "hover": same},
        "shapeProperties": {"borderRadius": look.radius},
    }


def _at(box: Box, look: Look, form: Form) -> dict[str, Any]:
    """What differs between forms: place, lines and letters."""
    text, name = look.swatch.text, "<b>{}</b>" if look.label.bold else "{}"
    return {
        "x": round(box.x, 1),
        "y": round(box.y, 1),
        "label": "\n".join([*(name.format(line) for line in box.name), *(f"<i>{line}</i>" for line in box.note)]),
        "font": {
            "multi": "html",
            "color": text,
            "face": FONT,
            "size": form.letters,
            "ital": {"size": form.letters * NOTE, "color": text},
            "bold": {"size": form.letters, "color": text},
        },
    }


def _form(form: Form, looks: Mapping[str, Look], numbers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "least": round(form.least, 1),
        "width": round(form.width, 1),
        "height": round(form.height, 1),
        "across": form.across,
        "nodes": [{"id": numbers[box.key]} | _at(box, looks[box.key], form) for box in form.boxes],
    }


def _edge(line: Line) -> dict[str, Any]:
    return {
        "width": line.width,
        "color": {"color": line.colour, "highlight": line.colour, "hover": line.colour, "opacity": line.opacity},
        "arrows": {"to": {"enabled": line.arrow, "scaleFactor": 0.45}},
        "smooth": {"enabled": True, "type": "cubicBezier", "roundness": line.bend},
    }


def _script_text(value: object) -> str:
    """JSON that ends no script, whatever the names in it are."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e")


def _offline(html: str, colours: Palette) -> str:
    """Without Bootstrap, heading, border and card of pyvis; in the colours of the page, its scrollbars too."""
    html = _ANY_HEADING.sub("", _REMOTE.sub("", _BOOTSTRAP.sub("", html)))
    scheme = "dark" if colours is DARK else "light"
    style = (
        f"<style>html,body{{margin:0;overflow:hidden;background:{colours.background};color-scheme:{scheme};"
        f"scrollbar-color:{colours.edge} {colours.background}}}"
        f"#mynetwork{{border:0!important;float:none!important;width:100%!important;"
        f"background:{colours.background}!important}}#mynetwork *{{touch-action:pan-x pan-y!important}}"
        f".card{{border:0!important;padding:0;overflow:auto hidden}}</style>"
    )
    return html.replace("</head>", f"{style}</head>", 1)
