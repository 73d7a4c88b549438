"""Work on strange files in a process of its own, with an end to its memory and to its processor time.

A file that was made to do harm ends that process, and not the one that serves everybody. `python -m` this module is
that process: it reads one pickled task, and answers with its progress and its result.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from kgrec_core.config import ImportLimits
from kgrec_core.errors import DataError, KgrecError
from kgrec_core.schema.progress import Progress

Answer = TypeVar("Answer")
_ROOT = Path(__file__).parents[3]
_TURNS = threading.BoundedSemaphore(2)  # processes at a time; who comes third waits
_TOLD, _DONE, _REFUSED, _FULL = "told", "done", "refused", "full"


def apart(limits: ImportLimits, progress: Progress, task: Callable[..., Answer], *given: object) -> Answer:
    """What task(*given, progress=...) returns.

    task: a function of a module, whose arguments and answer can be pickled. Raises what it raises of our own errors,
    and DataError where it needs more than the limits allow.
    """
    with _TURNS, _started() as process:
        try:
            assert process.stdin is not None and process.stdout is not None
            _send(process.stdin, (limits, task, given))
            return cast(Answer, _answer(process.stdout, progress))
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            raise _ended(process.wait(), limits) from None
        except MemoryError:
            raise _too_large(limits) from None
        finally:
            process.kill()  # where the page was left, nobody waits for the answer


def _started() -> subprocess.Popen[bytes]:
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment,
    )


def _answer(stdout: IO[bytes], progress: Progress) -> Any:
    while True:
        kind, *rest = pickle.load(stdout)  # written by this module
        match kind:
            case "told":
                progress(*rest)
            case "refused":
                raise rest[0]
            case "full":
                raise MemoryError
            case _:
                return rest[0]


def _ended(status: int, limits: ImportLimits) -> DataError:
    if hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU:
        return DataError(
            f"Reading the files took more than {limits.seconds} seconds of processor time. Give fewer rows or columns, "
            "or raise KGREC_MAX_SECONDS."
        )
    return _too_large(limits)


def _too_large(limits: ImportLimits) -> DataError:
    return DataError(
        f"Reading the files took more than {limits.memory:,} MB of memory. Give fewer rows or columns, or raise "
        "KGREC_MAX_MEMORY_MB."
    )


def _send(to: IO[bytes], message: object) -> None:
    pickle.dump(message, to)
    to.flush()


def _bounded(limits: ImportLimits) -> None:
    """Puts the limits on this process, where the system knows them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    size = limits.memory * 1_000_000
    for kind, most in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CPU, limits.seconds), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _serve() -> None:
    """The one task of this process."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what anything prints is no answer
    limits, task, given = pickle.load(sys.stdin.buffer)  # written by this module
    _bounded(limits)
    try:
        done = task(*given, progress=lambda what, share: _send(answers, (_TOLD, what, share)))
        _send(answers, (_DONE, done))
    except KgrecError as error:
        _send(answers, (_REFUSED, error))
    except MemoryError:
        _send(answers, (_FULL,))


if __name__ == "__main__":
    _serve()
