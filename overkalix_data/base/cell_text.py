"""What a cell of a workbook can hold: not every sign of a source, and not any length."""

import re

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML may not hold: openpyxl lets lone surrogates and U+FFFE–FFFF through, and the book could not be opened."""
LONGEST_CELL = 32_767
"""In UTF-16 units, as Excel counts."""
CUT = " […]"
"""Ends a text that was too long for its cell; the rule `text-beyond-cell` tells of it."""


def clean(text: str) -> str:
    """The text without what XML or Excel refuses; a character of two units is never cut in half."""
    if 2 * len(text) < LONGEST_CELL and not ILLEGAL.search(text):
        return text
    units = ILLEGAL.sub("", text).encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return units.decode("utf-16-le")
    return units[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT


def units(text: str) -> int:
    """How long a text is, as Excel counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
