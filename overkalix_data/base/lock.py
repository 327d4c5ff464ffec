"""One owner at a time: a lock on a folder that dies with its process, and a message that says whose it is."""

import getpass
import os
import shutil
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from overkalix_data.base.errors import InputError

STAGE = ".staging"
"""The folder inside a locked one in which its owner works; gone when the owner is done."""
MESSAGE = "owner"
FAR = 2**30
"""Where Windows locks the message's file: far behind its text, which others must be able to read."""

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """The lock on a folder, held from here to `release`. Raises InputError (`locked`) where another process has it."""

    def __init__(self, folder: Path) -> None:
        self.stage = folder / STAGE
        self.message = self.stage / MESSAGE
        while (descriptor := self._taken(folder)) is None:
            continue
        self.descriptor = descriptor
        who = "?"
        with suppress(OSError, KeyError, ImportError):  # a user whom the machine has no name for
            who = getpass.getuser()
        try:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{who}\n{os.getpid()}\n{datetime.now():%Y-%m-%d %H:%M:%S}\n".encode())
        except OSError:  # a full disk: nobody has the lock
            self.release()
            raise

    def _taken(self, folder: Path) -> int | None:
        """The open file; None where the owner before us removed it meanwhile, so that what we locked is no lock."""
        self.stage.mkdir(exist_ok=True)
        try:
            descriptor = os.open(self.message, os.O_RDWR | os.O_CREAT)
        except FileNotFoundError:
            return None
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            who, process, since, *_ = [*self._owner(), "?", "?", "?"]
            raise InputError("locked", file=str(folder), who=who, process=process, since=since) from error
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), self.message.stat()):
                return descriptor
        os.close(descriptor)
        return None

    def _owner(self) -> list[str]:
        with suppress(OSError):
            return self.message.read_text(encoding="utf-8", errors="replace").split("\n")[:3]
        return []

    def clear(self) -> None:
        """Removes what the owner, or one that died, has left of its work."""
        for left in self.stage.iterdir():
            if left != self.message:
                shutil.rmtree(left) if left.is_dir() else left.unlink()

    def release(self) -> None:
        """Lets the next one in. The file goes first: whoever waits for it sees that it is no more (Windows: last)."""
        with suppress(OSError):
            self.message.unlink()
        os.close(self.descriptor)
        if sys.platform == "win32":
            with suppress(OSError):
                self.message.unlink()
        with suppress(OSError):
            self.stage.rmdir()
