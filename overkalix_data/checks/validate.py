"""The rules over the tables → findings and checks: the domain's in pandas, the schema's by Great Expectations.

A rule has three outcomes a row: passed, failed, not applicable (a missing value). A rule that raises is a critical
finding of its own, never a pass.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import pandas as pd

from overkalix_data.analyse.settled import settled
from overkalix_data.base.codelist import Row as CodeRow
from overkalix_data.base.page_names import labels_beside
from overkalix_data.checks.rules import RULES, catalogue
from overkalix_data.checks.rules.catalogue import share_told
from overkalix_data.checks.schema_run import HOLDS, Broken, SchemaVerdict, checked_tables
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import PATTERNS, Table
from overkalix_data.schema.frames import Tables, cells, frame, rows_of
from overkalix_data.schema.records import Records, Row, Value

STALE = "acceptance-stale"
"""The rule that an accepted finding is still a finding: asked here, where all the others have been."""

ONE_BY_ONE = frozenset({"additions", "identities"})
"""Tables whose rows are told each for itself even where all fail: what a person wrote is mended cell by cell."""
NO_CAUSE_SHARED = frozenset({"sources-disagree"})
"""Rules whose failures have each a cause of its own, told in the value: "2 of 2" would hide which pages say what."""


@dataclass(frozen=True)
class Failure:
    """One failed row: table, number there (None: the table as a whole), column, and what a finding shows."""

    table: str
    row: int | None
    column: str
    value: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Outcome:
    """How one rule went: how many it applies to, how many not, what failed; or why it could not be asked."""

    applicable: int = 0
    not_applicable: int = 0
    failures: Sequence[Failure] = ()
    error: str = ""


def check_tables(
    tables: Tables, as_of: str, lang: str = "sv", accepted: Sequence[CodeRow] = (), schema: SchemaVerdict = HOLDS
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(findings, checks) of the tables as of a day (ISO), with the words of `lang` and the findings a person accepted.

    `schema` is what Great Expectations has said of the tables.
    """
    tables = settled(tables)
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
    rows = zip(failed, shown(value, failed), shown(verdict.suggestion, failed), strict=True)
    failures = [Failure(table, n, column, *words) for n, *words in rows]
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


def shown(values: pd.Series | None, rows: list[int]) -> list[str]:
    """The cells of these rows as findings show them: nothing where one is unknown."""
    if values is None:
        return [""] * len(rows)
    return ["" if cell is None else str(cell) for cell in cells(values.iloc[rows])]


def tell_outcomes(
    tables: Tables, outcomes: Mapping[str, Outcome], lang: str = "sv", accepted: Sequence[CodeRow] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables (findings, checks). A cause that every row shares is told once, as "25 of 25 have no amount".

    An accepted finding stays and shows its reason; an acceptance that matches none is a finding itself.
    """
    records, failed = Records(), {failure.column for outcome in outcomes.values() for failure in outcome.failures}
    where = _Where(tables, failed)
    reasons = {(row["rule_id"], row["row_id"]): row["reason"] for row in accepted}
    for rule_id in (r for r in catalogue() if r != STALE):
        _put_outcome(records, rule_id, outcomes.get(rule_id) or Outcome(), where, lang, reasons)
    standing = {(row["rule_id"], row.get("row_id", "")) for row in records.rows["findings"].values()}
    stale = [key for key in reasons if key not in standing]
    _put_check(records, STALE, len(reasons), len(stale), 0, lang)
    for rule_id, row in stale:
        message = catalogue()[STALE][f"message_{lang}"].format(value=rule_id, label=row)
        _put_finding(records, STALE, lang, message, row_id=f"{rule_id}|{row}", value=reasons[rule_id, row])
    return frame(TABLES["findings"], records.table("findings")), frame(TABLES["checks"], records.table("checks"))


class _Where:
    """Where a row of a table stands: its id, its source and line, and what to call it."""

    def __init__(self, tables: Tables, columns: Set[str]) -> None:
        self.tables = tables
        self.rows: dict[str, list[Row]] = {}
        self.lines: dict[tuple[str, ...], tuple[int, int, str]] = {}
        """The first line of each row, of those that its key refers to, and of its cells in the columns asked of."""
        evidence = tables["evidence"]
        first = evidence.sort_values("line", kind="stable").fillna({"table": "", "row_id": "", "column": ""})
        of_cells = first[first["column"].isin(list(columns))].drop_duplicates(["table", "row_id", "column"])
        of_rows = first.drop_duplicates(["table", "row_id"])
        for rows, key in ((of_cells, ("table", "row_id", "column")), (of_rows, ("table", "row_id"))):
            places = zip(cells(rows["line"]), rows.index, cells(rows["source_id"]), strict=True)
            self.lines |= dict(zip(zip(*(cells(rows[name]) for name in key), strict=True), places, strict=True))
        for row, place in [(key, place) for key, place in self.lines.items() if len(key) == 2]:
            for parent in _parents(*row):
                self.lines[parent] = min(self.lines.get(parent, place), place)
        self.projects = {str(row["project_id"]): row for row in self._rows("projects")}
        self.pages = labels_beside(rows_of(tables["sources"]))

    def line(self, row: Row) -> str:
        """Its line, and of several pages which: `12, gallivare.se`."""
        parts = row.get("line"), self.pages.get(str(row.get("source_id")))
        return ", ".join(str(part) for part in parts if part is not None)

    def row(self, table: str, n: int, column: str) -> Row:
        """row_id, source_id, line and label of row number `n`."""
        values = self._rows(table)[n]
        row_id = "|".join(str(values.get(k) or "") for k in TABLES[table].key)
        of_project = self.projects.get(str(values.get("project_id")), {})
        line, _, source = self.lines.get((table, row_id, column)) or self.lines.get((table, row_id)) or (None, 0, "")
        if table == "projects" and (table, row_id, column) not in self.lines:
            source, line = "", None
        return {
            "row_id": row_id,
            "source_id": values.get("source_id") or source or of_project.get("source_id") or "",
            # A date that is missing stands on no line of the page.
            "line": None if table == "sources" else values.get("line") or line or of_project.get("first_line"),
            "label": of_project.get("label") or values.get("label") or values.get("name") or row_id,
        }

    def _rows(self, table: str) -> list[Row]:
        """The columns that tell where a row is, unknown as None; read once a table."""
        if table not in self.rows:
            frame = self.tables[table]
            names = [c for c in (*TABLES[table].key, *_TELLING) if c in frame]
            self.rows[table] = rows_of(frame[names])
        return self.rows[table]


_TELLING = ("project_id", "source_id", "line", "label", "name", "first_line")


def _parents(table: str, row_id: str) -> list[tuple[str, str]]:
    """The rows that a row's key refers to: a funder stands where a project names it."""
    if not table:
        return []
    keys = zip(TABLES[table].key, row_id.split("|"), strict=False)
    return [(parent, value) for name, value in keys if (parent := TABLES[table].column(name).refers_to)]


def _put_outcome(
    records: Records, rule_id: str, outcome: Outcome, where: _Where, lang: str, reasons: Mapping[tuple[str, str], str]
) -> None:
    rule, failed = catalogue()[rule_id], len(outcome.failures)
    counts = outcome.applicable, failed or int(bool(outcome.error)), outcome.not_applicable
    _put_check(records, rule_id, *counts, lang, outcome.error)
    whole = {"table": rule["table"], "accepted_text": reasons.get((rule_id, ""), "")}
    if outcome.error:
        message = f"{rule[f'title_{lang}']}: {outcome.error}"
        _put_finding(records, rule_id, lang, message, severity="critical", value=outcome.error, table=rule["table"])
    elif failed == outcome.applicable > 1 and rule["table"] not in ONE_BY_ONE and rule_id not in NO_CAUSE_SHARED:
        message = share_told(rule_id, failed, outcome.applicable, lang)
        share = f"{failed}/{outcome.applicable}"
        _put_finding(records, rule_id, lang, message, column=rule["column"], value=share, **whole)
    else:
        for failure in outcome.failures:
            table, column = failure.table, failure.column
            row: Row = {"row_id": "", "label": table} if failure.row is None else where.row(table, failure.row, column)
            value, line, label = failure.value or row["label"], where.line(row), row.pop("label")
            message = rule[f"message_{lang}"].format(line=line, label=label, value=value, table=table, column=column)
            _put_finding(
                records, rule_id, lang, message, **row, table=table, column=column, value=value,
                suggestion=failure.suggestion, accepted_text=reasons.get((rule_id, str(row["row_id"])), ""),
            )  # fmt: skip


def _put_finding(records: Records, rule_id: str, lang: str, message: str, **values: Value) -> None:
    rule = catalogue()[rule_id]
    nowhere = dict.fromkeys(("table", "row_id", "column", "source_id"), "")
    cells = nowhere | {"line": None, "severity": rule["severity"]} | values
    records.put("findings", rule_id=rule_id, message=f"{message} {rule[f'remedy_{lang}']}", **cells)


def _put_check(
    records: Records, rule_id: str, applicable: int, failed: int, not_applicable: int, lang: str, error: str = ""
) -> None:
    rule = catalogue()[rule_id]
    records.put(
        "checks", rule_id=rule_id, dimension=rule["dimension"], severity="critical" if error else rule["severity"],
        applicable=applicable, failed=failed, not_applicable=not_applicable,
        title=rule[f"title_{lang}"], why=rule[f"why_{lang}"], remedy=rule[f"remedy_{lang}"],
    )  # fmt: skip
