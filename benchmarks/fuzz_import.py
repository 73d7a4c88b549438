"""Damaged, swollen and wrong files and plans through the whole way of an import: a sentence, or a whole data set.

    python -m benchmarks.fuzz_import --n 10000 --json

Each input is looked at, checked and imported, as the screen and the command line do, in one process. It has to end in
a data set that is whole or in an error of our own that leaves nothing behind, within 10 s of processor time and
1.5 GiB of memory, and every record is kept, merged or dropped. In a third of the cases the files are whole and the plan
by which they are read is damaged. Case I is the same on every machine: `--first I --n 1` repeats it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.fuzz_changes import CHANGES
from benchmarks.fuzz_plans import damaged
from benchmarks.fuzz_seeds import bombs, seeds
from benchmarks.fuzz_tables import Files
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.catalog_checks import check_catalog
from kgrec_core.data.import_report import ImportReport
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.errors import KgrecError
from kgrec_core.workspace import own_data

SLOWEST, LARGEST = 10.0, 1536  # processor seconds of one input, MiB of the process
BOMBS, PLANS = 0.02, 0.33  # shares of the cases
ROLES = {"interactions": "interactions", "items": "items", "users": "users", "triples": "triples"}


@dataclass(frozen=True, slots=True)
class Case:
    """What came of one input."""

    number: int
    what: str  # the seed and what was done to it
    outcome: str  # imported | errors reported | refused | failed
    seconds: float  # of the processor
    trouble: str = ""  # of a failure


def run(number: int, known: dict[str, Files], harmful: dict[str, Files]) -> Case:
    """One case, from its number alone."""
    chance = random.Random(number)
    source = harmful if chance.random() < BOMBS else known
    of_plan = source is known and chance.random() < PLANS
    name = chance.choice(sorted(source))
    files, done = source[name], [name]
    for _ in range(0 if of_plan else chance.randint(0 if source is harmful else 1, 3)):
        change = chance.choice(CHANGES)
        files = change(files, chance)
        done.append(change.__name__.strip("_"))
    named = chance.random() < (0.1 if of_plan else 0.5)
    with tempfile.TemporaryDirectory(prefix="kgrec-fuzz-") as folder:
        place, home = Path(folder) / "files", Path(folder) / "home"
        for path, data in files.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(data)
        os.environ["KGREC_HOME"] = str(home)
        given = [
            own_data.Given(each, ROLES.get(each.name.split(".")[0], "") if named and each.is_file() else "")
            for each in sorted(place.iterdir())
        ]
        choice = Choice(domain=chance.choice(["", "", "social", "video"]))
        start = time.process_time()
        plan = Path(folder) / "plan.json" if of_plan else None
        if plan is not None:
            done.append(_write_plan(given, choice, plan, chance))
        outcome, trouble = _through(given, choice, home, plan)
        seconds = time.process_time() - start
    if seconds > SLOWEST and not trouble:
        outcome, trouble = "failed", f"took {seconds:.1f} s"
    return Case(number, ", ".join(done), outcome, round(seconds, 2), trouble)


def _write_plan(given: list[own_data.Given], choice: Choice, place: Path, chance: random.Random) -> str:
    """A damaged plan of whole files, and what was done to it; an empty one where they have none."""
    try:
        made = own_data.preview_files(given, choice).plan
    except KgrecError:
        made = None
    text, done = damaged((made or own_data.ReadingPlan(())).to_json(), chance)
    place.write_text(text, encoding="utf-8", errors="surrogatepass")
    return f"plan: {done}"


def _through(given: list[own_data.Given], choice: Choice, home: Path, plan: Path | None) -> tuple[str, str]:
    """The outcome, and what went wrong with it."""
    try:
        try:
            own_data.preview_files(given, choice)
        except KgrecError:
            pass  # the check says why
        if plan is not None:
            choice = replace(choice, plan=own_data.load_plan(plan))
        checked = own_data.check_files(given, choice)
        report = own_data.import_files("fuzz", given, choice)
        if checked.report.ok != report.ok:
            return "failed", "checked and imported differ"
        if not report.ok:
            return ("failed", "half a data set") if _left(home) else ("errors reported", "")
        catalog = own_data.imported_catalog("fuzz")
        check_catalog(catalog)
        if trouble := _wrong_account(report, catalog):
            return "failed", trouble
        own_data.delete_dataset("fuzz")
        return ("failed", "something is left after the data set was deleted") if _left(home) else ("imported", "")
    except KgrecError as error:
        if _left(home):
            return "failed", f"half a data set beside: {error}"
        return ("refused", "") if str(error).rstrip().endswith((".", ")", "?")) else ("failed", f"no sentence: {error}")
    except Exception as error:  # what this looks for
        last = traceback.extract_tb(error.__traceback__)[-1]
        ours = [each for each in traceback.extract_tb(error.__traceback__) if "kgrec_core" in each.filename][-1]
        told = f"{type(error).__name__} {' '.join(str(error).split())[:120]}"
        return "failed", f"{told} ({Path(ours.filename).name}:{ours.lineno}, {Path(last.filename).name}:{last.lineno})"


def _wrong_account(report: ImportReport, catalog: Catalog) -> str:
    """A file whose records are lost or counted twice; "" for none."""
    for each in report.accounts:
        if each.kept + each.merged + each.dropped != each.records or min(each.kept, each.merged, each.dropped) < 0:
            return f"of {each.records} records {each.kept} kept, {each.merged} merged, {each.dropped} dropped"
    met = sum(each.kept for each in report.accounts if each.table == "interactions")
    if len(catalog.interactions) > met:
        return f"{len(catalog.interactions)} interactions of {met} records"
    return ""


def _left(home: Path) -> list[Path]:
    """Files but for an empty lock, which says that somebody was at work."""
    found = home.rglob("*") if home.exists() else []
    return [path for path in found if path.is_file() and path.suffix != ".lock"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="cases (10,000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    known, harmful, cases = seeds(), bombs(), []
    home = os.environ.get("KGREC_HOME")
    for number in range(asked.first, asked.first + asked.n):
        cases.append(run(number, known, harmful))
        if cases[-1].trouble:
            print(f"{number}: {cases[-1].what}: {cases[-1].trouble}", file=sys.stderr, flush=True)
    if home is not None:
        os.environ["KGREC_HOME"] = home
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    worst = max(cases, key=lambda case: case.seconds)
    failed = [case for case in cases if case.trouble]
    answer = {
        "cases": len(cases),
        "outcomes": dict(Counter(case.outcome for case in cases)),
        "failures": [asdict(case) for case in failed],
        "worst_seconds": worst.seconds,
        "worst": f"{worst.number}: {worst.what}",
        "peak_mib": peak,
    }
    if asked.json:
        print(json.dumps(answer, indent=1))
    else:
        print("\n".join(f"{name}: {value}" for name, value in answer.items()))
    return int(bool(failed) or peak > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
