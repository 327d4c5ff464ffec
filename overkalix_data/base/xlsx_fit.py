"""How much room words take: lines of a cell, the height of a row, and a long text in pieces that each fit in one."""

import math

WIDE = 1.15
"""Room for bold letters, and for the wider font that stands in where Calibri is missing."""
NARROW = 12
"""Columns wider than this hold words: their text wraps."""
WIDEST = 90
"""Characters that a column is widened to at most, for a link or a long text."""
LINE_HEIGHT, HIGHEST = 16.0, 409.0
"""Points a line of 12-point text takes, and points that Excel lets a row be high."""
MARGIN = 2
MOST_LINES = int((HIGHEST - MARGIN) // LINE_HEIGHT)


def line_count(text: str, width: float) -> int:
    """Lines that a text takes in a column as wide as that many characters."""
    return sum(max(1, math.ceil(WIDE * len(part) / (width - MARGIN))) for part in text.split("\n"))


def height(lines: int) -> float:
    """Points of a row with that many lines; what is more than a row can hold is read in its cell."""
    return min(LINE_HEIGHT * lines + MARGIN, HIGHEST)


def width_for(length: int) -> int:
    """The width at which a text of that many characters fits in the highest row."""
    return math.ceil(WIDE * length / (MOST_LINES - 3)) + MARGIN


def pieces(text: str, width: float) -> list[str]:
    """The text as one piece or several, none of them longer than a row can show; parted between words."""
    parts, rest = [], text
    while line_count(rest, width) > MOST_LINES:
        cut = _cut(rest, width)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest]


def _cut(text: str, width: float) -> int:
    """Where the first piece ends: at the last space that leaves it fitting, or within a word where there is none."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if line_count(text[:middle], width) <= MOST_LINES else (low, middle - 1)
    return max(text.rfind(" ", 1, low), text.rfind("\n", 1, low)) + 1 or low
