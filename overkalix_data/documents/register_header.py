"""What the headings of a register's columns mean, and which row of a table holds them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from overkalix_data.base.codelist import Row
from overkalix_data.base.lists import Lists
from overkalix_data.base.terms import Terms
from overkalix_data.base.wording import DASHES, REMEMBERED, fold, slug
from overkalix_data.documents.placed_text import Rows
from overkalix_data.documents.register_legend import legend_of
from overkalix_data.values.amount import parse_amount
from overkalix_data.values.funder import funder_by_form, funder_within, known_funder, named_funder, without_lead
from overkalix_data.values.person import NAME

HEADER_ROWS = 30
"""How far down a register's headings are looked for: title rows stand above them."""
MOST_COLUMNS, LONGEST = 400, 80
"""Columns that a header has at most, and characters in a heading."""
ENOUGH = 4
"""Headings that must be known where most of a row's are not."""
NAMED = 0.9
"""A column in which a larger share of the rows say something may hold their names."""
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
NAME_KEYS = ("namn", "name", "title", "titel", "fullname")
"""Keys under which an object inside a project has its name."""
CUT_SHORT = 6
"""Letters that a heading has at least where it is a longer one's beginning."""
CURRENCY = "currency"
"""The field of a column that says in what its row's amounts are."""
UNREAD = "unread"
"""The field of a column that the lists know and that says nothing of the project: a row of theirs without a field."""
IN_TWO_LANGUAGES = " / "
"""What stands between the two of a heading: `Startdatum / Start date`."""
AMOUNTS = frozenset({"granted", "total", "eligible_expenditure", "volunteer", "private", "co_financing"})
BODIES = frozenset({"owner", "funder", "partners", "contact", "leader"})
"""Fields whose values are organisations and people."""
MONEY = re.compile(r"[-−]?[.,]?\d[\d\s\u00a0\u202f.,']*")
"""A cell that is a bare number."""

_UNIT = re.compile(
    rf"(?:(?<![{DASHES}\s,])[{DASHES}\s,]++)?+(?:\bi\s+)?[(\[]?(?:\bi\s+)?(?P<unit>\b(?:tkr|kkr|tsek|ksek|mkr|mnkr|msek|kr|kronor|sek|eur|euro|meur|teur|nok)\b|€)[)\]]?\s*$",
    re.IGNORECASE,
)
_SORT = re.compile(r"\bsorter", re.IGNORECASE)
"""What a heading says to who sorts by it."""
_NUMBERED = re.compile(r"(?<=[^\W\d])\s*(?:nr\.?\s*)?(?P<n>\d)$")


@dataclass(frozen=True)
class RegisterColumn:
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
        known = len({c.label or c.funder for c in columns if c.label or c.funder})
        if known < ENOUGH and 2 * sum(bool(c.label or c.funder) for c in columns) < sum(bool(w) for w in words):
            continue
        if best is None or known > len({c.label or c.funder for c in best.columns} - {""}):
            best = Header(n, n, columns)
    if best is None:
        return None
    best = _with_title(_settled(best, rows, lists), rows)
    fields = {c.field for c in best.columns} | ({"funder"} if any(c.funder for c in best.columns) else set())
    named, told = fields & NAMES, fields & TELLS
    if any(_of_another_kind(c.heading, lists) for c in best.columns) and not ("title" in named and len(told) >= ENOUGH):
        return None
    return best if named and told - (named if len(named) == 1 else set()) else None


def _with_title(header: Header, rows: Rows) -> Header:
    """The header with its first unknown column as the projects' names, where no other is and every row has its own."""
    known = {c.label or c.funder for c in header.columns} - {""}
    if len(known) < ENOUGH or header.first("title") is not None:
        return header
    for n, column in enumerate(header.columns):
        cells = [row[n].words if n < len(row) else "" for row in rows[header.last + 1 :]]
        if column.heading and not column.label and not column.funder and _are_names(cells):
            title = replace(column, label="Projektnamn", field="title", weak=True)
            return replace(header, columns=(*header.columns[:n], title, *header.columns[n + 1 :]))
    return header


def _are_names(cells: Sequence[str]) -> bool:
    """Whether the cells of a column can name what their rows are: words, and no two the same."""
    said = [cell for cell in cells if cell]
    words = all(len(cell) <= LONGEST and sum(c.isalpha() for c in cell) > len(cell) / 2 for cell in said)
    return len(said) > 1 and len(said) == len(set(said)) and len(said) > NAMED * len(cells) and words


@lru_cache(maxsize=REMEMBERED)
def column_of(heading: str, lists: Lists) -> RegisterColumn:
    """What one heading means by itself."""
    sort = _SORT.search(heading)
    said = heading[: sort.start() if sort else None].strip(" :*,(")
    unit = _UNIT.search(spaced := said.replace("_", " "))
    name = _UNIT.sub("", spaced) if unit and unit.start() else said
    bare = _without_bracket(name)
    numbered = _NUMBERED.search(bare)
    column = RegisterColumn(
        heading, unit=unit["unit"].lower() if unit else "", number=numbered["n"] if numbered else ""
    )
    return _listed(column, name, bare, lists) or _joined(column, said, bare, lists) or _of_payer(column, bare, lists)


def _listed(column: RegisterColumn, name: str, bare: str, lists: Lists) -> RegisterColumn | None:
    """The column by a row of the lists; a grant with a funder in brackets (`EU-medel (ERUF)`) is what that pays."""
    for words in dict.fromkeys((name, bare, _NUMBERED.sub("", bare), _unqualified(bare, lists))):
        if row := _row_of(words, "column", lists):
            field = "points" if _is_point(row["label"], lists) else row["field"] or UNREAD
            inside = name.rpartition("(")[2].rstrip(" )")
            if payer := named_funder(inside, lists) if field == "granted" else None:
                return replace(column, funder=payer.name)
            return replace(column, label=row["label"] or column.heading, field=field, weak=bool(row["weak"]))
        if row := _row_of(words, "label", lists):
            if "*" in row["words"] and row["field"] == "granted" and (payer := funder_within(words, lists)):
                return replace(column, funder=payer.name)  # `Beviljat ESF-stöd`
            is_point = _is_point(row["words"], lists)
            return replace(column, label=row["words"], field="points" if is_point else row["field"])
    if lists.labels.by("form")["column"].by("field")[CURRENCY].fullmatch(bare):
        return replace(column, label=column.heading, field=CURRENCY)
    return _cut_short(column, bare, lists)


def _cut_short(column: RegisterColumn, bare: str, lists: Lists) -> RegisterColumn | None:
    """The column by the beginning of its key, as a file that holds ten capitals of each has it: `TOTALKOSTN`."""
    key = _key(bare)
    if not bare.isupper() or len(key) < CUT_SHORT:
        return None
    rows = [row for form in ("column", "label") for k, row in _index(lists, form)[1].items() if k.startswith(key)]
    one = len({row["field"] for row in rows}) == 1
    return replace(column, label=rows[0]["label"] or rows[0]["words"], field=rows[0]["field"]) if one else None


def _joined(column: RegisterColumn, said: str, bare: str, lists: Lists) -> RegisterColumn | None:
    """The column by a part of its heading: one of two languages, or the inner key (`kontakt.namn`, `Kontakt: namn`)."""
    for half in bare.split(IN_TWO_LANGUAGES) if IN_TWO_LANGUAGES in bare else ():
        if (known := column_of(half, lists)).label:
            return replace(known, heading=column.heading, unit=known.unit or column.unit)
    if "." in bare.strip("."):
        return _inner(column, bare, lists)
    _, colon, last = bare.rpartition(": ")
    if colon and (fold(last) in NAME_KEYS or column_of(last, lists).label):
        return _inner(column, bare.replace(": ", "."), lists)
    inner = _inner(column, ".".join(said.rsplit("_", 1)), lists) if "_" in said.strip("_") else column
    outer, _, last = bare.rpartition(" ")
    if outer and (fold(last) in NAME_KEYS or column_of(last, lists).field == "points"):
        bodies = (outer.removesuffix(ending) for ending in ("", "s", "ns", "ens"))
        if body := next((b for b in bodies if b and column_of(b, lists).field in BODIES), ""):
            return _inner(column, f"{body}.{last}", lists)  # `Stödmottagarens namn`, `Kontaktperson e-post`
    return inner if inner.label else None


def _of_payer(column: RegisterColumn, bare: str, lists: Lists) -> RegisterColumn:
    """The column of what a funder pays, by the funder in its heading; else one that no list knows."""
    paid = re.fullmatch(r"(?P<who>.*[^,\s])[,\s]+(?:belopp|summa)", bare, re.IGNORECASE)
    if paid and column_of(paid["who"], lists).field == "funder":
        return replace(column, label="Beviljat belopp", field="granted")
    what, _, who = (words.strip() for words in bare.partition(","))
    payer = known_funder(who, lists) if who else None
    if payer and column_of(what, lists).field == "granted":
        return replace(column, funder=payer.name)
    named = without_lead(bare, lists)
    funder = known_funder(named, lists) if named else None
    if funder is None and any(w in fold(bare) for w in ("bevilja", "stöd", "bidrag", "finansiering")):
        funder = funder_within(bare, lists)
    if funder is None and (hit := lists.labels.by("form")["column"].fullmatch(bare)):
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


def _inner(column: RegisterColumn, path: str, lists: Lists) -> RegisterColumn:
    """`kontaktperson.namn`, `budget.total`: an inner key means what it says; a mere `name` means the outer one."""
    *outer, last = path.split(".")
    above, own = column_of(outer[-1], lists), column_of(last, lists)
    if fold(last) in NAME_KEYS:
        # The name of what the outer key tells: of a programme, whose key no list has, it is no project's title.
        return replace(column, label=above.label, field=above.field)
    # What else an inner object tells of an organisation or a person (where it is, its size) is not who it is.
    found = own if own.label or above.field in BODIES else above
    return replace(column, label=found.label, field=found.field, unit=found.unit or column.unit)


def _key(words: str) -> str:
    """A heading as a program would write it: `Total budget`, `total_budget` and `Totalbudget` are one."""
    return slug(words.replace("_", " ")).replace("-", "")


def _unqualified(heading: str, lists: Lists) -> str:
    """The heading without what only qualifies it: `Projektets totala budget` → `totala budget`."""
    m = _qualified(lists).fullmatch(heading)
    return m["heading"] if m else heading


@cache
def _qualified(lists: Lists) -> re.Pattern[str]:
    before, after = (lists.label_qualifiers.by("side")[side].any_of.pattern for side in ("before", "after"))
    return re.compile(rf"(?:(?:{before})\s+)*(?P<heading>\S.*?)(?:\s+(?:{after}))*\s*[?]?", re.IGNORECASE)


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


def _is_of_payers(heading: str, lists: Lists) -> bool:
    """Whether a heading over several columns says that each is what the one it names pays."""
    return bool(heading) and column_of(heading, lists).field in ("funder", "granted", "co_financing")


def _is_body(words: str, lists: Lists) -> bool:
    """Whether a cell names an organisation or a part of one, and no person."""
    by_form = funder_by_form(words, lists) is not None or lists.organisation_forms.search(words) is not None
    return by_form or (NAME.match(words) is None and "@" not in words and not any(c.isdigit() for c in words))


def _unit_of(words: str) -> str:
    unit = _UNIT.search(words)
    return unit["unit"].lower() if unit else ""


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
            and (unit := legend_of(cell.words).unit or _unit_of(cell.words))
        ):
            columns[n] = replace(column, unit=unit)
    columns = _without_parts(columns, lists)
    named, paid = (any(c.field == field and not c.weak for c in columns) for field in ("title", "funder"))
    found, owned = False, any(c.field == "owner" for c in columns)
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
        elif column.field == "contact" and cells and not owned and all(_is_body(w, lists) for w in cells):
            columns[n] = replace(column, label="Projektägare", field="owner")  # `Ansvarig`: the cells are organisations
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
        elif (
            numbers and not (column.label or column.funder) and n < len(above) and _is_of_payers(above[n].words, lists)
        ):
            columns[n] = replace(column, funder=column.heading)  # `Björklands universitet` under `Finansiering`
        found |= columns[n].field == "title"
    return Header(header.row, last, tuple(columns))


def _without_parts(columns: Sequence[RegisterColumn], lists: Lists) -> list[RegisterColumn]:
    """The columns without the years of what a funder pays, where one of them is the sum: `Bidrag år 1`, `totalt`."""
    said = Counter(c.funder for c in columns if c.funder)
    sums = {c.funder for c in columns if said[c.funder] > 1 and lists.sum_words.search(c.heading)}
    parts = [c.funder in sums and not lists.sum_words.search(c.heading) for c in columns]
    return [
        replace(c, label=c.heading, field=UNREAD, funder="") if is_part else c
        for c, is_part in zip(columns, parts, strict=True)
    ]
