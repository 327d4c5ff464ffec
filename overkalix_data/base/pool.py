"""The same work on many things, on processes of their own; one whose process was killed is begun again."""

import gc
from collections.abc import Callable, Sequence
from typing import TypeVar

from overkalix_data.base.errors import InputError

T = TypeVar("T")
R = TypeVar("R")
ATTEMPTS = 3
"""What kills so many processes is what is wrong."""


def pooled(work: Callable[[T], R], todo: Sequence[T], workers: int, killed: str) -> list[R]:
    """What `work` gives for each, in their order. Raises what it raises for the first, or InputError (`killed`)."""
    # Few commands have so much to do that they need these, and all of them would wait for the import.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    done: dict[int, R] = {}
    for _ in range(ATTEMPTS):
        # Rows have no cycles: to look for them is time lost.
        pool = ProcessPoolExecutor(workers, get_context("spawn"), gc.set_threshold, (100_000, 50))
        try:
            futures = {n: pool.submit(work, one) for n, one in enumerate(todo) if n not in done}
            for n, future in futures.items():
                done[n] = future.result()
            return [done[n] for n in range(len(todo))]
        except BrokenProcessPool:
            done |= {n: f.result() for n, f in futures.items() if f.done() and not f.exception()}
        finally:
            pool.shutdown(cancel_futures=True)
    raise InputError(killed, attempts=ATTEMPTS)
