"""How much room words take: lines of a cell, the height of a row, pieces of a long text, pages of paper."""

import math
from collections.abc import Sequence
from typing import Any

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from overkalix_data.base.words import say
from overkalix_data.base.xlsx_style import BODY_POINTS

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


SMALLEST = 7
"""Points that the letters of a table may shrink to on paper."""
PAPER_WIDTH, PAPER_HEIGHT = {False: 784, True: 538}, {False: 500, True: 740}
"""Points between the margins of A4, lying and standing (`is_portrait`); of its height, what whole rows fill."""
CHARACTER, PADDING = 5.25, 3.75
"""Points that a character of a column's width takes, and the column's own margins."""


def set_paper(
    page: Any, widths: Sequence[float], lang: str, *, name: str = "A", title: str = "", is_portrait: bool = False
) -> None:
    """The paper of a sheet whose printed columns have these widths; the column `name` says what a row is.

    `title` stands at the head of each page, where the sheet's own is not printed.
    """
    paper = page.page_setup
    paper.orientation, paper.paperSize = "portrait" if is_portrait else "landscape", Worksheet.PAPERSIZE_A4
    paper.fitToWidth, paper.fitToHeight = pages_wide(widths, is_portrait=is_portrait), 0
    if paper.fitToWidth > 1:
        page.print_title_cols, paper.pageOrder = f"{name}:{name}", "overThenDown"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.75, header=0.3, footer=0.3)
    number = _HeaderFooterPart(text=say("book.page", lang, page="&P", pages="&N"))
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=number)
    if title:
        page.HeaderFooter.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(text=title.replace("&", "&&")))


def pages_wide(widths: Sequence[float], *, is_portrait: bool) -> int:
    """Pages of A4 that columns of these widths need side by side to be read; the first column stands on each."""
    first, *others = (CHARACTER * width + PADDING for width in widths)
    room = PAPER_WIDTH[is_portrait] * BODY_POINTS / SMALLEST
    return 1 if first + sum(others) <= room else math.ceil(sum(others) / max(room - first, room / 4)) or 1


def pages_high(points: float, *, is_portrait: bool) -> int:
    """Pages of A4 that rows of so many points need one under the other to be read."""
    return math.ceil(points * SMALLEST / BODY_POINTS / PAPER_HEIGHT[is_portrait]) or 1
