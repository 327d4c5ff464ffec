"""The public edition of a book: columns that the schema marks as personal go, and what is left is masked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from overkalix_data.outputs.workbook.sheet import Block, Book, Link, Sheet

Mask = Callable[[str], str]


def without_personal(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets without their personal columns; a table whose rows are about persons (its first column is personal) goes whole."""
    return [kept for sheet in sheets if (kept := _without(sheet)).blocks]


def masked(book: Book, mask: Mask) -> Book:
    """The book with names, numbers and addresses of contacts masked wherever words of a source may hold them."""
    once = cache(mask)
    return Book(
        once(book.title), once(book.subject), once(book.source), [_masked_sheet(sheet, once) for sheet in book.sheets]
    )


def _without(sheet: Sheet) -> Sheet:
    blocks = [_open_columns(block) for block in sheet.blocks if not block.columns[0].personal]
    printed = sum(not column.personal for column in sheet.blocks[0].columns[: sheet.printed])
    return replace(sheet, blocks=blocks, printed=printed)


def _open_columns(block: Block) -> Block:
    kept = [column for column in block.columns if not column.personal]
    return replace(block, columns=kept, frame=block.frame[[column.key for column in kept]])


def _masked_sheet(sheet: Sheet, mask: Mask) -> Sheet:
    blocks = [replace(block, frame=block.frame.map(lambda cell: _masked_cell(cell, mask))) for block in sheet.blocks]
    return replace(sheet, subtitle=mask(sheet.subtitle), notes=[mask(note) for note in sheet.notes], blocks=blocks)


def _masked_cell(cell: Any, mask: Mask) -> Any:
    if isinstance(cell, Link):
        return replace(cell, text=mask(cell.text), url=cell.url if mask(cell.url) == cell.url else "")
    return mask(cell) if isinstance(cell, str) else cell
