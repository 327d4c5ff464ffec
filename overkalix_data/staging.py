"""All outputs or none: files are made beside their folder and moved into place together at the end."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from overkalix_data.errors import InputError


@contextmanager
def staged(*targets: Path) -> Iterator[list[Path]]:
    """Gives an empty folder for each target; what is written there replaces the target's files when the block ends.

    Where the block raises, or a move fails, the targets hold byte for byte what they held before.
    Raises InputError (`unwritable`) where a folder cannot be made or written.
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
        raise InputError("unwritable", file=error.filename or str(targets[0]), reason=error.strerror or str(error)) from error
    finally:
        for stage in stages:
            shutil.rmtree(stage, ignore_errors=True)
        for folder in reversed(made):
            _remove_if_empty(folder)


def _make(target: Path) -> list[Path]:
    """Makes the folder with its parents; gives those that were not there, outermost first."""
    missing = [p for p in [*reversed(target.parents), target] if not p.exists()]
    target.mkdir(parents=True, exist_ok=True)
    return missing


def _move_all(moves: list[tuple[Path, Path]]) -> None:
    done: list[tuple[Path, Path | None]] = []
    made: list[Path] = []
    place = moves[0][1]
    try:
        for stage, target in moves:
            for new in sorted(p for p in (stage / "new").rglob("*") if p.is_file()):
                place = target / new.relative_to(stage / "new")
                kept = stage / "old" / place.relative_to(target)
                made += _make(place.parent)
                kept.parent.mkdir(parents=True, exist_ok=True)
                if place.exists():
                    os.replace(place, kept)
                    done.append((place, kept))
                else:
                    done.append((place, None))
                os.replace(new, place)
    except OSError as error:
        for moved, old in reversed(done):
            if old is not None:
                os.replace(old, moved)
            else:
                moved.unlink(missing_ok=True)
        for folder in reversed(made):
            _remove_if_empty(folder)
        raise InputError("unwritable", file=str(place), reason=error.strerror or str(error)) from error


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
