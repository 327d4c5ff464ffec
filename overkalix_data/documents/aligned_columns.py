"""Columns that stand under their headings, as those of a printed table: a cell may be empty or wrapped."""

import re
from collections.abc import Sequence
from itertools import pairwise

from overkalix_data.base.spans import Span
from overkalix_data.documents.placed_text import Cell, cell_of, joined

_PIECE = re.compile(r"[^ \u00a0\r\n]+(?:[ \u00a0][^ \u00a0\r\n]+)*")
"""Words with one space between them at most."""
_RULE = re.compile(r"[\s=_-]*")
SLACK = 2
"""So many characters before its heading may a cell begin."""
LEAST = 3
"""Columns that such a table has at least (two may be any words set apart), and rows, the headings counted."""
Line = list[tuple[int, Cell]]
"""The pieces of a line, each with the column that it stands in."""


def aligned_rows(source: str, lines: Sequence[Span], at: int) -> tuple[list[list[Cell]], int]:
    """The rows of the table that begins there, its headings first, and of how many lines it may be; none where no cell
    is wrapped, or the lines below do not stand under the headings."""
    heads = [(m.start() - lines[at][0], m.end() - lines[at][0]) for m in _PIECE.finditer(source, *lines[at])]
    groups: list[list[Line]] = [[]]
    last = at
    for n, (start, end) in enumerate(lines[at:], start=at):
        if _RULE.fullmatch(source, start, end):
            groups += [[]] * bool(groups[-1])
            continue
        placed = _placed(source, start, end, heads)
        if placed is None:
            break
        groups[-1].append(placed)
        last = n
    groups = [group for group in groups if group]
    is_wrapped = any(len(group) > 1 for group in groups[1:]) and len(heads) >= LEAST <= len(groups)
    if not is_wrapped or any(len(line) >= len(group[0]) for group in groups for line in group[1:]):
        groups = []
    return [_row(group, len(heads)) for group in groups], last + 1 - at


def _placed(source: str, start: int, end: int, heads: Sequence[Span]) -> Line | None:
    """A line's pieces in their columns; None where one goes past the next heading or stands under none."""
    line: Line = []
    for m in _PIECE.finditer(source, start, end):
        a, b = m.start() - start, m.end() - start
        under = [n for n, head in enumerate(heads) if a < head[1] and head[0] < b]
        near = [n for n, head in enumerate(heads) if abs(head[0] - a) <= SLACK]
        column = next(iter([*near, *under]), None)
        if column is None or len(under) > 1:
            return None
        line.append((column, cell_of(source, *m.span())))
    return line if all(a < b for (a, _), (b, _) in pairwise(line)) else None


def _row(group: Sequence[Line], width: int) -> list[Cell]:
    """The lines of a row as one, cell by cell."""
    return [joined([cell for line in group for at, cell in line if at == n], " ") for n in range(width)]
