"""The CSV files of `data/curated`: their columns, each row with its line, and what makes a file unreadable."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from overkalix_data.base.codelist import Row, csv_text, read_csv
from overkalix_data.base.errors import InputError
from overkalix_data.base.files import is_there

COLUMNS: dict[str, tuple[str, ...]] = {
    "accepted": ("rule_id", "row_id", "reason", "who", "date"),
    "candidates": ("candidate_id", "project_id", "field", "item", "value", "source", "source_date", "certainty_code",
                   "status_code", "who", "date", "note"),
    "corrections": ("project_id", "field", "original", "action_code", "replacement", "reason", "who", "date", "source",
                    "status_code"),
    "ledger": ("project_id", "version", "match_code", "likeness", "candidates", "page", "source_id", "retrieved_on",
               "title", "text"),
    "same_projects": ("project_id", "other_id", "is_same", "source", "who", "date", "note"),
    "utgivning": ("base_url", "licence", "org_number", "contact_name", "contact_email", "homepage", "spatial_uri",
                  "frequency", "issued"),
    "values": ("project_id", "field", "item", "value", "currency", "rate", "source", "who", "date", "note"),
}  # fmt: skip
"""File (without `.csv`) → its columns, in their order."""

FILLED: dict[str, tuple[str, ...]] = {
    "accepted": ("rule_id", "reason", "who"),
    "candidates": ("candidate_id", "project_id", "field", "value", "source"),
    "corrections": ("field", "original", "action_code", "reason", "who", "status_code"),
    "ledger": ("project_id", "version", "match_code"),
}
"""File → the columns that every row of it has something in: nobody accepts a finding without saying why."""
LINE = "line"
"""The key under which each row says on which line of its file it starts."""
MERGE_MARKS = ("<<<<<<<", "=======", ">>>>>>>")


def curated_rows(folder: Path, name: str) -> list[Row]:
    """The rows of `<name>.csv`, each with its `line`; none where the file is not there.

    Raises InputError where the file cannot be read, lacks a column, holds two people's edits that nobody has merged, or
    has a row without what it must say.
    """
    path = folder / f"{name}.csv"
    if not is_there(path):
        return []
    rows = read_csv(path, LINE)
    for row in rows:
        if next(iter(row.values())).startswith(MERGE_MARKS):
            raise InputError("unmerged", file=str(path), line=row[LINE])
    for column in COLUMNS[name]:
        if rows and column not in rows[0]:
            raise InputError("codelist", file=str(path), column=column)
    for row in rows:
        if column := next((column for column in FILLED.get(name, ()) if not row[column]), ""):
            raise InputError("accepted_row", file=str(path), line=row[LINE], column=column)
    return rows


def csv_bytes(name: str, rows: Iterable[Mapping[str, object]]) -> bytes:
    """The file's bytes: UTF-8, comma, LF, its columns in their order."""
    return csv_text(rows, COLUMNS[name]).encode()
