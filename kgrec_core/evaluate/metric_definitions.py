"""What each number of the quality table means, for the person who reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metric:
    field: str  # of QualityRow
    label: str
    better: str  # higher, lower, or empty where neither is
    words: str  # one or two plain sentences
    formula: str


METRICS = (
    Metric(
        "ndcg_10",
        "NDCG@10",
        "higher",
        "How near the top of the ten shown items those stand that the person later liked. 1 is a perfect list.",
        "sum of 1 / log2(rank + 1) over hits among the first 10, divided by the best possible sum",
    ),
    Metric(
        "recall_20",
        "Recall@20",
        "higher",
        "Share of the later liked items that are among the first 20.",
        "hits among the first 20 / min(20, liked items)",
    ),
    Metric(
        "hr_10",
        "Hit rate@10",
        "higher",
        "Share of people for whom at least one of the ten shown items is later liked.",
        "1 if there is a hit among the first 10, else 0; mean over people",
    ),
    Metric(
        "mrr",
        "MRR",
        "higher",
        "How early the first good item comes: 1 if it is first, 1/2 if second, and so on.",
        "1 / rank of the first hit; mean over people",
    ),
    Metric(
        "coverage",
        "Coverage",
        "higher",
        "Share of all items that are in anybody's ten.",
        "items in at least one top 10 / all items",
    ),
    Metric(
        "novelty",
        "Novelty",
        "",
        "How little known the shown items are, in bits: each bit more means half as many people have met them.",
        "mean of -log2(share of people who met the item in training) over the top 10 lists",
    ),
    Metric(
        "diversity",
        "Diversity",
        "",
        "How unlike each other the ten items of one list are, by their texts. 0: all the same.",
        "1 - mean cosine of all pairs of one top 10, between BERT vectors of the items' texts; mean over people",
    ),
    Metric(
        "gini",
        "Gini of exposure",
        "lower",
        "How unevenly items are shown: 0 if all equally often, 1 if one item takes every place.",
        "Gini coefficient of the number of top 10 lists that an item is in",
    ),
    Metric(
        "rare",
        "Places for rare items",
        "",
        "Share of the shown places that go to the least known third of all items.",
        "top 10 places with an item of the least met third / all places",
    ),
    Metric(
        "seconds",
        "Training time",
        "lower",
        "Seconds to train once on this machine. For peers the search for their best setting is included.",
        "wall clock of one seed",
    ),
)
