"""The public edition of a book: columns that the schema marks as personal go."""

from collections.abc import Sequence
from dataclasses import replace

from overkalix_data.outputs.workbook.sheet import Sheet, SheetTable


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
