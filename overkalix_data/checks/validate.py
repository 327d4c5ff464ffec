"""The rules over the tables → findings and checks: the domain's in pandas, the schema's by Great Expectations.

A rule has three outcomes a row: passed, failed, not applicable (a missing value). A rule that raises is a critical
finding of its own, never a pass.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd

from overkalix_data.base.codelist import Row
from overkalix_data.checks.findings import Failure, Outcome, shown, tell_outcomes
from overkalix_data.checks.rules import RULES, catalogue
from overkalix_data.checks.schema_run import HOLDS, Broken, SchemaVerdict, checked_tables
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import PATTERNS, Table
from overkalix_data.schema.frames import Tables


def check_tables(
    tables: Tables, as_of: str, lang: str = "sv", accepted: Sequence[Row] = (), schema: SchemaVerdict = HOLDS
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(findings, checks) of the tables as of a day (ISO), with the words of `lang` and the findings a person accepted.

    `schema` is what Great Expectations has said of the tables.
    """
    outcomes = schema_outcomes(tables, schema) | {rule_id: _outcome(rule_id, tables, as_of, lang) for rule_id in RULES}
    return tell_outcomes(tables, outcomes, lang, accepted)


def _outcome(rule_id: str, tables: Tables, as_of: str, lang: str) -> Outcome:
    table, column = (catalogue()[rule_id][name] for name in ("table", "column"))
    try:
        verdict = RULES[rule_id](tables, as_of)
    except Exception as error:  # noqa: BLE001 - a broken rule is told as a critical finding, never hidden as a pass
        return Outcome(error=f"{type(error).__name__}: {error}")
    in_words = verdict.value if lang == "sv" or verdict.value_en is None else verdict.value_en
    value = tables[table].get(column) if in_words is None else in_words
    ok = verdict.ok.astype("boolean")
    failed = (~ok.fillna(True)).to_numpy().nonzero()[0].tolist()
    cells = zip(failed, shown(value, failed), shown(verdict.suggestion, failed), strict=True)
    failures = [Failure(table, n, column, *told) for n, *told in cells]
    return Outcome(int(ok.notna().sum()), int(ok.isna().sum()), failures)


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
    rows = list(broken.rows)
    for row, value in zip(rows, shown(values, rows), strict=True):
        yield Failure(broken.table, row, broken.column, value)


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
