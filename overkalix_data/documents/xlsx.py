"""An Excel register → text, every value with its cell. Read by calamine: nothing in it is executed or fetched."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce

from overkalix_data.base.errors import InputError
from overkalix_data.base.lists import Lists
from overkalix_data.documents.funding_tables import joined
from overkalix_data.documents.placed_text import Cell, Rendered, Rows, Writer, cell_of
from overkalix_data.documents.register import write_table
from overkalix_data.documents.register_header import MOST_COLUMNS, explains
from overkalix_data.documents.register_legend import legend_in

MOST_UNPACKED = 512 * 2**20
"""Bytes that a workbook may unpack to."""
MOST_PARTS = 5_000
"""Parts of a workbook: a sheet has a few."""
MOST_RATIO = 200
"""How many times its size a part of a workbook may unpack to: real sheets reach some forty."""
SMALL = 2**20
"""Bytes below which a part's ratio is not asked for."""
MOST_ROWS, MOST_WIDTH = 200_000, 20_000
MOST_CELLS = 1_000_000
"""Cells from A1 to the last that holds anything: a reader makes room for all of them before it looks at one."""
MOST_FILLED = 120_000
"""Cells that hold something: each is a line of what is read."""
_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]{0,200}?\br\s{0,9}=\s{0,9}["']([A-Za-z]{1,20})(\d{1,20})["'][^<>]{0,200}(?<!/)>"""
)
_TOO_LITTLE = re.compile(rb"<v>\s*-(?:\d{12,}|[\d.]+[eE]\+?\d{2,})")
"""A number far below any amount, which as a length of time ends the reader's process."""
_PIECE = 2**20
WRAP = "\u2028"
"""Stands for a line break inside a cell, so that a row of a sheet is a line of the text."""


@dataclass(frozen=True)
class Placed:
    """A cell of a workbook: its characters in the decoded text, its sheet and its address there."""

    start: int
    end: int
    sheet: str
    address: str
    row: int


@dataclass(frozen=True)
class Workbook:
    """A workbook as text: a line a row, cells parted by tabs, each sheet under its name."""

    decoded: str
    rendered: Rendered
    cells: tuple[Placed, ...]


BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
    zlib.error,
    struct.error,
)
"""What the standard library raises of a ZIP that is none, is cut, is locked or says that it is of another version."""


def read_workbook(data: bytes, file: str, lists: Lists) -> Workbook:
    """Raises InputError where the file is no workbook, is locked by a password, or unpacks to more than is read."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    _refuse_bombs(data, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_WIDTH:
                raise InputError("sheet_size", file=file, sheet=about.name, rows=MOST_ROWS, columns=MOST_WIDTH)
            grid = [[_written(value) for value in row[:MOST_COLUMNS]] for row in sheet.to_python(skip_empty_area=False)]
            sheets.append((about.name, grid, sheet.merged_cell_ranges or [], about.visible == SheetVisibleEnum.Visible))
    except PasswordError as error:
        raise InputError("locked_workbook", file=file) from error
    except BaseException as error:
        if isinstance(error, CalamineError | OSError | ValueError | OverflowError) or _is_panic(error):
            raise InputError("bad_workbook", file=file) from error
        raise
    if sum(map(bool, (cell for _, grid, _, _ in sheets for row in grid for cell in row))) > MOST_FILLED:
        raise InputError("too_many_cells", file=file, limit=MOST_FILLED)
    return _as_text(sheets, lists)


def _is_panic(error: BaseException) -> bool:
    """Whether the reader, which is no Python, gave up: its exception is no `Exception`."""
    return type(error).__name__ == "PanicException"


Sheet = tuple[str, list[list[str]], list[tuple[tuple[int, int], tuple[int, int]]], bool]


def _as_text(sheets: Sequence[Sheet], lists: Lists) -> Workbook:
    pieces: list[str] = []
    placed: list[Placed] = []
    tables: list[tuple[Cell, Rows, bool]] = []
    at = 0
    spans: list[
        tuple[tuple[int, int], list[list[tuple[int, int]]], list[tuple[tuple[int, int], tuple[int, int]]], bool]
    ] = []
    for name, grid, merged, visible in sheets:
        pieces.append(f"{name}\n")
        place, at = (at, at + max(len(name), 1)), at + len(name) + 1  # a sheet without a name is its line's end
        rows = []
        for r, row in enumerate(grid):
            places = []
            for c, words in enumerate(row):
                places.append((at, at + len(words)))
                if words:
                    placed.append(Placed(at, at + len(words), name, f"{_letters(c)}{r + 1}", r + 1))
                at += len(words) + 1
            pieces.append("\t".join(row) + "\n")
            at += not row
            rows.append(places)
        spans.append((place, rows, merged, visible))
    decoded = "".join(pieces)
    for place, rows, merged, visible in spans:
        tables.append(
            (
                cell_of(decoded, *place),
                _unmerged([[cell_of(decoded, *p) for p in row] for row in rows], merged),
                visible,
            )
        )
    _join(tables, lists)
    out, unread = Writer(), list[tuple[Cell, Rows]]()
    legend = legend_in([row for heading, rows, _ in tables if explains(heading.words, lists) for row in rows])
    for heading, cells, visible in tables:
        made = Writer()
        is_read = visible and not explains(heading.words, lists)
        if is_read and write_table(cells, made, lists, titled=True, legend=legend):
            if lists.heading_words.search(heading.words):
                out.line(level=1)
                out.cell(heading)
            else:
                out.hide(heading, "sheet_name")
                out.line(level=1)
                out.say("Projekt", heading.at)
            out.add(made)
        else:
            unread.append((heading, cells))
    for heading, cells in unread:
        for cell in [heading, *(c for row in cells for c in row)]:
            out.hide(cell, "other_sheet" if out.chars else "unread_table")
    return Workbook(decoded, out.rendered(decoded), tuple(placed))


def _join(tables: list[tuple[Cell, Rows, bool]], lists: Lists) -> None:
    """Puts the rows of a sheet of payers behind the projects of another that they name by number."""
    for n, (heading, rows, visible) in enumerate(tables):
        for m, (_, beside, shown) in enumerate(tables):
            if n != m and visible and shown and (both := joined(rows, beside, lists)):
                tables[n] = (heading, both, visible)
                tables[m] = (tables[m][0], [], visible)
                return


def _unmerged(grid: list[list[Cell]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Rows:
    """A merged cell stands in every cell that it covers."""
    for (top, left), (bottom, right) in merged:
        if bottom - top > MOST_ROWS or top >= len(grid) or left >= len(grid[top]):
            continue
        for row in grid[top : bottom + 1]:
            for n in range(left, min(right + 1, len(row))):
                row[n] = grid[top][left]
    return grid


def _written(value: object) -> str:
    """A cell's value as a person would write it: whole numbers without decimals, days in ISO."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value).replace("\r\n", WRAP).replace("\n", WRAP).replace("\r", WRAP).replace("\t", " ")


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _refuse_bombs(data: bytes, file: str) -> None:
    """Refuses a file that is no ZIP, or whose parts say that they unpack to more than is read."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except BROKEN as error:
        is_ole = data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        raise InputError("locked_workbook" if is_ole else "bad_workbook", file=file) from error
    big = any(p.file_size > SMALL and p.file_size > MOST_RATIO * max(p.compress_size, 1) for p in parts)
    if big or sum(p.file_size for p in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise InputError("workbook_size", file=file, limit=MOST_UNPACKED // 2**20)
    for part in parts:
        _refuse_far_cells(archive, part, file)


def _refuse_far_cells(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    """Refuses a sheet of which one cell stands so far away that the empty ones before it fill the memory."""
    columns = rows = 0
    before = b""
    try:
        with archive.open(part) as sheet:
            while piece := sheet.read(_PIECE):
                text = before + piece
                for found in _CELL.finditer(text):
                    columns, rows = max(columns, _number(found[1])), max(rows, int(found[2]))
                if columns * rows > MOST_CELLS:
                    raise InputError("sheet_size", file=file, sheet=part.filename, rows=MOST_ROWS, columns=MOST_WIDTH)
                if _TOO_LITTLE.search(text):
                    raise InputError("bad_workbook", file=file)
                before = text[-500:]
    except BROKEN as error:
        raise InputError("bad_workbook", file=file) from error


def _number(letters: bytes) -> int:
    """A column's letters as its number, from 1."""
    return reduce(lambda number, letter: 26 * number + letter - 64, letters.upper(), 0)
