"""Answers as JSON: the stable shapes of the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kgrec_core.alternatives import WhatIf, WhyNot
from kgrec_core.model.table import Estimate, QualityTable
from kgrec_core.schema import DatasetCard, Evaluation, Explanation, Recommendations

Json = dict[str, Any]


def recommendations(found: Recommendations) -> Json:
    rows = [
        {
            "rank": row.rank,
            "item_id": row.item.item_id,
            "title": row.item.title,
            "year": row.item.year,
            "score": row.score,
            "reason": row.reason,
        }
        for row in found.items
    ]
    about = {"dataset": found.dataset, "user": found.user, "ms": found.ms, "stale": found.stale}
    return {**about, "items": rows, "request": [asdict(part) for part in found.request]}


def explanation(found: Explanation) -> Json:
    nothing: Json = {"status": "not computed", "remove": [], "new_rank": None, "minimal": None}
    return {
        "dataset": found.dataset,
        "user": found.user,
        "item": found.item.item_id,
        "title": found.item.title,
        "score": found.score,
        "rank": found.rank,
        "ms": found.ms,
        "stale": found.stale,
        "base": found.base,
        "branches": [asdict(branch) for branch in found.branches],
        "attributions": [asdict(part) for part in found.attributions],
        "attribution_error": found.attribution_error,
        "paths": [asdict(path) for path in found.paths],
        "rules": [{**asdict(rule), "if": rule.condition, "then": rule.conclusion} for rule in found.rules],
        "counterfactual": asdict(found.counterfactual) if found.counterfactual else nothing,
        "fact_counterfactual": asdict(found.fact_counterfactual) if found.fact_counterfactual else nothing,
        "rank_without_words": found.rank_without_words,
        "text": [asdict(sentence) for sentence in found.text],
        "analysis": [asdict(sentence) for sentence in found.analysis],
        "faithfulness": {**found.faithfulness, "random": found.faithfulness_random},
    }


def why_not(found: WhyNot) -> Json:
    """`closed_form` and `causes` carry the fall of either score without a cause, and what the rival has more of it."""
    told = {**asdict(found), "item": found.item.item_id, "title": found.item.title}
    for name in ("branches", "causes"):
        told[name] = [{**asdict(each), "gap": each.gap} for each in getattr(found, name)]
    return told


def what_if(found: WhatIf) -> Json:
    return asdict(found)


def evaluation(found: Evaluation) -> Json:
    rows = [
        {
            "model": row.model,
            "ndcg@10": row.ndcg_10,
            "recall@20": row.recall_20,
            "hr@10": row.hr_10,
            "mrr": row.mrr,
            "ci95": list(row.ci95),
            "seconds": row.seconds,
        }
        for row in found.rows
    ]
    return {"dataset": found.dataset, "protocol": found.protocol, "rows": rows}


def dataset(card: DatasetCard) -> Json:
    return asdict(card)


def quality(table: QualityTable) -> Json:
    """`paired` and `slices` are keyed by name; an interval is [low, high]."""
    rows = [
        {
            "model": row.model,
            "group": row.group,
            "ndcg@10": row.ndcg_10.mean,
            "ci95": [row.ndcg_10.low, row.ndcg_10.high],
            "recall@20": row.recall_20,
            "hr@10": row.hr_10,
            "mrr": row.mrr,
            "coverage@10": row.coverage,
            "novelty@10": row.novelty,
            "diversity@10": row.diversity,
            "gini@10": row.gini,
            "rare_share@10": row.rare,
            "seconds": row.seconds,
            "seeds": row.seeds,
            "setting": row.setting,
        }
        for row in table.rows
    ]
    paired = {each.name: {**_interval(each.gain), "relative": each.relative} for each in table.paired}
    parts: Json = {}
    for part in table.slices:
        value = {**_interval(part.value), "metric": part.metric, "count": part.count}
        parts.setdefault(part.name, {})[part.model] = value
    new = table.new_visitor
    visitors = new and {
        "given": new.given,
        "visitors": new.visitors,
        "rows": [
            {
                "model": row.model,
                "ndcg@10": row.ndcg_10.mean,
                "ci95": [row.ndcg_10.low, row.ndcg_10.high],
                "behind": _interval(row.behind),
                "ratio": row.ratio,
                "setting": row.setting,
            }
            for row in new.rows
        ],
    }
    return {
        "dataset": table.dataset,
        "protocol": table.protocol,
        "rows": rows,
        "ratios": dict(table.ratios),
        "paired": paired,
        "slices": parts,
        "new_visitor": visitors,
        "not_measured": list(table.missing),
        "people": table.people,
        "times": table.times and asdict(table.times),
    }


def _interval(found: Estimate) -> Json:
    return {"mean": found.mean, "ci95": [found.low, found.high]}
