"""Text as a reader sees it, whatever its characters are: full-width signs, look-alikes, escapes, marks of no width."""

import html
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import DASHES

_HEX = "[0-9A-Fa-f]"
_ESCAPE = re.compile(
    rf"(?:%(?:25){{0,3}}{_HEX}{{2}}){{1,8}}|(?:\\u{_HEX}{{4}}){{1,2}}"
    rf"|&(?:amp;){{0,3}}(?:#\d{{1,7}}|#[xX]{_HEX}{{1,6}}|[A-Za-z]{{2,8}});"
)
"""Characters of addresses, of JSON and of HTML written by number or name; escaped once more, or twice."""
_AGAIN = re.compile(rf"(?<=%)(?:25)+(?={_HEX}{{2}})|(?<=&)(?:amp;)+(?=[#A-Za-z])")
_CLUSTER = re.compile(r".[\u0300-\u036f]{0,8}", re.DOTALL)
"""A letter with the accents that are written after it."""
_USUAL = re.compile(r"[ -~åäöÅÄÖéÉ\n]*")
"""Characters that need no second look; most texts hold nothing else."""
_UNSEEN = {"Mn", "Me", "Cf"}
"""Unicode's categories of what has no width of its own: accents, lines through letters, marks for programs."""
_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Korean letters that show nothing."""


_CIRCLED = "Ⓐ-ⓩ🄐-🆉"
_CIRCLED_A = re.compile(f"(?<![{_CIRCLED}])[Ⓐⓐ🄰🅐🅰](?![{_CIRCLED}])")
"""An `a` in a ring that is no letter of a word in rings stands for the sign that looks so: `eva.ekⓐkommun.se`."""


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
    """NFKC, one dash, one space, Latin letters and digits for their look-alikes, escapes resolved, invisible marks
    dropped."""
    if _USUAL.fullmatch(text) and not _ESCAPE.search(text):
        return Readable(text)
    text = _CIRCLED_A.sub("@", text)
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end in [*(m.span() for m in _ESCAPE.finditer(text)), (len(text), len(text))]:
        pieces = [(m[0], *m.span()) for m in _CLUSTER.finditer(text, at, start)]
        if start < end:
            pieces.append((_meant(text[start:end]), start, end))
        for piece, first, last in pieces:
            for char in _plain(piece):
                shown.append(char)
                starts.append(first)
                ends.append(last)
        at = end
    return Readable("".join(shown), tuple(starts), tuple(ends))


def as_read(text: str) -> str:
    """The same without the places."""
    plain = _ESCAPE.sub(lambda m: _meant(m[0]), _CIRCLED_A.sub("@", text))
    return unicodedata.normalize("NFKC", plain).translate(_SIGNS)


def _meant(written: str) -> str:
    """What an escape stands for."""
    once = _AGAIN.sub("", written)
    if once[0] == "\\":
        return str(json.loads(f'"{once}"'))
    return unquote(once, errors="replace") if once[0] == "%" else html.unescape(once)


@cache
def _plain(piece: str) -> str:
    """What a piece reads as; empty where it shows nothing."""
    return unicodedata.normalize("NFKC", piece).translate(_SIGNS)


class _Signs(dict[int, str]):
    """Code point → what it reads as: a Latin letter or digit, a dash, a space, nothing; filled as it is asked."""

    def __missing__(self, code: int) -> str:
        self[code] = _sign(chr(code))
        return self[code]


_SIGNS = _Signs()


def _sign(char: str) -> str:
    if char in _lookalikes():
        return _lookalikes()[char]
    category = unicodedata.category(char)
    if category in _UNSEEN or char in _FILLERS:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd":
        return "-"
    return " " if char.isspace() and char != "\n" else char


@cache
def _lookalikes() -> dict[str, str]:
    return {row["character"]: row["reads_as"] for row in lists_for().lookalikes} | dict.fromkeys(DASHES, "-")
