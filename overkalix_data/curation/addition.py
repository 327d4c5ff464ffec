"""One thing that a person added or corrected, where it stands, and what became of it."""

import re
from dataclasses import KW_ONLY, dataclass, field

from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records, Value

FORM_FILES = "komplettering*.xlsx"
"""Two people can each fill in a copy under a name of their own: where they differ it is told as a conflict."""


@dataclass(frozen=True)
class Addition:
    """A value for a field of a project, with who, when and source; `outcome` where it is known before it is tried."""

    file: str
    place: str
    """The line of a CSV file, or the sheet and cell of the workbook."""
    project_id: str
    field: str
    item: str = ""
    value: str = ""
    currency: str = ""
    rate: str = ""
    source: str = ""
    who: str = ""
    date: str = ""
    note: str = ""
    _: KW_ONLY
    base: str = ""
    """What the cell held when the workbook was made."""
    is_edit: bool = False
    """Whether it was filled in the workbook and is not yet in a CSV file."""
    outcome: str = ""


@dataclass(frozen=True)
class Correction:
    """Words of the page that are wrong: what is expected there, and what to do with it."""

    file: str
    place: str
    project_id: str
    field: str
    original: str
    action_code: str
    replacement: str
    reason: str
    who: str
    date: str
    source: str
    status_code: str
    _: KW_ONLY
    base: tuple[str, ...] | None = None
    """The row as it stood when the workbook was made; None for a row that is new, or that stands in the CSV file."""
    outcome: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two corrections the same one."""
        return (self.project_id, self.field, self.original)

    @property
    def written(self) -> tuple[str, ...]:
        """What a person wrote."""
        rest = (self.action_code, self.replacement, self.reason, self.status_code, self.source, self.who, self.date)
        return (*self.key, *rest)


@dataclass
class FilledIn:
    """What people wrote in the forms of a folder and is not in a CSV file yet."""

    additions: list[Addition] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)


SETTLED = frozenset({"applied", "noted", "inactive"})
"""The outcomes of what was understood; any other is of something that was not taken."""


def put_addition(
    records: Records, addition: Addition, cell: tuple[str, str, str] = ("", "", ""), replaced: Value = None
) -> None:
    """Enters the addition with its outcome, the cell (table, row, column) it is about, and what stood there."""
    table, row, column = cell
    columns = {c.name: getattr(addition, c.name, "") for c in TABLES["additions"].columns}
    columns |= {"outcome_code": addition.outcome, "table": table, "row_id": row, "column": column}
    # No id of a project has white space or a comma: what a person wrote with them is told, as a key that leads nowhere.
    columns["project_id"] = re.sub(r"[\s,]+", "-", addition.project_id)
    records.put("additions", **columns | {"replaced_text": None if replaced is None else str(replaced)})
