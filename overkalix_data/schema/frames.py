"""Rows → DataFrames with the schema's dtypes, and the CSV files of `data/clean` (UTF-8, LF, empty = unknown)."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from overkalix_data.schema import TABLES
from overkalix_data.schema.column import DTYPES, Table
from overkalix_data.schema.evidence import EVIDENCE, Row, Value
from overkalix_data.schema.records import Records

pd.set_option("mode.string_storage", "python")
# pandas keeps words in Arrow where pyarrow is installed (the extra [parquet]): sorts and results then differ from one
# machine to the next, and the same page must give the same bytes on both.

Tables = dict[str, pd.DataFrame]


def tidy_tables(records: Records) -> Tables:
    """Every table of the schema as a frame: its columns in order, its dtypes, sorted by key."""
    tables = {name: frame(table, records.table(name)) for name, table in TABLES.items() if name != EVIDENCE}
    return {
        name: tables[name] if name in tables else _framed(TABLES[name], records.evidence.columns()) for name in TABLES
    }


def frame(table: Table, rows: list[Row]) -> pd.DataFrame:
    """Rows as a frame of that table's columns and dtypes; a column that no row has is all unknown."""
    return _framed(table, {c.name: [row.get(c.name) for row in rows] for c in table.columns})


def _framed(table: Table, columns: Mapping[str, list[Value]]) -> pd.DataFrame:
    return pd.DataFrame({c.name: pd.Series(columns.get(c.name, []), dtype=DTYPES[c.type]) for c in table.columns})


def write_tables(tables: Tables, folder: Path) -> list[Path]:
    """One CSV a table; gives the files written, in the schema's order."""
    written = []
    for name in TABLES:
        path = folder / f"{name}.csv"
        tables[name].to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
        written.append(path)
    return written


def read_tables(folder: Path) -> Tables:
    """The tables of a folder as they were written. Raises FileNotFoundError where one is missing."""
    tables = {}
    for name, table in TABLES.items():
        dtypes = {column.name: DTYPES[column.type] for column in table.columns}
        tables[name] = pd.read_csv(folder / f"{name}.csv", dtype=dtypes, keep_default_na=False, na_values=[""])
    return tables


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame as rows again: unknown is None."""
    columns = {str(name): cells(column) for name, column in frame.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def cells(column: pd.Series) -> list[Any]:
    """A column as plain values: unknown is None. Asked one by one, pandas makes each anew."""
    return column.astype(object).where(column.notna(), None).tolist()


def known_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The same without what is unknown."""
    return [{name: value for name, value in row.items() if value is not None} for row in rows_of(frame)]


def rows_by_project(frame: pd.DataFrame) -> defaultdict[str, list[dict[str, Any]]]:
    """project_id → its rows of a table, in the order that the page gives them."""
    rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_of(frame.sort_values("position", kind="stable") if "position" in frame else frame):
        rows[row["project_id"]].append(row)
    return rows
