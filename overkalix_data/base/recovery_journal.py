"""What a run was about to do to files that stood there: written before it does, removed when all is done.

While a journal stands, nothing of what it names counts: whoever finds it puts the old files back first. That is the
rollback journal of SQLite (https://sqlite.org/atomiccommit.html), for several folders instead of one file.
"""

import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from overkalix_data.base.errors import InputError
from overkalix_data.base.lock import STAGE

JOURNAL = f"{STAGE}/journal"
COPIES = "kopior"
"""The folder beside people's own files that holds their dated copies."""
COPY_STAMP = re.compile(r"\.\d{4}-\d\d-\d\dT\d{6}\.\d{6}")


ABSENT = (FileNotFoundError, NotADirectoryError)
"""How the system tells that there is no such file, or a file where its folder would be."""


@dataclass(frozen=True)
class Move:
    """A file that is to be replaced (removed, where `digest` is empty), and where its old content is kept.

    Paths are relative to the folder of the journal, so that a project that is moved whole can still be put right.
    """

    place: str
    kept: str
    is_new: bool
    digest: str


def write_journal(home: Path, moves: Iterable[Move], made: Iterable[str]) -> None:
    """The journal of these moves and the folders made for them, on the disk when this returns."""
    text = json.dumps({"moves": [asdict(move) for move in moves], "made": list(made)})
    draft = home / f"{JOURNAL}.draft"
    draft.write_text(text, encoding="utf-8")
    to_disk(draft)
    os.replace(draft, home / JOURNAL)
    to_disk(home / STAGE)


def close_journal(home: Path) -> None:
    """From here on what the journal named is done, or undone."""
    (home / JOURNAL).unlink()
    with suppress(OSError):
        to_disk(home / STAGE)


def undo(home: Path) -> None:
    """Every file as it was before the journal in `home`. Can be cut short and begun anew at any point."""
    journal = json.loads((home / JOURNAL).read_text(encoding="utf-8"))
    for move in [Move(**row) for row in reversed(journal["moves"])]:
        place, kept = home / move.place, home / move.kept
        old = digest(kept)
        if (move.is_new or old) and digest(place) not in ("", move.digest, old):
            dated_copy(place)  # a person has written in it since
        if old:
            os.replace(kept, place)
        elif move.is_new:
            with suppress(*ABSENT):
                place.unlink()
    for folder in reversed(journal["made"]):
        with suppress(OSError):
            (home / folder).rmdir()
    for folder in {(home / row["place"]).parent for row in journal["moves"]}:
        to_disk(folder)
    close_journal(home)


def refuse_device(file: Path) -> None:
    """Raises InputError (`not_a_file`) where what stands there is no ordinary file: `/dev/zero` never ends."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise InputError("not_a_file", file=str(file))


def digest(file: Path) -> str:
    """The file's checksum; empty where there is none. Raises InputError (`not_a_file`)."""
    try:
        refuse_device(file)
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except ABSENT:
        return ""


def copy_of(place: Path) -> Path:
    """Where a dated copy of a file goes: `kopior/values.2026-11-28T201500.123456.csv`."""
    return place.parent / COPIES / f"{place.stem}.{datetime.now():%Y-%m-%dT%H%M%S.%f}{place.suffix}"


def dated_copy(place: Path) -> None:
    """Keeps what a person has written in a file that will be replaced."""
    copy = copy_of(place)
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(place.read_bytes())
    to_disk(copy)


def to_disk(path: Path) -> None:
    """Waits until a file's content, or the names in a folder, are on the disk. Windows has none for folders."""
    if not path.exists() or (sys.platform == "win32" and path.is_dir()):
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
