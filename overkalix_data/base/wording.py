"""Words: white space, folding for comparison, slugs for keys, and the patterns of the codelists."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise, product

from overkalix_data.base.codelist import codes

DASHES = "-‐‑‒–—−"
_DASH = re.compile(f" ?[{DASHES}] ?")
REMEMBERED = 2**14
"""Texts whose answer is kept: lists repeat their words, and a page of 100,000 projects must not fill the memory."""
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Soft hyphens and marks of no width: they tell a browser where to break a word, and are no part of it."""
ACCENT = re.compile("[\u0300-\u036f]")
"""The ring of an å that is written as two characters, as some programs save it."""
SPACE_BEFORE = r"(?:(?<!\s)\s++)?+"
"""Begins a pattern whose sign may have white space before it: a run is tried from its first character alone, never
anew from each, so that the time of a search grows with the length of the text and no faster. Whatever else may begin
anywhere in a run and has no bound does likewise (`(?<!x)x++`); `tests/hostile/test_linear.py` counts the steps."""


_NO_ACCENT = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ŋ": "n", "ŧ": "t"})
"""Norwegian, Danish and Sámi letters that are no letter with an accent."""


def squeeze(text: str) -> str:
    """One line, single spaces: U+00A0, line breaks and invisible characters are layout, not words."""
    return " ".join((text if text.isascii() else INVISIBLE.sub("", text)).split())


def paragraphs(text: str) -> str:
    """Squeezed paragraphs, joined by one empty line: a line break inside a paragraph is only wrapping."""
    return "\n\n".join(filter(None, (squeeze(p) for p in re.split(r"(?:\r\n|\r|\n)\s*(?:\r\n|\r|\n)", text))))


def inside(label: str) -> str:
    """A label as it stands inside a sentence: `Egen finansiering` begins small, `EU-fond` does not."""
    return f"{label[:1].lower()}{label[1:]}" if label[1:2].islower() else label


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """The form in which two spellings are the same: case, dash kind, white space and final stops fall away."""
    text = unicodedata.normalize("NFC", squeeze(text)).casefold()
    return _DASH.sub("-", text).strip(" .,;:")


def slug(text: str, words: int = 8) -> str:
    """A key of a-z, 0-9 and hyphens from the first `words` words: å and ä give a, ö gives o."""
    ascii_text = (
        unicodedata.normalize("NFKD", squeeze(text).casefold().translate(_NO_ACCENT)).encode("ascii", "ignore").decode()
    )
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text)[:words])


def key_of(text: str) -> str:
    """A key that no other text has: its slug, or where no letter of it is one of ours (Кириллица, 日本) a checksum."""
    return slug(text) or (hashlib.sha256(text.encode(errors="replace")).hexdigest()[:8] if text else "")


def swedish_order(text: str) -> str:
    """A key that sorts words as Swedish does: å, ä and ö are the last letters, é stands with e, case does not count."""
    last = {"å": "{", "ä": "|", "ö": "}"}
    plain = "".join(
        last.get(c) or unicodedata.normalize("NFD", c)[0]
        for c in unicodedata.normalize("NFC", squeeze(text)).casefold()
    )
    return f"{plain}\0{text}"


def code_named(name: str, label: str) -> str:
    """The code of a small list that is named: by itself or its label in either language; empty where none is."""
    return _codes_named(name).get(fold(label), "")


@cache
def _codes_named(name: str) -> dict[str, str]:
    return {fold(named): code for code, row in codes(name).items() for named in (code, row["sv"], row["en"])}


@cache
def pattern(words: str) -> re.Pattern[str]:
    """A codelist's words as a pattern (`expression`)."""
    return re.compile(expression(words), re.IGNORECASE)


def expression(words: str) -> str:
    """A codelist's words as a regular expression, to be compiled or built into another: `*` is the rest of a word
    (alone: one whole word, 60 characters at most), `…` any words of the paragraph (300 at most, so that time grows with
    length alone), `(är|var)` either, `(också |)` words that may be left out; case and white space do not count.

    A space matches any white space and a hyphen any dash, so a wrapped line or an en dash is found too.
    """
    return rf"(?<!\w){_expression(squeeze(words))}(?!\w)"


_EITHER = r"\([^()]*\|[^()]*\)"
_SIGN = re.compile(rf"(?P<word>(?<!\S)\*(?!\S))|(?P<either>{_EITHER})|.")


def _expression(words: str) -> str:
    parts = []
    for sign in _SIGN.finditer(words):
        char = sign[0]
        if sign["either"]:
            longest_first = sorted(char[1:-1].split("|"), key=len, reverse=True)
            parts.append(f"(?:{'|'.join(map(_expression, longest_first))})")
        elif char == "*":
            parts.append(r"[\w-]{1,60}" if sign["word"] else r"[\w-]{0,60}")
        elif char == "…":
            parts.append(r"(?:[^\r\n]|(?:\r\n|\r|\n)(?![ \t\u00a0]*[\r\n])){0,300}?")
        elif char == " ":
            parts.append(r"(?<!\s)\s++")
        elif char in DASHES:
            parts.append(rf"\s?[{DASHES}]\s?")
        else:
            parts.append(re.escape(char))
    return "".join(parts)


def variants(words: str) -> list[str]:
    """A codelist's words in every way that its `(a|b)` lets them be written."""
    if "|" not in words:
        return [squeeze(words)]
    pieces = re.split(f"({_EITHER})", squeeze(words))
    choices = (piece[1:-1].split("|") if n % 2 else [piece] for n, piece in enumerate(pieces))
    return ["".join(chosen) for chosen in product(*choices)]


def not_repeated(text: str, others: Iterable[str]) -> list[str]:
    """The paragraphs of a text without the sentences that the other texts have: those are told there."""
    said = {squeeze(other[start:end]) for other in others for start, end in sentences(other)}
    left = (
        " ".join(squeeze(part[start:end]) for start, end in sentences(part) if squeeze(part[start:end]) not in said)
        for part in text.split("\n\n")
    )
    return [part for part in left if part]


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of running text stands: (start, end) with its full stop, surrounding space left out."""
    cuts = [0, *(m.end() for m in re.finditer(r"[.!?][\"”]?\s+(?=[\"”]?[A-ZÅÄÖ])|(?:\r?\n\s*){2,}", text)), len(text)]
    spans = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return spans
