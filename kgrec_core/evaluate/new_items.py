"""Who ranks items that nobody has met, and how well: ours, the same without a part, and peers that read content.

Protocol: see evaluate/hidden_items.py. Each result of one model and one hiding is stored as soon as it is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import torch
from scipy.sparse import csr_matrix

from kgrec_core.config import TrainConfig
from kgrec_core.data.interactions import IntArray
from kgrec_core.errors import ConfigError
from kgrec_core.evaluate.bootstrap import Floats, estimate
from kgrec_core.evaluate.compared_models import BY_NAME, PEER, Trial
from kgrec_core.evaluate.hidden_items import Mask, NewItemQuestion, hidden_items, split_by_items
from kgrec_core.evaluate.new_item_peers import (
    BERT,
    FACTS,
    WORDS,
    Content,
    Scored,
    as_it_comes,
    kernel_ridge,
    random_scores,
)
from kgrec_core.evaluate.new_item_towers import dropout_net, kgnn_tower
from kgrec_core.evaluate.protocol import answers_of_test, likes
from kgrec_core.evaluate.quality_run import Steps, one_thread, place_of
from kgrec_core.evaluate.quality_table import Estimate, ListQuality, NewItemRow, NewItemTable, Ratio
from kgrec_core.evaluate.result_key import key_of
from kgrec_core.evaluate.stored_result import StoredResult, load_result, measured_result, save_result
from kgrec_core.evaluate.tuning import Answers
from kgrec_core.model.bundle import Bundle, check_unseen, in_force, quality_folder
from kgrec_core.model.metrics import Matrix
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.text.documents import item_document
from kgrec_core.text.tfidf_and_word2vec import TfIdf

PROTOCOL = "new-items"
HIDDEN, ALL = "new-items", "new-items-among-all"  # names of stored results: who the candidates are
_CLOSED, _LEARNED = "kgrec_core.evaluate.new_item_peers", "kgrec_core.evaluate.new_item_towers"


@dataclass(frozen=True, slots=True)
class NewItemPeer:
    name: str
    label: str  # for people
    home: str  # the module that trains it, as in `ComparedModel`
    fit: Callable[[Content, NewItemQuestion], Scored]


def _compared(name: str, label: str, *kinds: str) -> NewItemPeer:
    return NewItemPeer(name, f"{label} compared as it comes", _CLOSED, partial(as_it_comes, kinds=kinds))


def _ridge(name: str, *kinds: str) -> NewItemPeer:
    return NewItemPeer(name, f"Kernel ridge of {' + '.join(kinds)}", _CLOSED, partial(kernel_ridge, kinds=kinds))


PEERS = (
    NewItemPeer("random", "Random", _CLOSED, random_scores),
    _compared("content-facts", "Facts", FACTS),
    _compared("content-tfidf", "TF-IDF", WORDS),
    _compared("content-bert", "BERT", BERT),
    _ridge("ridge-facts", FACTS),
    _ridge("ridge-facts-tfidf", FACTS, WORDS),
    _ridge("ridge-facts-bert", FACTS, BERT),
    _ridge("ridge-facts-tfidf-bert", FACTS, WORDS, BERT),
    NewItemPeer("dropoutnet", "DropoutNet of facts + BERT", _LEARNED, dropout_net),
    NewItemPeer("kgnn-facts", "KGNN of facts", _LEARNED, partial(kgnn_tower, kinds=(FACTS,))),
    NewItemPeer("kgnn-facts-bert", "KGNN of facts + BERT", _LEARNED, partial(kgnn_tower, kinds=(FACTS, BERT))),
)
_PEER = {peer.name: peer for peer in PEERS}
MODELS = ("ours", "ours-no-graph", "ours-no-text", *_PEER)
PAIRS = (
    ("ridge-facts-tfidf-bert", "ridge-facts-tfidf"),
    ("ridge-facts-bert", "ridge-facts-tfidf"),
    ("kgnn-facts", "ridge-facts"),
    ("kgnn-facts-bert", "ridge-facts-bert"),
    ("kgnn-facts-bert", "kgnn-facts"),
)

Results = Mapping[str, Sequence[tuple[StoredResult, StoredResult]]]  # of each model, one a hiding: among hidden, all


def measure_new_items(
    bundle: Bundle,
    hidings: int = 5,
    models: Sequence[str] = MODELS,
    config: TrainConfig | None = None,
    progress: Progress = no_progress,
) -> NewItemTable:
    """The table of a prepared data set, on one thread of torch; hidings are seeded from `config.seed` on.

    Raises ConfigError for no hiding, an unknown model and a data set whose BERT has read what people did, DataError
    when nobody likes a hidden item.
    """
    if hidings < 1:
        raise ConfigError(f"hidings is {hidings}; choose 1 or more, 5 for a table to publish.")
    unknown = [name for name in models if name not in MODELS]
    if unknown:
        raise ConfigError(f"There is no model {unknown[0]!r}. Choose among: {', '.join(MODELS)}.")
    check_unseen(bundle, PROTOCOL, hidings)
    config = config or TrainConfig()
    steps = Steps(progress, models, hidings)
    with one_thread():
        documents = tuple(item_document(row, bundle.catalog.domain) for row in bundle.catalog.item_rows())
        content = _content(bundle, documents)
        found: dict[str, list[tuple[StoredResult, StoredResult]]] = {name: [] for name in models}
        for number in range(hidings):
            hiding = _hide(bundle, documents, replace(config, seed=config.seed + number))
            for name in models:
                label = _PEER[name].label if name in _PEER else BY_NAME[name].label
                found[name].append(_measured(name, hiding, content, bundle, steps.next(number, name, label)))
    steps.end()
    return _table(bundle, hidings, config.seed, found)


@dataclass(frozen=True, eq=False)
class _Hiding:
    trial: Trial
    hidden: Mask
    answers: tuple[Answers, Answers]  # among hidden, among all

    @cached_property
    def question(self) -> NewItemQuestion:
        """As peers read it."""
        inputs, known = self.trial.inputs, self.trial.split.known
        read = inputs.training_set(known, self.trial.model)
        shape = inputs.users, inputs.graph.items
        history, targets = (
            torch.from_numpy(known.matrix(*shape, each).toarray()) for each in (read.weights, read.targets)
        )
        wanted = self.answers[0].relevant
        return NewItemQuestion(history, targets, likes(inputs, known), wanted, self.hidden, self.trial.seed)


def _hide(bundle: Bundle, documents: tuple[str, ...], config: TrainConfig) -> _Hiding:
    inputs = bundle.inputs
    hidden = hidden_items(inputs.graph.items, config.seed)
    split = split_by_items(inputs.interactions, hidden, config.seed)
    among_all = answers_of_test(inputs, split)
    among_hidden = Answers(np.broadcast_to(~hidden, among_all.seen.shape), among_all.relevant)
    return _Hiding(Trial(inputs, documents, split, bundle.config, config), hidden, (among_hidden, among_all))


def _content(bundle: Bundle, documents: Sequence[str]) -> Content:
    inputs, world = bundle.inputs, bundle.recommender.world
    kernel = world.kernel
    cells = (kernel.heads.numpy(), kernel.columns.numpy())
    return Content(
        facts=csr_matrix((kernel.weights.numpy(), cells), shape=(kernel.items, len(kernel.column_relation))),
        words=TfIdf.fit(documents).matrix,
        bert=inputs.item_bert,
        edges=world.edge_index,
        relations=world.edge_relations,
        entities=len(inputs.graph.entities),
        relation_count=len(inputs.graph.relation_names),
    )


def _measured(
    name: str, hiding: _Hiding, content: Content, bundle: Bundle, progress: Progress
) -> tuple[StoredResult, StoredResult]:
    """The stored outcome, else a new one, among the hidden items and among all."""
    trial, folder = hiding.trial, quality_folder(bundle.catalog.name)
    # all of them read content, which the key of a peer of the other protocols leaves out
    key = key_of(name, "", _PEER[name].home if name in _PEER else BY_NAME[name].home, trial)
    first, second = (place_of(folder, name, asked, trial.seed, key) for asked in (HIDDEN, ALL))
    if first.is_file() and second.is_file():
        return load_result(first), load_result(second)
    start = time.perf_counter()
    scores, setting = _scores(name, hiding, content, progress)
    seconds = time.perf_counter() - start
    among_hidden, among_all = (
        measured_result(name, setting, seconds, scores, answers, hiding.hidden) for answers in hiding.answers
    )
    with in_force(bundle, "keeping what was measured"):
        save_result(among_hidden, first)
        save_result(among_all, second)
    return among_hidden, among_all


def _scores(name: str, hiding: _Hiding, content: Content, progress: Progress) -> tuple[Matrix, str]:
    if name not in _PEER:
        fitted = BY_NAME[name].fit(hiding.trial, progress)
        return fitted.scores, fitted.setting
    scores, setting = _PEER[name].fit(content, hiding.question)
    return scores.numpy(), setting


def _table(bundle: Bundle, hidings: int, first: int, found: Results) -> NewItemTable:
    words = f"a fifth of the items hidden from all, {hidings} hiding{'s' * (hidings > 1)} from {first}"
    rows = tuple(_row(name, found) for name in found)
    ratios = tuple(Ratio(*pair, _ratio(*pair, found)) for pair in PAIRS if set(pair) <= set(found))
    return NewItemTable(bundle.catalog.name, f"{words}, NDCG@10 binary log2", rows, ratios)


def _row(name: str, found: Results) -> NewItemRow:
    among_hidden, among_all = zip(*found[name], strict=True)
    known = BY_NAME.get(name)
    return NewItemRow(
        model=name,
        group=known.group if known else PEER,
        label=known.label if known else _PEER[name].label,
        setting=among_hidden[0].setting,
        among_hidden=_quality(among_hidden),
        among_all=_quality(among_all),
        ahead=_ratio("ours", name, found) if "ours" in found and name != "ours" else None,
        seconds=float(np.mean([one.seconds for one in among_hidden])),
    )


def _quality(outcomes: Sequence[StoredResult]) -> ListQuality:
    users, ndcg = _pooled(outcomes)
    return ListQuality(estimate(users, ndcg), float(np.mean([one.metrics.recall_20.mean() for one in outcomes])))


def _ratio(first: str, second: str, found: Results) -> Estimate:
    """A user is drawn with all hidings, for both models alike."""
    (users, mine), (_, theirs) = (_pooled([hidden for hidden, _ in found[name]]) for name in (first, second))
    return estimate(users, mine, theirs)


def _pooled(outcomes: Sequence[StoredResult]) -> tuple[IntArray, Floats]:
    """Users and their NDCG@10, over all hidings."""
    return (
        np.concatenate([one.metrics.users for one in outcomes]),
        np.concatenate([one.metrics.ndcg_10 for one in outcomes]),
    )
