"""`overkalix lake`: a tree of pages → `OUT/<table>/publisher_code=…/retrieved_on=…/<source>.parquet`, whole or not.

OUT is written aside and renamed whole. A run that was killed between the two names is put right by the next.
"""

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from overkalix_data.base.errors import InputError
from overkalix_data.base.lock import STAGE, Lock
from overkalix_data.base.paths import LAKE_FILE
from overkalix_data.identity.several_pages import SAME_PROJECT, SeenProject, first_of
from overkalix_data.outputs.lake import workers as ways
from overkalix_data.outputs.lake.page_folders import publishers
from overkalix_data.outputs.lake.publisher_files import WrittenPublisher
from overkalix_data.outputs.open_data.parquet import has_parquet, read_rows, write_rows
from overkalix_data.schema import TABLES


@dataclass(frozen=True)
class Lake:
    """What was written: municipalities, sources, the newest fetches' projects, and those that several pages have."""

    publishers: int
    sources: int
    projects: int
    shared: int


@contextmanager
def built_lake(raw: Path, out: Path, *, workers: int = 0, scheduler: str = "") -> Iterator[Lake]:
    """Writes the lake; it stands in its place when the block ends, and where it raises, what stood there before.

    `workers` processes (0: one a processor), or a Dask cluster's at the address `scheduler`. Raises InputError where
    a page cannot be read, `out` holds something else, or pyarrow is missing.
    """
    if not has_parquet():
        raise InputError("no_engine", name="pyarrow")
    out = _replaceable(out)
    if out.is_relative_to(raw.resolve()) or raw.resolve().is_relative_to(out):
        raise InputError("lake_inside", file=str(out), value=str(raw))
    todo = publishers(raw)
    with _aside(out) as stage:
        aside = str(stage.resolve())
        if scheduler:
            written = ways.written_on_dask(todo, aside, scheduler)
        elif (count := min(workers or os.cpu_count() or 1, len(todo))) > 1:
            written = ways.written_by_pool(todo, aside, count)
        else:
            written = ways.written_here(todo, aside)
        places = _placed(written, out)
        seen = [one for publisher in written for one in publisher.seen]
        first = first_of(seen, {})
        _link(stage, seen, first, places)
        current = sorted(place for publisher in written for place in publisher.current)
        (stage / LAKE_FILE).write_text(json.dumps({"current": current}, indent=1) + "\n", encoding="utf-8")
        yield Lake(len(written), len(places), len(seen), len(first))


def _placed(written: Sequence[WrittenPublisher], out: Path) -> dict[str, str]:
    """source_id → its file. Raises InputError where two sources have one id."""
    places: dict[str, str] = {}
    for source_id, place in (pair for publisher in written for pair in publisher.files.items()):
        if places.setdefault(source_id, place) != place:
            raise InputError("lake_twice", file=str(out), value=source_id)
    if len(places) < sum(len(publisher.files) for publisher in written):
        raise InputError("lake_twice", file=str(out), value=", ".join(sorted(places)[:3]))
    return places


def _link(stage: Path, seen: Sequence[SeenProject], first: dict[str, str], places: dict[str, str]) -> None:
    """What several pages tell of one project, in the files of the later ones."""
    by_place: defaultdict[str, list[str]] = defaultdict(list)
    for one in seen:
        if one.project_id in first:
            by_place[places[one.source_id]].append(one.project_id)
    for place, ids in by_place.items():
        projects, links = stage / "projects" / place, stage / "project_links" / place
        rows = read_rows(projects)
        for row in rows:
            row["duplicate_of"] = first.get(row["project_id"], row["duplicate_of"])
        write_rows(rows, TABLES["projects"], projects)
        rows = read_rows(links) if links.exists() else []
        rows += [{"project_id": i, "relation_code": SAME_PROJECT, "target": first[i]} for i in ids]
        key = TABLES["project_links"].key
        write_rows(sorted(rows, key=lambda row: [row[k] for k in key]), TABLES["project_links"], links)


def _replaceable(out: Path) -> Path:
    """Where `out` truly is, links followed. Raises InputError where nothing can take its place."""
    try:
        out = out.resolve()
        mounted = os.path.ismount(out)
    except (OSError, RuntimeError) as error:  # a loop of links
        raise _unwritable(out, error) from error
    if mounted:
        raise InputError("lake_mount", file=str(out))
    return out


def _unwritable(out: Path, error: Exception) -> InputError:
    """The system's own words; where an error has none, what it says of itself."""
    return InputError("unwritable", file=str(out), reason=getattr(error, "strerror", None) or str(error))


@contextmanager
def _aside(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its place when the block ends, and is gone where it raises."""
    stage, old = (out.with_name(f".{out.name}.{part}") for part in ("new", "old"))
    try:
        stage.mkdir(parents=True, exist_ok=True)
        lock = Lock(stage)
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        if old.exists() and not out.exists():
            old.rename(out)
        if out.exists() and not (out / LAKE_FILE).is_file() and not (out.is_dir() and not any(out.iterdir())):
            raise InputError("lake_foreign", file=str(out))
        for left in (old, *(path for path in stage.iterdir() if path.name != STAGE)):
            _remove(left)
        yield stage
        getattr(os, "sync", int)()
    except BaseException as error:
        lock.release()
        _remove(stage)
        if isinstance(error, OSError):
            raise _unwritable(out, error) from error
        raise
    lock.release()
    if out.exists():
        out.rename(old)
    stage.rename(out)
    _remove(old)


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
