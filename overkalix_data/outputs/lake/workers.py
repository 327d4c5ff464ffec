"""The same work in one process, on a pool of them, or on a cluster that Dask runs: the same bytes."""

import re
from collections.abc import Sequence
from functools import partial

from overkalix_data.base.errors import InputError
from overkalix_data.base.pool import ATTEMPTS, pooled
from overkalix_data.outputs.lake.page_folders import Publisher
from overkalix_data.outputs.lake.publisher_files import WrittenPublisher, write_publisher

_ADDRESS = re.compile(r"\w+://[^/\s]+:\d{1,5}/?")
"""Dask takes anything else for a host's name, and looks for it for a minute."""


def written_here(todo: Sequence[Publisher], out: str) -> list[WrittenPublisher]:
    """In this process, one after the other."""
    return [write_publisher(publisher, out) for publisher in todo]


def written_by_pool(todo: Sequence[Publisher], out: str, workers: int) -> list[WrittenPublisher]:
    """On processes of their own. Raises InputError of the first page that cannot be read, or `lake_worker`."""
    return pooled(partial(write_publisher, out=out), todo, workers, "lake_worker")


def written_on_dask(todo: Sequence[Publisher], out: str, address: str) -> list[WrittenPublisher]:
    """On a Dask cluster that sees the same folders. Raises `no_engine`, `no_scheduler`, `scheduler_address`."""
    if not _ADDRESS.fullmatch(address):
        raise InputError("scheduler_address", value=address)
    try:
        from distributed import Client, KilledWorker
    except ModuleNotFoundError as error:
        raise InputError("no_engine", name=error.name) from error
    try:
        client = Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError("no_scheduler", value=address, reason=str(error)) from error
    try:
        written: list[WrittenPublisher] = client.gather(client.map(write_publisher, todo, out=out, pure=False))
        return written
    except KilledWorker as error:
        raise InputError("lake_worker", attempts=ATTEMPTS) from error
    finally:
        client.close()
