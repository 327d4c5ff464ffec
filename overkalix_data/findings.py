"""Outcomes of rules → findings that a person can act on, and a line of checks for every rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from overkalix_data.records import Records, Row
from overkalix_data.rules import catalogue
from overkalix_data.schema import TABLES
from overkalix_data.tables import Tables, frame

Place = tuple[str, int | None, str]
"""Table, row number (None: the whole table), column."""


@dataclass
class Outcome:
    """How one rule went: the rows it applies to, those it does not, and where it fails (table, row number, column)."""

    applicable: int = 0
    not_applicable: int = 0
    failures: list[Place] = field(default_factory=list)
    values: dict[Place, str] = field(default_factory=dict)
    error: str = ""


def tell_outcomes(tables: Tables, outcomes: Mapping[str, Outcome], lang: str = "sv") -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables (findings, checks). A cause that every row shares is told once, as "25 of 25 have no amount"."""
    records, where = Records(), _Where(tables)
    for rule_id in catalogue():
        _put_outcome(records, rule_id, outcomes.get(rule_id) or Outcome(), where, lang)
    return frame(TABLES["findings"], records.table("findings")), frame(TABLES["checks"], records.table("checks"))


class _Where:
    """Where a row of a table stands: its id, its source and line, and what to call it."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        evidence = tables["evidence"]
        self.lines: dict[tuple[str, ...], tuple[str, int]] = {}
        for source, table, row, column, line in zip(
            *(evidence[c].fillna("") for c in ("source_id", "table", "row_id", "column")), evidence["line"], strict=True
        ):
            for cell in ((table, row, column), (table, row), *_parents(table, row)):
                if cell not in self.lines or line < self.lines[cell][1]:
                    self.lines[cell] = (source, int(line))
        self.projects = tables["projects"].set_index("project_id")

    def row(self, table: str, n: int, column: str) -> Row:
        """row_id, source_id, line and label of row number `n`."""
        values = self.tables[table].iloc[n].dropna().to_dict()
        row_id = "|".join(str(values.get(k, "")) for k in TABLES[table].key)
        project = values.get("project_id")
        of_project = self.projects.loc[project].dropna().to_dict() if project in self.projects.index else {}
        source, line = self.lines.get((table, row_id, column)) or self.lines.get((table, row_id)) or ("", None)
        if table == "projects" and (table, row_id, column) not in self.lines:
            source, line = "", None
        return {
            "row_id": row_id,
            "source_id": str(values.get("source_id") or source or of_project.get("source_id", "")),
            "line": values.get("line") or line or of_project.get("first_line"),
            "label": str(of_project.get("label") or values.get("label") or values.get("name") or row_id),
        }


def _parents(table: str, row_id: str) -> list[tuple[str, str]]:
    """The rows that a row's key refers to: a funder stands where a project names it."""
    if not table:
        return []
    keys = zip(TABLES[table].key, row_id.split("|"), strict=False)
    return [(parent, value) for name, value in keys if (parent := TABLES[table].column(name).refers_to)]


def _put_outcome(records: Records, rule_id: str, outcome: Outcome, where: _Where, lang: str) -> None:
    rule = catalogue()[rule_id]
    severity = "critical" if outcome.error else rule["severity"]
    failed = len(outcome.failures)
    records.put(
        "checks", rule_id=rule_id, dimension=rule["dimension"], severity=severity, applicable=outcome.applicable,
        failed=max(failed, int(bool(outcome.error))), not_applicable=outcome.not_applicable,
        title=rule[f"title_{lang}"], why=rule[f"why_{lang}"], remedy=rule[f"remedy_{lang}"],
    )  # fmt: skip
    if outcome.error:
        records.put("findings", rule_id=rule_id, table=rule["table"], row_id="", column="", source_id="", line=None,
                    severity=severity, message=f"{rule[f'title_{lang}']}: {outcome.error}", value=outcome.error)  # fmt: skip
    elif failed == outcome.applicable > 1:
        message = rule[f"several_{lang}"].format(failed=failed, applicable=outcome.applicable)
        records.put("findings", rule_id=rule_id, table=rule["table"], row_id="", column=rule["column"], source_id="", line=None,
                    severity=severity, message=f"{message} {rule[f'remedy_{lang}']}", value=f"{failed}/{outcome.applicable}")  # fmt: skip
    else:
        for table, n, column in outcome.failures:
            row = where.row(table, n, column) if n is not None else {"row_id": "", "source_id": "", "line": None, "label": table}
            value = outcome.values.get((table, n, column)) or row["label"]
            message = rule[f"message_{lang}"].format(table=table, column=column, value=value, line=row["line"], label=row["label"])
            records.put("findings", rule_id=rule_id, table=table, row_id=row["row_id"], column=column, source_id=row["source_id"],
                        line=row["line"], severity=severity, message=f"{message} {rule[f'remedy_{lang}']}", value=value)  # fmt: skip
