"""Bytes → text, in the encodings that Swedish pages and registers come in."""

import re

from overkalix_data.base.errors import InputError

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Text and the name of its encoding: UTF-8 with or without BOM, UTF-16, Windows-1252.

    Raises InputError (`empty`, `binary`) where the bytes are none of these. UTF-16 without a mark is told by its
    zero bytes; Windows-1252 is tried last, since nearly every byte is a letter in it.
    """
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise InputError("empty", file=file)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        guesses = ["utf-16"]
    elif data[:400].count(0) * 4 > len(data[:400]):
        guesses = ["utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"]
    else:
        guesses = ["utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "cp1252"]
    for encoding in guesses:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise InputError("empty", file=file)
        if not _CONTROL.search(text):
            return text, encoding
    raise InputError("binary", file=file)
