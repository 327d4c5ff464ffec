"""Great Expectations over the tables: each native expectation broken once, and what becomes of a process that dies."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from overkalix_data.base.codelist import codes
from overkalix_data.checks import schema_run
from overkalix_data.checks.schema_run import Broken, SchemaRun, SchemaVerdict, checked_tables
from overkalix_data.checks.validate import check_tables
from overkalix_data.cli import main
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import PATTERNS, Column, ColumnType, Table
from overkalix_data.schema.frames import Tables, frame
from overkalix_data.schema.records import Row, Value
from tests.conftest import AS_OF, RAW
from tests.made import schema_by_pandas
from tests.made.refusal import furnished, snapshot
from tests.made.schema_by_pandas import SchemaByPandas

ROWS = 60
"""More than any table has expectations: each is broken in a row of its own."""
VALID: dict[ColumnType, str] = {
    "date": "2024-01-{:02}", "edtf": "2024", "url": "https://example.org/{}", "hash": f"{'0' * 62}{{:02}}",
}  # fmt: skip
WRONG = {"required": pd.NA, "reference": "nowhere", "codelist": "no-code", "form": "of no form, at all"}


def value(column: Column, n: int) -> Value:
    """A value that the declaration allows; in a key another in each row."""
    if column.refers_to:
        return value(TABLES[column.refers_to].column(TABLES[column.refers_to].key[0]), n)
    if column.codelist:
        return next(iter(codes(column.codelist)))
    if column.type in ("int", "money", "percent"):
        return n
    return VALID.get(column.type, "x{}").format(n % 28 + 1 if column.type == "date" else n)


def holding() -> Tables:
    """Tables of the schema alone, in which all of it holds."""
    rows: dict[str, list[Row]] = {
        t.name: [{c.name: value(c, n) for c in t.columns} for n in range(ROWS)] for t in TABLES.values()
    }
    return {name: frame(TABLES[name], of_table) for name, of_table in rows.items()}


def breaks(table: Table) -> Iterator[tuple[str, str, object]]:
    """Each expectation of a table on single values: its rule, its column, and a value that breaks it."""
    for c in table.columns:
        asked = {"required": c.required, "reference": c.refers_to, "codelist": c.codelist, "form": c.type in PATTERNS}
        for name in (name for name, is_asked in asked.items() if is_asked):
            yield f"schema-{name}", c.name, WRONG[name]


@pytest.fixture(scope="module")
def broken() -> Tables:
    """Every expectation on values fails in a row of its own, and the key in the last two."""
    tables = holding()
    for table in checked_tables():
        rows = tables[table.name]
        for row, (_, column, wrong) in enumerate(breaks(table)):
            rows.loc[row, column] = wrong
        rows.loc[ROWS - 1, list(table.key)] = rows.loc[ROWS - 2, list(table.key)]
    return tables


@pytest.fixture(scope="module")
def other_types(broken: Tables) -> Tables:
    """Every column of another type, and one too many."""
    tables = {}
    for name, rows in holding().items():
        words = {c: rows[c].astype("string") for c in rows if rows[c].dtype != "string"}
        numbers = {c: pd.Series(range(ROWS), dtype="Int64") for c in rows if rows[c].dtype == "string"}
        tables[name] = rows.assign(**words, **numbers, extra="x")
    return tables


@pytest.fixture(scope="module")
def verdicts(whole: None, broken: Tables, other_types: Tables) -> Iterator[tuple[SchemaVerdict, SchemaVerdict]]:
    """What Great Expectations says of both: two processes, side by side."""
    with SchemaRun() as one, SchemaRun() as other:
        one.judge(broken)
        other.judge(other_types)
        yield one.verdict(), other.verdict()


def test_each_expectation_on_values_fails_at_its_row(verdicts: tuple[SchemaVerdict, SchemaVerdict]) -> None:
    told = {(b.rule_id, b.table, b.column): b.rows for b in verdicts[0].broken}
    assert not [b for b in verdicts[0].broken if b.error]
    for table in checked_tables():
        key = table.key[0] if len(table.key) == 1 else ""
        assert set(told["schema-key", table.name, key] or ()) >= {ROWS - 2, ROWS - 1}
        for row, (rule_id, column, _) in enumerate(breaks(table)):
            assert row in (told[rule_id, table.name, column] or ()), (rule_id, table.name, column)
    asked = json.loads(verdicts[0].files["results.json"])
    failed = {
        r["expectation_config"]["meta"]["rule_id"] for results in asked.values() for r in results if not r["success"]
    }
    assert failed == {"schema-key", "schema-required", "schema-reference", "schema-codelist", "schema-form"}


def test_pandas_says_the_same(broken: Tables, verdicts: tuple[SchemaVerdict, SchemaVerdict]) -> None:
    """Neither more nor less: a row that breaks two expectations is told under both."""
    assert list(verdicts[0].broken) == list(schema_by_pandas.verdict(broken).broken)


def test_each_column_of_another_type_fails(verdicts: tuple[SchemaVerdict, SchemaVerdict]) -> None:
    told = {(b.table, b.column) for b in verdicts[1].broken if b.rule_id == "schema-columns"}
    assert told == {(t.name, c) for t in checked_tables() for c in ("", *(c.name for c in t.columns))}


def test_suites_are_standard_and_nothing_of_the_moment_is_in_them(
    verdicts: tuple[SchemaVerdict, SchemaVerdict],
) -> None:
    files = [verdict.files for verdict in verdicts]
    for table in checked_tables():
        name = f"{table.name}.json"
        assert files[0][name] == files[1][name], "the suite is of the schema, not of the tables"
        suite = json.loads(files[0][name])
        assert set(suite) == {"name", "expectations", "meta"}
        assert len(suite["expectations"]) == len(json.loads(files[0]["results.json"])[table.name])
        assert all(e["type"].startswith("expect_") for e in suite["expectations"])


@pytest.mark.parametrize(("rule_id", "column", "rows"), [
    ("schema-key", "project_id", [0, 1]), ("schema-required", "label", [2]), ("schema-reference", "duplicate_of", [0]),
    ("schema-codelist", "status_code", [24]), ("schema-form", "start", [1, 3]), ("schema-columns", "start", None),
])  # fmt: skip
def test_what_is_broken_is_a_critical_finding_with_a_remedy(
    tables: Tables, rule_id: str, column: str, rows: list[int] | None
) -> None:
    findings, checks = check_tables(tables, AS_OF, schema=SchemaVerdict([Broken(rule_id, "projects", column, rows)]))
    broken = checks[(checks["severity"] == "critical") & (checks["failed"] > 0)].set_index("rule_id")
    assert broken["failed"].to_dict() == {rule_id: len(rows or [0])}
    told = findings[findings["rule_id"] == rule_id]
    ids = [] if rows is None else tables["projects"]["project_id"].iloc[rows].tolist()
    assert told["row_id"].dropna().tolist() == ids
    assert set(zip(told["severity"], told["table"], told["column"], strict=True)) == {("critical", "projects", column)}
    assert told["message"].str.endswith(broken.loc[rule_id, "remedy"]).all()


def test_what_great_expectations_raises_is_a_critical_finding(tables: Tables) -> None:
    raised = SchemaVerdict([Broken("schema-form", "projects", "start", error="no such metric")])
    findings, checks = check_tables(tables, AS_OF, schema=raised)
    assert checks.set_index("rule_id").loc["schema-form", "failed"] == 1
    assert "no such metric" in findings.set_index("rule_id").loc["schema-form", "message"]


class Faulty(SchemaByPandas):
    def verdict(self) -> SchemaVerdict:
        return SchemaVerdict([Broken("schema-codelist", "projects", "status_code", [0])])


def test_what_is_found_late_stands_in_all_that_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables were written before Great Expectations answered: they are written again, with the finding."""
    monkeypatch.setattr("overkalix_data.pipeline.SchemaRun", Faulty)
    where = [word for name in ("clean", "curated") for word in (f"--{name}", str(tmp_path / name))]
    assert main(["build", "--raw", str(RAW), *where, "--as-of", AS_OF]) == 1
    written = csv.DictReader(StringIO((tmp_path / "clean" / "findings.csv").read_text(encoding="utf-8"), newline=""))
    assert [(f["severity"], f["column"]) for f in written if f["rule_id"] == "schema-codelist"] == [
        ("critical", "status_code")
    ]


@pytest.mark.usefixtures("great_expectations")
@pytest.mark.parametrize("fault", ["killed", "broken installation", "no verdict"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_process_that_says_nothing_is_one_line_and_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: str, lang: str
) -> None:
    desk = furnished(tmp_path / "desk")
    before, code = snapshot(desk), {"killed": "import os; os.kill(os.getpid(), 9)", "no verdict": "print('hej')"}
    (tmp_path / "faulty.py").write_text(code.get(fault, ""), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    if fault in code:
        monkeypatch.setattr(schema_run, "PROCESS", "faulty")
    else:
        (tmp_path / "great_expectations.py").write_text("raise ImportError('half of it is gone')", encoding="utf-8")
    where = [word for name in ("clean", "curated", "reports") for word in (f"--{name}", str(desk / name))]
    assert main(["build", "--raw", str(RAW), *where, "--as-of", AS_OF, "--lang", lang]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert told.err.startswith("Great Expectations: ")
    reason = {"killed": "-9", "broken installation": "half of it is gone", "no verdict": "exit 0"}[fault]
    assert reason in told.err
    assert snapshot(desk) == before
