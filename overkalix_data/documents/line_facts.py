"""Several facts on one line (`Status: Pågående | Period: 2023–2025`) → where one ends and the next begins."""

import re

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import SPACE_BEFORE
from overkalix_data.documents.column_meaning import LONGEST, is_label

_BETWEEN = re.compile(rf"{SPACE_BEFORE}[|•·;]\s*|\.\s+|[ \u00a0]{{2,}}|(?<!\s)[^\S\t]*+\t\s*")
_PARTED = re.compile(r"[|•·;\t]|\.\s|[ \u00a0]{2}")
"""What stands in all of them: most lines have none of it."""
_FACT = re.compile(rf"(?P<label>[A-ZÅÄÖa-zåäö][^:|•·;.\n]{{1,{LONGEST}}}?)[ \u00a0]*:(?=\s)")
_COUNTED = re.compile(rf"(?P<label>[A-ZÅÄÖ][^:|•·;.\n\d]{{1,{LONGEST}}}?)[ \u00a0]+(?=\d)")
_SIGNS = tuple(re.compile(rf"{SPACE_BEFORE}[{sign}]\s*") for sign in "|•·;")
LEAST_ALIKE = 3
"""Pieces of a line that all have the form of a label and a value: then they are, though no list knows the labels."""
_VALUED = re.compile(r"[:\d]")
"""What stands between a label and its value, or in it: without it no fact has ended."""
_BULLET = re.compile(r"\s*(?:[•·▪◦‣*–\uf0b7\uf0a7-]\s+|[o§]\t)")
"""The sign of a list, also as a word processor's fonts have it."""


def bullet_of(line: str, lists: Lists) -> int:
    """How many characters of a line are the sign of a list before a labelled fact (`• Syfte: …`); 0 for none."""
    sign = _BULLET.match(line)
    return sign.end() if sign and begins_fact(line, sign.end(), lists) else 0


def facts_in(line: str, lists: Lists) -> list[tuple[int, int]]:
    """The separators between the facts of a line, each with a labelled fact on both sides; empty for other lines."""
    if alike := _alike_pieces(line):
        return alike
    if not _PARTED.search(line) or not begins_fact(line, len(line) - len(line.lstrip()), lists):
        return []
    return [
        m.span()
        for m in _BETWEEN.finditer(line)
        if _VALUED.search(line, 0, m.start())
        and (m[0].strip(" \u00a0.\t") or line[m.end() : m.end() + 1].isupper())
        and begins_fact(line, m.end(), lists)
    ]


def _alike_pieces(line: str) -> list[tuple[int, int]]:
    """The separators of a line that is all labels and values, parted by one sign, whatever its labels are called."""
    if line.count(":") < LEAST_ALIKE:
        return []
    for sign in _SIGNS:
        cuts = [m.span() for m in sign.finditer(line)]
        starts = [len(line) - len(line.lstrip()), *(end for _, end in cuts)]
        if len(starts) >= LEAST_ALIKE and all(_FACT.match(line, at) and line[at].isupper() for at in starts):
            return cuts
    return []


def begins_fact(line: str, at: int, lists: Lists) -> bool:
    """Whether a label of the lists stands there, with its colon or with a date, an amount or a number behind it."""
    fact = _FACT.match(line, at) or _COUNTED.match(line, at)
    if fact is None:
        return False
    # `Bidrag från Region Värmland: 210 000 kr` is one too; only the colon tells it from a funder and its amount.
    paid = lists.labels.by("form")["label"].by("field")["co_financing"]
    return is_label(fact["label"], lists) or (fact.re is _FACT and paid.fullmatch(fact["label"]) is not None)
