"""All outputs or none: files are made beside their folder and moved into place together at the end."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from overkalix_data.base.errors import InputError

KEEP = "keep"
"""Marks a staging folder whose copies of old files are the only ones left."""


@contextmanager
def staged(*targets: Path) -> Iterator[list[Path]]:
    """Gives an empty folder for each target; what is written there replaces the target's files when the block ends.

    Where the block raises, or a move fails, the targets hold byte for byte what they held before.
    Raises InputError (`unwritable`, `file_open`) where a folder cannot be made or written, or a file is open elsewhere.
    """
    made: list[Path] = []
    stages: list[Path] = []
    try:
        for target in targets:
            made += _make(target)
            stage = target / f".staging-{os.getpid()}"
            stage.mkdir()
            stages.append(stage)
            (stage / "new").mkdir()
        yield [stage / "new" for stage in stages]
        _move_all(list(zip(stages, targets, strict=True)))
        made = []
    except OSError as error:
        raise InputError(
            "unwritable", file=error.filename or str(targets[0]), reason=error.strerror or str(error)
        ) from error
    finally:
        for stage in stages:
            if not (stage / KEEP).exists():
                shutil.rmtree(stage, ignore_errors=True)
        for folder in reversed(made):
            _remove_if_empty(folder)


def refuse_open(path: Path) -> None:
    """Raises InputError (`file_open`) where another program has the file open: it would save its old one over ours."""
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise InputError("file_open", file=str(path), lock=lock.name)


def _make(target: Path) -> list[Path]:
    """Makes the folder with its parents; gives those that were not there, outermost first."""
    missing = [p for p in [*reversed(target.parents), target] if not p.exists()]
    target.mkdir(parents=True, exist_ok=True)
    return missing


def _move_all(moves: list[tuple[Path, Path]]) -> None:
    """Moves every new file into its place; where one cannot be moved, all are put back as they were."""
    made: list[Path] = []
    todo: list[tuple[Path, Path, Path]] = []
    done: list[tuple[Path, Path]] = []
    place = moves[0][1]
    try:
        for stage, target in moves:
            for new in sorted(p for p in (stage / "new").rglob("*") if p.is_file()):
                place = target / new.relative_to(stage / "new")
                refuse_open(place)
                kept = stage / "old" / place.relative_to(target)
                made += _make(place.parent)
                kept.parent.mkdir(parents=True, exist_ok=True)
                if place.exists():
                    # A copy, so that the old file stands in its place until the very moment the new one does.
                    shutil.copy2(place, kept)
                todo.append((new, place, kept))
        for new, place, kept in todo:
            os.replace(new, place)
            done.append((place, kept))
    except OSError as error:
        _put_back(done, [stage for stage, _ in moves])
        for folder in reversed(made):
            _remove_if_empty(folder)
        raise InputError("unwritable", file=str(place), reason=error.strerror or str(error)) from error


def _put_back(done: list[tuple[Path, Path]], stages: list[Path]) -> None:
    """The old files back in their places; where even that fails, the staging folders with the copies are left standing."""
    for place, kept in reversed(done):
        try:
            if kept.exists():
                os.replace(kept, place)
            else:
                place.unlink(missing_ok=True)
        except OSError:
            for stage in stages:
                (stage / KEEP).touch()


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
