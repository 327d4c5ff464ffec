"""The one error a person meets: something could not be done, and this is the remedy (exit code 2)."""

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ONLY_WRITING = {errno.ENOSPC, errno.EROFS, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""Errors of the operating system that only writing meets; they come without a file's name."""


class InputError(Exception):
    """Names the file, the place in it and the remedy; the words stand in `codelists/words.csv`.

    `key` is a row of that list (without its `error.` prefix), `params` fill the row's braces.
    """

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """A worker's error is the same one where it is told of."""
        return partial(InputError, self.key, **self.params), ()


def as_input_error(error: BaseException) -> InputError:
    """Whatever ended a command, as what is told of it: the system's errors, Ctrl-C, what nobody foresaw."""
    if isinstance(error, InputError):
        return error
    if isinstance(error, RuntimeError) and isinstance(error.__context__, OSError):
        error = error.__context__  # how pathlib tells of links in a ring
    if isinstance(error, OSError):
        file = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "overkalix"
        key = "unwritable" if error.errno in ONLY_WRITING else "unreadable"
        return InputError(key, file=file, reason=error.strerror or type(error).__name__)
    if type(error).__name__ == "SerialisationError":  # lxml's, of the temporary file of a workbook's sheet
        return InputError("unwritable", file=tempfile.gettempdir(), reason=str(error))
    if isinstance(error, KeyboardInterrupt):
        return InputError("interrupted")
    if isinstance(error, MemoryError | RecursionError):
        return InputError("too_much", reason=type(error).__name__)
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = next((f"{Path(frame.filename).name}:{frame.lineno}" for frame in last), "?")
    return InputError("unforeseen", reason=f"{type(error).__name__}, {place}")


@contextmanager
def unheard() -> Iterator[None]:
    """What an object cannot do as it is thrown away, such as an archive that is half written, is told by the error
    that ended the command. Where standard error is closed nobody hears it, and no file of ours gets its number."""
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    told, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        yield
    finally:
        sys.unraisablehook = told
