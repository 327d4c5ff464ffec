"""What a row of a register is besides a project: a sum of others, a heading over those below, more of the one above."""

import re
from collections.abc import Sequence

from overkalix_data.base.lists import Lists
from overkalix_data.documents.column_meaning import LONGEST, RegisterColumn
from overkalix_data.documents.placed_text import Cell
from overkalix_data.documents.register_cell import MONEY
from overkalix_data.documents.register_header import AMOUNTS
from overkalix_data.values.amount import parse_amount

LEAST_COLUMNS = 3
"""A row with one full cell parts a register only where the register is at least this wide."""
_SUM = re.compile(r"(?:del)?(?:summa|sum|s:a|total(?:t|er)?)\b[^\d]{0,40}(?:(?:19|20)\d\d)?", re.IGNORECASE)
_SUM_OF = re.compile(r"(?:del)?(?:summa|sum|s:a|total(?:t|er)?)\b.{0,60}", re.IGNORECASE)
"""`Summa 1:1-medel`, where no title stands."""
YEAR = re.compile(r"(?:år\s*)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?", re.IGNORECASE)


def is_sum(row: Sequence[Cell], columns: Sequence[RegisterColumn], lists: Lists) -> bool:
    """Whether a row adds up others: it says so and holds numbers, or it holds nothing but amounts."""
    full = [(cell.words, column) for cell, column in zip(row, columns, strict=True) if cell.words]
    summed = [
        bool((_SUM if column.field == "title" else _SUM_OF).fullmatch(words.strip(" :"))) for words, column in full
    ]
    if not any(summed) and not all(column.field in AMOUNTS or column.funder for _, column in full):
        return False
    counted = [is_sum or parse_amount(w, lists) is not None for (w, _), is_sum in zip(full, summed, strict=True)]
    return 2 * sum(counted) > len(counted) if any(summed) else all(counted)


def detail_of(row: Sequence[Cell]) -> Cell | None:
    """The one cell across the table that tells more of the project above it: sentences, or labelled facts."""
    cell = row[0] if len(row) >= LEAST_COLUMNS and len({id(cell) for cell in row}) == 1 else Cell()
    return cell if len(cell.words) > LONGEST or cell.words.endswith(".") else None


def section_of(row: Sequence[Cell]) -> Cell | None:
    """The one cell of a row that parts the register: a status, a unit, a year."""
    full = [n for n, cell in enumerate(row) if cell.words]
    if len({row[n].words for n in full}) != 1 or len(row) < LEAST_COLUMNS:
        return None
    cell, merged = row[full[0]], len(full) > 1
    parts = (merged or full[0] == 0) and not MONEY.fullmatch(cell.words)
    return cell if parts or YEAR.fullmatch(cell.words) else None
