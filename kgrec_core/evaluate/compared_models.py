"""Who stands in the quality table: our model, the same without one of its parts, and its peers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split
from kgrec_core.evaluate.baselines import popularity_scores, tuned_ease, tuned_ease_low, tuned_itemknn
from kgrec_core.evaluate.order_peers import Ordered, tuned_markov, tuned_recent_ease, tuned_slist
from kgrec_core.evaluate.protocol import answers_of_validation, likes, scores_when_asked, when_asked
from kgrec_core.evaluate.sasrec import tuned_sasrec
from kgrec_core.evaluate.trained_peers import tuned_als, tuned_bpr, tuned_lightgcn
from kgrec_core.evaluate.tuning import Answers, Tuned
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.linear import history_matrix
from kgrec_core.model.metrics import Matrix
from kgrec_core.model.training import train
from kgrec_core.model.world import World
from kgrec_core.schema.progress import Progress
from kgrec_core.text.tfidf_and_word2vec import tfidf_vectors

OURS, ABLATION, PEER = "ours", "ablation", "peer"


@dataclass(frozen=True, eq=False)
class Trial:
    """A split, and all that may be learned from."""

    inputs: Inputs
    documents: tuple[str, ...]  # one an item, for the vectors that replace the language models
    split: Split
    model: ModelConfig
    config: TrainConfig

    @property
    def seed(self) -> int:
        return self.config.seed


@dataclass(frozen=True, eq=False)
class Fitted:
    scores: Matrix  # (users, items)
    setting: str  # what was chosen on validation


@dataclass(frozen=True, slots=True)
class ComparedModel:
    name: str
    group: str  # OURS, ABLATION or PEER
    label: str  # for people
    home: str  # the module that trains it: when that or what it uses changes, stored results are out of date
    fit: Callable[[Trial, Progress], Fitted]
    reads_order: bool = False  # asked only where order is

    def is_asked(self, scheme: str) -> bool:
        """Whether the question of a scheme is one for it."""
        return scheme != "random" or not self.reads_order


def _whole(trial: Trial) -> World:
    return trial.inputs.world(trial.model)


def _no_graph(trial: Trial) -> World:
    return trial.inputs.world(trial.model, trial.inputs.graph.without_edges())


def _shuffled_graph(trial: Trial) -> World:
    return trial.inputs.world(trial.model, trial.inputs.graph.shuffled(trial.seed))


def _no_text(trial: Trial) -> World:
    return _whole(trial).without_text()


def _bert_only(trial: Trial) -> World:
    return replace(trial.inputs, item_text=trial.inputs.item_bert).world(trial.model)


def _xlnet_only(trial: Trial) -> World:
    return _with_vectors(trial.inputs, trial.inputs.item_text).world(trial.model)


def _tfidf(trial: Trial) -> World:
    return _with_vectors(trial.inputs, torch.from_numpy(tfidf_vectors(trial.documents))).world(trial.model)


def _with_vectors(inputs: Inputs, vectors: torch.Tensor) -> Inputs:
    """The inputs when these (items, dim) vectors are all that is known of texts; an event has those of its item."""
    levels = inputs.event_text.shape[1]
    events = vectors.unsqueeze(1).expand(-1, levels, -1).contiguous()
    return replace(inputs, item_bert=vectors, item_text=vectors, event_text=events)


def _trained(world: Callable[[Trial], World]) -> Callable[[Trial, Progress], Fitted]:
    """Our model, trained from the start in another world."""

    def fit(trial: Trial, progress: Progress) -> Fitted:
        return _train(trial, world(trial), trial.model, progress)

    return fit


def _without_collaborative(trial: Trial, progress: Progress) -> Fitted:
    """Neither what others met together nor when. With a ridge without bounds the closed form learns nothing, its
    weights vanish, and graph and text read the whole history in place of what the closed form leaves.
    """
    return _train(trial, _whole(trial), replace(trial.model, ridge=1e12, near=0.0), progress)


def _train(trial: Trial, world: World, model: ModelConfig, progress: Progress) -> Fitted:
    training = trial.inputs.training_set(trial.split.train, model)
    recommender, report = train(world, training, trial.split.valid, model, trial.config, progress)
    scores = scores_when_asked(recommender, trial.inputs, trial.split, model)
    return Fitted(scores, f"best after {report.best_epoch} rounds")


def _without_sequence(trial: Trial, progress: Progress) -> Fitted:
    return _train(trial, _whole(trial), replace(trial.model, near=0.0), progress)


def _without_network(trial: Trial, progress: Progress) -> Fitted:
    """The sum of the branches as training starts from it: no KGNN, attention or MLP."""
    return _trained(_whole)(replace(trial, config=replace(trial.config, epochs=0)), progress)


Tuner = Callable[[torch.Tensor, Answers, int], Tuned[torch.Tensor]]
OrderTuner = Callable[[Ordered, Answers, int], Tuned[Ordered]]


def _tuned(tuner: Tuner) -> Callable[[Trial, Progress], Fitted]:
    """A peer that reads likes."""

    def fit(trial: Trial, progress: Progress) -> Fitted:
        inputs, split = trial.inputs, trial.split
        found = tuner(likes(inputs, split.train), answers_of_validation(inputs, split), trial.seed)
        return Fitted(when_asked(found, split, likes(inputs, split.known)).numpy(), found.setting)

    return fit


def _tuned_by_order(tuner: OrderTuner) -> Callable[[Trial, Progress], Fitted]:
    """A peer that reads what was met in its order."""

    def fit(trial: Trial, progress: Progress) -> Fitted:
        found = tuner(_ordered(trial, trial.split.train), answers_of_validation(trial.inputs, trial.split), trial.seed)
        return Fitted(when_asked(found, trial.split, _ordered(trial, trial.split.known)).numpy(), found.setting)

    return fit


def _ordered(trial: Trial, part: Interactions) -> Ordered:
    inputs = trial.inputs
    liked = (part.values >= inputs.domain.positive_value).astype(np.float32)
    return Ordered(part, liked, inputs.users, inputs.graph.items)


def _ease_low(trial: Trial, progress: Progress) -> Fitted:
    found = tuned_ease_low(_rated(trial, trial.split.train), answers_of_validation(trial.inputs, trial.split))
    return Fitted(when_asked(found, trial.split, _rated(trial, trial.split.known)).numpy(), found.setting)


def _rated(trial: Trial, part: Interactions) -> torch.Tensor:
    """(users, items): 1 for liked, -1 for another interaction, 0 for none."""
    inputs = trial.inputs
    return history_matrix(part, inputs.users, inputs.graph.items, inputs.domain.positive_value, -1.0)


def _popularity(trial: Trial, progress: Progress) -> Fitted:
    return Fitted(popularity_scores(likes(trial.inputs, trial.split.known)).numpy(), "")


def cold_items(trial: Trial, most: int) -> npt.NDArray[np.bool_]:
    """(items,): at most `most` interactions of any value in the train part."""
    met = np.bincount(trial.split.train.items, minlength=trial.inputs.graph.items)
    return np.asarray(met <= most)


_TRAIN, _CLOSED, _LEARNED = (
    "kgrec_core.model.training",
    "kgrec_core.evaluate.baselines",
    "kgrec_core.evaluate.trained_peers",
)
_ORDER, _SASREC = "kgrec_core.evaluate.order_peers", "kgrec_core.evaluate.sasrec"


def _by_order(name: str, label: str, tuner: OrderTuner, home: str = _ORDER) -> ComparedModel:
    return ComparedModel(name, PEER, label, home, _tuned_by_order(tuner), reads_order=True)


CONTENDERS = (
    ComparedModel("ours", OURS, "Ours", _TRAIN, _trained(_whole)),
    ComparedModel("ours-no-graph", ABLATION, "Ours without the graph", _TRAIN, _trained(_no_graph)),
    ComparedModel("ours-shuffled-graph", ABLATION, "Ours with a shuffled graph", _TRAIN, _trained(_shuffled_graph)),
    ComparedModel("ours-no-text", ABLATION, "Ours without text", _TRAIN, _trained(_no_text)),
    ComparedModel("ours-no-sequence", ABLATION, "Ours without the order of events", _TRAIN, _without_sequence),
    ComparedModel("ours-no-network", ABLATION, "Ours without the network", _TRAIN, _without_network),
    ComparedModel("ours-no-collaborative", ABLATION, "Ours without what others did", _TRAIN, _without_collaborative),
    ComparedModel("ours-bert-only", ABLATION, "Ours with BERT alone", _TRAIN, _trained(_bert_only)),
    ComparedModel("ours-xlnet-only", ABLATION, "Ours with XLNet alone", _TRAIN, _trained(_xlnet_only)),
    ComparedModel("ours-tfidf", ABLATION, "Ours with TF-IDF for text", _TRAIN, _trained(_tfidf)),
    ComparedModel("ease", PEER, "EASE", _CLOSED, _tuned(lambda known, valid, seed: tuned_ease(known, valid))),
    ComparedModel("ease-low", PEER, "EASE + low ratings", _CLOSED, _ease_low),
    ComparedModel(
        "itemknn", PEER, "Item neighbours", _CLOSED, _tuned(lambda known, valid, seed: tuned_itemknn(known, valid))
    ),
    ComparedModel("als", PEER, "ALS", _LEARNED, _tuned(tuned_als)),
    ComparedModel("bpr", PEER, "BPR", _LEARNED, _tuned(tuned_bpr)),
    ComparedModel("lightgcn", PEER, "LightGCN", _LEARNED, _tuned(tuned_lightgcn)),
    _by_order("recent-ease", "EASE, recent likes first", lambda known, valid, seed: tuned_recent_ease(known, valid)),
    _by_order("markov", "Markov chain", lambda known, valid, seed: tuned_markov(known, valid)),
    _by_order("slist", "SLIST", lambda known, valid, seed: tuned_slist(known, valid)),
    _by_order("sasrec", "SASRec", tuned_sasrec, _SASREC),
    ComparedModel("popularity", PEER, "Popularity", _CLOSED, _popularity),
)
BY_NAME = {contender.name: contender for contender in CONTENDERS}


def names_for(scheme: str, groups: Sequence[str] = (OURS, ABLATION, PEER)) -> tuple[str, ...]:
    """Who is asked the question of a scheme, of these groups."""
    return tuple(each.name for each in CONTENDERS if each.group in groups and each.is_asked(scheme))
