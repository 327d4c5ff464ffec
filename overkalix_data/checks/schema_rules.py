"""How the rules of the declared schema went: what each applies to by the declaration, what fails by Great
Expectations."""

from collections import Counter
from collections.abc import Iterator

from overkalix_data.checks.findings import Failure, Outcome, shown
from overkalix_data.checks.schema_run import Broken, SchemaVerdict, checked_tables
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import PATTERNS, Table
from overkalix_data.schema.frames import Tables


def schema_outcomes(tables: Tables, verdict: SchemaVerdict) -> dict[str, Outcome]:
    """Rule → its outcome: a value that is unknown, where it may be, is not one that the rule applies to."""
    rows, missing = Counter[str](), Counter[str]()
    for table in checked_tables():
        for rule_id, of_rows, unknown in _asked(table, tables):
            rows[rule_id] += of_rows
            missing[rule_id] += unknown
    outcomes = {}
    for rule_id in rows:
        broken = [one for one in verdict.broken if one.rule_id == rule_id]
        failures = [failure for one in broken for failure in _failures(one, tables)]
        error = next((one.error for one in broken if one.error), "")
        outcomes[rule_id] = Outcome(rows[rule_id] - missing[rule_id], missing[rule_id], failures, error)
    return outcomes


def _failures(broken: Broken, tables: Tables) -> Iterator[Failure]:
    if broken.rows is None:
        yield Failure(broken.table, None, broken.column)
        return
    values = tables[broken.table][broken.column or TABLES[broken.table].key[0]]
    for row in broken.rows:
        yield Failure(broken.table, row, broken.column, shown(values, row))


def _asked(table: Table, tables: Tables) -> Iterator[tuple[str, int, int]]:
    """Each question on a table: its rule, of how many rows, and how many of them are unknown."""
    frame = tables[table.name]
    yield "schema-columns", 1, 0
    if not {c.name for c in table.columns} <= set(frame.columns):
        return
    yield "schema-key", len(frame), 0
    for column in table.columns:
        missing = int(frame[column.name].isna().sum())
        asked = {"required": column.required, "reference": column.refers_to, "codelist": column.codelist,
                 "form": column.type in PATTERNS}  # fmt: skip
        for name in (name for name, is_asked in asked.items() if is_asked):
            yield f"schema-{name}", len(frame), 0 if name == "required" else missing
