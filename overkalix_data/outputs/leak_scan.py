"""The last look at the public edition: no byte of it may tell a person whom the tables know.

It reads what was written, not what was meant to be: parts of zip files, properties of documents, alternative texts,
file names, addresses. A hit stops the run before anything is put in place.
"""

import html
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from overkalix_data.analyse.public_edition import people_of
from overkalix_data.base.codelist import codelist
from overkalix_data.base.errors import InputError
from overkalix_data.outputs.open_data.database import database_texts
from overkalix_data.outputs.open_data.parquet import parquet_texts
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables
from overkalix_data.values.disguise import as_read

_NO_WORDS = re.compile(r"\bd=\"[^\"]*\"|;base64,[A-Za-z0-9+/=]+|sha256-[A-Za-z0-9+/=]+")
"""Outlines of drawings, pictures and check sums: digits and letters that nobody reads."""
_TAG = re.compile(r"<[^<>]*>")
_BLOCK = re.compile(
    r"</?(?:w:(?:p|tc|tr|br|tab)|(?:dc|cp|dcterms|vt):\w+|p|div|section|article|td|th|tr|c|si|row|li|ul|ol|dt|dd"
    r"|h[1-6]|br|text|title|desc|option|label|summary|caption|figcaption|button|nav|header|footer|main)(?=[\s/>])[^<>]*>"
)
"""Parts words from each other; other tags may stand inside a name, and an organisation's ends where its cell does."""
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_OFFSETS = re.compile(rb"\d{10} \d{5} [fn]")
"""Where a PDF's objects start (ISO 32000, 7.5.4): any digits."""
_PROPERTIES = re.compile(rb"<x:xmpmeta|/Title|/Author|/Alt|/ActualText")
"""Of a PDF's streams those that hold words as words; the page itself is glyphs of a font, and is made of the letter."""
_OF_ROWS = {b"SQLite format 3\0": database_texts, b"PAR1": parquet_texts}
"""What a file of rows begins with → how its rows are read: in its bytes they are cut up, or compressed."""
_WORD = re.compile(r"[^\W\d_]+")


def stop_at_leaks(folder: Path, tables: Tables) -> None:
    """Raises InputError (`leak`) with the file and the part of it in which a person of the tables is told."""
    people, seen = people_of(tables, vocabulary()), set[str]()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        for part, text in texts_of(path.relative_to(folder).as_posix(), path.read_bytes()):
            if text not in seen and people.is_known_in(text):
                raise InputError("leak", file=path.name, part=part)
            seen.add(text)  # a chart stands in the page too, and every letter has the same styles


def texts_of(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """What a file says, part by part: (where, words as they read)."""
    yield name, as_read(name)
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in archive.infolist():
                yield from texts_of(f"{name}!{member.filename}", archive.read(member))
    elif data[:4] == b"%PDF":
        streams = (_inflated(stream) for stream in _STREAM.findall(data))
        for stream in (_OFFSETS.sub(b" ", _STREAM.sub(b" ", data)), *(s for s in streams if _PROPERTIES.search(s))):
            yield name, as_read(stream.decode("latin-1"))
            yield name, as_read(stream.decode("utf-16-be", errors="ignore"))
    elif data[:4] == b"\x89PNG":
        for words in _png_texts(data):
            yield name, as_read(words)
    elif of_rows := next((read for mark, read in _OF_ROWS.items() if data.startswith(mark)), None):
        for row in of_rows(data):
            yield name, as_read(row)
    else:
        text = _NO_WORDS.sub(" ", data.decode("utf-8", errors="ignore"))
        yield name, as_read(html.unescape(text))
        if _TAG.search(text):
            yield name, as_read(html.unescape(_TAG.sub("", _BLOCK.sub("\n", text))))


@cache
def vocabulary() -> frozenset[str]:
    """The words that the package itself writes: a surname that is one of them tells nobody when it stands alone."""
    own = [row[lang] for name in ("words", "codes", "rules") for row in codelist(name) for lang in row]
    own += [f"{c.heading} {c.about}" for table in TABLES.values() for c in table.columns]
    return frozenset(word for text in own for word in _WORD.findall(unicodedata.normalize("NFC", text)))


def _png_texts(data: bytes) -> Iterator[str]:
    """The words beside a picture (PNG 1.2, section 4.2.3): plain and compressed text is Latin-1, iTXt UTF-8."""
    at = 8
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        chunk = data[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"zTXt"):
            yield (chunk if kind == b"tEXt" else _inflated(chunk.partition(b"\0\0")[2])).decode("latin-1")
        elif kind == b"iTXt":
            yield chunk.decode("utf-8", errors="ignore")
        at += length + 12


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
