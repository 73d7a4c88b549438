"""Plain words for kinds: "funny" for Comedy, "cheap" for the lowest band of prices, where the graph has just that."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from kgrec_core.graph.typed_graph import Graph
from kgrec_core.request.request_text import Words, words_of

PRICES = ("price_band", "price")  # relations whose entities are bands of prices
_CHEAP = ("cheap", "cheapest", "inexpensive", "affordable")
_DEAR = ("expensive", "luxury", "luxurious")
_LOWEST, _HIGHEST = ("budget", "cheap", "lowest", "low"), ("premium", "luxury", "highest", "high")  # bands in words
_KINDS = {
    "comedy": ("funny", "hilarious", "humorous"),
    "family": ("for kids", "for children", "for the kids", "kids film", "kids films", "kids movie", "kids movies"),
    "animation": ("cartoon", "cartoons"),
    "thriller": ("suspense", "suspenseful"),
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def synonyms(graph: Graph) -> dict[Words, int]:
    """Words to the entity that they mean here."""
    by_label = {label.casefold(): entity for entity, label in enumerate(graph.labels)}
    found = {said: by_label[kind] for kind, each in _KINDS.items() if kind in by_label for said in each}
    for relation in PRICES:
        if relation in graph.relation_names:
            own = np.unique(graph.tails[graph.relations == graph.relation_names.index(relation)]).tolist()
            found |= _ends({graph.labels[entity].casefold(): entity for entity in own})
    return {words_of(said): entity for said, entity in found.items()}


def _ends(bands: Mapping[str, int]) -> dict[str, int]:
    """The words for the lowest band and for the highest, where it is plain which these are.

    >>> found = _ends({"over 20": 0, "5 to 20": 1, "up to 5": 2})
    >>> found["cheap"], found["expensive"]
    (2, 0)
    >>> _ends({"middle": 0, "budget": 1})["cheap"]
    1
    """
    if bands and all(_NUMBER.search(name) for name in bands):
        order = sorted(bands, key=_place)
        lowest, highest = order[:1], order[-1:]
    else:
        lowest, highest = ([name for name in names if name in bands][:1] for names in (_LOWEST, _HIGHEST))
    ends = ((_CHEAP, lowest), (_DEAR, highest))
    return {word: bands[name] for words, names in ends for name in names for word in words}


def _place(band: str) -> tuple[int, float]:
    first = float(_NUMBER.findall(band)[0])
    return (0 if band.startswith("up to") else 2 if band.startswith("over") else 1), first
