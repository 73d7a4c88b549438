"""Pictures of the graph as HTML pages, and which node is which in them."""

from __future__ import annotations

from kgrec_core.explain.render import drawn_nodes, render_paths
from kgrec_core.explain.render_graph import drawn_places, render_neighbourhood

__all__ = ["drawn_nodes", "drawn_places", "render_neighbourhood", "render_paths"]
