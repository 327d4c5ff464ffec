"""Tables with a row a fact → text: one project's labels and values, or keys, labels and values (`P-07 ; Syfte ; …`)."""

from collections.abc import Iterator, Sequence

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold
from overkalix_data.documents.column_meaning import column_of, is_label
from overkalix_data.documents.placed_text import ROW, ROW_LEVEL, SECTION_LEVEL, TERM, Cell, Rows, Writer, joined, saying
from overkalix_data.documents.register_cell import MONEY, is_unknown, with_unit

KEY, FACT, VALUE = range(3)
LEAST_ROWS, MOST = 4, 0.6
"""A long register has at least so many rows, and more than this share of them name a fact."""
LEAST_BESIDE = 2
"""Rows of a form that have a second label in them at least."""
FORM_ROWS, FORM_COLUMNS = 300, 8
"""A larger table is no form: a bound on time, for every cell of one is asked whether it is a label."""
FORM = 0.8
"""The share of the cells of a form without values that are labels is higher than this."""


def form_rows(rows: Rows, out: Writer, lists: Lists) -> Rows:
    """The rows of what may be a form as pairs of a label and its value; those of a larger table as they are."""
    if not _may_be_form(rows):
        return rows
    return _without_numbers(_with_payers_together(_unfolded(rows, lists), out, lists), out)


def _may_be_form(rows: Rows) -> bool:
    return len(rows) <= FORM_ROWS and max(map(len, rows), default=0) <= FORM_COLUMNS


def _unfolded(rows: Rows, lists: Lists) -> Rows:
    """The rows of a form whose labels stand in two columns, a label and its value each: `Namn | X | Status | Pågår`."""
    width = max((len(row) for row in rows), default=0)
    for at in range(2, width - 1):
        beside = [row for row in rows if row[at].words]
        labels = sum(is_label(row[0].words, lists) and is_label(row[at].words, lists) for row in beside)
        if labels >= LEAST_BESIDE and labels > MOST * len(beside):
            return [part for row in rows for part in (row[:at], row[at:]) if any(cell.words for cell in part)]
    return rows


def _with_payers_together(rows: Rows, out: Writer, lists: Lists) -> Rows:
    """The rows with a small table of who pays (`Finansiär | Belopp` and a row each) as one label and its value."""
    merged: list[Sequence[Cell]] = []
    inside = ""
    for row in rows:
        if field := _field(row, lists):
            amount = column_of(row[1].words, lists) if field == "funder" and len(_full(row)) == 2 else None
            inside = (amount.unit or "kr") if amount and amount.field == "granted" else ""
            if inside:
                out.hide(row[1], "column")
                row = [row[0], *[Cell()] * (len(row) - 1)]
        elif inside and len(_full(row)) == 2:
            payer = joined([row[0], joined([row[1], saying(with_unit(row[1], inside), row[1])], "")], " ")
            merged[-1] = [merged[-1][0], joined([merged[-1][1], payer], "\n"), *merged[-1][2:]]
            continue
        merged.append(row)
    return merged


def is_empty_form(rows: Rows, lists: Lists) -> bool:
    """Whether a table is a form that nobody has filled in: labels under each other, and no values."""
    said = [cell.words for row in rows for cell in row if cell.words] if _may_be_form(rows) else []
    labels = sum(is_label(words, lists) for words in said)
    return len(rows) >= LEAST_ROWS and labels >= LEAST_ROWS and labels > FORM * len(said)


def is_pairs(rows: Rows, lists: Lists) -> bool:
    """Whether a table of two columns has labels in the first."""
    pairs = [row for row in rows if len(row) >= 2 and not _is_alone(row) and not any(c.words for c in row[2:])]
    return (
        len(pairs) > 1
        and 10 * len(pairs) >= 6 * len(rows)
        and 2 * sum(is_label(row[0].words, lists) for row in pairs) > len(pairs)
    )


def _is_alone(row: Sequence[Cell]) -> bool:
    """Whether one cell has the row for itself, or spans all of it."""
    return not any(cell.words for cell in row[1:] if cell is not row[0])


def is_cards(rows: Rows, lists: Lists) -> bool:
    """Whether a table of labels and values holds several projects, each from its title on."""
    if not is_pairs(rows, lists):
        return False
    titles = sum(_field(row, lists) == "title" and len(row) > 1 and bool(row[1].words) for row in rows)
    return titles > 1 or len(_heads(rows, lists)) > 1


def _heads(rows: Rows, lists: Lists) -> set[int]:
    """The rows that are titles over the labels and values under them, each alone on its row."""
    fields = [_field(row, lists) for row in rows]
    if "title" in fields:
        return set()
    return {n for n, row in enumerate(rows[:-1]) if _is_alone(row) and not fields[n] and fields[n + 1]}


def _without_numbers(rows: Rows, out: Writer) -> Rows:
    """The rows without a first column that only numbers some of them: `1 | Fler sandödlor`."""
    numbers = [row[0] for row in rows if row and row[0].words]
    if (
        not numbers
        or len(numbers) > len(rows) / 2
        or [c.words for c in numbers] != [str(n) for n in range(1, len(numbers) + 1)]
    ):
        return rows
    for cell in numbers:
        out.hide(cell, "column")
    return [row[1:] for row in rows]


def write_pairs(rows: Rows, out: Writer, lists: Lists) -> None:
    """A line a row: label, colon, value; what has no value is a line of its own."""
    several = is_cards(rows, lists)
    heads = _heads(rows, lists)
    for n, (name, value, *more) in enumerate(rows):
        if n in heads:
            out.line("\n\n", level=ROW_LEVEL)
            out.cell(name)
            continue
        if value.words and is_unknown(value.words, lists):
            for cell in (name, value, *more):
                out.hide(cell, "no_value")
            continue
        if several and value.words and _field(rows[n], lists) == "title":
            # Cards under each other: each begins at its title.
            out.line("\n\n", level=ROW_LEVEL, part=ROW)
            _write_pair(name, value, out)
            continue
        # One cell alone on top is the name of what the table tells.
        alone = n == 0 and _is_alone(rows[n])
        out.line("\n", part=TERM if value.words and not alone else "", level=SECTION_LEVEL if alone else 0)
        out.cell(name)
        for cell in filter(lambda c: c.words, () if alone else (value, *more)):
            if cell is value and name.words and out.chars[-1:] != [":"]:
                out.say(":")
            out.say(" ")
            out.cell(cell)
    out.line()


def is_blocks(rows: Rows, lists: Lists) -> bool:
    """Whether the table is several projects in a row, each with its labels and a small table of who pays."""
    titles = sum(len(_full(row)) == 2 and _field(row, lists) == "title" for row in rows)
    return titles > 1 and sum(len(_full(row)) > 2 and _field(row, lists) == "funder" for row in rows) >= titles


def write_blocks(rows: Rows, out: Writer, lists: Lists) -> None:
    """A labelled line a fact; of the small table a line a funder with all it pays, and each total behind its label."""
    summed: int | None = None
    for row in rows:
        full = _full(row)
        name, *values = full
        if _field(row, lists) == "funder" and len(values) > 1:
            summed = next((n for n in reversed(range(len(row))) if row[n].words and not row[n].words.isdecimal()), None)
            for cell in full:
                out.hide(cell, "column")
        elif summed and len(full) > 1 and row[0].words and (amount := row[summed]).words:
            _write_paid(name, amount, out, lists)
            for cell in values:
                if cell is not amount:
                    out.hide(cell, "part_of_sum")
        elif _field(row, lists) and len(values) == 1:
            first = _field(row, lists) == "title"
            summed = None
            out.line("\n\n" if first else "\n", level=ROW_LEVEL if first else 0, part=ROW if first else TERM)
            _write_pair(name, values[0], out)
        else:
            for cell in full:
                out.line()
                out.cell(cell)
    out.line()


def _write_paid(name: Cell, amount: Cell, out: Writer, lists: Lists) -> None:
    """Who pays and how much; a total, or what stands outside it, has a label of its own."""
    out.line("\n", part=TERM)
    if is_label(name.words.partition(",")[0], lists):
        # `Ideell tid, ej i budget`: what stands behind the comma is a remark.
        out.say(f"{name.words.partition(',')[0]}: ", name.at)
        out.hide(name, "column")
    else:
        out.say("Finansiärer: ", name.at)
        out.cell(name)
        out.say(" ")
    out.cell(amount)
    out.say(" kr" if MONEY.fullmatch(amount.words) else "")


def _write_pair(name: Cell, value: Cell, out: Writer) -> None:
    out.cell(name)
    out.say("" if out.chars[-1:] == [":"] else ":")
    out.say(" ")
    out.cell(value)


def _full(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.words]


def _field(row: Sequence[Cell], lists: Lists) -> str:
    """The field that the row's first cell is the label of."""
    return column_of(row[0].words, lists).field if row[0].words else ""


def is_long(rows: Rows, lists: Lists) -> bool:
    """Whether each row has a key, the name of a fact and its value; keys stand on several rows, one after the other."""
    if len(rows) < LEAST_ROWS or any(len(row) != len((KEY, FACT, VALUE)) for row in rows):
        return False
    facts = [row for row in rows if row[KEY].words and is_label(row[FACT].words, lists)]
    return len(facts) > MOST * len(rows) and len({fold(row[KEY].words) for row in facts}) < len(facts)


def write_long(rows: Rows, out: Writer, lists: Lists) -> None:
    """Writes each project's facts as labelled lines, its title first."""
    if not is_label(rows[0][FACT].words, lists):
        for cell in rows[0]:
            out.hide(cell, "column")
        rows = rows[1:]
    for group in _groups(rows):
        _write_project(group, out, lists)
    out.line()


def _write_project(group: Sequence[Sequence[Cell]], out: Writer, lists: Lists) -> None:
    """The title first: it opens the project. The key is its id, or its name where no row gives one."""
    titles = [row for row in group if column_of(row[FACT].words, lists).field == "title" and row[VALUE].words]
    key = [("Projekt-id" if titles else "Projektnamn", cell) for cell in group[0][KEY : KEY + 1] if cell.words]
    facts = [
        (column_of(row[FACT].words, lists).label or row[FACT].words, row[VALUE])
        for row in group
        if row[VALUE].words and row not in titles
    ]
    lines = [*(("Projektnamn", row[VALUE]) for row in titles), *key, *facts]
    for n, (label, cell) in enumerate(lines):
        out.fact(label, cell.at, first=not n)
        out.cell(cell)
    for n, row in enumerate(group):
        out.hide(row[FACT], "column" if is_label(row[FACT].words, lists) else "unknown_column")
        if n:
            out.hide(row[KEY], "repeated")


def _groups(rows: Rows) -> Iterator[list[Sequence[Cell]]]:
    group: list[Sequence[Cell]] = []
    for row in rows:
        if group and row[KEY].words and fold(row[KEY].words) != fold(group[0][KEY].words):
            yield group
            group = []
        group.append(row)
    if group:
        yield group
