"""What the schema's declaration asks of the tables, column by column: questions that `validate` puts to Great
Expectations."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from overkalix_data.base.codelist import codes
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import PATTERNS, Column, Table
from overkalix_data.schema.frames import Tables

OUTCOMES = ("findings", "checks")
"""The tables that checking makes; they are not themselves checked."""


@dataclass(frozen=True)
class Question:
    """One rule asked of the rows of one table: `ok` is True, False, or missing where it does not apply.

    `value` and `suggestion` are what a finding shows of a row. A whole-table question has one row, which is no row
    of the table.
    """

    rule_id: str
    table: str
    column: str
    ok: pd.Series
    value: pd.Series | None = None
    suggestion: pd.Series | None = None
    whole_table: bool = False


def checked_tables() -> list[Table]:
    """The schema's tables that are checked, in its order."""
    return [t for t in TABLES.values() if t.name not in OUTCOMES]


def schema_questions(tables: Tables) -> Iterator[Question]:
    """The rules `schema-columns`, `-key`, `-required`, `-reference`, `-codelist` and `-form` of every table and
    column."""
    for table in checked_tables():
        frame, names = tables[table.name], [c.name for c in table.columns]
        same = pd.Series([list(frame.columns) == names], dtype="boolean")
        yield Question("schema-columns", table.name, "", same, whole_table=True)
        if set(names) > set(frame.columns):
            continue
        yield Question("schema-key", table.name, table.key[0], ~frame.duplicated(list(table.key)), frame[table.key[0]])
        for column in table.columns:
            for rule_id, ok in _of_column(column, frame[column.name], tables):
                yield Question(rule_id, table.name, column.name, ok, frame[column.name])


def _of_column(column: Column, values: pd.Series, tables: Tables) -> Iterator[tuple[str, pd.Series]]:
    given = values.notna()
    if column.required:
        yield "schema-required", given
    if column.refers_to:
        parents = tables[column.refers_to][TABLES[column.refers_to].key[0]]
        yield "schema-reference", values.isin(parents).astype("boolean").where(given)
    if column.codelist:
        yield "schema-codelist", values.isin(list(codes(column.codelist))).astype("boolean").where(given)
    if column.type in PATTERNS:
        yield "schema-form", values.str.match(PATTERNS[column.type]).astype("boolean").where(given)
