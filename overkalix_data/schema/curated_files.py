"""The CSV files of `data/curated`: their columns, each row with its line, and what makes a file unreadable."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

from overkalix_data.base.codelist import Row, read_csv
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

LINE = "line"
"""The key under which each row says on which line of its file it starts."""
MERGE_MARKS = ("<<<<<<<", "=======", ">>>>>>>")


def curated_rows(folder: Path, name: str) -> list[Row]:
    """The rows of `<name>.csv`, each with its `line`; none where the file is not there.

    Raises InputError where the file cannot be read, lacks a column, or holds two people's edits that nobody has merged.
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
    return rows


def filled(folder: Path, name: str, rows: Iterable[Row], columns: Iterable[str]) -> None:
    """Raises InputError at the first row that has nothing in one of the columns."""
    for row in rows:
        for column in columns:
            if not row[column]:
                raise InputError("accepted_row", file=str(folder / f"{name}.csv"), line=row[LINE], column=column)


def csv_bytes(name: str, rows: Iterable[Mapping[str, object]]) -> bytes:
    """The file's bytes: UTF-8, comma, LF, its columns in their order."""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS[name], extrasaction="ignore", restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
