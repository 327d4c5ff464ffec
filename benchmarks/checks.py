"""The checks on large tables. The whole (all rules with findings in words, and Great Expectations in its process, its import counted) beside the rules
alone in pandas; and beside other engines that are asked only what the schema declares: key, required, reference, codelist, form.

In the tables that the engines are given one cell is wrong, and each must find it.
"""

import re
from collections.abc import Callable, Iterator

from benchmarks.lists import grown
from overkalix_data.base.codelist import codes
from overkalix_data.checks.rules import RULES, catalogue
from overkalix_data.checks.schema_run import SchemaRun, checked_tables
from overkalix_data.checks.validate import check_tables
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import PATTERNS, Column
from overkalix_data.schema.frames import Tables
from tests.made.schema_by_pandas import verdict

AS_OF = "2026-11-23"
WRONG = ("projects", "status_code", "avslutad")


def _faulty(rows: str) -> Tables:
    tables = grown(int(rows))
    table, column, value = WRONG
    tables[table].loc[len(tables[table]) - 1, column] = value
    return tables


def whole(rows: str) -> Callable[[], object]:
    tables = _faulty(rows)

    def work() -> None:
        with SchemaRun() as schema:
            schema.judge(tables)
            findings, _ = check_tables(tables, AS_OF)
            broken = schema.verdict().broken
            assert [(b.table, b.column) for b in broken] == [WRONG[:2]], broken
        assert len(findings)

    return work


def rules(rows: str) -> Callable[[], object]:
    tables = _faulty(rows)
    return lambda: check_tables(tables, AS_OF)


def rules_by_pandas(rows: str) -> Callable[[], object]:
    """Every rule's answers, and the failing rows taken out."""
    tables = _faulty(rows)

    def work() -> None:
        for rule_id, function in RULES.items():
            ok = function(tables, AS_OF).ok
            tables[catalogue()[rule_id]["table"]][ok.eq(False).fillna(False)]

    return work


def schema_by_pandas(rows: str) -> Callable[[], object]:
    return _finds_one(lambda tables: len(verdict(tables).broken), rows)


def schema_by_great_expectations(rows: str) -> Callable[[], object]:
    """The same suites in this process, imported here."""

    def broken(tables: Tables) -> int:
        from overkalix_data.checks.schema_suites import Judge

        return len(Judge().verdict(tables).broken)

    return _finds_one(broken, rows)


def schema_by_duckdb(rows: str) -> Callable[[], object]:
    import duckdb

    def broken(tables: Tables) -> int:
        with duckdb.connect() as database:
            for name, frame in tables.items():
                database.register(name, frame)
            return sum(bool(database.execute(query, given).fetchone()[0]) for query, given in _queries())

    return _finds_one(broken, rows)


def _queries() -> Iterator[tuple[str, list[object]]]:
    """One query a question: how many rows are wrong."""
    for table in checked_tables():
        key = ", ".join(f'"{name}"' for name in table.key)
        yield f"SELECT count(*) FROM (SELECT 1 FROM {table.name} GROUP BY {key} HAVING count(*) > 1)", []
        for c in table.columns:
            wrong = f'SELECT count(*) FROM {table.name} WHERE "{c.name}" IS NOT NULL AND '
            if c.required:
                yield f'SELECT count(*) FROM {table.name} WHERE "{c.name}" IS NULL', []
            if c.refers_to:
                yield wrong + f'"{c.name}" NOT IN (SELECT "{TABLES[c.refers_to].key[0]}" FROM {c.refers_to})', []
            if c.codelist:
                yield wrong + f'NOT list_contains(?, "{c.name}")', [list(codes(c.codelist))]
            if c.type in PATTERNS:
                yield wrong + f'NOT regexp_matches("{c.name}", ?)', [PATTERNS[c.type]]


def schema_by_pandera(rows: str) -> Callable[[], object]:
    import pandera.pandas as pa

    def checks(column: Column, tables: Tables) -> list[pa.Check]:
        asked = []
        if column.refers_to:
            asked.append(pa.Check.isin(set(tables[column.refers_to][TABLES[column.refers_to].key[0]])))
        if column.codelist:
            asked.append(pa.Check.isin(list(codes(column.codelist))))
        if column.type in PATTERNS:
            asked.append(pa.Check.str_matches(PATTERNS[column.type]))
        return asked

    def broken(tables: Tables) -> int:
        found = 0
        for table in checked_tables():
            columns = {c.name: pa.Column(None, checks(c, tables), nullable=not c.required) for c in table.columns}
            try:
                pa.DataFrameSchema(columns, unique=list(table.key)).validate(tables[table.name], lazy=True)
            except pa.errors.SchemaErrors as error:
                found += len(error.failure_cases)
        return found

    return _finds_one(broken, rows)


def schema_by_frictionless(rows: str) -> Callable[[], object]:
    """Of the rows as Python has them: Frictionless reads no frames of nullable types."""
    import frictionless as fl

    def field(column: Column) -> dict[str, object]:
        limits: dict[str, object] = {"required": column.required}
        limits |= {"enum": list(codes(column.codelist))} if column.codelist else {}
        limits |= {"pattern": re.sub(r"^\^|\$$", "", PATTERNS[column.type])} if column.type in PATTERNS else {}
        return {
            "name": column.name,
            "type": "any" if column.type in ("int", "money", "percent") else "string",
            "constraints": limits,
        }

    def broken(tables: Tables) -> int:
        resources = []
        for table in checked_tables():
            leads = [{"fields": [c.name], "reference": {"resource": c.refers_to, "fields": [TABLES[c.refers_to].key[0]]}}
                     for c in table.columns if c.refers_to]  # fmt: skip
            schema = {"fields": [field(c) for c in table.columns], "primaryKey": list(table.key), "foreignKeys": leads}
            data = tables[table.name].astype(object).where(tables[table.name].notna(), None)
            inline = [list(data.columns), *data.to_numpy().tolist()]
            resources.append(fl.Resource(name=table.name, data=inline, schema=fl.Schema.from_descriptor(schema)))
        report = fl.Package(resources=resources).validate()
        return sum(len(one.errors) for one in report.tasks)

    return _finds_one(broken, rows)


def _finds_one(broken: Callable[[Tables], int], rows: str) -> Callable[[], object]:
    tables = _faulty(rows)

    def work() -> None:
        found = broken(tables)
        assert found == 1, found

    return work
