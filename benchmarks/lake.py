"""Many pages: `overkalix lake` over look-alikes of the real page, a municipality each."""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from benchmarks.lists import write_look_alikes
from benchmarks.measure import ROOT
from overkalix_data.documents.source import read_sources
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.outputs.lake.build import built_lake


def pages(count: str) -> Callable[[], object]:
    """On one worker a processor."""
    folder = _raw(count)

    def work() -> None:
        with built_lake(folder / "raw", folder / "lake") as lake:
            assert (lake.publishers, lake.projects) == (int(count), 25 * int(count)), lake

    return work


def one_page(count: str) -> Callable[[], object]:
    """The same number of times the real page, in this process: what reading alone takes."""
    sources = read_sources(str(ROOT / "data/raw"))

    def work() -> None:
        for _ in range(int(count)):
            read_pages(sources, [])

    return work


def _raw(count: str) -> Path:
    folder = Path(mkdtemp(prefix="overkalix-bench-"))
    write_look_alikes(folder / "raw", int(count))
    return folder


if __name__ == "__main__":
    write_look_alikes(Path(sys.argv[1]), int(sys.argv[2]))
