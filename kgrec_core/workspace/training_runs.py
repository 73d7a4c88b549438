"""Training runs of the app: each a process of its own, kept here so that it outlives the page that started it."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from kgrec_core.config import Adaptation, Recipe, TrainConfig
from kgrec_core.data.disk.locks import held
from kgrec_core.data.disk.writable_folders import home
from kgrec_core.errors import ConfigError
from kgrec_core.model.bundle import is_prepared, read_card
from kgrec_core.model.run_card import Record, read_record
from kgrec_core.text.bert_adaptation import AdaptReport
from kgrec_core.text.interaction_adaptation import InteractionReport
from kgrec_core.workspace import own_data, registry, terminal_commands
from kgrec_core.workspace.time_left import RemainingTime

__all__ = [
    "AdaptReport",
    "Adaptation",
    "Curve",
    "InteractionReport",
    "Recipe",
    "Record",
    "State",
    "adaptation",
    "cancel",
    "curve",
    "forget",
    "record",
    "running",
    "start",
    "state",
]

PATIENCE = TrainConfig().patience  # rounds without gain that end a training
_USUAL = Recipe()
RUNNING, DONE, FAILED, CANCELLED = "running", "done", "failed", "cancelled"
_ROOT = Path(__file__).parents[2]
_GRACE = 10.0  # seconds that a cancelled process gets to end


@dataclass(frozen=True, slots=True)
class State:
    """A run at one moment."""

    dataset: str
    status: str  # running | done | failed | cancelled
    what: str  # the step at work
    share: float  # of the work, 0 to 1
    seconds: float  # since the start, or until the end
    reason: str  # of a failure, as a sentence
    recipe: Recipe = _USUAL
    seconds_left: float | None = None  # as if the rest went at the pace of late; None too early to say


@dataclass(frozen=True, slots=True)
class Curve:
    """What training wrote down: one value an epoch. The first validation value stands before the first epoch."""

    losses: tuple[float, ...]
    validation: tuple[float, ...]  # NDCG@10, higher is better
    kept: int | None  # the epoch that the model is of, counted from 1; None where it was not written down


def start(dataset: str, recipe: Recipe = _USUAL) -> None:
    """Trains on a data set in a process of its own.

    Raises UnknownIdError, ConfigError while another run of the app is on, and InUseError while any other process
    writes to that name.
    """
    registry.check_known(dataset)
    with held(home(), dataset, "about to prepare it"):
        pass  # free, as far as can be told; the process takes the lock itself
    with _LOCK:
        busy = next((run.dataset for run in _RUNS.values() if run.state.status == RUNNING), None)
        if busy is not None:
            raise ConfigError(f"Training on {busy!r} is under way. Wait until it is done, or cancel it.")
        _RUNS[dataset] = _TrainingProcess(dataset, recipe)


def state(dataset: str) -> State | None:
    """The last run on a data set; None where there was none since the app was started."""
    run = _RUNS.get(dataset)
    return run.state if run else None


def running() -> State | None:
    """The run that is under way."""
    states = [run.state for run in list(_RUNS.values())]
    return next((each for each in states if each.status == RUNNING), None)


def cancel(dataset: str) -> None:
    """Ends a run and removes what it had begun; the older bundle stays. Nothing where no run is on."""
    run = _RUNS.get(dataset)
    if run:
        run.cancel()


def forget(dataset: str) -> None:
    """Cancels a run and drops its record."""
    cancel(dataset)
    _RUNS.pop(dataset, None)


def curve(dataset: str) -> Curve | None:
    """Losses and validation of the bundle; None where nothing is prepared. Raises BundleError."""
    if not is_prepared(dataset):
        return None
    card = read_card(dataset)
    return Curve(tuple(card.get("losses", ())), tuple(card.get("validation", ())), card.get("best_epoch"))


def adaptation(dataset: str) -> AdaptReport | InteractionReport | None:
    """How BERT learnt from what people did; None where it did not, or nothing is prepared. Raises BundleError."""
    stored = read_card(dataset).get("bert_adaptation") if is_prepared(dataset) else None
    if not stored:
        return None
    kind = InteractionReport if stored.get("by") == InteractionReport.by else AdaptReport
    return kind(**{name: value for name, value in stored.items() if name != "by"})


def record(dataset: str) -> Record | None:
    """How the bundle was made; None where nothing is prepared. Raises BundleError."""
    return read_record(dataset) if is_prepared(dataset) else None


class _TrainingProcess:
    """One process, and a thread that listens to it."""

    def __init__(self, dataset: str, recipe: Recipe) -> None:
        self.dataset, self._recipe = dataset, recipe
        self._begin, self._end = time.monotonic(), 0.0
        self._pace = RemainingTime(self._begin)
        self._what, self._share, self._status, self._reason = "Starting", 0.0, RUNNING, ""
        self._process = subprocess.Popen(
            [
                sys.executable,
                *terminal_commands.PROGRAM[1:],
                *terminal_commands.to_prepare(dataset, recipe),
                "--progress-lines",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": _path()},
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._listener = threading.Thread(target=self._listen, name=f"training {dataset}", daemon=True)
        self._listener.start()

    @property
    def state(self) -> State:
        now = self._end or time.monotonic()
        left = self._pace.left(now) if self._status == RUNNING else None
        told = (self._status, self._what, self._share, now - self._begin, self._reason, self._recipe, left)
        return State(self.dataset, *told)

    def cancel(self) -> None:
        if self._status != RUNNING:
            return
        self._status = CANCELLED
        self._process.terminate()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._listener.join(_GRACE)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        last = ""
        for line in self._process.stdout:
            said = _progress(line)
            if said:
                self._what, self._share = said
                self._pace.update(self._share, time.monotonic())
            elif line.strip():
                last = line.strip()
        code = self._process.wait()
        self._end = time.monotonic()
        if code:
            own_data.sweep()
        if self._status == RUNNING:
            self._reason = _reason(code, last)
            self._status = DONE if code == 0 else FAILED


def _progress(line: str) -> tuple[str, float] | None:
    if not line.startswith('{"progress"'):
        return None
    try:
        what, share = json.loads(line)["progress"]
        return str(what), min(max(float(share), 0.0), 1.0)
    except (ValueError, TypeError):
        return None


def _reason(code: int, last: str) -> str:
    if code == 0:
        return ""
    if last.startswith("Error: "):
        return last.removeprefix("Error: ")
    if code in (-9, 137) or "MemoryError" in last or "not enough memory" in last:
        return "The machine ran out of memory. Close other programs, or import again and set aside rarely met items."
    return f"Training stopped unexpectedly (exit status {code}: {last[:200] or 'nothing was said'}). Start it again."


def _path() -> str:
    """PYTHONPATH with this package first, wherever the app was started."""
    return os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))


def _stop_all() -> None:
    for run in list(_RUNS.values()):
        run.cancel()


_RUNS: dict[str, _TrainingProcess] = {}
_LOCK = threading.Lock()
atexit.register(_stop_all)
