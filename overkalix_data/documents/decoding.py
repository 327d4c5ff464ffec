"""Bytes → text, in the encodings that Swedish pages and registers come in."""

import re
from codecs import utf_8_decode

from overkalix_data.base.errors import InputError

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_PICTURE = b"\x89PNG"
_END_OF_FILE = "\x1a"
"""What old programs put last in a file, and others where they lack a letter: it is read as a blank."""
_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
MOST_WRONG = 100
"""Bytes of a UTF-8 file that may be none: with more it is a file of another kind."""


def decode(data: bytes, file: str) -> tuple[str, str, tuple[int, ...]]:
    """Text, the name of its encoding, and the places of the characters whose bytes are not of that encoding.

    UTF-8 with or without BOM, UTF-16, Windows-1252. A UTF-8 file keeps its letters though a few bytes in it are of
    Windows-1252, as where a line was pasted in. Raises InputError (`empty`, `binary`) where the bytes are none of
    these. UTF-16 without a mark is told by its zero bytes; Windows-1252 is tried last, since it has a letter for nearly
    every byte.
    """
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise InputError("empty", file=file)
    if data.startswith(_PICTURE):
        raise InputError("binary", file=file)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        guesses = ["utf-16"]
    elif data[:400].count(0) * 4 > len(data[:400]):
        guesses = ["utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"]
    else:
        guesses = ["utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "cp1252"]
    for encoding in guesses:
        try:
            text, wrong = _mended(data) if encoding.startswith("utf-8") else (data.decode(encoding), ())
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise InputError("empty", file=file)
        if not _CONTROL.search(text):
            return text.replace(_END_OF_FILE, " "), encoding, wrong
    raise InputError("binary", file=file)


def _mended(data: bytes) -> tuple[str, tuple[int, ...]]:
    """UTF-8, a few wrong bytes read as Windows-1252, and their places. Raises UnicodeDecodeError if not UTF-8."""
    view = memoryview(data.removeprefix(b"\xef\xbb\xbf"))
    pieces, wrong, at, length = list[str](), list[int](), 0, 0
    while True:
        try:
            return "".join(pieces) + utf_8_decode(view[at:], "strict", True)[0], tuple(wrong)
        except UnicodeDecodeError as error:
            if not wrong and not _is_mostly_utf_8(data):
                raise
            stop = at + error.start
            pieces += [bytes(view[at:stop]).decode(), bytes(view[stop : stop + 1]).decode("cp1252", "replace")]
            length += len(pieces[-2])
            wrong.append(length)
            at, length = stop + 1, length + 1


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether the bytes that make letters of UTF-8 are more than those that make none, and these are few."""
    letters = [len(m) for m in _LETTER.findall(data)]
    alone = sum(byte > 0x7F for byte in data) - sum(letters)
    return alone <= min(len(letters), MOST_WRONG)
