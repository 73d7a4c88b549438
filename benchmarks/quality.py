"""The quality table of a prepared data set: `python -m benchmarks.quality --dataset movies --protocol random --json`.

Results of each model and seed are stored in $KGREC_HOME/quality, so an interrupted run goes on where it stopped.
The table is put into the bundle, where the screen Evaluate reads it.
"""

from __future__ import annotations

import argparse
import json
import sys

from tqdm import tqdm

from kgrec_core.cli import json_answers
from kgrec_core.config import TrainConfig
from kgrec_core.errors import KgrecError
from kgrec_core.evaluate.compared_models import PEER, names_for
from kgrec_core.evaluate.protocol import SCHEMES
from kgrec_core.evaluate.published_tables import confirm, publish
from kgrec_core.evaluate.quality_run import Plan, measure_quality
from kgrec_core.evaluate.quality_table import QualityTable
from kgrec_core.evaluate.quality_table_file import save_table
from kgrec_core.model.bundle import in_force, load_bundle, quality_folder
from kgrec_core.workspace.kept_memory import kept_memory

FRESH = 100  # the first of the seeds whose splits no choice of settings has looked at


def main() -> int:
    asked = _parser().parse_args()
    try:
        table = _measure(asked)
    except KgrecError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    print(json.dumps(json_answers.quality(table), ensure_ascii=False, indent=2) if asked.json else text(table))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--protocol", choices=SCHEMES, default="random")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=FRESH, help="settings were chosen on splits of seeds 0 to 4")
    parser.add_argument("--models", help="comma-separated rows, all when not given")
    parser.add_argument("--only-peers", action="store_true", help="the peers alone, without any training of ours")
    parser.add_argument("--no-visitors", action="store_true", help="leave new visitors out")
    parser.add_argument("--publish", metavar="WHEN", help='let the table come with the project: "November 2026"')
    parser.add_argument("--confirm", action="store_true", help="the table that comes with the project is of this code")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


def _measure(asked: argparse.Namespace) -> QualityTable:
    names = names_for(asked.protocol, (PEER,)) if asked.only_peers else names_for(asked.protocol)
    if asked.models:
        names = tuple(name.strip() for name in asked.models.split(",") if name.strip())
    visitors = not (asked.no_visitors or asked.only_peers)
    plan = Plan(asked.protocol, asked.seeds, names, visitors)
    bundle = load_bundle(asked.dataset)
    with tqdm(total=100, bar_format="{l_bar}{bar:30}| {elapsed} {desc}", file=sys.stderr) as bar:

        def show(what: str, share: float) -> None:
            bar.set_description_str(f" {what}", refresh=False)
            bar.update(max(0.0, 100 * share - bar.n))

        with kept_memory():
            table = measure_quality(bundle, plan, TrainConfig(seed=asked.first_seed), show)
    if any(row.model == "ours" for row in table.rows):
        with in_force(bundle, "keeping what was measured"):
            save_table(table, bundle.folder, asked.protocol)
        if asked.publish:
            publish(table, bundle.card, asked.protocol, asked.publish)
        if asked.confirm:
            confirm(table, asked.protocol)
    return table


def text(table: QualityTable) -> str:
    """The table as aligned lines."""
    head = f"{'model':<24}{'NDCG@10':>8}  {'95 % interval':<17}{'Rec@20':>7}{'HR@10':>7}{'MRR':>7}"
    head += f"{'cover':>7}{'novel':>7}{'divers':>7}{'Gini':>6}{'s':>7}{'seeds':>6}"
    lines = [
        f"{table.dataset}: {table.protocol}. Results of single models are kept in {quality_folder(table.dataset)}.",
        head,
    ]
    for row in table.rows:
        quality = row.ndcg_10
        lines.append(
            f"{row.model:<24}{quality.mean:>8.4f}  [{quality.low:.4f}, {quality.high:.4f}] {row.recall_20:>6.4f}"
            f"{row.hr_10:>7.4f}{row.mrr:>7.4f}{row.coverage:>7.3f}{row.novelty:>7.2f}{row.diversity:>7.3f}"
            f"{row.gini:>6.3f}{row.seconds:>7.1f}{row.seeds:>6}  {row.setting}"
        )
    lines += [f"{name} {value:.3f}" for name, value in table.ratios]
    lines += [
        f"{each.name:<28}{each.gain.mean:+.4f} [{each.gain.low:+.4f}, {each.gain.high:+.4f}]  {each.relative:+.1%}"
        for each in table.paired
    ]
    for part in table.slices:
        value = part.value
        lines.append(
            f"{part.name:<28}{part.model:<16}{part.metric:<10}{value.mean:.4f} [{value.low:.4f}, {value.high:.4f}]"
            f"  n = {part.count}"
        )
    new = table.new_visitor
    if new:
        lines.append(f"New visitors with {new.given} likes, n = {new.visitors}; every method tuned for such:")
        lines += [
            f"{row.label:<24}{row.ndcg_10.mean:>8.4f}  [{row.ndcg_10.low:.4f}, {row.ndcg_10.high:.4f}]  ours "
            f"{row.behind.mean:+.4f} [{row.behind.low:+.4f}, {row.behind.high:+.4f}], x {row.ratio:.3f}  {row.setting}"
            for row in new.rows
        ]
    if table.missing:
        lines.append(f"Not measured yet: {', '.join(table.missing)}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
