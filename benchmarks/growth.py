"""How each phase of `build` grows with the list, and what a second fetch and a second page cost: seconds by phase, with the slope to the size before.

A slope is log-log: 1 is linear. `phases(KIND, PROJECTS)` is run in a process of its own, as `python -m benchmarks.growth KIND PROJECTS`.
"""

import gc
import json
import pickle
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.lists import WRITE, Project, projects, reworded
from overkalix_data.checks.schema_suites import Judge
from overkalix_data.checks.validate import check_tables
from overkalix_data.documents.source import read_sources
from overkalix_data.identity.rows import page_rows, with_ids
from overkalix_data.identity.several_pages import first_of, seen_projects
from overkalix_data.reading.layouts import parse_page
from overkalix_data.schema.frames import tidy_tables, write_tables

T = TypeVar("T")
AS_OF = "2026-11-23"
A_FILE = 8000


def _write(rows: list[Project], folder: Path, kind: str) -> None:
    """In files that are short enough to be read."""
    for n in range(0, len(rows), A_FILE):
        WRITE[kind](rows[n : n + A_FILE], folder / f"lista-{n}.{kind}")


def phases(kind: str, count: int) -> dict[str, float]:
    """Phase → processor seconds; `MB` is the peak of the process, Great Expectations in it."""
    took: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        gc.collect()
        started = time.process_time()
        made = work()
        took[name] = time.process_time() - started
        return made

    with TemporaryDirectory() as folder:
        raw, rows = Path(folder) / "raw", list(projects(count))
        raw.mkdir()
        _write(rows, raw, kind)
        sources = timed("the files' bytes → their text", lambda: read_sources(str(raw)))
        pages = timed("text → projects", lambda: [parse_page(source) for source in sources])
        records, ledger = timed("projects → rows with ids", lambda: with_ids([page_rows(page) for page in pages], []))
        tables = timed("rows → tables", lambda: tidy_tables(records))
        timed("rules", lambda: check_tables(tables, AS_OF))
        data = timed("tables handed over", lambda: pickle.dumps(tables, pickle.HIGHEST_PROTOCOL))
        timed("Great Expectations, its process", lambda: Judge().verdict(pickle.loads(data)))
        timed("tables → files", lambda: write_tables(tables, Path(folder)))
        took["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _write(reworded(rows), raw, kind)
        later = [parse_page(source) for source in read_sources(str(raw))]
        took_before = len(ledger)
        _, ledger = timed(
            "a second fetch: every text reworded", lambda: with_ids([page_rows(page) for page in later], ledger)
        )
        assert len(ledger) == took_before + count
        seen = seen_projects(records)
        other = [replace(one, project_id=f"{one.project_id}-b", source_id="other") for one in seen]
        timed("a second page: the same projects", lambda: first_of([*seen, *other], {}))
    return took


if __name__ == "__main__":
    print(json.dumps(phases(sys.argv[1], int(sys.argv[2]))))
