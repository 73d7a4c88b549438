"""What it brings to items that nobody has met that BERT first learns who liked what.

For each hiding a random fifth of the items lose all their interactions, and BERT is adapted on the others alone. Kernel
ridge takes content to collaborative scores: with X the histories and Y the targets of the items that are left,
S = X (X'X + r I)^-1 X'Y (r the ridge of the bundle), K the sum of kernels of content, each with a mean diagonal of 1,
and Q = (K_kk + 6 I)^-1 K_kh, the scores of hidden items are S Q. NDCG@10 among the hidden items, over the people who
like any of them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kgrec_core.evaluate.bootstrap import estimate
from kgrec_core.model.bundle import Bundle
from kgrec_core.model.metrics import RankingMetrics, ranking_metrics
from kgrec_core.text.catalog_vectors import ITEM_TOKENS, bert_name, load_encoder
from kgrec_core.text.documents import item_document
from kgrec_core.text.interaction_adaptation import InteractionConfig, InteractionReport, adapt_to_interactions
from kgrec_core.text.tfidf_and_word2vec import TfIdf

_RIDGE = 6.0  # of the map from content to collaborative scores
_HIDDEN = 5  # one item in so many
Array = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Hiding:
    """One hiding. found: by the names of the kernels that were summed."""

    seed: int
    adaptation: InteractionReport
    found: Mapping[str, RankingMetrics]


class Content:
    """A prepared data set as dense matrices: histories, targets, likes, and the kernels of what is known of items."""

    def __init__(self, bundle: Bundle) -> None:
        inputs = bundle.inputs
        data, users, items = inputs.interactions, inputs.users, inputs.graph.items
        training = inputs.training_set(data, bundle.config)
        self.ridge, self.items = bundle.config.ridge, items
        self.histories = data.matrix(users, items, training.weights).toarray()
        self.targets = data.matrix(users, items, training.targets).toarray()
        self._data, self._shape, self._positive = data, (users, items), inputs.domain.positive_value
        self.liked = self.likes(np.ones(items, dtype=bool)).toarray() > 0
        rows = bundle.catalog.item_rows()
        self.documents = [item_document(row, bundle.catalog.domain) for row in rows]
        words = TfIdf.fit(self.documents).matrix
        facts = bundle.recommender.world.kernel
        met = sparse.csr_matrix(
            (facts.weights.numpy(), (facts.heads.numpy(), facts.columns.numpy())), (items, len(facts.column_relation))
        )
        self.facts, self.words = (_scaled((each @ each.T).toarray()) for each in (met, words))
        self.bert = cosines(inputs.item_bert.numpy())

    def likes(self, known: npt.NDArray[np.bool_]) -> sparse.csr_matrix:
        """(users, items) with 1 and 0 stored where an item of `known` was met; nothing of others."""
        data = self._data.select(known[self._data.items])
        return data.matrix(*self._shape, data.values >= self._positive)


def cosines(vectors: Array) -> Array:
    """(items, items) cosines of the centred vectors."""
    centred = vectors - vectors.mean(0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    return _scaled(centred @ centred.T)


def _scaled(kernel: npt.NDArray[Any]) -> Array:
    size = float(np.mean(np.diag(kernel)))
    return np.asarray(kernel / (size or 1.0), dtype=np.float32)  # all zero where there is nothing to compare


def hide(content: Content, seed: int) -> Hiding:
    """Adapts BERT with a fifth of the items hidden, and ranks those for everybody."""
    hidden = np.zeros(content.items, dtype=bool)
    hidden[np.random.default_rng(seed).permutation(content.items)[: content.items // _HIDDEN]] = True
    left = content.likes(~hidden)
    with tempfile.TemporaryDirectory(prefix="kgrec-") as name:
        folder = Path(name) / "bert"
        taught = adapt_to_interactions(bert_name(), content.documents, left, folder, InteractionConfig(seed=seed))
        adapted = cosines(load_encoder(str(folder), ITEM_TOKENS).encode(content.documents))
    print(f"hiding {seed}: adapted in {taught.seconds:.0f} s", file=sys.stderr, flush=True)
    facts, words, bert = content.facts, content.words, content.bert
    kernels = {
        "bert": bert, "adapted": adapted, "facts+tfidf": facts + words,
        "facts+bert": facts + bert, "facts+adapted": facts + adapted, "facts+bert+adapted": facts + bert + adapted,
        "facts+tfidf+bert": facts + words + bert, "facts+tfidf+adapted": facts + words + adapted,
        "facts+tfidf+bert+adapted": facts + words + bert + adapted,
    }  # fmt: skip
    ranked = partial(_ranked, content, hidden, collaborative_scores(content, ~hidden))
    return Hiding(seed, taught, {name: ranked(kernel) for name, kernel in kernels.items()})


def collaborative_scores(content: Content, known: npt.NDArray[np.bool_]) -> Array:
    """(users, known items): ridge regression from histories to targets, each item told of itself too."""
    met, wanted = content.histories[:, known], content.targets[:, known]
    gram = met.T @ met + content.ridge * np.eye(met.shape[1], dtype=np.float32)
    return np.asarray(met @ np.linalg.solve(gram, met.T @ wanted))


def _ranked(content: Content, hidden: npt.NDArray[np.bool_], scores: Array, kernel: Array) -> RankingMetrics:
    known = ~hidden
    among = kernel[np.ix_(known, known)] + _RIDGE * np.eye(int(known.sum()), dtype=np.float32)
    foretold = scores @ np.linalg.solve(among, kernel[np.ix_(known, hidden)])
    relevant = content.liked[:, hidden]
    return ranking_metrics(foretold.astype(np.float32), np.zeros_like(relevant), relevant)


def report(hidings: list[Hiding]) -> dict[str, Any]:
    """Means over hidings; intervals are bootstraps over people, all hidings of one together."""
    names = list(hidings[0].found)
    users = np.concatenate([each.found["bert"].users for each in hidings])
    values = {name: np.concatenate([each.found[name].ndcg_10 for each in hidings]) for name in names}
    pairs = [(name.replace("adapted", "bert"), name) for name in names if "adapted" in name and "bert" not in name]
    gains = {f"{after} - {before}": (values[after] - values[before]) for before, after in pairs}
    blend = {f"{name} - {name[:-8]}": values[name] - values[name[:-8]] for name in names if "bert+adapted" in name}
    return {
        "ndcg@10": {name: _interval(users, each) for name, each in values.items()},
        "gain": {name: _interval(users, each) for name, each in {**gains, **blend}.items()},
        "by hiding": [
            {"seed": each.seed, **{name: float(found.ndcg_10.mean()) for name, found in each.found.items()}}
            for each in hidings
        ],
        "adaptations": [{"seed": each.seed, **asdict(each.adaptation)} for each in hidings],
    }


def _interval(users: npt.NDArray[np.int64], values: npt.NDArray[Any]) -> dict[str, float]:
    found = estimate(users, values.astype(np.float64))
    return {"mean": found.mean, "low": found.low, "high": found.high}
