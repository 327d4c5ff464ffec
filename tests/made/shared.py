"""What is costly to make is made once for all of pytest's workers: the first that asks makes it, the others wait for it."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name, as `make` filled it; a worker whose `make` fails leaves it to the next that asks."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done, lock = base / name, base / f"{name}.done", base / f"{name}.lock"
    while not done.exists():
        try:
            lock.touch(exist_ok=False)
        except FileExistsError:
            time.sleep(0.1)
            continue
        try:
            if not done.exists():
                folder.mkdir()
                make(folder)
                done.touch()
        finally:
            lock.unlink()
    return folder
