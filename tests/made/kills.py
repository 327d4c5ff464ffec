"""A command that dies, or meets an error, at the n-th thing it does to the disk: found by counting, not by guessing.

Every opening for writing, rename, removal and folder made is an audit event of Python; `fsync` is counted beside them.
The command runs in a fork of the test, so that a death costs milliseconds.
"""

import errno
import hashlib
import os
import pickle
import shutil
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

KILLED = 77
Held = dict[str, str]
"""Path → checksum of a file; empty of a folder."""
WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"}
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")


def steps_of(desk: Path, run: Callable[[], object]) -> int:
    """How many things the command does to the disk under the desk."""
    reader, writer = os.pipe()
    if not (child := _fork()):
        seen = _watch(desk, lambda n, path: None)
        run()
        os.write(writer, str(seen[0]).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        return int(pipe.read())


def killed_at(nth: int, desk: Path, run: Callable[[], object]) -> bool:
    """Runs it in a process that dies before its n-th step; whether it did die there."""
    if not (child := _fork()):
        _watch(desk, lambda n, path: os._exit(KILLED) if n == nth else None)
        try:
            run()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def failed_at(nth: int, error: int, desk: Path, run: Callable[[], int]) -> int:
    """Runs it in a process whose n-th step the operating system refuses; its exit code."""

    def refuse(n: int, path: str | None) -> None:
        if n == nth:
            raise OSError(error, os.strerror(error), path)

    if not (child := _fork()):
        code = 99
        _watch(desk, refuse)
        try:
            code = run()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Deaths:
    """What a death before each step of one whole run would leave on the disk, without a run for each.

    What a killed process has written stays, what it holds in memory is gone: that is what another process reads at
    that moment. The same states are kept once.
    """

    def __init__(self, desk: Path, store: Path, run: Callable[[], object]) -> None:
        self.desk, self.store, self.steps = desk, store, 0
        self.states: dict[bytes, Held] = {}
        self._read: dict[tuple[int, int, int], str] = {}
        store.mkdir()
        if not (child := _fork()):
            code = 1
            try:
                _watch(desk, lambda n, path: self._keep(n))
                run()
                self._keep(self.steps)
                (store / "states").write_bytes(pickle.dumps((self.steps, [*self.states.values()])))
                code = 0
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        self.steps, self.left = pickle.loads((store / "states").read_bytes())

    def _keep(self, step: int) -> None:
        held = {p.relative_to(self.desk).as_posix(): self._digest(p) for p in sorted(self.desk.rglob("*"))}
        self.steps, self.states[hashlib.sha256(repr(held).encode()).digest()] = step, held

    def _digest(self, path: Path) -> str:
        if path.is_dir():
            return ""
        about = path.stat()
        key = about.st_ino, about.st_mtime_ns, about.st_size
        if key not in self._read:
            self._read[key] = hashlib.sha256(data := path.read_bytes()).hexdigest()
            (self.store / self._read[key]).write_bytes(data)
        return self._read[key]

    def put(self, state: Held) -> None:
        """The desk as the death left it."""
        shutil.rmtree(self.desk)
        self.desk.mkdir()
        for name, digest in state.items():
            if digest:
                shutil.copyfile(self.store / digest, self.desk / name)
            else:
                (self.desk / name).mkdir(parents=True)


def _fork() -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the runner's threads are not ours
        return os.fork()


def _watch(desk: Path, at: Callable[[int, str | None], None]) -> list[int]:
    seen, folder = [0], str(desk)

    def count(path: str | None = None) -> None:
        seen[0] += 1
        at(seen[0], path)

    def audited(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        elif event in WRITES:
            path, writes = arguments[0], True
        else:
            return
        if writes and isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(folder):
            count(os.fsdecode(path))

    def fsync(descriptor: int) -> None:
        count()
        real(descriptor)

    real, os.fsync = os.fsync, fsync
    sys.addaudithook(audited)
    return seen


def opening_refused(place: Path, run: Callable[[], int]) -> int:
    """Runs it in a process to which the operating system refuses a file or folder; its exit code."""

    def audited(event: str, arguments: tuple[object, ...]) -> None:
        if event in ("open", "os.listdir", "os.scandir") and str(arguments[0]) == str(place):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))

    if not (child := _fork()):
        code = 99
        sys.addaudithook(audited)
        try:
            code = run()
        finally:
            sys.stdout.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
