"""What print leaves in a text: page numbers, the running heads beside them, a table of contents, rules, and the head
of a letter."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from overkalix_data.base.wording import DASHES, fold
from overkalix_data.documents.source import Line

_PAGE = re.compile(
    r"(?:(?:sidan?|sid\.?|s\.)\s*\d{1,4}(?:\s*(?:\(\d{1,4}\)|(?:/|av)\s*\d{1,4}))?|\d{1,4}\s*\(\d{1,4}\)|[-–]\s*\d{1,4}\s*[-–])",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\.{4}|(?:\. ){4}|……)\s*\d{1,4}\Z")
"""Dots and a page's number, which end a line of a table of contents."""
RULE = re.compile(rf"(?:[{DASHES}=*_~] ?){{8,}}")
"""A line drawn across a text, as between the news of a letter."""
_LETTER = re.compile(r"(?:Från|Till|Kopia|Skickat|Datum|Ämne|From|To|Cc|Sent|Date|Subject):\s.*")
"""A line of the head of a letter: from whom it is, to whom, when and on what."""
LEAST_HEAD = 3
"""Lines of such a head."""
SHORT = 30
"""Characters that the heading of a table of contents has at most."""
TWICE = 2
"""A running head, and a page number, stands on several pages."""


def print_marks(lines: Sequence[Line]) -> frozenset[int]:
    """The places of the lines that belong to the print and not to the text: a field goes on behind them."""
    contents = {at for at, line in enumerate(lines) if _is_entry(line.text)}
    contents |= {
        at - 1
        for at in contents
        if at - 1 not in contents and at and len(lines[at - 1].text) <= SHORT and ":" not in lines[at - 1].text
    }
    contents |= {at for at, line in enumerate(lines) if RULE.fullmatch(line.text)}
    for is_head, places in groupby(range(len(lines)), key=lambda at: _LETTER.fullmatch(lines[at].text) is not None):
        head = list(places) if is_head else []
        contents |= set(head) if len(head) >= LEAST_HEAD else set()
    pages = [at for at, line in enumerate(lines) if _PAGE.fullmatch(line.text)]
    if len(pages) < TWICE:
        return frozenset(contents)
    beside = {at for page in pages for at in (page - 1, page + 1) if 0 <= at < len(lines) and at not in pages}
    times = Counter(_form(lines[at].text) for at in beside)
    return frozenset(contents | set(pages) | {at for at in beside if times[_form(lines[at].text)] >= TWICE})


def _is_entry(text: str) -> bool:
    """Whether a line is an entry of a table of contents: words, dots, a page's number."""
    leader = _LEADER.search(text)
    return leader is not None and bool(text[: leader.start()].strip())


def _form(text: str) -> str:
    return re.sub(r"\d+", "#", fold(text))
