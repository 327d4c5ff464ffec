"""The vocabulary of a workbook: books, sheets, tables, columns, cells that are more than a value, what is public."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

BOOK = "overkalix-projekt.xlsx"
"""The workbook's file in the folder of an edition."""
EDITIONS = ("internal", "public")
CHART_ROWS = 16
"""Rows of the sheet that a chart beside its table is high."""
SOURCE_ROW = 3
"""Title, subtitle and source stand in the first rows; notes follow."""


@dataclass(frozen=True)
class Formula:
    """A computed cell. `{table.column}` is that column of that table anywhere in the book, `{row}` the cell's own row.

    `value` is what it gives now: for programs that show a book without computing (a preview, Excel's protected view).
    """

    text: str
    value: str | int | float


@dataclass(frozen=True)
class Link:
    """Words that lead to an address, or to a row (from 1) of the first table of a sheet."""

    text: str
    url: str = ""
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class SheetColumn:
    """A column: its key in the frame, its heading, its width in characters, and what its type and codelist ask for."""

    key: str
    heading: str
    type: str = "text"
    width: int = 16
    none_applies: bool = False
    """An empty cell says "none", not "unknown"."""
    personal: bool = False
    """Personal data: left out of the public edition."""
    choices: tuple[str, ...] = ()
    """The words that a drop-down offers whoever edits a copy."""
    tones: tuple[tuple[str, str], ...] = ()
    """(words, tone): cells with these words also get that tone's colour; the words alone tell the same."""


@dataclass(frozen=True)
class BarChart:
    """A native bar chart of a table's number column by its first column, drawn beside the table."""

    title: str
    alt: str
    values: str


@dataclass(frozen=True)
class SheetTable:
    """A table of a sheet. `table` is its name in the book; the frame's columns are those of `columns`, in order."""

    table: str
    columns: list[SheetColumn]
    frame: pd.DataFrame
    heading: str = ""
    """Words above it, where the sheet has several tables."""
    chart: BarChart | None = None
    new_page: bool = False
    """Whether it begins a new page of paper."""
    on_paper: int | None = None
    """Rows of it that go on paper, where the rest of the sheet is for the screen alone."""
    nothing: str = ""
    """What its one row says where it has none: Excel takes no table without rows."""

    def rows(self) -> Iterator[list[Any]]:
        """One row after the other; None is unknown."""
        for row in self.frame.itertuples(index=False):
            yield [None if _is_missing(v) else v for v in row]


@dataclass(frozen=True)
class Sheet:
    """A sheet: title in A1, what a row is in A2, the source in A3, notes, then its tables one under the other."""

    name: str
    title: str
    subtitle: str
    blocks: list[SheetTable]
    notes: list[str] = field(default_factory=list)
    printed: int = 0
    """How many columns go on paper, from the left; 0 = all. The rest are for the screen."""
    is_portrait: bool = False

    def last_on_paper(self) -> int:
        """The last row of the sheet that goes on paper."""
        row = 0
        for block, header in zip(self.blocks, self.header_rows(), strict=True):
            if block.on_paper is not None:
                return header + block.on_paper if block.on_paper else row
            row = header + max(len(block.frame), CHART_ROWS if block.chart else 1)
        return row

    def header_rows(self) -> list[int]:
        """The row of the sheet where each table's header stands."""
        row, headers = SOURCE_ROW + len(self.notes) + 2, []
        for block in self.blocks:
            row += bool(block.heading)
            headers.append(row)
            row += max(len(block.frame), CHART_ROWS if block.chart else 1) + 2
        return headers


@dataclass(frozen=True)
class Book:
    """A workbook: its document properties, the line of source that every sheet has, and its sheets in order."""

    title: str
    subject: str
    source: str
    sheets: list[Sheet]


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def without_personal(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets without their personal columns; a table whose first column is personal goes whole."""
    kept = []
    for sheet in sheets:
        blocks = [_open_columns(block) for block in sheet.blocks if not block.columns[0].personal]
        printed = sum(not column.personal for column in sheet.blocks[0].columns[: sheet.printed])
        kept += [replace(sheet, blocks=blocks, printed=printed)] if blocks else []
    return kept


def _open_columns(block: SheetTable) -> SheetTable:
    kept = [column for column in block.columns if not column.personal]
    return replace(block, columns=kept, frame=block.frame[[column.key for column in kept]])
