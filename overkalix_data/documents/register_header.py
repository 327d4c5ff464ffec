"""What the headings of a register's columns mean, and which row of a table holds them."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from overkalix_data.base.codelist import Row
from overkalix_data.base.lists import Lists
from overkalix_data.base.terms import Terms
from overkalix_data.base.wording import DASHES, REMEMBERED, fold, slug
from overkalix_data.documents.placed_text import Rows
from overkalix_data.values.amount import parse_amount
from overkalix_data.values.funder import funder_by_form, funder_within, named_funder, without_lead

HEADER_ROWS = 30
"""How far down a register's headings are looked for: title rows stand above them."""
MOST_COLUMNS, LONGEST = 400, 80
"""Columns that a header has at most, and characters in a heading."""
ENOUGH = 4
"""Headings that must be known where most of a row's are not."""
NAMES = frozenset({"title", "goal", "description"})
"""What a register of projects says of each: at least one of these …"""
TELLS = frozenset(
    {
        "goal",
        "purpose",
        "target_group",
        "funder",
        "co_financing",
        "granted",
        "total",
        "period",
        "start",
        "end",
        "owner",
        "partners",
        "status",
    }
)
"""… and at least one of these besides."""
NAME_KEYS = ("namn", "name", "title", "titel")
"""Keys under which an object inside a project has its name."""
CURRENCY = "currency"
"""The field of a column that says in what its row's amounts are."""
UNREAD = "unread"
"""The field of a column that the lists know and that says nothing of the project: a row of theirs without a field."""
IN_TWO_LANGUAGES = " / "
"""What stands between the two of a heading: `Startdatum / Start date`."""
AMOUNTS = frozenset({"granted", "total", "eligible_expenditure", "volunteer", "private", "co_financing"})
MONEY = re.compile(r"[-−]?[.,]?\d[\d\s\u00a0\u202f.,']*")
"""A cell that is a bare number."""

_UNIT = re.compile(
    rf"(?:(?<![{DASHES}\s,])[{DASHES}\s,]++)?+(?:\bi\s+)?[(\[]?(?:\bi\s+)?(?P<unit>\b(?:tkr|kkr|tsek|ksek|mkr|mnkr|msek|kr|kronor|sek|eur|euro|meur|teur|nok)\b|€)[)\]]?\s*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<=[^\W\d])\s*(?:nr\.?\s*)?(?P<n>\d)$")


@dataclass(frozen=True)
class Column:
    """A column: its heading, the label of the lists that it means (empty: none known), and that label's field."""

    heading: str
    label: str = ""
    field: str = ""
    unit: str = ""
    number: str = ""
    """Of `Finansiär 2`, the 2."""
    funder: str = ""
    """The funder that the heading names: what stands under it is what that funder pays."""
    weak: bool = False
    """A heading such as `Namn`, which is the project's where no other column is."""


@dataclass(frozen=True)
class Header:
    """The row of the headings, and the columns they open; `last` is the row of their units, where units have a row."""

    row: int
    last: int
    columns: tuple[Column, ...]

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
        known = len({c.label or c.funder for c in columns if c.label or c.funder})
        if known < ENOUGH and 2 * sum(bool(c.label or c.funder) for c in columns) < sum(bool(w) for w in words):
            continue
        if best is None or known > len({c.label or c.funder for c in best.columns} - {""}):
            best = Header(n, n, columns)
    if best is None or any(_of_another_kind(c.heading, lists) for c in best.columns):
        return None
    best = _settled(best, rows, lists)
    fields = {c.field for c in best.columns} | ({"funder"} if any(c.funder for c in best.columns) else set())
    named, told = fields & NAMES, fields & TELLS
    return best if named and told - (named if len(named) == 1 else set()) else None


@lru_cache(maxsize=REMEMBERED)
def column_of(heading: str, lists: Lists) -> Column:
    """What one heading means by itself."""
    headings = lists.labels.by("form")["column"]
    unit = _UNIT.search(spaced := heading.strip(" :*").replace("_", " "))
    name = _UNIT.sub("", spaced) if unit and unit.start() else heading.strip(" :*")
    bare = _without_bracket(name)
    numbered = _NUMBERED.search(bare)
    column = Column(heading, unit=unit["unit"].lower() if unit else "", number=numbered["n"] if numbered else "")
    for words in dict.fromkeys((name, bare, _NUMBERED.sub("", bare))):
        if row := _row_of(words, "column", lists):
            field = "points" if _is_point(row["label"], lists) else row["field"] or UNREAD
            return replace(column, label=row["label"] or heading, field=field, weak=bool(row["weak"]))
        if row := _row_of(words, "label", lists):
            is_point = _is_point(row["words"], lists)
            return replace(column, label=row["words"], field="points" if is_point else row["field"])
    if headings.by("field")[CURRENCY].fullmatch(bare):
        return replace(column, label=heading, field=CURRENCY)
    for half in bare.split(IN_TWO_LANGUAGES) if IN_TWO_LANGUAGES in bare else ():
        if (known := column_of(half, lists)).label:
            return replace(known, heading=heading, unit=known.unit or column.unit)
    if "." in bare.strip("."):
        return _inner(column, bare, lists)
    if (paid := re.fullmatch(r"(?P<who>.*[^,\s])[,\s]+(?:belopp|summa)", bare, re.IGNORECASE)) and column_of(
        paid["who"], lists
    ).field == "funder":
        return replace(column, label="Beviljat belopp", field="granted")
    what, comma, who = bare.partition(",")
    if (
        comma
        and column_of(what.strip(), lists).field == "granted"
        and (payer := named_funder(who.strip(), lists) or funder_by_form(who.strip(), lists))
    ):
        return replace(column, funder=payer.name)
    named = without_lead(bare, lists)
    funder = named_funder(named, lists) or funder_by_form(named, lists) if named else None
    if (
        funder is None
        and (inside := funder_within(bare, lists))
        and any(w in fold(bare) for w in ("bevilja", "stöd", "bidrag", "finansiering"))
    ):
        funder = inside
    if funder is None and (hit := headings.fullmatch(bare)):
        return replace(column, label=hit.row["label"], field=hit.row["field"])
    return replace(column, funder=funder.name if funder else "")


def _row_of(words: str, form: str, lists: Lists) -> Row | None:
    """The row of the list for a heading as people or a program write it, or by an open part (`Projektledare i *`)."""
    rows, by_key = _index(lists, form)
    if row := rows.same(words) or by_key.get(_key(words) or "-"):
        return row
    hit = rows.fullmatch(words.strip())
    return hit.row if hit else None


@cache
def _index(lists: Lists, form: str) -> tuple[Terms, dict[str, Row]]:
    """The labels, or the columns' headings, that have no open end; and the same by their key."""
    rows = lists.labels.by("form")[form].rows
    closed = [row for row in rows if "…" not in row["words"] and row["field"] != CURRENCY]
    return Terms(closed), {_key(row["words"]): row for row in reversed(closed)}


def _inner(column: Column, path: str, lists: Lists) -> Column:
    """`kontaktperson.namn`, `budget.total`: an inner key means what it says; a mere `name` means the outer one."""
    *outer, last = path.split(".")
    above, own = column_of(outer[-1], lists), column_of(last, lists)
    if fold(last) in NAME_KEYS:
        # The name of what the outer key tells: of a programme, whose key no list has, it is no project's title.
        return replace(column, label=above.label, field=above.field)
    found = own if own.label else above
    return replace(column, label=found.label, field=found.field, unit=found.unit or column.unit)


def _key(words: str) -> str:
    """A heading as a program would write it: `Total budget`, `total_budget` and `Totalbudget` are one."""
    return slug(words.replace("_", " ")).replace("-", "")


def _without_bracket(heading: str) -> str:
    """`Belopp (kr)` → `Belopp`."""
    inside = heading.rstrip().removesuffix(")")
    opened = inside.find("(", inside.rfind(")") + 1)
    return heading[:opened].rstrip() if opened >= 0 and heading.rstrip().endswith(")") else heading


def is_label(words: str, lists: Lists) -> bool:
    """Whether the words are a label of the lists, or a heading that means one."""
    return len(words) <= LONGEST and bool(column_of(words, lists).label)


def needs_colon(words: str, lists: Lists) -> bool:
    """Whether the words are a label only where a colon follows them: `Projekt` alone is a heading."""
    row = lists.labels.by("form")["label"].same(words)
    return row is not None and row["colon"] == "must"


def explains(sheet: str, lists: Lists) -> bool:
    """Whether a sheet's name says that it tells of the workbook and lists nothing (`Läs mig`)."""
    return lists.other_sheets.fullmatch(sheet) is not None


def _is_point(label: str, lists: Lists) -> bool:
    """Whether what stands under a label is a number or an address, and not a person."""
    return lists.contact_words.by("kind")["ignored"].same(label) is not None


def _of_another_kind(heading: str, lists: Lists) -> bool:
    """Whether a heading is one that no register of projects has: an account, a voucher, a personal number."""
    return lists.other_registers.fullmatch(heading) is not None


def _names_funder(words: str, lists: Lists) -> bool:
    """Whether a cell names who pays, and not an amount alone."""
    name = re.split(r"\s\d", words)[0].strip(" ,:")
    return funder_within(words, lists) is not None or (bool(name) and funder_by_form(name, lists) is not None)


def _settled(header: Header, rows: Rows, lists: Lists) -> Header:
    """The columns as neighbours and cells settle them: units below, weak names, amounts under a funder's heading."""
    columns, last = list(header.columns), header.row
    below = rows[last + 1] if last + 1 < len(rows) else ()
    units = [_UNIT.fullmatch(cell.words) for cell in below]
    if any(units) and all(u or not cell.words for u, cell in zip(units, below, strict=True)):
        columns = [
            replace(c, unit=u["unit"].lower()) if u else c
            for c, u in zip(columns, [*units, *[None] * len(columns)], strict=False)
        ]
        last += 1
    above = rows[header.row - 1] if header.row else ()
    for n, (column, cell) in enumerate(zip(columns, above, strict=False)):
        # `Ekonomi (mkr)` over `Beviljat stöd` and `Total budget`.
        if (
            not column.unit
            and cell.words
            and (column.field in AMOUNTS or column.funder)
            and (told := _UNIT.search(cell.words))
        ):
            columns[n] = replace(column, unit=told["unit"].lower())
    named, paid = (any(c.field == field and not c.weak for c in columns) for field in ("title", "funder"))
    found = False
    for n, column in enumerate(columns):
        cells = [row[n].words for row in rows[last + 1 :] if n < len(row) and row[n].words]
        numbers = bool(cells) and all(MONEY.fullmatch(w) for w in cells)
        if (
            column.field == "granted"
            and cells
            and sum(_names_funder(w, lists) for w in cells)
            >= max(sum(parse_amount(w, lists) is not None for w in cells), 1)
        ):
            columns[n] = replace(
                column, label="Finansiärer", field="funder"
            )  # `Beviljat från kommunen`: the cells say who, and how much
        elif column.field == "title" and (found or (column.weak and named)):
            columns[n] = (
                replace(column, label="Kontaktperson", field="contact")
                if column.weak and named
                else replace(column, label=column.heading, field="")
            )
        elif column.field == "funder" and column.weak and paid:
            columns[n] = replace(column, label=column.heading, field=UNREAD)
        elif column.field == "funder" and (numbers or (column.unit and cells)):
            columns[n] = replace(column, label="Beviljat belopp", field="granted")
        found |= columns[n].field == "title"
    return Header(header.row, last, tuple(columns))
