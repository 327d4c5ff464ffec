"""A register's cell by itself: whether it says anything, its amount's unit, and the labelled lines that it may hold."""

import re
from html import unescape
from itertools import pairwise

from overkalix_data.base.lists import Lists
from overkalix_data.documents.column_meaning import is_label
from overkalix_data.documents.line_facts import begins_fact
from overkalix_data.documents.placed_text import Cell
from overkalix_data.values.period import parse_period
from overkalix_data.values.status import status_named

MONEY = re.compile(r"[-−]?[.,]?\d[\d\s\u00a0\u202f.,']*")
"""A cell that is a bare number."""
LEAST_HEADS = 2
"""Lines of a cell that are labels alone, over a value each: one may be a word of its text."""
_DAY_AND_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(rf"{_TAG.pattern}|&#?\w{{2,}};", re.IGNORECASE)
_PIECE = re.compile(rf"(?P<line></?(?:p|br|li|div|h\d)\b[^<>]*>)|(?P<tag>{_TAG.pattern})|&#?\w+;|[\s\S]", re.IGNORECASE)
_SMALL = re.compile(r"(?!0+[.,]0+$)\d{1,3}[.,]\d+")
_ABOUT = re.compile(r"^(?:ca\.?|cirka|ungefär|c:a)\s+", re.IGNORECASE)


def with_unit(cell: Cell, unit: str) -> str:
    """What goes behind a bare number: the column's unit, else kronor; of a small one with decimals nobody can tell."""
    if not MONEY.fullmatch(_ABOUT.sub("", cell.words)):
        return ""
    return f" {unit or ('(okänd enhet)' if _SMALL.fullmatch(cell.words) else 'kr')}"


def is_unknown(words: str, lists: Lists) -> bool:
    """Whether a cell only says that there is no value: a dash, `okänt`."""
    return lists.empty_cells.same(words) is not None or not any(c.isalnum() for c in words)


def facts_of(cell: Cell, lists: Lists) -> list[Cell]:
    """The lines of a cell of labelled facts (`Syfte: …` and below it `Mål: …`), or of facts under their labels, each a
    cell; empty for other cells."""
    cuts = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", cell.text)), len(cell.text)]
    lines = [(a, b) for a, b in pairwise(cuts) if cell.text[a:b].strip()]
    heads = sum(is_label(cell.text[a:b].strip(), lists) for a, b in lines[:-1])
    if heads < LEAST_HEADS and not any(begins_fact(cell.text[a:b].strip(), 0, lists) for a, b in lines):
        return []
    return [_part(cell, a, b) for a, b in lines]


def plain(cell: Cell) -> Cell:
    """A cell without the clock of its day, or the marks of its HTML (`<p>Om &amp; kring</p>`)."""
    if _DAY_AND_TIME.fullmatch(cell.text.strip()):
        lead = len(cell.text) - len(cell.text.lstrip())
        return _part(cell, lead, lead + len("2024-01-31"))
    if not _MARKUP.search(cell.text):
        return cell
    pieces = [(m, "\n" if m["line"] else "" if m["tag"] else unescape(m[0])) for m in _PIECE.finditer(cell.text)]
    kept = [(m, words[0]) for m, words in pieces if words]
    return Cell(
        "".join(char for _, char in kept),
        [cell.starts[m.start()] for m, _ in kept],
        [cell.ends[m.end() - 1] for m, _ in kept],
    )


def under_title(cell: Cell, heading: str, lists: Lists) -> tuple[Cell, str, Cell] | None:
    """Of a title's cell with two lines the first, and the other with its label: the owner that the heading speaks of,
    or a period or a status, which need no heading; else None."""
    lines = [_part(cell, *m.span()) for m in re.finditer(r"\S(?:[^\n]*\S)?", cell.text)]
    if len(lines) != 2:
        return None
    said = lines[1].words
    kind = "Projekttid" if parse_period(said) else "Status" if status_named(said, lists) else ""
    label = "Projektägare" if "ägare" in heading else kind
    return (lines[0], label, lines[1]) if label else None


def _part(cell: Cell, start: int, end: int) -> Cell:
    return Cell(cell.text[start:end], cell.starts[start:end], cell.ends[start:end])
