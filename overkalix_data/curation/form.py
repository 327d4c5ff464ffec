"""A form that people fill in, as data: its sheets, columns and rows, and what is read back from them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class FormColumn:
    """A column: key, heading, kind (a column type of the schema), width in characters, and the words to choose from."""

    key: str
    heading: str
    kind: str = "text"
    width: int = 16
    choices: tuple[str, ...] = ()
    is_strict: bool = True
    """Whether only the choices are taken; else they are suggestions."""


@dataclass(frozen=True)
class FormRow:
    """A row that is filled in when the form is made: column → words, and the columns that cannot be edited."""

    key: str
    values: dict[str, str | int | float]
    locked: frozenset[str]


@dataclass(frozen=True)
class Form:
    """A sheet: title in A1, how to fill it in in A2, then a table with empty rows to add to."""

    key: str
    name: str
    title: str
    intro: str
    columns: list[FormColumn]
    rows: list[FormRow]
    blank: int = 0


@dataclass(frozen=True)
class FilledCell:
    """What a cell holds, as text, and where it stands (`D7`)."""

    place: str
    text: str
    is_formula: bool = False


@dataclass
class FilledSheet:
    """The rows of a sheet that hold anything: row number → column → cell; `stray`: cells under no heading of ours."""

    name: str
    rows: dict[int, dict[str, FilledCell]] = field(default_factory=dict)
    stray: list[FilledCell] = field(default_factory=list)


@dataclass
class FilledBook:
    """A workbook read back: form key → sheet; what each cell held when it was made; sheets that are none of ours."""

    file: str
    sheets: dict[str, FilledSheet] = field(default_factory=dict)
    base: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """(form, row key, column) → text."""
    foreign: list[str] = field(default_factory=list)
