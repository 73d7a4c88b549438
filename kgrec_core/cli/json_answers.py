"""Answers as JSON: the stable shapes of the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kgrec_core.evaluate.quality_table import Estimate, ListQuality, NewItemTable, QualityTable
from kgrec_core.schema.cards import DatasetCard
from kgrec_core.schema.changes import WhatIf, WhyNot
from kgrec_core.schema.comparison import ComparedLists, ComparedPeople, ComparedReasons, Comparison, WhyAbove
from kgrec_core.schema.evaluation import Evaluation
from kgrec_core.schema.explanation import Explanation
from kgrec_core.schema.recommendations import Recommendations

Json = dict[str, Any]


def recommendations(answer: Recommendations) -> Json:
    rows = [
        {
            "rank": row.rank,
            "item_id": row.item.item_id,
            "title": row.item.title,
            "year": row.item.year,
            "score": row.score,
            "reason": row.reason,
        }
        for row in answer.items
    ]
    about = {
        "dataset": answer.dataset,
        "user": answer.user,
        "ms": answer.ms,
        "stale": answer.stale,
    }
    return {**about, "items": rows, "request": [asdict(part) for part in answer.request]}


def explanation(answer: Explanation) -> Json:
    nothing: Json = {"status": "not computed", "remove": [], "new_rank": None, "minimal": None}
    return {
        "dataset": answer.dataset,
        "user": answer.user,
        "item": answer.item.item_id,
        "title": answer.item.title,
        "score": answer.score,
        "rank": answer.rank,
        "ms": answer.ms,
        "stale": answer.stale,
        "base": answer.base,
        "branches": [asdict(branch) for branch in answer.branches],
        "attributions": [asdict(part) for part in answer.attributions],
        "attribution_error": answer.attribution_error,
        "paths": [asdict(path) for path in answer.paths],
        "rules": [{**asdict(rule), "if": rule.condition, "then": rule.conclusion} for rule in answer.rules],
        "counterfactual": asdict(answer.counterfactual) if answer.counterfactual else nothing,
        "fact_counterfactual": asdict(answer.fact_counterfactual) if answer.fact_counterfactual else nothing,
        "rank_without_words": answer.rank_without_words,
        "text": [asdict(sentence) for sentence in answer.text],
        "analysis": [asdict(sentence) for sentence in answer.analysis],
        "faithfulness": {**answer.faithfulness, "random": answer.faithfulness_random},
    }


def why_not(answer: WhyNot) -> Json:
    """`branches` and `causes` carry the fall of either score without a cause, and what the rival has more of it."""
    content = {**asdict(answer), "item": answer.item.item_id, "title": answer.item.title}
    for name in ("branches", "causes"):
        content[name] = [{**asdict(each), "gap": each.gap} for each in getattr(answer, name)]
    return content


def comparison(answer: Comparison) -> Json:
    """A place has `moved`, a cause its `difference`, two lists how many items are `on_both`."""
    content = asdict(answer)
    if isinstance(answer, ComparedPeople):
        return {**content, "lists": _compared_lists(answer.lists)}
    if isinstance(answer, ComparedLists):
        return _compared_lists(answer)
    if isinstance(answer, ComparedReasons | WhyAbove):
        content["causes"] = [{**asdict(each), "difference": each.difference} for each in answer.causes]
    if isinstance(answer, ComparedReasons):
        content |= {"first": explanation(answer.first), "second": explanation(answer.second)}
    if isinstance(answer, WhyAbove):
        content |= {"gap": answer.gap, "rest": answer.rest}
    return content


def _compared_lists(answer: ComparedLists) -> Json:
    content = {**asdict(answer), "on_both": answer.on_both}
    for name in ("first", "second"):
        places = getattr(answer, name).places
        content[name]["places"] = [{**asdict(each), "moved": each.moved} for each in places]
    return content


def what_if(answer: WhatIf) -> Json:
    return asdict(answer)


def evaluation(answer: Evaluation) -> Json:
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
        for row in answer.rows
    ]
    return {"dataset": answer.dataset, "protocol": answer.protocol, "rows": rows}


def new_items(answer: NewItemTable) -> Json:
    """Metrics of a row are among the hidden items; `ahead` is ours divided by it, with the paired interval."""
    rows = [
        {
            "model": row.model,
            **_lists(row.among_hidden),
            "among_all": _lists(row.among_all),
            "ahead": row.ahead and _ratio(row.ahead),
            "seconds": row.seconds,
            "setting": row.setting,
        }
        for row in answer.rows
    ]
    ratios = {f"{each.first}/{each.second}": _ratio(each.value) for each in answer.ratios}
    return {"dataset": answer.dataset, "protocol": answer.protocol, "rows": rows, "ratios": ratios}


def _lists(quality: ListQuality) -> Json:
    ndcg = quality.ndcg_10
    return {"ndcg@10": ndcg.mean, "recall@20": quality.recall_20, "ci95": [ndcg.low, ndcg.high]}


def _ratio(value: Estimate) -> Json:
    return {"ratio": value.mean, "ci95": [value.low, value.high]}


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


def _interval(estimate: Estimate) -> Json:
    return {"mean": estimate.mean, "ci95": [estimate.low, estimate.high]}
