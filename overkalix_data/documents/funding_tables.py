"""Tables of who pays what: one under its project, and one beside a register that names the project by its number."""

from collections.abc import Sequence

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold
from overkalix_data.documents.column_meaning import column_of
from overkalix_data.documents.placed_text import TERM, Cell, Rows, Writer
from overkalix_data.documents.register_cell import MONEY
from overkalix_data.documents.register_header import header_of

MOST = 0.5
"""More than this share of the rows of a table beside a register must name one of its projects."""


def _columns(rows: Rows, lists: Lists) -> tuple[int, int] | None:
    """The places of the payers' column and of that of their amounts; None where the table has no such columns."""
    fields = [column_of(cell.words, lists).field if cell.words else "" for cell in rows[0]] if len(rows) > 1 else []
    if "title" in fields or "funder" not in fields or "granted" not in fields:
        return None
    return fields.index("funder"), fields.index("granted")


def write_funding(rows: Rows, out: Writer, lists: Lists) -> bool:
    """Writes a table of payers and amounts as lines of the project above it; False where the table is none."""
    is_narrow = rows and len(rows[0]) <= len(("payer", "amount", "share", "note"))
    columns = _columns(rows, lists) if is_narrow else None
    if columns is None:
        return False
    payer, amount = columns
    for row in rows:
        is_sum = lists.sum_words.same(row[payer].words.strip(" :")) or row is rows[0] or not row[payer].words
        read = () if is_sum else (payer, amount)
        for n, cell in enumerate(row):
            if n not in read:
                out.hide(cell, "column" if row is rows[0] else "sum_row" if is_sum else "part_of_sum")
        if not is_sum:
            out.line("\n", part=TERM)
            out.say("Finansiärer: ", row[payer].at)
            out.cell(row[payer])
            if row[amount].words:
                out.say(" ")
                out.cell(row[amount])
                out.say(" kr" if MONEY.fullmatch(row[amount].words) else "")
    out.line()
    return True


def joined(register: Rows, beside: Rows, lists: Lists) -> Rows | None:
    """The register with the rows of a table of payers behind their projects'; None where it names no project of it."""
    header = header_of(register, lists)
    if header is None or _columns(beside, lists) is None or header.first("funder") is not None:
        return None
    for key, name in enumerate(beside[0]):
        for at, column in enumerate(header.columns):
            if column.field != "title" and name.words and fold(name.words) == fold(column.heading):
                return _behind(register, beside, header.last, at, key)
    return None


def _behind(register: Rows, beside: Rows, last: int, at: int, key: int) -> Rows | None:
    """Both as one: the columns of the second behind those of the first, its rows under the row of their number."""
    numbers = [fold(row[at].words) for row in register[last + 1 :]]
    if sum(fold(row[key].words) in numbers for row in beside[1:]) <= MOST * (len(beside) - 1):
        return None
    more = [n for n in range(len(beside[0])) if n != key]
    blank = [Cell()] * len(more)
    rows: list[Sequence[Cell]] = [[*row, *blank] for row in register[: last + 1]]
    rows[-1] = [*register[last], *(beside[0][n] for n in more)]
    for row in register[last + 1 :]:
        rows.append([*row, *blank])
        for paid in beside[1:]:
            if fold(paid[key].words) == fold(row[at].words):
                named = [Cell()] * len(row)
                named[at] = paid[key]
                rows.append([*named, *(paid[n] for n in more)])
    return rows
