from __future__ import annotations

from itertools import pairwise

from kgrec_core.pictures.path_layout import layered
from kgrec_core.schema.explanation import Edge, Node, ScoredPath


def walk(*names: str, contribution: float = 1.0) -> ScoredPath:
    nodes = tuple(Node(name, name, "item") for name in names)
    edges = tuple(Edge(start, "director", end) for start, end in pairwise(names))
    return ScoredPath(nodes, edges, contribution)


def test_columns_follow_the_walk_and_the_target_stands_last() -> None:
    columns = {
        placed.node.id: placed.column for placed in layered([walk("u", "a", "x", "t"), walk("u", "b", "t")]).nodes
    }
    assert columns == {"u": 0, "a": 1, "b": 1, "x": 2, "t": 3}


def test_a_shared_link_is_drawn_once_with_the_weight_of_all_its_paths() -> None:
    layout = layered([walk("u", "a", "x", "t", contribution=0.5), walk("u", "a", "y", "t", contribution=0.25)])
    weights = {(link.start, link.end): link.weight for link in layout.links}
    assert weights[("u", "a")] == 0.5 + 0.25
    assert len(layout.links) == 1 + 2 + 2


def test_a_path_that_lowers_the_score_adds_no_width() -> None:
    assert layered([walk("u", "a", "x", "t", contribution=-0.3)]).links[0].weight == 0


def test_rows_are_ordered_so_that_parallel_paths_do_not_cross() -> None:
    layout = layered([walk("u", "a", "x", "t"), walk("u", "b", "y", "t"), walk("u", "c", "x", "t")])
    row = {placed.node.id: placed.row for placed in layout.nodes}
    assert (row["a"] < row["b"]) == (row["x"] < row["y"]) or (row["c"] < row["b"]) == (row["x"] < row["y"])
    assert row["u"] == row["t"] == 0


def test_no_paths_give_an_empty_picture() -> None:
    assert layered([]).nodes == ()
