"""What a cell of a workbook can hold: not every sign of a source, and not any length."""

import re

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML may not hold: openpyxl lets lone surrogates and U+FFFE–FFFF through, and the book could not be opened."""
LONGEST_CELL = 32_767
"""In UTF-16 units, as Excel counts."""
OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Turn the order in which text is shown: `faktura\u202efdp.exe` looks like another file's name."""
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What a terminal takes as an order to itself (colours, its title, what is typed), line ends and tabs left out."""
CUT = " […]"
"""Ends a text that was too long for its cell; the rule `text-beyond-cell` tells of it."""


def plain(text: str) -> str:
    """The text with what turns its direction shown as what it is: `[U+202E]`."""
    return OVERRIDE.sub(_named, text) if OVERRIDE.search(text) else text


def printable(text: str) -> str:
    """The text as a terminal may have it: what is no character, and what turns the direction, shown as what it is."""
    return CONTROL.sub(_named, plain(text))


def _named(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def clean(text: str) -> str:
    """The text without what XML or Excel refuses; a character of two units is never cut in half."""
    text = plain(text)
    if 2 * len(text) < LONGEST_CELL and not ILLEGAL.search(text):
        return text
    units = ILLEGAL.sub("", text).encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return units.decode("utf-16-le")
    return units[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT


def units(text: str) -> int:
    """How long a text is, as Excel counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
