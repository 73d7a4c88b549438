"""Runs the quality table: trains what is not stored yet, judges all alike, and assembles rows, pairs and slices.

Protocol: see evaluate/protocol.py. Each result of one model and one seed is stored as soon as it is there, so a run
that was interrupted goes on where it stopped, and a peer is not trained again because our own model changed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import torch

from kgrec_core.config import TrainConfig
from kgrec_core.data.event_times import times_of
from kgrec_core.errors import ConfigError
from kgrec_core.evaluate import new_visitors
from kgrec_core.evaluate.bootstrap import estimate
from kgrec_core.evaluate.compared_models import BY_NAME, CONTENDERS, ComparedModel, Fitted, Trial, cold_items, names_for
from kgrec_core.evaluate.protocol import SCHEMES, answers_of_test, protocol, settings_of, split_by
from kgrec_core.evaluate.quality_table import QualityTable
from kgrec_core.evaluate.result_key import key_of, split_key
from kgrec_core.evaluate.slices import Ground
from kgrec_core.evaluate.stored_result import COLD, StoredResult, load_result, measured_result, save_result
from kgrec_core.evaluate.table_rows import Results, assemble
from kgrec_core.evaluate.tuning import Answers
from kgrec_core.model.bundle import Bundle, check_unseen, in_force, quality_folder
from kgrec_core.model.metrics import Matrix
from kgrec_core.schema.evaluation import Evaluation, EvaluationRow
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.text.documents import item_document

NO_COSTS: Mapping[str, float] = MappingProxyType({})
VISITS = "kgrec_core.evaluate.new_visitors"
_DAY = 86_400  # seconds
EVALUATED = (
    "ours",
    "ours-no-graph",
    "ours-shuffled-graph",
    "ours-no-text",
    "ease",
    "ease-low",
    "itemknn",
    "popularity",
)
BESIDE = ("ease", "itemknn", "popularity")  # simple methods that are measured whenever a data set is prepared


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table is asked for."""

    scheme: str = "random"  # one of SCHEMES
    seeds: int = 5
    models: tuple[str, ...] = names_for("random")
    visitors: bool = True  # measure new visitors too; that trains our model once more a seed

    def __post_init__(self) -> None:
        if self.scheme not in SCHEMES:
            raise ConfigError(f"There is no split {self.scheme!r}. Choose one of: {', '.join(SCHEMES)}.")
        if self.seeds < 1:
            raise ConfigError(f"seeds is {self.seeds}; choose 1 or more, 5 for a table to publish.")
        unknown = [name for name in self.models if name not in BY_NAME]
        if unknown:
            raise ConfigError(f"There is no model {unknown[0]!r}. Choose among: {', '.join(BY_NAME)}.")
        vain = [name for name in self.models if not BY_NAME[name].is_asked(self.scheme)]
        if vain:
            raise ConfigError(
                f"{vain[0]!r} reads the order of events, which a random split hides. Choose a split by time."
            )


def measure_quality(
    bundle: Bundle,
    plan: Plan,
    config: TrainConfig,
    progress: Progress = no_progress,
    costs: Mapping[str, float] = NO_COSTS,
) -> QualityTable:
    """The table of a prepared data set. Seeds count from `config.seed`; by time they break ties and train anew.

    On one thread of torch, so that a screen, the command line and a benchmark give the same numbers. Models of the
    plan are trained where no result of theirs is stored; others stand in the table where one is. costs: what models
    take beside each other, "visitors" too, for the progress alone; all alike where nothing is known of one.

    Raises ConfigError for what the plan cannot ask of this bundle, DataError when the test part holds nothing relevant
    or a split by time lacks times.
    """
    steps = (*plan.models, *(("visitors",) if plan.visitors else ()))
    with one_thread():
        return _measure(bundle, plan, config, Steps(progress, steps, plan.seeds, costs))


def _measure(bundle: Bundle, plan: Plan, config: TrainConfig, steps: Steps) -> QualityTable:
    check_unseen(bundle, plan.scheme, plan.seeds, plan.visitors)
    inputs = bundle.inputs
    documents = tuple(item_document(row, bundle.catalog.domain) for row in bundle.catalog.item_rows())
    results, tied = Results(), 0.0
    for number in range(plan.seeds):
        seeded = replace(config, seed=config.seed + number)
        split = split_by(plan.scheme, inputs.interactions, seeded.seed)
        tied += split.tied / plan.seeds
        trial = Trial(inputs, documents, split, *settings_of(plan.scheme, bundle.config, seeded))
        ground = _ground(trial, answers_of_test(inputs, split), by_time=plan.scheme != "random")
        results.grounds.append(ground)
        results.add(number, _elsewhere(bundle, plan.scheme, trial))
        for contender in CONTENDERS:
            said = steps.next(number, contender.name, contender.label) if contender.name in plan.models else None
            results.add(number, _measured(contender, trial, ground, bundle, plan.scheme, said))
        results.add_visits(
            number, _visitors(trial, bundle, steps.next(number, "visitors", "new visitors") if plan.visitors else None)
        )
    steps.end()
    missing = tuple(name for name in names_for(plan.scheme) if name not in results.found)
    table = assemble(bundle, protocol(plan.scheme, plan.seeds, config.seed, tied), results, missing)
    return table if plan.scheme == "random" else replace(table, times=times_of(inputs.interactions))


def evaluate(bundle: Bundle, scheme: str, seeds: int, progress: Progress = no_progress) -> Evaluation:
    """The part of the table that the command line prints: what graph and text are worth, and the usual peers."""
    table = measure_quality(bundle, Plan(scheme, seeds, EVALUATED, visitors=False), TrainConfig(), progress)
    rows = (
        EvaluationRow(
            model=row.model,
            ndcg_10=row.ndcg_10.mean,
            recall_20=row.recall_20,
            hr_10=row.hr_10,
            mrr=row.mrr,
            ci95=(row.ndcg_10.low, row.ndcg_10.high),
            seconds=row.seconds,
        )
        for row in table.rows
        if row.model in EVALUATED
    )
    return Evaluation(table.dataset, table.protocol, tuple(rows))


def first_rows(trial: Trial, scores: Matrix, seconds: float) -> list[EvaluationRow]:
    """What `prepare` measures of one split: ours, trained already in so many seconds, and BESIDE; nothing is stored.

    scores: (users, items) of ours. Raises DataError when the test part holds nothing relevant.
    """
    answers, cold = answers_of_test(trial.inputs, trial.split), cold_items(trial, COLD)
    outcomes = [measured_result("ours", "", seconds, scores, answers, cold)]
    outcomes += [_judged(name, partial(BY_NAME[name].fit, trial, no_progress), answers, cold) for name in BESIDE]
    return [_row(each) for each in outcomes]


def _row(outcome: StoredResult) -> EvaluationRow:
    """One model of one seed; the interval is over users."""
    found = outcome.metrics
    ndcg = estimate(found.users, found.ndcg_10)
    return EvaluationRow(
        model=outcome.model,
        ndcg_10=ndcg.mean,
        recall_20=float(found.recall_20.mean()),
        hr_10=float(found.hr_10.mean()),
        mrr=float(found.mrr.mean()),
        ci95=(ndcg.low, ndcg.high),
        seconds=outcome.seconds,
    )


def place_of(folder: Path, name: str, scheme: str, seed: int, key: str) -> Path:
    return folder / f"{name}-{scheme}-{seed}-{key}.npz"


def _measured(
    contender: ComparedModel, trial: Trial, ground: Ground, bundle: Bundle, scheme: str, progress: Progress | None
) -> list[StoredResult]:
    """The stored outcome, else a new one; nothing where none is stored and `progress` is None: nobody asked for it."""
    key = key_of(contender.name, contender.group, contender.home, trial)
    path = place_of(_folder(bundle), contender.name, scheme, trial.seed, key)
    if path.is_file():
        return [load_result(path)]
    if progress is None:
        return []
    answers = answers_of_test(trial.inputs, trial.split)
    return [_stored(contender.name, partial(contender.fit, trial, progress), answers, ground, path, bundle)]


def _visitors(trial: Trial, bundle: Bundle, progress: Progress | None) -> list[StoredResult]:
    """Each method for the visitors of this seed; none that is not stored under the condition of `_measured`."""
    seen = new_visitors.visit(trial.inputs, trial.seed)
    trial = replace(trial, split=seen.split)
    ground = _ground(trial, seen.answers)
    found = []
    for method in new_visitors.METHODS:
        key = key_of(method.name, method.group, VISITS, trial)
        path = place_of(_folder(bundle), method.name, "visit", trial.seed, key)
        if path.is_file():
            found.append(load_result(path))
        elif progress is not None:
            fit = partial(method.fit, trial, seen, progress)
            found.append(_stored(method.name, fit, seen.answers, ground, path, bundle))
    return found


def _stored(
    name: str, fit: Callable[[], Fitted], answers: Answers, ground: Ground, path: Path, bundle: Bundle
) -> StoredResult:
    outcome = _judged(name, fit, answers, ground.cold)
    with in_force(bundle, "keeping what was measured"):  # else a data set that was deleted would leave a trace
        save_result(outcome, path)
    return outcome


def _judged(name: str, fit: Callable[[], Fitted], answers: Answers, cold: npt.NDArray[np.bool_]) -> StoredResult:
    start = time.perf_counter()
    fitted = fit()
    return measured_result(name, fitted.setting, time.perf_counter() - start, fitted.scores, answers, cold)


def _elsewhere(bundle: Bundle, scheme: str, trial: Trial) -> Sequence[StoredResult]:
    """Results of this very split that other programs left here (benchmarks/peers.py)."""
    pattern = f"recbole-*-{scheme}-{trial.seed}-{split_key(trial.split)}.npz"
    return [load_result(path) for path in sorted(_folder(bundle).glob(pattern))]


def _folder(bundle: Bundle) -> Path:
    return quality_folder(bundle.catalog.name)


def _ground(trial: Trial, answers: Answers, by_time: bool = False) -> Ground:
    train = trial.split.train
    met = np.bincount(train.items, minlength=trial.inputs.graph.items)
    lengths = np.bincount(train.users, minlength=trial.inputs.users)
    relevant = answers.relevant & ~answers.seen
    return Ground(met.astype(np.int64), lengths.astype(np.int64), relevant, relevant & _later(trial) & by_time)


def _later(trial: Trial) -> npt.NDArray[np.bool_]:
    """(users, items): test events at least a day after all that is known of their user."""
    known, test = trial.split.known, trial.split.test
    latest = np.zeros(trial.inputs.users, dtype=np.int64)
    np.maximum.at(latest, known.users, known.timestamps)
    late = test.select(test.timestamps - latest[test.users] >= _DAY)
    found = np.zeros((trial.inputs.users, trial.inputs.graph.items), dtype=bool)
    found[late.users, late.items] = True
    return found


@contextmanager
def one_thread() -> Iterator[None]:
    """Torch on one thread: sums of several differ in the last digits, and with them the round that is kept."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class Steps:
    """Shares of the whole for one seed after another."""

    def __init__(
        self, progress: Progress, names: Sequence[str], seeds: int, costs: Mapping[str, float] = NO_COSTS
    ) -> None:
        self._progress, self._seeds, self._done = progress, seeds, 0.0
        known = costs if all(costs.get(name, 0.0) > 0 for name in names) else dict.fromkeys(names, 1.0)
        whole = seeds * sum(known[name] for name in names)
        self._shares = {name: known[name] / whole for name in names}

    def next(self, number: int, name: str, label: str) -> Progress:
        said, before, share = f"seed {number + 1} of {self._seeds}, {label}", self._done, self._shares[name]
        self._done += share
        self._progress(said, before)
        return lambda what, done: self._progress(f"{said}: {what}", before + done * share)

    def end(self) -> None:
        self._progress("Adding up", 1.0)
