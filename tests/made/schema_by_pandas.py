"""The declared schema asked of the tables in plain pandas: what Great Expectations must say too (`tests/checks/test_schema.py`).

It stands in for the process of Great Expectations in every test that does not ask for it: hundreds of commands are run here.
As `python -m tests.made.schema_by_pandas WORDS` it is the command `overkalix WORDS` in a process of its own.
"""

import runpy
from collections.abc import Iterator
from typing import Self

import pandas as pd

from overkalix_data import pipeline
from overkalix_data.base.codelist import codes
from overkalix_data.checks.schema_run import Broken, SchemaVerdict, checked_tables
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import DTYPES, PATTERNS, Column, Table
from overkalix_data.schema.frames import Tables


class SchemaByPandas:
    """As `SchemaRun`, in this process and without suites."""

    def __enter__(self) -> Self:
        return self

    def judge(self, tables: Tables) -> None:
        self.tables = tables

    def verdict(self) -> SchemaVerdict:
        return verdict(self.tables)

    def __exit__(self, *_: object) -> None:
        return None


def verdict(tables: Tables) -> SchemaVerdict:
    """What of the schema does not hold, in the order of the suites."""
    return SchemaVerdict([broken for table in checked_tables() for broken in _of_table(table, tables)])


def _of_table(table: Table, tables: Tables) -> Iterator[Broken]:
    frame, names = tables[table.name], [c.name for c in table.columns]
    if list(frame.columns) != names:
        yield Broken("schema-columns", table.name, "")
    if not set(names) <= set(frame.columns):
        return
    twice = frame.duplicated(list(table.key), keep=False)
    yield from _broken("schema-key", table, table.key[0] if len(table.key) == 1 else "", ~twice)
    for column in table.columns:
        if str(frame[column.name].dtype) not in (DTYPES[column.type], "str"):
            yield Broken("schema-columns", table.name, column.name)
        for rule_id, ok in _of_column(column, frame[column.name], tables):
            yield from _broken(rule_id, table, column.name, ok)


def _of_column(column: Column, values: pd.Series, tables: Tables) -> Iterator[tuple[str, pd.Series]]:
    given = values.notna()
    if column.required:
        yield "schema-required", given
    if column.refers_to:
        parents = tables[column.refers_to][TABLES[column.refers_to].key[0]]
        yield "schema-reference", values.isin(parents) | ~given
    if column.codelist:
        yield "schema-codelist", values.isin(list(codes(column.codelist))) | ~given
    if column.type in PATTERNS:
        yield "schema-form", values.astype("string").str.match(PATTERNS[column.type]).fillna(True)


def _broken(rule_id: str, table: Table, column: str, ok: pd.Series) -> Iterator[Broken]:
    rows = (~ok.to_numpy(bool)).nonzero()[0].tolist()
    if rows:
        yield Broken(rule_id, table.name, column, rows)


if __name__ == "__main__":
    pipeline.SchemaRun = SchemaByPandas  # type: ignore[assignment,misc]
    runpy.run_module("overkalix_data", run_name="__main__")
