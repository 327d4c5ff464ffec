"""One side of a comparison, in a process of its own: wall seconds, processor seconds with those of its children, and peak memory of the largest.

`python -m benchmarks.measure FUNCTION ARGUMENT…` calls `benchmarks.FUNCTION`, which makes ready and gives what is to be measured.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
Words = tuple[str, ...]
_TASK = ("-m", "benchmarks.measure")


@dataclass(frozen=True)
class Run:
    """What one run took."""

    wall: float
    processor: float
    mb: float


def task(function: str, *given: object) -> Words:
    """The words of a process that measures only what `benchmarks.FUNCTION(*given)` gives, not its own start."""
    return (*_TASK, function, *map(str, given))


def measured(words: Words) -> Run:
    """Runs `python WORDS`; the whole process counts where it is no task. Raises CalledProcessError where it fails."""
    # A session that writes no bytecode would compile the package anew at each start, as nobody's does who uses it.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    }
    started = time.perf_counter()
    child = subprocess.Popen([sys.executable, *words], env=environment, stdout=subprocess.PIPE, cwd=ROOT)
    said = child.stdout.read() if child.stdout else b""
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1) or (code and words[:2] == _TASK):  # 1: done, with a critical finding
        raise subprocess.CalledProcessError(code, words)
    if words[:2] == _TASK:
        return Run(**json.loads(said.splitlines()[-1]))
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(sides: Sequence[Words], rounds: int) -> list[list[Run]]:
    """The runs of each side, the sides in turn, after one round that only warms the disk where there is more than one."""
    runs = [[measured(side) for side in sides] for _ in range(rounds + (rounds > 1))][rounds > 1 :]
    return [list(side) for side in zip(*runs, strict=True)]


def median(runs: Sequence[Run]) -> Run:
    """The median of each."""
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in ("wall", "processor", "mb")))


def processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _run(work: Callable[[], object]) -> Run:
    wall, processor = time.perf_counter(), processor_seconds()
    work()
    wall, processor = time.perf_counter() - wall, processor_seconds() - processor
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Run(wall, processor, peak / 1024)


if __name__ == "__main__":
    module, _, name = sys.argv[1].rpartition(".")
    print(json.dumps(asdict(_run(getattr(import_module(f"benchmarks.{module}"), name)(*sys.argv[2:])))))
