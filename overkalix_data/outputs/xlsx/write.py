"""Described books → accessible .xlsx: real tables, one theme, nothing executed, row by row, always the same bytes."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from numbers import Real
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from overkalix_data.base.cell_text import clean
from overkalix_data.base.errors import InputError
from overkalix_data.base.files import moment_of
from overkalix_data.base.words import say
from overkalix_data.base.xlsx_fit import MOST_LINES, NARROW, WIDE, WIDEST, height, line_count, pages_high, width_for
from overkalix_data.base.xlsx_style import (
    BODY,
    HEADER,
    HEADER_FILL,
    HEADING,
    SUBTITLE,
    TITLE,
    AnyCell,
    Unsaid,
    put_words,
    same_bytes,
    sheet_name,
)
from overkalix_data.outputs.workbook.sheet import Book, Formula, Link, Sheet, SheetColumn, SheetTable
from overkalix_data.outputs.xlsx.page_setup import FORMATS, PLAIN_ROW, add_rules, add_styles, bar_chart, set_up

STRIPES = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
FIRST_DAY = date(1900, 3, 1)
"""Excel shows no day before 1900, and counts the two months before this one wrongly."""
FILTER_BUTTON = 4
"""Characters that the filter button and the margins take of a heading."""
MOST_ROWS = 1_048_576
"""Rows that Excel takes on a sheet."""
MOST_LINKS, LONGEST_ADDRESS = 65_000, 2_000
"""Hyperlinks that Excel takes on a sheet, and characters in one; what is beyond stays words."""
COLUMN_OF = re.compile(r"\{(\w+)\.(\w+)\}")


def write_book(book: Book, path: Path, *, as_of: str, lang: str = "sv") -> Path:
    """Writes the book and gives its path. Rows are written as they are made: memory does not grow with them.

    Raises InputError (`sheet_rows`) where a sheet has more rows than Excel takes.
    """
    for sheet in book.sheets:
        if (rows := sheet.header_rows()[-1] + len(sheet.blocks[-1].frame)) > MOST_ROWS:
            raise InputError("sheet_rows", file=path.name, sheet=sheet.name, length=rows, limit=MOST_ROWS)
    workbook = Workbook(write_only=True)
    add_styles(workbook)
    writer = _BookWriter(workbook, book, lang)
    for sheet in book.sheets:
        writer.write(sheet)
    moment, properties = moment_of(as_of), workbook.properties
    properties.title, properties.subject, properties.description = book.title, book.subject, clean(book.source)
    properties.creator, properties.language = "overkalix_data", say("book.language", lang)
    properties.created = properties.modified = moment
    path.write_bytes(same_bytes(workbook, moment, writer.unsaid))
    return path


class _BookWriter:
    """Writes sheets one after the other; knows where each sheet's first table will stand, for links to lead there."""

    def __init__(self, workbook: Workbook, book: Book, lang: str) -> None:
        self.workbook, self.source, self.lang = workbook, book.source, lang
        self.headers = {sheet.name: sheet.header_rows()[0] for sheet in book.sheets}
        self.places = {
            (block.table, column.key): (sheet.name, get_column_letter(n), header, header + max(len(block.frame), 1))
            for sheet in book.sheets for block, header in zip(sheet.blocks, sheet.header_rows(), strict=True)
            for n, column in enumerate(block.columns, start=1)
        }  # fmt: skip
        self.unsaid = Unsaid()
        self.links = 0
        self.points = 0.0

    def write(self, sheet: Sheet) -> None:
        """One sheet, from its title to its last table; under the title also which columns are for the screen alone."""
        shown = sheet.blocks[0].columns
        if 0 < sheet.printed < len(shown):
            notice = say("book.not_printed", self.lang, last=shown[sheet.printed - 1].heading)
            sheet = replace(sheet, subtitle=f"{sheet.subtitle} {notice}")
        page: Any = self.workbook.create_sheet(sheet_name(sheet.name))
        columns = [self._fitted(block) for block in sheet.blocks]
        self.links, last = 0, sheet.last_on_paper()
        self.points = PLAIN_ROW * last
        set_up(page, sheet, columns, self.source, self.lang)
        page.append([_in_font(page, sheet.title, TITLE)])
        above = [(sheet.subtitle, SUBTITLE), (self.source, SUBTITLE), *((note, BODY) for note in sheet.notes)]
        for n, (text, font) in enumerate(above, start=2):
            page.append([_line_above(page, n, text, font)])
        row = 3 + len(sheet.notes)
        for block, fitted, header in zip(sheet.blocks, columns, sheet.header_rows(), strict=True):
            while row < header - 1:
                page.append([_in_font(page, block.heading, HEADING)] if block.heading and row == header - 2 else [])
                row += 1
            self._write_table(page, block, fitted, header, sheet.printed, last)
            row = header + max(len(block.frame), 1)
            if block.chart:
                page.add_chart(bar_chart(block, page, header), f"{get_column_letter(len(block.columns) + 1)}{header}")
            if block.new_page:
                page.row_breaks.append(Break(id=header - 2))
        # Where a sheet is to fit in a number of pages, breaks of its own are heeded by no program.
        high = 0 if page.row_breaks.brk else pages_high(self.points, is_portrait=sheet.is_portrait)
        page.page_setup.fitToHeight = high
        if charts := [(clean(b.chart.title), clean(b.chart.alt)) for b in sheet.blocks if b.chart]:
            self.unsaid.alts.append(charts)

    def _write_table(
        self,
        page: Any,
        block: SheetTable,
        columns: Sequence[SheetColumn],
        header: int,
        printed: int,
        last_on_paper: int,
    ) -> None:
        widths = [page.column_dimensions[get_column_letter(n)].width for n in range(1, len(columns) + 1)]
        placed = [replace(column, width=width) for column, width in zip(columns, widths, strict=True)]
        without_button = [replace(c, width=c.width - FILTER_BUTTON) for c in placed]
        page.row_dimensions[header].height = points = max(34, _height([c.heading for c in columns], without_button))
        self.points += (points - PLAIN_ROW) * (header <= last_on_paper)
        page.append([_header_cell(page, column) for column in columns])
        row = header
        for row, values in enumerate(block.rows(), start=header + 1):
            page.row_dimensions[row].height = points = _height(values, placed[: printed or None])
            self.points += (points - PLAIN_ROW) * (row <= last_on_paper)
            pairs = enumerate(zip(values, columns, strict=True), start=1)
            page.append([self._cell(page, row, n, value, column) for n, (value, column) in pairs])
            page.row_dimensions.pop(row)
        last = max(row, header + 1)
        if row == header:
            nothing = put_words(WriteOnlyCell(page), block.nothing or say("book.nothing", self.lang))
            nothing.style = "nothing"
            page.append([nothing])  # the other cells stay empty, so that formulas count no row
        name, ref = f"Tabell_{block.table}", f"A{header}:{get_column_letter(len(columns))}{last}"
        table = Table(displayName=name, name=name, ref=ref)
        table.tableColumns = [TableColumn(id=n, name=clean(c.heading)) for n, c in enumerate(columns, start=1)]
        table.autoFilter = AutoFilter(ref=table.ref)
        table.tableStyleInfo = STRIPES
        page.tables.add(table)
        add_rules(page, columns, header + 1, last, self.lang)

    def _cell(self, page: Any, row: int, n: int, value: Any, column: SheetColumn) -> AnyCell:
        cell, number = WriteOnlyCell(page), value if isinstance(value, Real) else None
        text = value.text if isinstance(value, Link) else value
        if text is None or not clean(str(text)).strip():
            put_words(cell, "–" if column.none_applies else say("unknown", self.lang)).style = "unknown"
        elif isinstance(value, Formula):
            cell.value = "=" + COLUMN_OF.sub(self._name, value.text).replace("{row}", str(row))
            cell.style = column.type if column.type in FORMATS else "word"
            sheet = len(self.workbook.worksheets)
            self.unsaid.values.setdefault(sheet, {})[f"{get_column_letter(n)}{row}"] = value.value
        elif column.type in FORMATS and number is not None:
            cell.value = round(float(number)) if column.type in ("int", "money") else float(number)
            cell.style = column.type
        elif column.type in ("date", "edtf") and (day := _day(str(value))):
            cell.value = day
            cell.style = "day"
        else:
            put_words(cell, str(text)).style = "words" if column.width > NARROW else "word"
            if isinstance(value, Link):
                self._link(cell, value)
            if str(text)[:1] in FORMULA_SIGNS:
                cell.quotePrefix = True
        return cell

    def _name(self, match: re.Match[str]) -> str:
        """The defined name of a column, made when a formula first asks for it."""
        sheet, letter, header, last = self.places[match[1], match[2]]
        name = f"{match[1]}_{match[2]}"
        if name not in self.workbook.defined_names:
            cells = f"'{sheet_name(sheet)}'!${letter}${header + 1}:${letter}${last}"
            self.workbook.defined_names[name] = DefinedName(name, attr_text=cells)
        return name

    def _link(self, cell: AnyCell, link: Link) -> None:
        """Only addresses of the web, and rows of this book: nothing that opens a program."""
        if self.links >= MOST_LINKS:
            return
        if link.sheet in self.headers:
            place = f"'{sheet_name(link.sheet)}'!A{self.headers[link.sheet] + link.row if link.row else 1}"
            cell.hyperlink = Hyperlink(ref="A1", location=place)
        elif link.url.startswith(("https://", "http://")) and len(link.url) <= LONGEST_ADDRESS:
            cell.hyperlink = Hyperlink(ref="A1", target=clean(link.url))
        else:
            return
        cell.style = "link"
        self.links += 1

    def _fitted(self, block: SheetTable) -> list[SheetColumn]:
        """The columns, as wide as the longest word of their heading, and as the words for unknown where they stand."""
        unknown, fitted = len(say("unknown", self.lang)) + 2, []
        for column in _told_apart(block.columns):
            least = math.ceil(WIDE * max(len(word) for word in column.heading.split())) + FILTER_BUTTON
            if not column.none_applies and block.frame[column.key].isna().any():
                least = max(least, unknown)
            if column.width > NARROW:
                least = max(least, min(_room(block.frame[column.key], column.width), WIDEST))
            fitted.append(replace(column, width=max(column.width, least)))
        return fitted


def _room(cells: Any, width: int) -> int:
    """The width that a column's links need on one line (LibreOffice wraps none), or its longest text in a full row."""
    links = max((len(v.text) for v in cells if isinstance(v, Link)), default=0)
    longest = max((len(v) for v in cells if isinstance(v, str) and line_count(v, width) > MOST_LINES), default=0)
    return max(math.ceil(WIDE * links) + 2 if links else 0, width_for(longest))


def _told_apart(columns: Sequence[SheetColumn]) -> list[SheetColumn]:
    """The columns with headings that differ, whatever their case: a table with two alike is broken, says Excel."""
    seen: Counter[str] = Counter()
    apart = []
    for column in columns:
        seen[column.heading.casefold()] += 1
        times = seen[column.heading.casefold()]
        apart.append(replace(column, heading=f"{column.heading} ({times})") if times > 1 else column)
    return apart


def _in_font(page: Any, text: str, font: Any) -> AnyCell:
    cell = put_words(WriteOnlyCell(page), text)
    cell.font = font
    return cell


def _line_above(page: Any, row: int, text: str, font: Any) -> AnyCell:
    """A line above the tables; wrapped in the first column where paper would cut it."""
    cell = _in_font(page, text, font)
    if page.page_setup.fitToWidth > 1 or len(text) > sum(column.width for column in page.column_dimensions.values()):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.row_dimensions[row].height = height(line_count(clean(text), page.column_dimensions["A"].width))
    return cell


def _header_cell(page: Any, column: SheetColumn) -> AnyCell:
    cell = _in_font(page, column.heading, HEADER)
    side = "right" if column.type in FORMATS else "left"
    cell.fill, cell.alignment = HEADER_FILL, Alignment(horizontal=side, wrap_text=True, vertical="center", indent=1)
    return cell


def _day(value: str) -> date | None:
    """The day that Excel can show; None for a year, a month, or a day in no calendar: they stay the words they are."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day >= FIRST_DAY and day.isoformat() == value else None


def _height(values: Sequence[Any], columns: Sequence[SheetColumn]) -> float:
    """Points that a row needs: no program measures wrapped text before the file is opened, and some not even then."""
    texts = ((v, c.width) for v, c in zip(values, columns, strict=False) if c.width > NARROW and isinstance(v, str))
    return height(max((line_count(text, width) for text, width in texts), default=1))
