"""Who explains best? `python -m benchmarks.explainers --dataset movies|storefront --n 200 [--json]`.

Published explainers and ours name the events of a person's history that speak most for one recommended item: on the
model that is served, on matrix factorisation and on a variational autoencoder. Once with as many model calls as each
usually takes, once with the same number for all; see `metrics.py` for what they are judged by, and `problem.py` for
what a model call is. `--publish 2026-12` keeps the table where it comes with the project, with that year and month.
"""

from __future__ import annotations

import argparse
import json
import sys
import time

from benchmarks.explainers.leaderboard import BUDGET, Json, explainers, learn, measure, table
from benchmarks.explainers.ours import PathCredit
from benchmarks.explainers.questions import MODELS, TAUGHT, questions
from benchmarks.explanations import Subject
from kgrec_core.errors import KgrecError
from kgrec_core.workspace import compared_explainers

SHOWN = ("POS@10,3", "CNDCG@3", "DEL@1", "DEL@3", "DEL@5", "INS@1", "INS@3", "INS@5", "DEL area", "INS area")


def report(dataset: str, n: int, models: list[str], budget: int, taught: int = TAUGHT) -> Json:
    """Two tables a model: with as many calls as each usually takes, and with `budget` for all who ask."""
    subject = Subject(dataset)
    tables: list[Json] = []
    for model in models:
        start = time.perf_counter()
        found = questions(subject, model, n, taught)
        asked = explainers(subject, model, found)
        learnt = learn(asked, found)
        usual = measure(asked, found, None, f"{model}, as usual")
        about = {"model": model, "seconds to learn": learnt}
        tables.append(about | table(usual, found.users, None))
        equal = [each for each in asked if not isinstance(each, PathCredit)]  # its calls are of edges, not of events
        again = measure(equal, found, budget, f"{model}, {budget} calls", usual)
        tables.append(about | table(again, found.users, budget))
        print(f"{model}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return {"dataset": dataset, "n": n, "tables": tables}


def in_words(found: Json) -> str:
    """The tables as text, a row an explainer, and what each metric says."""
    lines = []
    for each in found["tables"]:
        calls = f"{each['budget']} model calls at most" if each["budget"] else "usual calls"
        lines.append(f"\n{found['dataset']}, {each['model']}, {each['questions']} people, {calls}")
        heads = (*(name.rjust(9) for name in SHOWN), "calls".rjust(8), "ms".rjust(8))
        lines.append("".join(["explainer".ljust(44), *heads]))
        for row in each["rows"]:
            means = (f"{row['metrics'][name]['mean']:9.3f}" for name in SHOWN)
            lines.append("".join([row["label"].ljust(44), *means, f"{row['calls']:8.0f}{1000 * row['seconds']:8.1f}"]))
        lines += [f"  {name}: {said['is']} {', '.join(said['better'])}" for name, said in each["verdict"].items()]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.explainers", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--n", type=int, default=200, help="how many people (200)")
    parser.add_argument("--model", nargs="+", choices=MODELS, default=list(MODELS), help="models (all three)")
    parser.add_argument("--budget", type=int, default=BUDGET, help=f"model calls of the second table ({BUDGET})")
    parser.add_argument("--taught", type=int, default=TAUGHT, help=f"other people that LXR learns from ({TAUGHT})")
    parser.add_argument("--publish", metavar="YYYY-MM", help="keep the tables where they come with the project")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    asked = parser.parse_args()
    try:
        found = report(asked.dataset, asked.n, asked.model, asked.budget, asked.taught)
    except KgrecError as error:
        print(error, file=sys.stderr)
        return 2
    if asked.publish:
        print(compared_explainers.keep(asked.dataset, found["tables"], asked.publish), file=sys.stderr)
    print(json.dumps(found, indent=1) if asked.json else in_words(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
