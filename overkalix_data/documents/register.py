"""A table of cells → text with a labelled line a cell: a register (HTML, columns, CSV, Excel, JSON) is read as a page.

The labels are words of ours, chosen by the column's heading; the values keep the place of their cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import fold
from overkalix_data.documents.amount_columns import amounts_beside
from overkalix_data.documents.column_meaning import UNREAD, RegisterColumn
from overkalix_data.documents.funding_tables import write_funding
from overkalix_data.documents.line_facts import begins_fact
from overkalix_data.documents.pair_table import (
    form_rows,
    is_blocks,
    is_cards,
    is_empty_form,
    is_long,
    is_pairs,
    write_blocks,
    write_long,
    write_pairs,
)
from overkalix_data.documents.placed_text import SECTION_LEVEL, TITLE_ROWS, Cell, ColumnCell, Rows, Writer
from overkalix_data.documents.register_cell import facts_of, is_unknown, plain, under_title, with_unit
from overkalix_data.documents.register_header import AMOUNTS, Header, header_of
from overkalix_data.documents.register_legend import NO_LEGEND, Legend, legend_in
from overkalix_data.documents.register_rows import YEAR, detail_of, is_sum, section_of

SURNAME = "efternamn"
"""The column whose cells go on with the first name in the column before."""
TOLD_IN = frozenset({"description", "goal", "purpose", "funder"})
"""Columns in whose cells people write labelled lines."""
PROSE = "Beskrivning"
"""The label of sentences that stand over the labelled lines of a cell."""
COUNTRY = ("46", "358", "47")
"""A number that a spreadsheet took for a number has lost its plus before these."""


def write_table(
    rows: Rows, out: Writer, lists: Lists, *, titled: bool = False, legend: Legend = NO_LEGEND, whole: bool = False
) -> bool:
    """Writes a register of projects, or a project's labels and values, as text; False where the table is neither.

    `titled`: the rows above the headings are titles of the page; `legend`: what is told of it elsewhere in the file;
    `whole`: no row goes on with the one above, though it has no title.
    """
    rows = form_rows(_even([row for row in rows if any(cell.words for cell in row)]), out, lists)
    if is_empty_form(rows, lists):
        for cell in (cell for row in rows for cell in row):
            out.hide(cell, "no_value")
        return True
    if is_blocks(rows, lists):
        write_blocks(rows, out, lists)
        return True
    if is_long(rows, lists):
        write_long(rows, out, lists)
        return True
    if is_cards(rows, lists):
        write_pairs(rows, out, lists)
        return True
    if write_funding(rows, out, lists):
        return True
    turned = list(zip(*rows, strict=True))
    for candidate in (rows, turned):
        if (header := header_of(candidate, lists)) and any(
            any(c.words for c in row) for row in candidate[header.last + 1 :]
        ):
            if candidate is turned and header.first("title") is None and is_pairs(rows, lists):
                break  # the labels and values of the project whose title stands above the table
            _Register(header, candidate, out, lists, legend, whole).write(titled=titled)
            return True
    # The keys of objects are no label and its value. Labels may stand in a row over their values.
    pairs = next((some for some in (rows, turned) if not whole and is_pairs(some, lists)), None)
    if pairs:
        write_pairs(pairs, out, lists)
    return pairs is not None


def _even(rows: Rows) -> list[list[Cell]]:
    """Rows of one width, without the columns that nothing stands in."""
    width = max((len(row) for row in rows), default=0)
    full = [[*row, *[Cell()] * (width - len(row))] for row in rows]
    kept = [n for n in range(width) if any(row[n].words for row in full)]
    return [[row[n] for n in kept] for row in full]


@dataclass
class _Line:
    """A labelled line of a project: what stands on it, cell by cell, with words of ours between."""

    label: str
    cells: list[tuple[str, Cell, str]] = field(default_factory=list)
    """(words before, cell, words after)"""
    own: bool = False
    """Whether the cells of its column tell what the label is."""


@dataclass
class _Register:
    header: Header
    rows: Rows
    out: Writer
    lists: Lists
    legend: Legend
    whole: bool
    details: dict[int, list[Cell]] = field(default_factory=dict)
    """What stands across the whole table under a project's rows, by the identity of their list."""

    def write(self, *, titled: bool) -> None:
        """The rows above the headings as headings of the page, then the projects, each a row or several."""
        self._write_above(titled=titled)
        self._hide_headings()
        groups: list[list[Sequence[Cell]]] = []
        for row in self.rows[self.header.last + 1 :]:
            if self._is_repeated_header(row):
                self._hide(row, "column")
            elif is_sum(row, self.header.columns, self.lists):
                self._hide(row, "sum_row")
            elif groups and (detail := detail_of(row)):
                self.details.setdefault(id(groups[-1]), []).append(detail)
            elif section := section_of(row):
                self._flush(groups)
                self._write_section(section)
            elif groups and self._continues(row, groups[-1][0]):
                groups[-1].append(row)
            else:
                groups.append([row])
        self._flush(groups)
        self.out.line()

    def _write_above(self, *, titled: bool) -> None:
        """The rows above the headings: their words on codes and units, and, where `titled`, the page's headings."""
        above = self.rows[: self.header.row]
        self.legend = legend_in(above).over(self.legend)
        for row in above:
            full = list({id(cell): cell for cell in row if cell.words}.values())
            if titled and len(full) == 1:
                self.out.line(level=TITLE_ROWS[min(above.index(row), len(TITLE_ROWS) - 1)])
                self.out.cell(full[0])
            else:
                self._hide(full, "column")

    def _hide(self, cells: Sequence[Cell], why: str) -> None:
        for cell in cells:
            self.out.hide(cell, why)

    def _hide_headings(self) -> None:
        """The rows of headings and units are no text; a heading that no list knows is kept apart, to be asked about."""
        for row in self.rows[self.header.row : self.header.last + 1]:
            for cell, column in zip(row, self.header.columns, strict=True):
                is_known = (column.label and not column.own) or column.funder or row is not self.rows[self.header.row]
                self.out.hide(cell, "column" if is_known else "unknown_column")

    def _flush(self, groups: list[list[Sequence[Cell]]]) -> None:
        for group in groups:
            self._write_project(group)
        groups.clear()

    def _is_repeated_header(self, row: Sequence[Cell]) -> bool:
        return [fold(c.words) for c in row] == [fold(c.words) for c in self.rows[self.header.row]]

    def _write_section(self, cell: Cell) -> None:
        if YEAR.fullmatch(cell.words):
            self.out.hide(cell, "year_row")
            return
        self.out.line(level=SECTION_LEVEL)
        self.out.cell(cell)

    def _continues(self, row: Sequence[Cell], first: Sequence[Cell]) -> bool:
        """Whether a row goes on with the project above: no title of its own, or the same one and another funder."""
        title = self.header.first("title")
        if title is None or self.whole:
            return False
        if not row[title].words:
            ids = [n for n, c in enumerate(self.header.columns) if self.lists.case_labels.same(c.label)]
            return not any(row[n].words and fold(row[n].words) != fold(first[n].words) for n in ids)
        funders = [n for n, c in enumerate(self.header.columns) if c.field == "funder"]
        same = fold(row[title].words) == fold(first[title].words)
        return same and any(fold(row[n].words) != fold(first[n].words) for n in funders)

    def _write_project(self, group: Sequence[Sequence[Cell]]) -> None:
        self.out.rows.append([])
        lines = self._lines(group)
        for n, line in enumerate(lines):
            at = line.cells[0][1].at
            self.out.fact(line.label, at, first=not n, own=line.own)
            for before, cell, after in line.cells:
                self.out.say(before, cell.at)
                self.out.cell(cell)
                self.out.say(after)
        for cell in self.details.get(id(group), ()):
            self.out.line()
            self.out.cell(cell)

    @cached_property
    def _beside(self) -> dict[bool, dict[int, int]]:
        """The amounts beside their funders, by whether a project has several rows: the headings tell both."""
        return {some: amounts_beside(self.header.columns, self.lists, several=some) for some in (False, True)}

    def _lines(self, group: Sequence[Sequence[Cell]]) -> list[_Line]:
        """The project's lines by column, its title first; rows that go on with it add what is new in them."""
        columns, several = self._in_currency(group[0]), len(group) > 1 and self._rows_are_funders(group)
        beside = self._beside[several]
        lines: dict[tuple[int, int], _Line] = {}
        seen: set[tuple[int, str]] = set()
        for r, row in enumerate(group):
            for n, (cell, column) in enumerate(zip(row, columns, strict=True)):
                if not cell.words or column.field == "currency":
                    continue
                if self._hides(cell, column):
                    continue
                cell = plain(cell)
                said = ColumnCell(cell, column.heading, column.label, column.field, column.unit, column.funder)
                self.out.rows[-1].append(said)
                repeated = (n, fold(cell.words)) in seen and not (several and (n in beside or n in beside.values()))
                seen.add((n, fold(cell.words)))
                if repeated:
                    self.out.hide(cell, "repeated")
                elif n in beside and row[beside[n]].words:
                    continue  # it stands beside its funder, below
                elif column.field == "title" and (under := under_title(cell, column.heading, self.lists)):
                    lines[r, n] = _Line(_label(column), [("", under[0], ""), (f"\n{under[1]}: ", under[2], "")])
                elif facts := self._facts(cell, column):
                    is_prose = not column.label and not begins_fact(facts[0].words, 0, self.lists)
                    lines[r, n] = _Line(
                        PROSE if is_prose else "", [("\n" if k else "", fact, "") for k, fact in enumerate(facts)]
                    )
                elif fold(column.heading) == SURNAME and (r, n - 1) in lines:
                    lines[r, n - 1].cells.append((" ", cell, ""))
                elif column.field == "points":
                    self._add_point(lines, r, n, cell)
                else:
                    amount = next(
                        (
                            row[a]
                            for a, f in beside.items()
                            if f == n and row[a].words and not is_unknown(row[a].words, self.lists)
                        ),
                        None,
                    )
                    lines[r, n] = _Line(_label(column), [("", cell, self._unit(column, cell))], column.own)
                    if amount:
                        unit = next(columns[a].unit for a, f in beside.items() if f == n and row[a] is amount)
                        lines[r, n].cells.append((" ", amount, with_unit(amount, unit)))
        title = self.header.first("title")
        ordered = sorted(lines, key=lambda key: (key[1] != title, key[0], key[1]))
        return [lines[key] for key in ordered]

    def _facts(self, cell: Cell, column: RegisterColumn) -> list[Cell]:
        """The labelled lines of a cell in which people write them; of a column that nobody knows, several."""
        if column.label and column.field not in TOLD_IN:
            return []
        facts = facts_of(cell, self.lists)
        return facts if column.label or len(facts) > 1 else []

    def _hides(self, cell: Cell, column: RegisterColumn) -> bool:
        """Whether a cell gives no line: its column is not read, or it says that there is no value."""
        is_nothing = column.funder and not any(c in "123456789" or c.isalpha() for c in cell.words)
        if column.field == UNREAD:
            self.out.hide(cell, "unread_column")
        elif is_nothing or is_unknown(cell.words, self.lists):
            self.out.hide(cell, "no_value")
        else:
            return False
        return True

    def _in_currency(self, row: Sequence[Cell]) -> tuple[RegisterColumn, ...]:
        """The columns with the currency that another column of the row states, or the unit told above the register."""
        n, unit = self.header.first("currency"), self.legend.unit
        if n is not None and row[n].words:
            self.out.hide(row[n], "column")
            unit = row[n].words
        return tuple(
            replace(c, unit=unit) if unit and not c.unit and (c.field in AMOUNTS or c.funder) else c
            for c in self.header.columns
        )

    def _rows_are_funders(self, group: Sequence[Sequence[Cell]]) -> bool:
        n = self.header.first("funder")
        return n is not None and len({fold(row[n].words) for row in group if row[n].words}) > 1

    def _add_point(self, lines: dict[tuple[int, int], _Line], r: int, n: int, cell: Cell) -> None:
        """A number or an address goes on the line of the person nearest before it, or of the nearest one there is."""
        if len(cell.words) > 10 and cell.words.isdecimal() and cell.words.startswith(COUNTRY):
            cell = Cell(f"+{cell.text}", [cell.at, *cell.starts], [cell.at, *cell.ends])
        people = [k for k in lines if k[0] == r and self.header.columns[k[1]].field in ("contact", "leader")]
        before = [k for k in people if k[1] < n] or people
        if before:
            lines[max(before)].cells.append((", ", cell, ""))
        else:
            lines[r, n] = _Line("Kontaktperson", [("", cell, "")])

    def _unit(self, column: RegisterColumn, cell: Cell) -> str:
        if column.field == "status" and (words := self.legend.words_for(cell.words)):
            return f" ({words})"
        return with_unit(cell, column.unit) if column.funder or column.unit or column.field in AMOUNTS else ""


def _label(column: RegisterColumn) -> str:
    return f"Finansiering från {column.funder}" if column.funder else column.label or column.heading or "Övrigt"
