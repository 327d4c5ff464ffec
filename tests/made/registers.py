"""Registers for tests: invented tables written as CSV, columns or an Excel workbook, and what was read of them."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from overkalix_data.documents.source import Source, read_sources
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, tidy_tables
from overkalix_data.schema.records import Records, Row

Table = Sequence[Sequence[object]]
"""Rows of cells; None is an empty one."""


@dataclass(frozen=True)
class Read:
    """A register as it was read: its source, and the rows of every table."""

    source: Source
    tables: Mapping[str, list[Row]]

    def column(self, table: str, name: str) -> list[object]:
        """The values of a column, project by project as the source has them where it is the projects' own."""
        rows = self.tables[table]
        if table == "projects":
            rows = sorted(rows, key=lambda row: int(row["first_line"] or 0))
        return [row.get(name) for row in rows]

    def quotes(self, *, rule: str = "", use: str = "", column: str = "") -> list[str]:
        """The words of the source that have this use, by this rule, in the order of the source."""
        wanted = {"rule_id": rule, "use_code": use, "column": column}
        rows = [row for row in self.tables["evidence"] if all(not v or row.get(k) == v for k, v in wanted.items())]
        return [
            str(row["quote"]) for row in sorted(rows, key=lambda row: (int(row["start"] or 0), int(row["end"] or 0)))
        ]

    def grants(self) -> dict[tuple[object, object], object]:
        """(project, funder) → what the funder grants; None where the register does not say."""
        return {(row["project_id"], row["funder_id"]): row.get("granted_sek") for row in self.tables["project_funders"]}

    def address(self, column: str, table: str = "projects") -> list[str]:
        """Sheet and address of the cells that the values of a column came from."""
        cells = self.tables["cells"]
        places = [
            row["start"]
            for row in self.tables["evidence"]
            if row["use_code"] == "value" and row.get("column") == column and row.get("table") == table
        ]
        return sorted({f"{c['sheet']}!{c['address']}" for c in cells for at in places if c["start"] <= at < c["end"]})


def read(data: bytes | str, suffix: str) -> Read:
    """A source given as its bytes, read as any file is."""
    source, records = _records(data.encode() if isinstance(data, str) else data, suffix)
    return Read(source, {name: records.table(name) for name in TABLES})


def tables_of_bytes(data: bytes, suffix: str) -> Tables:
    """The tables of a source given as its bytes."""
    return tidy_tables(records_of_bytes(data, suffix))


def records_of_bytes(data: bytes, suffix: str) -> Records:
    """The rows of a source given as its bytes."""
    return _records(data, suffix)[1]


def _records(data: bytes, suffix: str) -> tuple[Source, Records]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"register{suffix}"
        path.write_bytes(data)
        (source,) = read_sources(str(path))
    return source, read_pages([source], ()).records


def as_csv(rows: Table, delimiter: str = ";", line_end: str = "\r\n") -> str:
    """The rows as Excel saves them: quotes where a cell holds the delimiter, a quote or a line break."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(
        [["" if c is None else c for c in row] for row in rows]
    )
    return out.getvalue()


def steady(data: bytes) -> bytes:
    """The workbook without the moment it was made: a test that takes its bytes apart finds the same ones every day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in made.namelist():
            content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", made.read(part))
            info = zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0))
            kept.writestr(info, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_xlsx(
    sheets: Mapping[str, Table],
    *,
    merged: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_sheets: Sequence[str] = (),
) -> bytes:
    """A workbook with these sheets; merged areas and hidden rows are the first sheet's."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, start=1):
            for c, value in enumerate(row, start=1):
                if value is not None:
                    cell = sheet.cell(r, c)
                    cell.value = value  # type: ignore[assignment]
                    if isinstance(value, str):
                        cell.data_type = "s"
        sheet.sheet_state = "hidden" if name in hidden_sheets else "visible"
    for area in merged:
        book.worksheets[0].merge_cells(area)
    for row in hidden_rows:
        book.worksheets[0].row_dimensions[row].hidden = True
    out = io.BytesIO()
    book.save(out)
    return steady(out.getvalue())


def lost(told: Read) -> list[tuple[int, str]]:
    """Characters of the source that no evidence holds; and it is an error where a quote is not the slice it says."""
    whole = told.source.whole
    covered = bytearray(len(whole))
    for row in told.tables["evidence"]:
        start, end = int(row["start"] or 0), int(row["end"] or 0)
        assert 0 <= start < end <= len(whole)
        assert whole[start:end] == row["quote"]
        assert int(row["line"] or 0) >= 1
        covered[start:end] = b"\1" * (end - start)
    return [(n, c) for n, c in enumerate(whole) if not c.isspace() and not covered[n]]
