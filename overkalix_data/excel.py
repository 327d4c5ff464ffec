"""Described sheets → an accessible .xlsx: real tables, one theme, nothing executed, the same bytes every time."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from overkalix_data.analyse import source_names
from overkalix_data.book import (
    BODY,
    HEADER,
    HEADER_FILL,
    LINE,
    LINK,
    SUBTITLE,
    TITLE,
    UNKNOWN,
    AnyCell,
    clean,
    moment_of,
    put_words,
    same_bytes,
    sheet_name,
)
from overkalix_data.redact import Redactor
from overkalix_data.schema import TABLES
from overkalix_data.tables import Tables
from overkalix_data.words import say
from overkalix_data.workbook import Sheet, SheetColumn, council_sheets

STRIPES = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
FORMATS = {"int": "0", "money": "#,##0", "percent": "0.0"}
"""As files write it: a Swedish Excel shows the comma as a space. A space here would part a million once, `1234 567`."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
FIRST_DAY = date(1900, 3, 1)
"""Excel shows no day before 1900, and counts the two months before this one wrongly."""
WIDE = 1.15
"""Room for bold letters, and for the wider font that stands in where Calibri is missing."""
FILTER_BUTTON = 4
"""Characters that the filter button and the margins take of a heading."""
NARROW = 12
"""Columns wider than this hold words: their text wraps."""
LINE_HEIGHT, MOST_LINES = 16.0, 14
"""Points a line of 12-point text takes, and how many lines a row may show: a longer text is read in its cell."""


def write_workbook(tables: Tables, path: Path, *, as_of: str, lang: str = "sv", edition: str = "internal") -> Path:
    """Writes the workbook of an edition (`internal` has contacts, `public` masks personal data) and gives its path."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _add_styles(book)
    sheets = council_sheets(tables, lang, edition)
    source = _source_line(tables, as_of, lang)
    if edition == "public":
        source = Redactor(tables).mask(source)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet_name(sheet.name)), sheet, source, lang)
    moment = moment_of(as_of)
    properties = book.properties
    properties.title, properties.creator, properties.language = say("book.title", lang), "overkalix_data", say("book.language", lang)
    properties.created = properties.modified = moment
    path.write_bytes(same_bytes(book, moment))
    return path


def _source_line(tables: Tables, as_of: str, lang: str) -> str:
    """Address, day of the checks, file and day of retrieval: what a reader needs to find the same page again."""
    sources = tables["sources"]
    told = {TABLES["sources"].column(name).title(lang): sources[name].fillna(say("unknown", lang)).unique() for name in ("path", "retrieved_on")}
    line = say("book.source", lang, source=source_names(tables), as_of=as_of)
    return " ".join([line, *(f"{heading}: {', '.join(values)}." for heading, values in told.items())])


def _write_sheet(page: Worksheet, sheet: Sheet, source: str, lang: str) -> None:
    for row, (text, font) in enumerate([(sheet.title, TITLE), (sheet.subtitle, SUBTITLE), (source, SUBTITLE)], start=1):
        put_words(page.cell(row, 1), text).font = font
    for row, note in enumerate(sheet.notes, start=4):
        put_words(page.cell(row, 1), note).font = BODY
    header, columns = 5 + len(sheet.notes), _fitted(sheet, lang)
    for n, column in enumerate(columns, start=1):
        cell = put_words(page.cell(header, n), column.heading)
        cell.font, cell.fill, cell.alignment = HEADER, HEADER_FILL, Alignment(horizontal="left", wrap_text=True, vertical="center", indent=1)
        page.column_dimensions[get_column_letter(n)].width = column.width
    for m, values in enumerate(sheet.rows, start=header + 1):
        for n, (value, column) in enumerate(zip(values, columns, strict=True), start=1):
            _write_value(page.cell(m, n), value, column, lang)
        page.row_dimensions[m].height = _height(values, columns[: sheet.printed or None])
    last = f"{get_column_letter(len(columns))}{header + max(len(sheet.rows), 1)}"
    table = Table(displayName=f"Tabell_{sheet.table}", name=f"Tabell_{sheet.table}", ref=f"A{header}:{last}")
    table.tableStyleInfo = STRIPES
    page.add_table(table)
    page.freeze_panes = f"B{header + 1}"
    page.row_dimensions[header].height = 34
    _set_up_print(page, header, lang)
    if sheet.printed:
        page.print_area = f"A1:{get_column_letter(sheet.printed)}{header + max(len(sheet.rows), 1)}"


def _write_value(cell: AnyCell, value: Any, column: SheetColumn, lang: str) -> None:
    if value is None or not clean(str(value)).strip():
        put_words(cell, "–" if column.none_applies else say("unknown", lang)).style = "unknown"
    elif column.type in FORMATS:
        cell.value = float(value) if column.type == "percent" else int(value)
        cell.style = column.type
    elif column.type in ("date", "edtf") and (day := _day(str(value))):
        cell.value = day
        cell.style = "day"
    else:
        put_words(cell, str(value)).style = "words" if column.width > NARROW else "word"
        if column.type == "link":
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet_name(str(value))}'!A1")
            cell.style = "link"
        elif str(value)[:1] in FORMULA_SIGNS:
            cell.quotePrefix = True


def _fitted(sheet: Sheet, lang: str) -> list[SheetColumn]:
    """The columns, as wide as the longest word of their heading and the words for unknown: a word is never cut or broken."""
    unknown, fitted = len(say("unknown", lang)) + 2, []
    for n, column in enumerate(sheet.columns):
        least = math.ceil(WIDE * max(len(word) for word in column.heading.split())) + FILTER_BUTTON
        if not column.none_applies and any(row[n] is None for row in sheet.rows):
            least = max(least, unknown)
        fitted.append(replace(column, width=max(column.width, least)))
    return fitted


def _day(value: str) -> date | None:
    """The day that Excel can show; None for a year, a month, or a day that is in no calendar: they stay the words they are."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day >= FIRST_DAY and day.isoformat() == value else None


def _add_styles(book: Workbook) -> None:
    """The theme's named styles: a style a cell is far quicker to write, and a person can change it in one place."""
    wrapped = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)
    single = Alignment(horizontal="left", vertical="top", indent=1)
    number = Alignment(horizontal="right", vertical="top", indent=1)
    styles = {
        "words": (BODY, wrapped, "General"), "word": (BODY, single, "General"),
        "unknown": (UNKNOWN, wrapped, "General"), "link": (LINK, single, "General"),
        "int": (BODY, number, FORMATS["int"]), "money": (BODY, number, FORMATS["money"]),
        "percent": (BODY, number, FORMATS["percent"]),
        "day": (BODY, single, "yyyy-mm-dd"),
    }  # fmt: skip
    for name, (font, alignment, form) in styles.items():
        book.add_named_style(NamedStyle(name=name, font=font, alignment=alignment, border=LINE, number_format=form))


def _height(values: list[Any], columns: list[SheetColumn]) -> float:
    """Points that a row needs: no program measures wrapped text before the file is opened, and some not even then."""
    lines = [sum(max(1, math.ceil(WIDE * len(p) / (c.width - 2))) for p in str(v).split("\n"))
             for v, c in zip(values, columns, strict=False) if v is not None and c.width > NARROW]  # fmt: skip
    return LINE_HEIGHT * min(max(lines, default=1), MOST_LINES) + 2


def _set_up_print(page: Worksheet, header: int, lang: str) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.75, header=0.3, footer=0.3)
    page.print_title_rows = f"{header}:{header}"
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=say("book.page", lang, page="&P", pages="&N")))
    page.sheet_view.zoomScale = 90
