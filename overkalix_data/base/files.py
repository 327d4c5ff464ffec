"""Files that people and programs leave in folders: read whole, or refused by name; and the one date in ours."""

import os
import stat
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from overkalix_data.base.errors import InputError


def file_bytes(path: Path, most: int = -1) -> bytes:
    """The file's bytes, at most so many. Raises InputError (`missing`, `not_a_file`, `unreadable`)."""
    if not is_there(path):
        raise InputError("missing", file=str(path))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError("not_a_file", file=str(path))
        with path.open("rb") as file:
            return file.read(most)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def written(path: Path, text: str) -> Path:
    """The file, written with the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def is_there(path: Path) -> bool:
    """Whether anything has that name: what cannot be looked at is an error, not an absence."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return True


def files_like(folder: Path, pattern: str = "*") -> list[Path]:
    """What in a folder has a name of that form, sorted; nothing where there is no folder."""
    if not is_there(folder):
        return []
    try:
        return sorted(path for path in folder.iterdir() if fnmatchcase(path.name, pattern))
    except OSError as error:
        raise _unreadable(folder, error) from error


def _unreadable(path: Path, error: OSError | ValueError) -> InputError:
    reason = (isinstance(error, OSError) and error.strerror) or str(error)
    return InputError("unreadable", file=str(path), reason=reason)


ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive (xlsx, docx): the first that the format can tell."""


def moment_of(as_of: str) -> datetime:
    """The time stamped in the file: SOURCE_DATE_EPOCH where it is set, else the day the report is as of."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    return datetime.fromisoformat(as_of)
