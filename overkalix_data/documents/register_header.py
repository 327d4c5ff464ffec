"""Which row of a table holds the headings of a register of projects, and what neighbours and cells settle of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold
from overkalix_data.documents.column_meaning import BODIES, LONGEST, NAME_KEYS, UNIT, UNREAD, RegisterColumn, column_of
from overkalix_data.documents.label_by_values import ASKED, field_of
from overkalix_data.documents.placed_text import Cell, Rows
from overkalix_data.documents.register_cell import MONEY, facts_of, plain
from overkalix_data.documents.register_legend import unit_in
from overkalix_data.values.amount import parse_amount
from overkalix_data.values.funder import funder_by_form, funder_within, is_organisation, named_funder
from overkalix_data.values.period import parse_period
from overkalix_data.values.person import NAME

HEADER_ROWS = 30
"""How far down a register's headings are looked for: title rows stand above them."""
SEEN, MOST_UNKNOWN = 10, 12
"""Rows whose cells are asked what headings mean that no list knows, and how many those are at most: a bound on time."""
MOST_COLUMNS = 400
"""Columns that a header has at most."""
ENOUGH = 4
"""Headings that must be known where most of a row's are not."""
ONLY_PROJECTS = frozenset({"granted", "total", "funder", "co_financing", "owner", "purpose", "goal"})
"""Fields that tell a register of projects from one of people, courses or things."""
NAMED = 0.9
"""A column in which a larger share of the rows say something may hold their names."""
NAMES = frozenset({"title", "goal", "description"})
"""What a register of projects says of each: at least one of these …"""
TEXTS = frozenset({"", "description"})
"""Columns that may hold several facts of a project."""
SENTENCE = 40
"""Characters of a cell that ends in a full stop and is a sentence, where all of its column are."""
DAYS = frozenset({"start", "end", "period"})
TELLS = ONLY_PROJECTS | DAYS | {"target_group", "partners", "status"}
"""… and at least one of these besides."""
AMOUNTS = frozenset({"granted", "total", "eligible_expenditure", "volunteer", "private", "co_financing"})
CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}[T ](?!00:00)\d{2}:\d{2}")
"""A day and a time of it; midnight is how programs write a day."""
NAMED_UNDER = {"start": "funder", "end": "owner"}
"""Where organisations stand under a heading of days (`Från`, `Till`): what they are."""


@dataclass(frozen=True)
class Header:
    """The row of the headings, and the columns they open; `last` is the row of their units, where units have a row."""

    row: int
    last: int
    columns: tuple[RegisterColumn, ...]

    def first(self, *fields: str) -> int | None:
        """The place of the first column of these fields."""
        return next((n for n, c in enumerate(self.columns) if c.field in fields), None)


def header_of(rows: Rows, lists: Lists) -> Header | None:
    """The header of a register of projects; None for any other table: a ledger, a list of people, a layout."""
    best: Header | None = None
    for n, row in enumerate(rows[:HEADER_ROWS]):
        words = [cell.words for cell in row[: MOST_COLUMNS + 1]]
        if not 2 <= sum(bool(w) for w in words) <= MOST_COLUMNS or any(len(w) > LONGEST for w in words):
            continue
        columns = tuple(column_of(w, lists) for w in words)
        if words and not words[0] and all(row[0].words for row in rows[n + 1 :]):
            # An empty corner: what stands under it names the rows.
            columns = (replace(columns[0], label="Projektnamn", field="title", weak=True), *columns[1:])
        meant = len({c.label or c.funder for c in columns if c.label or c.funder})
        if meant < ENOUGH and 2 * _told(columns, rows[n + 1 :], lists) < sum(bool(w) for w in words):
            continue
        if best is None or meant > len({c.label or c.funder for c in best.columns} - {""}):
            best = Header(n, n, columns)
    if best is None:
        return None
    best = _told_by_values(_with_title(_settled(best, rows, lists), rows), rows, lists)
    fields = {c.field for c in best.columns} | ({"funder"} if any(c.funder for c in best.columns) else set())
    named, told = fields & NAMES, fields & TELLS
    if _is_calendar(best, rows):
        return None
    if any(_of_another_kind(c.heading, lists) for c in best.columns) and not ("title" in named and len(told) >= ENOUGH):
        return None
    is_told = told - (named if len(named) == 1 else set()) or _holds_facts(best, rows, lists)
    return best if named and is_told else None


def _is_calendar(header: Header, rows: Rows) -> bool:
    """Whether most of what is listed begins and ends at a time of the day, as no project does."""
    start, end = header.first("start"), header.first("end")
    if start is None or end is None:
        return False
    listed = [
        (row[start].words, row[end].words) for row in rows[header.last + 1 :][:SEEN] if max(start, end) < len(row)
    ]
    return 2 * sum(all(CLOCK.search(words) for words in both) for both in listed) > len(listed)


def _holds_facts(header: Header, rows: Rows, lists: Lists) -> bool:
    """Whether cells of a text hold labelled facts: the objects of a page's blocks, a heading and a text each."""
    texts = [n for n, c in enumerate(header.columns) if c.field in TEXTS]
    cells = (row[n] for row in rows[header.last + 1 :][:SEEN] for n in texts if n < len(row))
    return sum(len(facts_of(plain(cell), lists)) > 1 for cell in cells) > 1


def _told(columns: Sequence[RegisterColumn], rows: Rows, lists: Lists) -> int:
    """How many columns the lists know; where they know some of them, those too that values tell."""
    unknown = [n for n, c in enumerate(columns) if c.heading and not (c.label or c.funder)]
    meant = sum(bool(c.label or c.funder) for c in columns)
    if meant < 2 or len(unknown) > MOST_UNKNOWN:
        return meant
    cells = {n: [plain(row[n]).words for row in rows[:SEEN] if n < len(row)] for n in unknown}
    return meant + sum(bool(field_of(columns[n].heading, cells[n], lists)) for n in unknown)


def _with_title(header: Header, rows: Rows) -> Header:
    """The header with its first unknown column as the projects' names, where no other is and every row has its own."""
    meant = {c.label or c.funder for c in header.columns} - {""}
    is_of_projects = any(c.funder or c.field in ONLY_PROJECTS for c in header.columns)
    if len(meant) < ENOUGH or not is_of_projects or header.first("title") is not None:
        return header
    # What the lists know to say nothing of a project may name it: `Ärende`, where no number stands there.
    for kind in ("", "note"):
        for n, column in enumerate(header.columns):
            cells = [row[n].words if n < len(row) else "" for row in rows[header.last + 1 :]]
            if column.heading and column.field == kind and not column.funder and _are_names(cells):
                title = replace(column, label="Projektnamn", field="title", weak=True)
                return replace(header, columns=(*header.columns[:n], title, *header.columns[n + 1 :]))
    return header


def _told_by_values(header: Header, rows: Rows, lists: Lists) -> Header:
    """The header with the columns that no list knows as what their cells tell, and the words of their headings."""
    columns = list(header.columns)
    unknown = [n for n, c in enumerate(columns) if c.heading and not (c.label or c.funder)]
    below = [[*row, *[Cell()] * (len(columns) - len(row))] for row in rows[header.last + 1 :][:ASKED]]
    for n in unknown[:MOST_UNKNOWN]:
        unit = f" {columns[n].unit}".rstrip()
        cells = [plain(row[n]).words + unit for row in below if row[n].words]
        name = field_of(UNIT.sub("", columns[n].heading), cells, lists)
        is_free = name in BODIES - {"owner"} or all(c.field != name for c in columns)
        if name and is_free and "…" not in (label := _label_of(name, lists)):
            columns[n] = replace(columns[n], label=label, field=name, own=True)
    numbers = {c.number for c in columns if c.field == "funder"} - {""}
    for n in unknown:
        cells = [plain(row[n]).words for row in below if row[n].words]
        if cells and all(len(w) > SENTENCE and w.endswith(".") for w in cells) and not columns[n].label:
            columns[n] = replace(columns[n], label=_label_of("description", lists), field="description", own=True)
        if columns[n].label or not cells or not all(MONEY.fullmatch(words) for words in cells):
            continue
        if columns[n].number in numbers:  # `Medfin. 1` and `Medfin. 1 SEK`
            columns[n] = replace(columns[n], label=_label_of("granted", lists), field="granted", own=True)
        elif _makes_up_total(n, columns, below, lists):
            columns[n] = replace(columns[n], funder=columns[n].heading)
    paid = [n for n, c in enumerate(columns) if c.funder and _is_fund(c.funder, lists)]
    funds = ({row[n].words for row in below} - {""} for n, c in enumerate(columns) if paid and c.field == "funder")
    if any(names and all(_is_fund(name, lists) for name in names) for names in funds):
        for n in paid:  # `EU-stöd` is of the fund that another column names
            columns[n] = replace(columns[n], funder="", label=_label_of("granted", lists), field="granted")
    return replace(header, columns=tuple(columns))


def _label_of(field: str, lists: Lists) -> str:
    """The label by which a register's line tells a field that its cells have shown: the first of the list."""
    return lists.labels.by("form")["label"].by("field")[field].rows[0]["words"]


def _makes_up_total(at: int, columns: Sequence[RegisterColumn], rows: Rows, lists: Lists) -> bool:
    """Whether the column is what its heading pays: with it, and not without, what all pay is the total of each row."""
    totals = [n for n, c in enumerate(columns) if c.field == "total"]
    paid = [n for n, c in enumerate(columns) if c.funder]
    if len(totals) != 1 or not paid:
        return False
    sums = [[parse_amount(row[n].words, lists) for n in (*totals, at, *paid)] for row in rows if row[at].words]
    return len(sums) > 1 and all(
        total and total.value == sum(amount.value for amount in parts if amount) for total, *parts in sums
    )


def _are_names(cells: Sequence[str]) -> bool:
    """Whether the cells of a column can name what their rows are: words, and no two the same."""
    said = [cell for cell in cells if cell]
    words = all(len(cell) <= LONGEST and sum(c.isalpha() for c in cell) > len(cell) / 2 for cell in said)
    return len(said) > 1 and len(said) == len(set(said)) and len(said) > NAMED * len(cells) and words


def explains(sheet: str, lists: Lists) -> bool:
    """Whether a sheet's name says that it tells of the workbook and lists nothing (`Läs mig`)."""
    return lists.other_sheets.fullmatch(sheet) is not None


def _of_another_kind(heading: str, lists: Lists) -> bool:
    """Whether a heading is one that no register of projects has: an account, a voucher, a personal number."""
    return lists.other_registers.fullmatch(heading) is not None


def _names_funder(words: str, lists: Lists) -> bool:
    """Whether a cell names who pays, and not an amount alone."""
    name = re.split(r"\s\d", words)[0].strip(" ,:")
    return funder_within(words, lists) is not None or (bool(name) and funder_by_form(name, lists) is not None)


def _speaks_against(field: str, words: str, lists: Lists) -> bool:
    """Whether a cell cannot be a value of the field: who pays no day, an amount nobody."""
    if field in DAYS:
        return is_organisation(words, lists) and parse_period(f"Slut: {words}") is None
    return field in BODIES - {"funder"} and parse_amount(words, lists) is not None


def _is_range(words: str) -> bool:
    period = parse_period(words)
    return period is not None and bool(period.start and period.end) and period.start != period.end


def _is_fund(words: str, lists: Lists) -> bool:
    """Whether a cell is the name of an EU fund."""
    fund = named_funder(words, lists)
    return fund is not None and fund.funder_type_code == "eu_fund"


def _is_of_payers(heading: str, lists: Lists) -> bool:
    """Whether a heading over several columns says that each is what the one it names pays."""
    return bool(heading) and column_of(heading, lists).field in ("funder", "granted", "co_financing")


def _is_body(words: str, lists: Lists) -> bool:
    """Whether a cell names an organisation or a part of one, and no person."""
    by_form = funder_by_form(words, lists) is not None or lists.organisation_forms.search(words) is not None
    return by_form or (NAME.match(words) is None and "@" not in words and not any(c.isdigit() for c in words))


def _unit_of(words: str) -> str:
    unit = UNIT.search(words)
    return unit["unit"].lower() if unit else ""


def _settled(header: Header, rows: Rows, lists: Lists) -> Header:
    """The columns as neighbours and cells settle them: units below, weak names, amounts under a funder's heading."""
    columns, last = list(header.columns), header.row
    below = rows[last + 1] if last + 1 < len(rows) else ()
    units = [UNIT.fullmatch(cell.words) for cell in below]
    if any(units) and all(u or not cell.words for u, cell in zip(units, below, strict=True)):
        columns = [
            replace(c, unit=u["unit"].lower()) if u else c
            for c, u in zip(columns, [*units, *[None] * len(columns)], strict=False)
        ]
        last += 1
    above = rows[header.row - 1] if header.row else ()
    columns = _grouped(columns, above, lists)
    for n, (column, cell) in enumerate(zip(columns, above, strict=False)):
        # `Ekonomi (mkr)` over `Beviljat stöd` and `Total budget`.
        if (
            not column.unit
            and cell.words
            and (column.field in AMOUNTS or column.funder)
            and (unit := unit_in(cell.words) or _unit_of(cell.words))
        ):
            columns[n] = replace(column, unit=unit)
    columns = _without_parts(columns, lists)
    sure = {c.field for c in columns if not c.weak}
    named = "title" in sure
    titled, owned = False, any(c.field == "owner" for c in columns)
    for n, column in enumerate(columns):
        cells = [row[n].words for row in rows[last + 1 :] if n < len(row) and row[n].words]
        columns[n] = column = _by_kind(column, cells, lists) if cells else column
        if column.field == "contact" and cells and not owned and all(_is_body(w, lists) for w in cells):
            columns[n] = replace(column, label="Projektägare", field="owner")  # `Ansvarig`: the cells are organisations
        elif column.field == "title" and (titled or (column.weak and named)):
            is_person = column.weak and named and fold(column.heading) in NAME_KEYS
            label = lists.labels.by("form")["label"].same(column.heading)
            columns[n] = (
                replace(column, label="Kontaktperson", field="contact")
                if is_person
                else replace(column, label=column.heading, field=label["field"] if label else "")
            )
        elif column.weak and column.field in sure & {"funder", "status"}:
            columns[n] = replace(column, label=column.heading, field=UNREAD)
        elif n < len(above) and not (column.label or column.funder) and _is_of_payers(above[n].words, lists):
            numbers = bool(cells) and all(MONEY.fullmatch(w) for w in cells)
            columns[n] = replace(column, funder=column.heading) if numbers else column  # `Björklands universitet`
        titled |= columns[n].field == "title"
    return Header(header.row, last, tuple(columns))


def _by_kind(column: RegisterColumn, cells: Sequence[str], lists: Lists) -> RegisterColumn:
    """The column as its cells have it, where its heading says one thing and they are another."""
    some, name = cells[:SEEN], column.field
    if column.funder and not any(parse_amount(w, lists) for w in cells):
        return replace(column, funder="")  # `Medverkande förening` names nobody
    if name == "granted" and sum(_names_funder(w, lists) for w in cells) >= max(
        sum(parse_amount(w, lists) is not None for w in cells), 1
    ):
        name = "funder"  # `Beviljat från kommunen`: the cells say who, and how much
    elif name == "funder" and all(MONEY.fullmatch(w) or (column.unit and not _names_funder(w, lists)) for w in cells):
        name = "granted"
    elif all(_speaks_against(name, w, lists) for w in some):
        name = NAMED_UNDER.get(name, "")  # `Från` over those who pay
    elif name in DAYS and all(_is_range(w) for w in some):
        name = "period"  # `Börjar - slutar`
    elif name == "note" and all(_is_fund(w, lists) for w in some):
        name = "funder"  # `Program`
    if name == column.field:
        return column
    return replace(column, field=name, label=_label_of(name, lists) if name else "")


def _grouped(columns: Sequence[RegisterColumn], above: Sequence[Cell], lists: Lists) -> list[RegisterColumn]:
    """The columns with a mere `Namn` as that of whom the heading over several columns tells of: `Kontaktperson`."""
    groups, last = list[str](), ""
    for cell in [*above[: len(columns)], *[Cell()] * (len(columns) - len(above))]:
        groups.append(last := cell.words or last)
    return [
        replace(c, label=above_it.label, field=above_it.field, weak=False)
        if fold(c.heading) in NAME_KEYS and (above_it := column_of(group, lists)).field in BODIES
        else c
        for c, group in zip(columns, groups, strict=True)
    ]


def _without_parts(columns: Sequence[RegisterColumn], lists: Lists) -> list[RegisterColumn]:
    """The columns without the years of what is granted, where one of them is the sum: `Bidrag år 1`, `totalt`."""
    payers = [c.funder or c.field if c.funder or c.field == "granted" else "" for c in columns]
    summed = [lists.sum_words.search(c.heading) is not None for c in columns]
    sums = {payer for payer, is_sum in zip(payers, summed, strict=True) if is_sum and payers.count(payer) > 1} - {""}
    parts = [payer in sums and not is_sum for payer, is_sum in zip(payers, summed, strict=True)]
    return [
        replace(c, label=c.heading, field=UNREAD, funder="") if is_part else c
        for c, is_part in zip(columns, parts, strict=True)
    ]
