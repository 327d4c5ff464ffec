"""Forms ↔ .xlsx: a protected workbook with drop-downs for people, and what they, Excel or LibreOffice saved of it."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from datetime import date, datetime, time
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from overkalix_data.base.errors import InputError
from overkalix_data.base.files import file_bytes, moment_of
from overkalix_data.base.words import LANGUAGES, say
from overkalix_data.base.xlsx_fit import height, line_count, set_paper
from overkalix_data.base.xlsx_style import BODY, HEADER, HEADER_FILL, SUBTITLE, TITLE, put_words, same_bytes
from overkalix_data.curation.form import FilledBook, FilledCell, FilledSheet, Form, FormColumn

HEADER_ROW = 4
BASE, LISTS = "_bas", "_listor"
"""Hidden sheets: what each cell held when the book was made, and the words of the drop-downs."""
MOST_BYTES = 64 * 2**20
"""The largest workbook that is read, unpacked: a small file that grows beyond it is no form of ours."""
MOST_CELLS = 1_000_000
MOST_ROWS = 200_000
_RANGE = re.compile(
    rb"<(?:\w{1,20}:)?(?:hyperlink|mergeCell)\s[^>]{0,300}?ref=[\"']([A-Za-z]{1,3}\d{1,7}:[A-Za-z]{1,3}\d{1,7})"
)
OPEN = PatternFill("solid", fgColor="FFFBE6")
EDGE = Side(style="thin", color="BFBFBF")
FRAME = Border(EDGE, EDGE, EDGE, EDGE)
NUMBERS = {"money": "#,##0", "percent": "0.0", "int": "0"}
WRAPPED = 34
"""Columns this wide hold words: their text wraps."""
MOST_LINES = 12
"""Lines that a row of the form is high at most: a longer text is read in its cell."""
BLANK_ON_PAPER = 8
"""Empty rows to add to that go on paper; the others are for the screen."""
AS_TEXT = "@"
"""Excel keeps `2023-09` and `0012` as they are written only in a cell that is text."""
VALID: dict[str, dict[str, Any]] = {
    "money": {"type": "whole", "operator": "between", "formula1": "0", "formula2": "9999999999"},
    "percent": {"type": "decimal", "operator": "between", "formula1": "0", "formula2": "100"},
    "date": {"type": "date", "operator": "greaterThan", "formula1": "36526"},
}  # fmt: skip
WARNED = frozenset({"money"})
"""Kinds where Excel warns and lets a person go on: an amount in euro has its own column, `1,2 mkr` is read too."""


def form_bytes(forms: Sequence[Form], *, title: str, as_of: str, lang: str = "sv") -> bytes:
    """The workbook of these forms: cells that people fill in are open, the rest is locked (without a password)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    lists: dict[tuple[str, ...], str] = {}
    for form in forms:
        _write_form(book.create_sheet(form.name), form, lists, lang)
    _write_hidden(book.create_sheet(LISTS), zip_longest(*lists))
    _write_hidden(book.create_sheet(BASE), [("form", "row", "column", "text"), *_base_rows(forms)])
    moment, properties = moment_of(as_of), book.properties
    properties.title, properties.creator, properties.language = title, "overkalix_data", say("book.language", lang)
    properties.created = properties.modified = moment
    return same_bytes(book, moment)


def read_form(path: Path, headings: Mapping[str, Mapping[str, str]]) -> FilledBook:
    """What a saved form holds. `headings` gives for each form its columns: folded heading, of either language → key.

    Raises InputError where the file is no workbook, is too large, or lacks a sheet or a column of ours.
    """
    try:
        data = BytesIO(file_bytes(path))
        with zipfile.ZipFile(data) as packed:
            if sum(info.file_size for info in packed.infolist()) > MOST_BYTES:
                raise InputError("too_large", file=str(path), limit=MOST_BYTES // 2**20)
            for part in packed.namelist():
                _refuse_vast_ranges(packed.read(part), part, path)
        book = load_workbook(data)
    except InputError:
        raise
    except Exception as error:
        raise InputError("no_workbook", file=str(path)) from error
    names = {say(f"form.{key}", lang): key for key in headings for lang in LANGUAGES}
    own = {LISTS, *(say("form.readme", lang) for lang in LANGUAGES)}
    filled = FilledBook(path.name)
    for page in book.worksheets:
        if page.title in names:
            filled.sheets[names[page.title]] = _read_sheet(page, headings[names[page.title]], path)
        elif page.title == BASE:
            rows = page.iter_rows(min_row=2, max_col=4, values_only=True)
            filled.base = {(str(a), str(b), str(c)): str(text or "") for a, b, c, text in rows if a is not None}
        elif page.title not in own and (_is_vast(page) or any(v is not None for row in page.values for v in row)):
            filled.foreign.append(page.title)
    missing = [key for key in headings if key not in filled.sheets]
    if missing or BASE not in book.sheetnames:
        raise InputError("form_sheet", file=str(path), sheet=say(f"form.{missing[0]}") if missing else BASE)
    return filled


def cell_text(value: Any) -> str:
    """A cell's value as words: whole numbers without decimals, days in ISO form, nothing as empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 6))
    return str(value).strip()


def _write_form(page: Worksheet, form: Form, lists: dict[tuple[str, ...], str], lang: str) -> None:
    put_words(page.cell(1, 1), form.title).font = TITLE
    put_words(page.cell(2, 1), form.intro).font = SUBTITLE
    for n, column in enumerate(form.columns, start=1):
        cell = put_words(page.cell(HEADER_ROW, n), column.heading)
        cell.font, cell.fill, cell.alignment = HEADER, HEADER_FILL, Alignment(wrap_text=True, vertical="center")
        page.column_dimensions[get_column_letter(n)].width = column.width
    rows = [(row.values, row.locked) for row in form.rows] + [({}, frozenset())] * form.blank
    looks: dict[tuple[str, bool], Any] = {}
    for m, (values, locked) in enumerate(rows, start=HEADER_ROW + 1):
        for n, column in enumerate(form.columns, start=1):
            _write_value(page.cell(m, n), values.get(column.key), column)
            _put_style(page.cell(m, n), column, looks, is_open=column.key not in locked)
        page.row_dimensions[m].height = _height(values, form.columns)
    page.row_dimensions[HEADER_ROW].height = 34
    last = HEADER_ROW + max(len(rows), 1)
    for n, column in enumerate(form.columns, start=1):
        if rule := _validation(column, lists, lang):
            rule.add(f"{get_column_letter(n)}{HEADER_ROW + 1}:{get_column_letter(n)}{last}")
            page.add_data_validation(rule)
    if form.rows or form.blank:
        page.freeze_panes = f"C{HEADER_ROW + 1}"
        page.protection.sheet = True
        for may_do in ("formatColumns", "formatRows", "autoFilter", "sort"):
            setattr(page.protection, may_do, False)
        page.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(form.columns))}{last}"
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    _lay_on_paper(page, form, lang)


def _lay_on_paper(page: Worksheet, form: Form, lang: str) -> None:
    """Groups of columns that can be read, each behind the project's name; the id before it is for the program."""
    first = next((n for n, column in enumerate(form.columns) if column.key == "label"), 0)
    name, last = get_column_letter(first + 1), get_column_letter(len(form.columns))
    title = f"{say('form.title', lang)}: {form.name}"
    set_paper(page, [column.width for column in form.columns[first:]], lang, name=name, title=title)
    page.print_area = f"{name}{HEADER_ROW}:{last}{HEADER_ROW + len(form.rows) + min(form.blank, BLANK_ON_PAPER)}"


def _write_value(cell: Any, value: str | int | float | None, column: FormColumn) -> None:
    if isinstance(value, int | float):
        cell.value = value
    elif value:
        put_words(cell, value)
        if column.kind == "date":
            with suppress(ValueError):  # what a person wrote and is no day stays the words it is
                cell.value = date.fromisoformat(value)


def _put_style(cell: Any, column: FormColumn, looks: dict[tuple[str, bool], Any], *, is_open: bool) -> None:
    """One style for all cells of a column that are open, and one for those that are locked.

    To look a style's six parts up for each cell took most of the time of a form.
    """
    if made := looks.get((column.key, is_open)):
        cell._style = copy(made)
        return
    cell.number_format = NUMBERS.get(column.kind) or ("yyyy-mm-dd" if column.kind == "date" else AS_TEXT)
    cell.font, cell.border = BODY, FRAME
    cell.alignment = Alignment(vertical="top", wrap_text=column.width >= WRAPPED)
    if is_open:
        cell.fill, cell.protection = OPEN, Protection(locked=False)
    looks[column.key, is_open] = cell._style


def _height(values: Mapping[str, str | int | float], columns: Sequence[FormColumn]) -> float:
    wrapped = (c for c in columns if c.key in values and c.width >= WRAPPED)
    return height(min(max((line_count(str(values[c.key]), c.width) for c in wrapped), default=1), MOST_LINES))


def _validation(column: FormColumn, lists: dict[tuple[str, ...], str], lang: str) -> DataValidation | None:
    if column.choices:
        letter = lists.setdefault(column.choices, get_column_letter(len(lists) + 1))
        cells = f"'{LISTS}'!${letter}$1:${letter}${len(column.choices)}"
        rule = DataValidation(type="list", formula1=cells, allow_blank=True)
    elif column.kind in VALID:
        rule = DataValidation(**VALID[column.kind], allow_blank=True)
    else:
        return None
    rule.errorStyle = "stop" if column.is_strict and column.kind not in WARNED else "warning"
    rule.showErrorMessage, rule.errorTitle = True, column.heading[:32]
    rule.error = say(f"form.error.{'choice' if column.choices else column.kind}", lang)
    return rule


def _write_hidden(page: Worksheet, rows: Iterable[Sequence[str | None]]) -> None:
    """A sheet for us, not for people."""
    for n, row in enumerate(rows, start=1):
        for m, text in enumerate(row, start=1):
            if text is not None:
                put_words(page.cell(n, m), text)
    page.sheet_state = "hidden"


def _base_rows(forms: Sequence[Form]) -> Iterator[tuple[str, str, str, str]]:
    for form in forms:
        for row in (row for row in form.rows if row.key):
            yield from ((form.key, row.key, key, cell_text(value)) for key, value in row.values.items())


def _refuse_vast_ranges(part: bytes, name: str, path: Path) -> None:
    """Refuses a sheet with links or merged cells over more than is read: openpyxl makes each of their cells."""
    sizes = (CellRange(match[1].decode()).size for match in _RANGE.finditer(part))
    if sum(size["rows"] * size["columns"] for size in sizes) > MOST_CELLS:
        raise InputError("form_rows", file=str(path), sheet=Path(name).stem, limit=MOST_ROWS)


def _is_vast(page: Worksheet) -> bool:
    """Whether a cell stands so far away that going through the empty ones before it takes for ever."""
    return page.max_row * page.max_column > MOST_CELLS


def _read_sheet(page: Worksheet, headings: Mapping[str, str], path: Path) -> FilledSheet:
    if page.max_row > MOST_ROWS or _is_vast(page):
        raise InputError("form_rows", file=str(path), sheet=page.title, limit=MOST_ROWS)
    keys = {c.column: headings.get(" ".join(cell_text(c.value).casefold().split())) for c in page[HEADER_ROW]}
    missing = next((heading for heading, key in headings.items() if key not in keys.values()), None)
    if missing:
        raise InputError("form_column", file=str(path), sheet=page.title, row=HEADER_ROW, column=missing)
    filled = FilledSheet(page.title)
    for row in page.iter_rows(min_row=HEADER_ROW + 1):
        cells = [_filled(c) for c in row if isinstance(c, Cell) and c.value is not None]
        cells = [c for c in cells if c.text]
        if not cells:
            continue
        places = {cell.coordinate: keys.get(cell.column) for cell in row if isinstance(cell, Cell)}
        filled.rows[row[0].row or 0] = {key: c for c in cells if (key := places.get(c.place))}
        filled.stray += [c for c in cells if not places.get(c.place)]
    return filled


def _filled(cell: Cell) -> FilledCell:
    text = cell_text(cell.value)
    if isinstance(cell.value, int | float) and "%" in (cell.number_format or "") and not isinstance(cell.value, bool):
        text = cell_text(float(cell.value) * 100)
    return FilledCell(cell.coordinate, text, cell.data_type in ("f", "e"))
