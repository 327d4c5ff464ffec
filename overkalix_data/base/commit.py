"""Several files are one commit: killed at any moment, the next command leaves the old ones or the new, whole.

`with atomic() as commit:` – what is written in `commit.folder(target)` replaces the target's files when the block ends.
Blocks stand inside each other; the outermost decides. A file that was open in Windows' sense is told by name.
"""

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from overkalix_data.base import recovery_journal as journal
from overkalix_data.base.errors import ONLY_WRITING, InputError
from overkalix_data.base.lock import STAGE, Lock

HOME = f"{STAGE}/home"
"""Says in every folder of a commit which of them has the journal."""
COPIES_KEPT = 10
PATIENCE = 10.0
"""Seconds that a reader waits for another process that is just replacing files."""


@dataclass
class Target:
    """A folder of a commit: as it is called, where it really is, and its lock."""

    name: Path
    real: Path
    keeps_copies: bool
    lock: Lock

    @property
    def new(self) -> Path:
        """What is to stand in the folder."""
        return self.name / STAGE / "new"


@dataclass
class Commit:
    """The files of one command, until they stand in their places."""

    targets: dict[str, Target] = field(default_factory=dict)
    moves: list[journal.Move] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)
    """Folders that were not there, outermost first."""

    def folder(self, target: Path, *, keeps_copies: bool = False) -> Path:
        """An empty folder for the target's new files; the target is ours until the commit ends.

        With `keeps_copies` the last ten of each replaced file are kept in `kopior`. Raises `locked`, `unwritable`.
        """
        real = os.path.realpath(target)
        if real not in self.targets:
            with _writing(target):
                self._make(target)
                self.targets[real] = Target(target, Path(real), keeps_copies, _taken(target))
                self.targets[real].new.mkdir()
        return self.targets[real].new

    def begin_again(self) -> None:
        """Forgets the new files so far: what they were made of has changed."""
        self.removed = []
        for target in self.targets.values():
            shutil.rmtree(target.new)
            target.new.mkdir()

    def remove(self, file: Path) -> None:
        """The file, in a folder of the commit, is to be gone."""
        self.removed.append(file)

    def placed(self, files: Iterable[Path]) -> list[Path]:
        """New files under the names that they get."""
        stages = {target.new: target.name for target in self.targets.values()}
        return [
            next(name / file.relative_to(new) for new, name in stages.items() if file.is_relative_to(new))
            for file in files
        ]

    @property
    def home(self) -> Target:
        """The folder with the journal: people's own, which nobody empties after a failure, if it is one."""
        return next((t for t in self.targets.values() if t.keeps_copies), next(iter(self.targets.values())))

    def apply(self) -> None:
        """Every new file in its place, to be undone until `seal`. Raises InputError (`unwritable`, `file_open`)."""
        todo = [pair for target in self.targets.values() for pair in self._new_files(target)]
        todo += [(None, place) for place in self.removed]
        self.removed = []
        if not todo:
            return
        for new, place in todo:
            with _writing(place):
                self._prepare(new, place)
        for target in self.targets.values():
            with _writing(target.name):
                (target.name / HOME).write_bytes(os.fsencode(_path(self.home.real, target.real)))
                journal.to_disk(target.name / HOME)
                journal.to_disk(target.name / STAGE)
        with _writing(self.home.name):
            journal.write_journal(
                self.home.real, self.moves, [_path(Path(f).resolve(), self.home.real) for f in self.made]
            )
        for new, place in todo:
            with _writing(place):
                os.replace(new, place) if new else place.unlink()
        for folder in {place.parent for _, place in todo}:
            with _writing(folder):
                journal.to_disk(folder)

    def seal(self) -> None:
        """What was applied stands."""
        if self.moves:
            with _writing(self.home.name):
                journal.close_journal(self.home.real)
            self.moves, self.made = [], []
        for target in self.targets.values():
            if target.keeps_copies:
                _forget_old_copies(target.name / journal.COPIES)

    def end(self) -> None:
        """What is not sealed is undone, the folders are free; if that fails the next command reads the journal."""
        try:
            with suppress(OSError):
                if self.moves and (self.home.real / journal.JOURNAL).exists():
                    journal.undo(self.home.real)
        finally:
            for target in self.targets.values():
                with suppress(OSError):
                    if not (self.home.real / journal.JOURNAL).exists():
                        target.lock.clear()
                target.lock.release()
            for folder in reversed(self.made):
                with suppress(OSError):
                    folder.rmdir()

    def _new_files(self, target: Target) -> list[tuple[Path | None, Path]]:
        new = [file for file in sorted(target.new.rglob("*")) if file.is_file()]
        pairs: list[tuple[Path | None, Path]] = [(f, target.name / f.relative_to(target.new)) for f in new]
        for file, place in list(pairs) if target.keeps_copies else ():
            if file and journal.digest(place) not in ("", journal.digest(file)):
                copy = journal.copy_of(place)
                kept = target.new / copy.relative_to(target.name)
                with _writing(copy):
                    kept.parent.mkdir(exist_ok=True)
                    shutil.copy2(place, kept)
                pairs.append((kept, copy))
        return pairs

    def _prepare(self, new: Path | None, place: Path) -> None:
        """The new file and a copy of the old on the disk, and the move in the list."""
        refuse_open(place)
        target = next(t for t in self.targets.values() if place.is_relative_to(t.name))
        kept = target.name / STAGE / "old" / place.relative_to(target.name)
        self._make(place.parent)
        kept.parent.mkdir(parents=True, exist_ok=True)
        is_new = not place.exists()
        if not is_new:
            journal.refuse_device(place)
            # A copy, so that the old file stands in its place until the very moment the new one does.
            shutil.copy2(place, kept)
            journal.to_disk(kept)
        if new:
            journal.to_disk(new)
        inside, home = place.relative_to(target.name), self.home.real
        told = _path(target.real / inside, home), _path(target.real / STAGE / "old" / inside, home)
        self.moves.append(journal.Move(*told, is_new, journal.digest(new) if new else ""))

    def _make(self, folder: Path) -> None:
        missing = [p for p in [*reversed(folder.parents), folder] if not p.is_dir()]  # a file there is refused
        for path in missing:
            path.mkdir(exist_ok=True)
            self.made.append(path)


_OPEN: ContextVar[Commit | None] = ContextVar("commit", default=None)


@contextmanager
def atomic() -> Iterator[Commit]:
    """The commit of the block, or of the block around it: files are in place when the block ends, for good when the
    outermost ends. Where it raises, every folder holds byte for byte what it held before.
    """
    if outer := _OPEN.get():
        yield outer
        outer.apply()
        return
    commit = Commit()
    token = _OPEN.set(commit)
    try:
        yield commit
        commit.apply()
        commit.seal()
    except OSError as error:
        raise _explained(commit, error) from error
    finally:
        _OPEN.reset(token)
        commit.end()


def settle(folder: Path) -> None:
    """Puts right what a run that died left in the folder; waits for one that is just replacing files there.

    Raises InputError (`locked`) where that one does not end, `unwritable` where old files cannot be put back.
    """
    until = time.monotonic() + PATIENCE
    while (folder / STAGE).is_dir():
        try:
            _taken(folder).release()
        except InputError as error:
            if error.key != "locked" or (_journal_of(folder) and time.monotonic() > until):
                raise
            if not _journal_of(folder):
                return
            time.sleep(0.05)
        except OSError as error:
            if _journal_of(folder):
                raise InputError("unwritable", file=str(folder), reason=error.strerror or str(error)) from error
            return  # what was left cannot be removed, and does not matter


def _taken(folder: Path) -> Lock:
    """The folder's lock, everything in it put right: where the journal is another folder's, that one first."""
    lock = Lock(folder)
    try:
        if (home := _journal_of(folder)) == folder:
            journal.undo(folder)
        elif home:
            settle(home)
        lock.clear()
    except BaseException:
        lock.release()
        raise
    return lock


def refuse_open(path: Path) -> None:
    """Raises InputError (`file_open`) where another program has the file open: it would save its old one over ours."""
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise InputError("file_open", file=str(path), lock=lock.name)


def _journal_of(folder: Path) -> Path | None:
    """The folder that has the journal of the commit that `folder` is or was part of, where there is one."""
    if (folder / journal.JOURNAL).exists():
        return folder
    with suppress(OSError, ValueError):
        home = folder.resolve() / os.fsdecode((folder / HOME).read_bytes())
        return home if (home / journal.JOURNAL).exists() else None
    return None


def _path(place: Path, home: Path) -> str:
    """The place as seen from a folder; on another drive of Windows, as it is."""
    with suppress(ValueError):
        return os.path.relpath(place, home)
    return str(place)


def _forget_old_copies(folder: Path) -> None:
    """Of every file the last ten copies stay."""
    by_file: dict[str, list[Path]] = {}
    for copy in sorted(folder.glob("*")):
        if stamp := journal.COPY_STAMP.search(copy.name):
            by_file.setdefault(copy.name.replace(stamp[0], ""), []).append(copy)
    for old in (copy for copies in by_file.values() for copy in copies[:-COPIES_KEPT]):
        with suppress(OSError):
            old.unlink()


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """An error of the operating system in the block is that this place cannot be written."""
    try:
        yield
    except OSError as error:
        raise InputError("unwritable", file=str(place), reason=error.strerror or str(error)) from error


def _explained(commit: Commit, error: OSError) -> BaseException:
    """The error of the operating system, as one of ours where it came of writing a new file."""
    named = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    stages = [target for target in commit.targets.values() if named and named.is_relative_to(target.new)]
    if not stages and not (commit.targets and error.errno in ONLY_WRITING):
        return error
    place = stages[0].name / named.relative_to(stages[0].new) if stages and named else commit.home.name
    return InputError("unwritable", file=str(place), reason=error.strerror or str(error))
