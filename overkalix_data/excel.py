"""Described sheets → an accessible .xlsx: real tables, one theme, nothing executed, the same bytes every time."""

import math
import os
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from overkalix_data.analyse import source_names
from overkalix_data.redact import Redactor
from overkalix_data.schema import TABLES
from overkalix_data.tables import Tables
from overkalix_data.words import say
from overkalix_data.workbook import Sheet, SheetColumn, council_sheets

TITLE = Font(name="Calibri", size=16, bold=True, color="1A1A1A")
SUBTITLE = Font(name="Calibri", size=12, color="404040")
BODY = Font(name="Calibri", size=12)
UNKNOWN = Font(name="Calibri", size=12, italic=True, color="595959")
HEADER = Font(name="Calibri", size=12, bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="1F4E78")
"""The header's own fill: programs that do not draw table styles show white words on nothing without it."""
LINE = Border(bottom=Side(style="thin", color="BFBFBF"))
LINK = Font(name="Calibri", size=12, underline="single", color="0B4F8A")
"""Text of 12 points or more, at least 7:1 on white and 6:1 on the stripes (WCAG 2.1 asks 4.5:1)."""
STRIPES = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
FORMATS = {"int": "0", "money": "#,##0", "percent": "0.0"}
"""As files write it: a Swedish Excel shows the comma as a space. A space here would part a million once, `1234 567`."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
AnyCell = Cell | MergedCell
"""What openpyxl gives for a place on a sheet; no sheet here merges any."""
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML may not hold: openpyxl lets lone surrogates and U+FFFE–FFFF through, and the book could not be opened."""
LONGEST_CELL = 32_767
"""In UTF-16 units, as Excel counts."""
FIRST_DAY = date(1900, 3, 1)
"""Excel shows no day before 1900, and counts the two months before this one wrongly."""
LONGEST_SHEET_NAME = 31
WIDE = 1.15
"""Room for bold letters, and for the wider font that stands in where Calibri is missing."""
FILTER_BUTTON = 4
"""Characters that the filter button and the margins take of a heading."""
NARROW = 12
"""Columns wider than this hold words: their text wraps."""
LINE_HEIGHT, MOST_LINES = 16.0, 14
"""Points a line of 12-point text takes, and how many lines a row may show: a longer text is read in its cell."""
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


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
        _write_sheet(book.create_sheet(_sheet_name(sheet.name)), sheet, source, lang)
    moment = _moment(as_of)
    properties = book.properties
    properties.title, properties.creator, properties.language = say("book.title", lang), "overkalix_data", say("book.language", lang)
    properties.created = properties.modified = moment
    path.write_bytes(_same_bytes(book, moment))
    return path


def _source_line(tables: Tables, as_of: str, lang: str) -> str:
    """Address, day of the checks, file and day of retrieval: what a reader needs to find the same page again."""
    sources = tables["sources"]
    told = {TABLES["sources"].column(name).title(lang): sources[name].fillna(say("unknown", lang)).unique() for name in ("path", "retrieved_on")}
    line = say("book.source", lang, source=source_names(tables), as_of=as_of)
    return " ".join([line, *(f"{heading}: {', '.join(values)}." for heading, values in told.items())])


def _write_sheet(page: Worksheet, sheet: Sheet, source: str, lang: str) -> None:
    for row, (text, font) in enumerate([(sheet.title, TITLE), (sheet.subtitle, SUBTITLE), (source, SUBTITLE)], start=1):
        _put(page.cell(row, 1), text).font = font
    for row, note in enumerate(sheet.notes, start=4):
        _put(page.cell(row, 1), note).font = BODY
    header, columns = 5 + len(sheet.notes), _fitted(sheet, lang)
    for n, column in enumerate(columns, start=1):
        cell = _put(page.cell(header, n), column.heading)
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
    if value is None or not _clean(str(value)).strip():
        _put(cell, "–" if column.none_applies else say("unknown", lang)).style = "unknown"
    elif column.type in FORMATS:
        cell.value = float(value) if column.type == "percent" else int(value)
        cell.style = column.type
    elif column.type in ("date", "edtf") and (day := _day(str(value))):
        cell.value = day
        cell.style = "day"
    else:
        _put(cell, str(value)).style = "words" if column.width > NARROW else "word"
        if column.type == "link":
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{_sheet_name(str(value))}'!A1")
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


def _put(cell: AnyCell, text: str) -> AnyCell:
    """Words as words: a text from a source that looks like a formula stays a text when the book is opened or edited."""
    cell.value = _clean(text)
    cell.data_type = "s"
    return cell


def _clean(text: str) -> str:
    """The text without what XML or Excel refuses; a character of two units is never cut in half."""
    text = ILLEGAL.sub("", text)[:LONGEST_CELL]
    return text.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")


def _set_up_print(page: Worksheet, header: int, lang: str) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.75, header=0.3, footer=0.3)
    page.print_title_rows = f"{header}:{header}"
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=say("book.page", lang, page="&P", pages="&N")))
    page.sheet_view.zoomScale = 90


def _sheet_name(name: str) -> str:
    return "".join("-" if c in r"[]:*?/\'" else c for c in name)[:LONGEST_SHEET_NAME]


def _moment(as_of: str) -> datetime:
    """The time stamped in the file: SOURCE_DATE_EPOCH where it is set, else the day the report is as of."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    return datetime.fromisoformat(as_of)


def _same_bytes(book: Workbook, moment: datetime) -> bytes:
    """The saved book zipped again with one date: openpyxl stamps the clock into the archive and the properties."""
    saved, fixed = BytesIO(), BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                start = data.index(b">", data.index(b"<dcterms:modified")) + 1
                data = data[:start] + stamp + data[data.index(b"</dcterms:modified") :]
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            new.writestr(info, data)
    return fixed.getvalue()
