"""What a table is: the vocabulary in which every table and column is declared once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

ColumnType = Literal["id", "code", "text", "int", "money", "percent", "edtf", "date", "url", "hash"]

DTYPES: dict[ColumnType, str] = {
    "id": "string", "code": "string", "text": "string", "edtf": "string", "date": "string", "url": "string",
    "hash": "string", "int": "Int64", "money": "Int64", "percent": "Float64",
}  # fmt: skip
"""pandas dtypes, all nullable: empty is unknown, and unknown must never become 0 or ''."""

PATTERNS: dict[ColumnType, str] = {
    "id": r"^[^\s,]+$",
    "edtf": r"^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$",
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "url": r"^https?://\S+$",
    "hash": r"^[0-9a-f]{64}$",
}
"""The form a published value must have; a type without a row takes any text."""

EVERYWHERE = "sheet report show form page pack new_source evaluate"
"""The outputs that show a project column by column: the workbook's sheets, the report, `overkalix show`, the form that
people fill in, the page written back, the funders' packs, what is told of a new list and held against typed answers."""


class Worded:
    """What has a heading that people see and words about it, both as `sv|en`."""

    heading: str
    about: str

    def title(self, lang: str = "sv") -> str:
        """The heading a person sees."""
        return in_language(self.heading, lang)

    def description(self, lang: str = "sv") -> str:
        """What the column holds, or what a row of the table is: for the data dictionary."""
        return in_language(self.about, lang)


@dataclass(frozen=True)
class Column(Worded):
    """One column."""

    name: str
    type: ColumnType
    heading: str
    about: str
    key: bool = False
    required: bool = False
    refers_to: str = ""
    """Foreign key: the table whose single key column this value must stand in."""
    codelist: str = ""
    """The list in `codelists/codes.csv` whose codes alone are allowed."""
    personal: bool = False
    """Personal data: left out of, or masked in, the public edition."""
    filled_by: str = ""
    """The fields of a page (of the list `labels`) that it holds, parted by spaces; none where a rule gives it."""
    basis: str = ""
    """The column that says what its value rests on."""
    shown: str = EVERYWHERE
    """The outputs that show it, parted by spaces: of `projects`, and of `project_funders` in the form."""
    width: int = 16
    """Characters on a sheet of the workbook."""
    form_width: int = 18
    """Characters in the form."""


@dataclass(frozen=True)
class Table(Worded):
    """One tidy table, sorted by its key."""

    name: str
    heading: str
    about: str
    columns: tuple[Column, ...]
    is_open: bool = False
    """Given away as open data; never one whose rows are of persons, of who does what here, or of the day of the run."""

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The columns that together tell one row from every other."""
        return tuple(c.name for c in self.columns if c.key)

    @cached_property
    def leads_to(self) -> tuple[str, str]:
        """Of a table that links projects: the table it leads to, and the key of that; empty where it names no row."""
        return next(
            ((c.refers_to, c.name) for c in self.columns if c.key and c.refers_to not in ("", "projects")), ("", "")
        )

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError where the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    def shown(self, output: str, *first: str) -> list[Column]:
        """The columns that an output shows: those it puts first, in its own order, then the others in the table's."""
        place = {name: n for n, name in enumerate(first)}
        shown = (c for c in self.columns if output in c.shown.split())
        return sorted(shown, key=lambda c: place.get(c.name, len(first)))


def in_language(both: str, lang: str) -> str:
    """The Swedish or the English half of `sv|en`."""
    sv, _, en = both.partition("|")
    return en if lang == "en" else sv


def row_id(*key: str) -> str:
    """How evidence and findings name a row: its key values joined by a bar."""
    return "|".join(key)
