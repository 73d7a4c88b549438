"""One explanation with all its parts, and the real intermediate values behind it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgrec_core.schema.cards import ItemCard

TELLING = 0.05  # share of the strongest named cause that anything else has to carry to be named


@dataclass(frozen=True, slots=True)
class Branch:
    """Part of the model and how much the score falls when it is switched off."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """SHAP value of one player; over all players: base + sum of values = score."""

    player: str  # stable id, e.g. "history:318" or "facet:director"
    kind: str  # history | facet | text | popularity | words, of a request
    label: str  # for people: "The Usual Suspects", "its director"
    value: float
    error: float = 0.0  # standard error of the value; 0 where every coalition was scored


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    label: str
    type: str  # user | item | person | genre | ...


@dataclass(frozen=True, slots=True)
class Edge:
    head: str  # node id
    relation: str
    tail: str  # node id


@dataclass(frozen=True, slots=True)
class ScoredPath:
    """A walk from the user to the item over stored facts, and its marginal credit: all together, the paths of an
    explanation are credited with what the score loses when all their graph edges are removed.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    contribution: float
    clause: str = ""  # what the two items share, in words; empty for a walk over a third item


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for many users, and applies to this one and this item; condition and conclusion are read on
    different items of each user.
    """

    condition: str  # reads after "if"
    conclusion: str  # reads after "then"
    support: float  # held / users
    confidence: float  # held / met
    lift: float  # confidence / (usual / users)
    held: int  # users who met the condition and for whom the conclusion held
    met: int  # users who met the condition
    usual: int  # users for whom the conclusion holds, whether they met the condition or not
    users: int  # asked
    matching: tuple[ItemCard, ...]  # the user's own items that meet the condition, best known first
    contribution: float  # score lost when the graph no longer says of them what the rule speaks of


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The smallest removal found to take the item out of the top k, checked by the whole model."""

    status: str  # found | none up to `tried` | budget used up after `tried` | outside the top k as it is
    remove: tuple[str, ...]  # item ids of the history
    new_rank: int | None
    minimal: bool | None  # every smaller set was re-scored beside the nearest items and fails; None: nothing found
    edges: tuple[Edge, ...] = ()  # facts of the item, where these are what is removed
    entering: tuple[ItemCard, ...] = ()  # what comes into the top k instead
    tried: int = 0  # size of the largest sets that were looked for
    exhausted: int = 0  # every set of up to so many was re-scored


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, and the ids of the facts that they state."""

    sentence: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    dataset: str
    user: str
    item: ItemCard
    score: float
    rank: int
    ms: float
    base: float  # score with every player absent
    branches: tuple[Branch, ...]
    attributions: tuple[Attribution, ...]  # strongest absolute value first
    paths: tuple[ScoredPath, ...]  # largest contribution first
    rules: tuple[Rule, ...] = ()
    counterfactual: Counterfactual | None = None  # over the history
    fact_counterfactual: Counterfactual | None = None  # over the facts of the item
    rank_without_words: int | None = None  # without the request; None where there is none
    text: tuple[Sentence, ...] = ()
    analysis: tuple[Sentence, ...] = ()  # the same for analysts: a paragraph with the figures
    attribution_error: float = 0.0  # the largest standard error among the attributions
    faithfulness: dict[str, float] = field(default_factory=dict)
    faithfulness_random: dict[str, float] = field(default_factory=dict)
    stale: str = ""  # that the model is older than its data, and what to do

    @property
    def named_attributions(self) -> tuple[Attribution, ...]:
        """Those that speak for the item with at least a TELLING of what the strongest one adds, strongest first."""
        for_it = [part for part in self.attributions if part.value > 0]
        return tuple(part for part in for_it if part.value >= TELLING * for_it[0].value)


@dataclass(frozen=True, slots=True)
class Weighted:
    """A named number of a trace or a chart."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    relation: str
    label: str
    attention: float  # share of the KGNN's attention, sums to 1 over an item's neighbours
    fall: float  # what the score loses without this fact; below 0 where it speaks against the item


@dataclass(frozen=True, slots=True)
class Trace:
    """The real intermediate values of the six steps for one user and one item."""

    user: str
    item: ItemCard
    raw_text: str
    clean_text: str
    tfidf: tuple[Weighted, ...]  # strongest terms of the item document
    word2vec: tuple[Weighted, ...]  # most similar items by Word2Vec, cosine
    event_documents: tuple[str, ...]  # of the most attended events; of the largest SHAP values if `network_silent`
    bert_tokens: tuple[str, ...]  # of the first event document
    bert_model: str
    event_norms: tuple[Weighted, ...]  # L2 norm of the BERT vector of each of those events
    xlnet_tokens: tuple[str, ...]
    xlnet_model: str
    xlnet_norm: float
    neighbours: tuple[Neighbour, ...]  # those that move the score most, first
    norm_before: float  # L2 norm of the item vector before the KGNN
    norm_after: float
    attention: tuple[Weighted, ...]  # of the target attention over the history, strongest first
    mlp_inputs: tuple[Weighted, ...]
    network_silent: bool  # graph network, attention and MLP add nothing, so what they read moves no score
    terms: tuple[Weighted, ...]  # what each branch, popularity and the network add; their sum is the score
    score: float
    base: float
    attribution_sum: float
