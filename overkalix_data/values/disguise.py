"""Text as a reader sees it, whatever its characters are: full-width signs, look-alikes, escapes, marks of no width."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import DASHES, INVISIBLE

_ESCAPE = re.compile(r"(?:%[0-9A-Fa-f]{2}){1,8}|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
_USUAL = re.compile(r"[ -~åäöÅÄÖéÉ\n]*")
"""Characters that need no second look; most texts hold nothing else."""

_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\t\r\f\v" + "".join(map(chr, range(0x2000, 0x200B)))), " "
)


@dataclass(frozen=True)
class Readable:
    """A text as it reads, and where each of its characters stands in the text as written."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as written in which the characters from `start` to `end` stand."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def readable(text: str) -> Readable:
    """NFKC, one dash, one space, Latin letters for their look-alikes, escapes resolved, invisible marks dropped."""
    if _USUAL.fullmatch(text) and not _ESCAPE.search(text):
        return Readable(text)
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end in [*(m.span() for m in _ESCAPE.finditer(text)), (len(text), len(text))]:
        pieces = [(text[n], n, n + 1) for n in range(at, start)]
        if start < end:
            written = text[start:end]
            meant = unquote(written, errors="replace") if written[0] == "%" else html.unescape(written)
            pieces.append((meant, start, end))
        for piece, first, last in pieces:
            for char in _plain(piece):
                shown.append(char)
                starts.append(first)
                ends.append(last)
        at = end
    return Readable("".join(shown), tuple(starts), tuple(ends))


def as_read(text: str) -> str:
    """The same without the places: for whole files, whose escapes are resolved already."""
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return text.translate(_as_read())


@cache
def _as_read() -> dict[int, str]:
    return {ord(c): reads_as for c, reads_as in _lookalikes().items()} | _SPACES


@cache
def _plain(piece: str) -> str:
    """What a piece reads as; empty where it shows nothing."""
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", piece))
    return "".join(" " if c.isspace() and c != "\n" else _lookalikes().get(c, c) for c in text)


@cache
def _lookalikes() -> dict[str, str]:
    pairs = {row["character"]: row["reads_as"] for row in lists_for().lookalikes}
    return pairs | dict.fromkeys(DASHES, "-")
