"""The little world of films, as fixtures."""

from tests.film_world import (
    short_training,
    small_model,
    tiny_fusion,
    tiny_graph,
    tiny_inputs,
    tiny_recommender,
    tiny_world,
)

__all__ = [
    "short_training",
    "small_model",
    "tiny_fusion",
    "tiny_graph",
    "tiny_inputs",
    "tiny_recommender",
    "tiny_world",
]
