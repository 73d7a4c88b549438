"""The parts of the Evaluate screen: headline, leaderboard, what each part adds, who is served, trade-offs."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.evaluation import EvaluationRow
from kgrec_core.workspace import measured_quality
from pages.judge import quality_charts
from pages.judge.quality_charts import IntervalBar
from pages.ui import page_errors
from pages.ui.safe_text import escape_markdown, plain
from pages.ui.table import folded, table

SCHEMES = {  # events: ratings, plays, ...
    "random": "Hide {events} at random",
    "next": "Hide the latest {events}",
    "temporal": "Hide the latest, after a gap",
    "global": "Hide all after a date",
}
PROTOCOL = {
    "random": "A tenth of everyone's {events}, drawn at random, was hidden",
    "next": "The latest tenth of everyone's {events} was hidden, and all before it was known",
    "temporal": "The latest tenth of everyone's {events} was hidden, and the tenth before it was not known either",
    "global": "All {events} after one date, a tenth of all, were hidden, and those before it were known",
}
AGAINST = {
    "ours-vs-no-graph": "without the knowledge graph",
    "ours-vs-shuffled-graph": "with shuffled facts",
    "ours-vs-no-text": "without any text",
    "ours-vs-no-sequence": "without what was met close in time",
    "ours-vs-no-collaborative": "without what similar people liked",
}
OF_THIS_VERSION = (
    ":material/inventory_2: These numbers come with the project: measured on the same data with this version, {when}. "
    "Below you can measure them on this machine."
)
OF_AN_EARLIER_VERSION = (
    ":material/inventory_2: These numbers come with the project: measured on the same data with an earlier version, "
    "{when}. Below you can measure them on this machine."
)
OF_PEOPLE = ("short histories", "long histories")
OF_ITEMS = ("rare items", "middling items", "popular items", "cold items, among all", "cold items, among cold ones")
FEW = 100  # people, below which intervals are as wide as the differences between methods
QUALITY = ("quality, 0 to 1, higher is better", "NDCG@10, higher is better")  # by depth
LEAD = ("lead of the whole model, in quality", "lead of the whole model, in NDCG@10")
SIDE_BY_SIDE = ("ours", "ease", "popularity")  # models that slices are shown of


def headline(table: measured_quality.QualityTable, scheme: str, events: str) -> None:
    """The result in one sentence and three numbers."""
    st.markdown(
        f"{PROTOCOL[scheme].format(events=events)}. Each method then ranked everything that was new to a person, and "
        "was judged by how near the top the hidden things stood that the person liked. Higher is better; 1 would be "
        "perfect."
    )
    ratios, pairs = dict(table.ratios), {each.name: each for each in table.paired}
    most = max(row.seeds for row in table.rows)
    peers = [row for row in table.rows if row.group == measured_quality.PEER and row.seeds == most]
    best = max(peers, key=lambda row: row.ndcg_10.mean, default=None)
    with st.container(horizontal=True, gap="medium", key="headline"):
        if "ours/ease" in ratios:
            _metric("Against EASE", f"× {ratios['ours/ease']:.2f}", "The quality of our lists divided by that of EASE, "
                    "a strong simple method that reads likes alone. Above 1: ours is better.")  # fmt: skip
        if "ours/best_peer" in ratios and best is not None and (best.model != "ease" or "ours/ease" not in ratios):
            _metric(f"Against {plain(best.label, 24)} (best other)", f"× {ratios['ours/best_peer']:.2f}",
                    "The same beside the best of all other methods. Above 1: ours is better.")  # fmt: skip
        if "ours-vs-no-graph" in pairs:
            _metric("What the graph adds", f"{pairs['ours-vs-no-graph'].relative:+.1%}", "How much better our lists "
                    "are than those of the same model trained without it. Above 0: better.")  # fmt: skip


def about_people(table: measured_quality.QualityTable) -> None:
    """That a table of few people decides nothing."""
    if 0 < table.people < FEW:
        st.warning(
            f"**Only {table.people} people** were asked here: a split by date asks those alone who were there before "
            "and after it. So few decide nothing between methods: look at how wide the intervals are.",
            icon=":material/group:",
        )


def about_times(table: measured_quality.QualityTable, events: str, analyst: bool) -> None:
    """What the order of these data is worth, where a split by time reads it."""
    times = table.times
    if times is None or not times.come_in_bursts:
        return
    st.warning(
        f"**Read this with care.** {times.one_day:.0%} of the people gave all their {events} within one day, and "
        f"{times.within_minute:.0%} of the steps from one to the next took less than a minute. So the order is that in "
        "which people were asked, not that in which they met things, and a method that reads it learns how the "
        "questions came. For what people would do next, data with real times are needed."
        f"{_a_day_later(table, events, analyst)}",
        icon=":material/schedule:",
    )


def _a_day_later(table: measured_quality.QualityTable, events: str, analyst: bool) -> str:
    """The same quality on what was surely met later, of the best three methods; nothing where it was not measured."""
    late = sorted(
        (each for each in table.slices if each.name == measured_quality.LATER), key=lambda each: -each.value.mean
    )
    if not late:
        return ""
    told = ", ".join(f"{escape_markdown(_label(table, each.model), 40)} {each.value.mean:.3f}" for each in late[:3])
    return (
        f" Of hidden {events} at least a day after everything known, the best three find ({QUALITY[analyst]}, "
        f"{late[0].count:,} lists): {told}."
    )


def not_measured_here(published: measured_quality.Published) -> None:
    """Of a table that comes with the project."""
    said = OF_THIS_VERSION if published.of_this_code else OF_AN_EARLIER_VERSION
    st.caption(said.format(when=escape_markdown(published.when, 40)))


def _metric(label: str, value: str, words: str) -> None:
    st.metric(label, value, help=words, width="content")


def leaderboard(table: measured_quality.QualityTable, dataset: str, scheme: str, analyst: bool) -> None:
    """Methods from best to worst; for an analyst with all their numbers."""
    st.subheader("Who ranks best", anchor=False)
    rows = sorted(
        (row for row in table.rows if row.group != measured_quality.ABLATION),
        key=lambda row: row.ndcg_10.mean,
        reverse=True,
    )
    bars = [IntervalBar(row.label, row.group, row.ndcg_10) for row in rows]
    st.caption("Point: mean. Line: 95 % interval over people, where the mean may lie had we asked others like them.")
    words = "Quality of each method with its interval, best first"
    quality_charts.intervals(bars, QUALITY[analyst], "leaderboard", words)
    if analyst:
        with folded("All numbers", "all_numbers", True) as seen:
            if seen:
                _numbers(table, f"quality_{dataset}_{scheme}")
    fewer = [row.label for row in table.rows if row.seeds < max(each.seeds for each in table.rows)]
    if fewer:
        st.caption(f"Measured on fewer splits than the rest: {escape_markdown(', '.join(fewer), 200)}.")


def _numbers(whole: measured_quality.QualityTable, name: str) -> None:
    rows = [
        {
            "model": plain(row.label),
            "NDCG@10": row.ndcg_10.mean,
            "low": row.ndcg_10.low,
            "high": row.ndcg_10.high,
            **{each.label: getattr(row, each.field) for each in measured_quality.METRICS[1:]},
            "splits": row.seeds,
            "setting": plain(row.setting),
        }
        for row in sorted(whole.rows, key=lambda row: row.ndcg_10.mean, reverse=True)
    ]
    columns = {
        each.label: st.column_config.NumberColumn(format="%.3f", help=_help(each)) for each in measured_quality.METRICS
    }
    columns |= {
        "model": st.column_config.TextColumn(pinned=True),
        "low": st.column_config.NumberColumn(format="%.3f", help="Lower end of the 95 % interval of NDCG@10."),
        "high": st.column_config.NumberColumn(format="%.3f", help="Upper end of the 95 % interval of NDCG@10."),
        "Training time": st.column_config.NumberColumn(format="%.1f s", help=_help(measured_quality.METRICS[-1])),
        "splits": st.column_config.NumberColumn(help="How many random splits, or trainings, were averaged."),
        "setting": st.column_config.TextColumn(help="What was chosen on the validation part, of the first split."),
    }
    table(rows, name, columns)


def _help(metric: measured_quality.Metric) -> str:
    better = f" {metric.better.capitalize()} is better." if metric.better else ""
    return f"{metric.words}{better} ({metric.formula})"


def added(table: measured_quality.QualityTable, analyst: bool) -> None:
    """What the score loses when a part is taken away and the model is trained anew."""
    pairs = [each for each in table.paired if each.name in AGAINST]
    if not pairs:
        return
    st.subheader("What each part adds", anchor=False)
    st.markdown(
        "Our model, trained again with one part taken away, or with each fact dealt to a wrong item. A line wholly to "
        "the right of zero means that the part helps, and that it is no luck of these people."
    )
    bars = [IntervalBar(AGAINST[each.name], "ablation", each.gain) for each in pairs]
    words = "How far our model is ahead of itself without a part"
    quality_charts.intervals(bars, LEAD[analyst], "added", words, signed=True)


def served(table: measured_quality.QualityTable, events: str, analyst: bool) -> None:
    st.subheader("Whom it serves", anchor=False)
    people, items = st.columns(2, gap="medium")
    with people:
        st.markdown(f"**People with few {events}, and with many**")
        _slices(table, OF_PEOPLE, QUALITY[analyst], "people", "Quality for different groups of people")
        for model in ("ours", "ease"):
            gap = _slice(table, "long minus short histories", model)
            if gap:
                low, high = gap.value.low, gap.value.high
                st.caption(
                    f"{_label(table, model)}: the gap between the two groups is {gap.value.mean:.3f} "
                    f"(95 % interval {low:.3f} to {high:.3f}). Nearer to 0 is fairer."
                )
    with items:
        st.markdown("**Items that few know, and that many know**")
        _slices(
            table,
            OF_ITEMS,
            "found in the first 20 (higher is better)",
            "items",
            "Quality for different groups of items",
        )
        st.caption(
            "Share of liked items that were found. Thirds of all items by how many people met them. "
            f"Cold items have at most three {events} to learn from."
        )


def _slices(table: measured_quality.QualityTable, names: tuple[str, ...], axis: str, key: str, alt: str) -> None:
    bars = [
        IntervalBar(f"{name} · {_label(table, model)}", "ours" if model == "ours" else "peer", one.value)
        for name in names
        for model in SIDE_BY_SIDE
        if (one := _slice(table, name, model)) is not None
    ]
    if bars:
        quality_charts.intervals(bars, axis, f"slices_{key}", alt)


def _slice(table: measured_quality.QualityTable, name: str, model: str) -> measured_quality.Slice | None:
    return next((one for one in table.slices if one.name == name and one.model == model), None)


def _label(table: measured_quality.QualityTable, model: str) -> str:
    return next((plain(row.label, 30) for row in table.rows if row.model == model), model)


@page_errors.fragment
def tradeoffs(table: measured_quality.QualityTable, analyst: bool) -> None:
    st.subheader("What good ranking costs", anchor=False)
    others = {
        each.label: each
        for each in measured_quality.METRICS
        if each.field not in ("ndcg_10", "recall_20", "hr_10", "mrr")
    }
    chosen = st.segmented_control(
        "Compare with", list(others), default=next(iter(others)), required=True, key="tradeoff"
    )
    metric = others[chosen]
    st.caption(metric.words)
    quality_charts.tradeoff(table.rows, metric, QUALITY[analyst], "tradeoff_chart")


def definitions(table: measured_quality.QualityTable, events: str) -> None:
    """What each number means, with its formula."""
    with st.expander("What the numbers mean, and how they were measured", icon=":material/menu_book:", key="meaning"):
        st.markdown(
            f"Protocol: {escape_markdown(table.protocol, 200)}. A disliked thing is ranked like any other and counts "
            f"as a miss. Settings were chosen on another tenth of the {events}, never on the one that is judged. "
            "Intervals: bootstrap over people."
        )
        for each in measured_quality.METRICS:
            better = f" *{each.better.capitalize()} is better.*" if each.better else ""
            st.markdown(f"**{each.label}**. {each.words}{better}")
            st.caption(escape_markdown(each.formula, 200))


def first(rows: tuple[EvaluationRow, ...], events: str, analyst: bool) -> None:
    """What was measured while the data set was prepared: a few methods on one split."""
    if not rows:
        return
    st.markdown(
        f"While the data were prepared, our model and three simple methods ranked hidden {events} once. The full table "
        "has more methods, more splits, and our model without its parts; the button below makes it."
    )
    bars = [
        IntervalBar(
            _FIRST.get(row.model, row.model), "ours" if row.model == "ours" else "peer", measured_quality.interval(row)
        )
        for row in rows
    ]
    quality_charts.intervals(bars, QUALITY[analyst], "first", "Quality of our model and of three simple methods")


_FIRST = {"ours": "Ours", "ease": "EASE", "itemknn": "Item neighbours", "popularity": "Popularity"}
