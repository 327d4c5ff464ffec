"""A funder's register → its projects as values, each with the cell it stands in. Nothing here knows of our page."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from overkalix_data.base.codelist import codelist, codes
from overkalix_data.base.errors import InputError
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold
from overkalix_data.documents.placed_text import ColumnCell
from overkalix_data.documents.register_cell import with_unit
from overkalix_data.documents.source import Source, read_sources
from overkalix_data.values.amount import SEK, parse_amount, published_kronor
from overkalix_data.values.funder import any_funder
from overkalix_data.values.funders_field import split_funders
from overkalix_data.values.org_number import org_number
from overkalix_data.values.period import Period, parse_period

DETAILS = {"owner": "beneficiary", "partners": "partner_organisations"}
_PROGRAMME = re.compile(r"(?P<cci>(?:19|20)\d{2}[A-Z]{2}\w{4,})_(?=.)")
"""The programme before a case number, as Kohesio writes it: `2021SE05SFPR001_23-901-S01`."""
SHORTEST = 5
"""Characters of a case number: a shorter one is a row's number, and stands in every list."""


@dataclass(frozen=True)
class Said:
    """A value of a register for a field of ours; `item` is the funder of an amount."""

    field: str
    value: str
    place: str
    """The line or sheet, and the column."""
    item: str = ""


@dataclass
class RegisterRow:
    """A project of a register."""

    place: str
    numbers: frozenset[str] = frozenset()
    title: str = ""
    start: str = ""
    end: str = ""
    owner: str = ""
    org_number: str = ""
    programme_cci: str = ""
    funders: frozenset[str] = frozenset()
    said: list[Said] = field(default_factory=list)


def register_rows(file: str, giver: str = "") -> list[RegisterRow]:
    """The projects of a register; `giver` names the funder whose register it is, where its headings do not say so.

    Raises InputError where the file cannot be read or holds no register of projects.
    """
    (source,) = read_sources(file)[:1]
    rows = source.rendered.rows if source.rendered else ()
    if not rows:
        raise InputError("no_register", file=file)
    named = any_funder(giver, lists_for()).funder_id if giver else _giver(rows)
    return [_row(source, cells, named) for cells in rows if cells]


def case_numbers(words: Iterable[str]) -> frozenset[str]:
    """Case numbers in the form in which they are compared: without the programme before them, spaces and case."""
    bare = (re.sub(r"\s", "", _PROGRAMME.sub("", squeezed)).upper() for squeezed in words)
    return frozenset(n for n in bare if len(n) >= SHORTEST and any(c.isdigit() for c in n))


def _giver(rows: Iterable[Sequence[ColumnCell]]) -> str:
    """The funder whose register it is, by its headings (`registers.csv`); empty where no row of the list fits."""
    headings = {fold(said.heading) for cells in rows for said in cells}
    listed = codelist("registers", "headings", "giver_id", "fund_ids")
    return next((r["giver_id"] for r in listed if {fold(h) for h in r["headings"].split(";")} <= headings), "")


def _row(source: Source, cells: Sequence[ColumnCell], giver: str) -> RegisterRow:
    row = RegisterRow(_place(source, cells[0]).partition(", ")[0])
    numbers = [said.cell.words for said in cells if lists_for().case_labels.same(said.label)]
    row.numbers = case_numbers(numbers)
    row.programme_cci = next((m["cci"] for n in numbers if (m := _PROGRAMME.match(n))), "")
    mentions = [m for s in cells if s.field == "funder" for m in split_funders(s.cell.words, lists_for())]
    payers = list(dict.fromkeys(m.funder.funder_id for m in mentions))
    funds = [m.funder.funder_id for m in mentions if m.funder.funder_type_code == "eu_fund"]
    row.funders = frozenset(funds or {*payers, *filter(None, (giver,))})
    for cell in cells:
        place, words = _place(source, cell), cell.cell.words
        if cell.field == "granted" or cell.funder:
            paid_by = cell.funder and any_funder(cell.funder, lists_for()).funder_id
            # Whose the amount is of several, a row does not say.
            alone = funds if "EU" in cell.label else [giver] if giver else payers
            funder_id, kronor = paid_by or (alone[0] if len(alone) == 1 else ""), _kronor(cell)
            row.said += [Said("granted_sek", kronor, place, funder_id)] if kronor and funder_id else []
        elif cell.field == "funder":
            named = split_funders(words, lists_for())
            row.said += [Said("granted_sek", str(m.sek), place, m.funder.funder_id) for m in named if m.sek is not None]
        else:
            row.said += _value(row, cell, words, place)
    return row


def _value(row: RegisterRow, cell: ColumnCell, words: str, place: str) -> list[Said]:
    """What a cell of one value says, if it is a value of its field; the row keeps what it is recognised by."""
    if cell.field == "title":
        row.title = words
        return [Said("title", words, place)]
    if cell.field in ("start", "end", "period"):
        # `04/09/2023` is a date only where a label asks for one.
        period = parse_period(words) or parse_period(f"{cell.label}: {words}") or Period(None, None, "")
        first, last = period.start or "", period.end or (period.start if cell.field == "end" else "") or ""
        row.start, row.end = first if cell.field != "end" else row.start, last or row.end
        ends = {"start": first, "end": last}
        return [Said(name, ends[name], place) for name in ends if cell.field in (name, "period") and ends[name]]
    if cell.field == "total":
        return [Said("total_cost_sek", kronor, place)] if (kronor := _kronor(cell)) else []
    if cell.field == "eu_rate":
        return [Said("eu_rate_percent", words.replace("%", "").strip(), place)]
    code = DETAILS.get(cell.field, cell.field)
    if lists_for().case_labels.same(cell.label):
        return [Said("case_number", words, place)]
    if code == "beneficiary":
        row.owner = words
    if code == "beneficiary_org_number":
        row.org_number = words = org_number(words)
    if code == "eligible_expenditure":
        words += with_unit(cell.cell, cell.unit)
    return [Said(code, words, place)] if code in codes("detail") and words else []


def _kronor(cell: ColumnCell) -> str:
    """Whole kronor; empty for another currency, and for what is no amount."""
    amount = parse_amount(cell.cell.words + with_unit(cell.cell, cell.unit), lists_for())
    return str(published_kronor(amount)) if amount and amount.currency == SEK else ""


def _place(source: Source, cell: ColumnCell) -> str:
    at = cell.cell.at
    if source.cells:
        placed = source.cells[bisect_right(source.cells, at, key=lambda cell: cell.start) - 1]
        return f"{placed.sheet}!{placed.address}, {cell.heading}"
    return f"rad {source.whole_text.line_of(at)}, {cell.heading}"
