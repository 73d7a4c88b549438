"""Time and memory to import and to validate a large made-up data set: `python -m benchmarks.scale [--json]`.

One million interactions, 50 thousand items with attributes, half a million triples, as CSV files; two cores, no GPU.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

INTERACTIONS, ITEMS, TRIPLES, USERS, ENTITIES = 1_000_000, 50_000, 500_000, 100_000, 40_000
SECONDS, GIBIBYTES = 60.0, 4.0  # the budget


def write_files(folder: Path, share: float, seed: int = 0) -> dict[str, Path]:
    """Three CSV files; popularity is skewed (Zipf), one row in a thousand is wrong. share: 1 for full size."""
    rng = np.random.default_rng(seed)
    items, rows, facts = (max(int(number * share), 50) for number in (ITEMS, INTERACTIONS, TRIPLES))
    popular = (rng.zipf(1.3, rows) - 1) % items
    events = pd.DataFrame(
        {
            "user_id": [f"u{number}" for number in rng.integers(0, max(int(USERS * share), 20), rows)],
            "item_id": [f"i{number}" for number in popular],
            "rating": rng.integers(1, 11, rows) / 2,
            "timestamp": rng.integers(1_500_000_000, 1_700_000_000, rows),
        }
    )
    events.loc[:: max(rows // 1000, 1), "item_id"] = "unknown"
    brands = rng.integers(0, 900, items)
    table = pd.DataFrame(
        {
            "item_id": [f"i{number}" for number in range(items)],
            "title": [f"Item number {number}" for number in range(items)],
            "brand": [f"Brand {number}" for number in brands],
            "genres": [f"Kind {number % 40}|Sort {number % 17}" for number in range(items)],
            "price": np.round(rng.gamma(2, 20, items), 2),
        }
    )
    triples = pd.DataFrame(
        {
            "head": [f"i{number}" for number in rng.integers(0, items, facts)],
            "relation": [f"relation {number}" for number in rng.integers(0, 8, facts)],
            "tail": [f"entity {number}" for number in rng.integers(0, ENTITIES, facts)],
        }
    )
    paths = {}
    for name, frame in (("interactions", events), ("items", table), ("triples", triples)):
        paths[name] = folder / f"{name}.csv"
        frame.to_csv(paths[name], index=False)
    return paths


def measure(share: float) -> dict[str, float]:
    """Seconds of validate and of import, CPU seconds of both, and the peak memory of this process in GiB."""
    from kgrec_core.workspace import own_data

    with tempfile.TemporaryDirectory() as temp:
        os.environ["KGREC_HOME"] = temp
        paths = write_files(Path(temp), share)
        files = [own_data.Given(path, role) for role, path in paths.items()]
        start, before = time.perf_counter(), time.process_time()
        report = own_data.validate_files(files)
        middle = time.perf_counter()
        own_data.import_files("scale", files)
        end, after = time.perf_counter(), time.process_time()
    assert all(each.kept + each.merged + each.dropped == each.records for each in report.accounts)
    rows = sum(each.rows for each in report.accounts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    found = {"rows": rows, "validate": middle - start, "import": end - middle, "both": end - start}
    found |= {"cpu": after - before, "peak_gib": peak}
    return {name: round(value, 2) for name, value in found.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--share", type=float, default=1.0, help="of the full size (1)")
    asked = parser.parse_args()
    found = measure(asked.share)
    within = found["both"] <= SECONDS and found["peak_gib"] <= GIBIBYTES
    if asked.json:
        print(json.dumps({**found, "within_budget": within}))
    else:
        print(
            f"{found['rows']:,.0f} rows: validate {found['validate']} s, import {found['import']} s, together "
            f"{found['both']} s (budget {SECONDS:g}), of them {found['cpu']} s of CPU; "
            f"peak {found['peak_gib']} GiB (budget {GIBIBYTES:g})"
        )
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
