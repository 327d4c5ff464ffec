"""One changed cell makes exactly one rule fail. The cells are of the real page's tables."""

from collections.abc import Callable

import pandas as pd
import pytest

from overkalix_data.rules import RULES, Verdict, catalogue
from overkalix_data.tables import Tables
from overkalix_data.validate import check_tables
from tests.conftest import AS_OF

Change = Callable[[Tables], None]


def cell(table: str, where: str, column: str, value: object) -> Change:
    """Sets one column of the rows that fit a query."""

    def change(tables: Tables) -> None:
        rows = tables[table].query(where).index[:1]
        assert len(rows) == 1, where
        tables[table].loc[rows, column] = value

    return change


def without(table: str, where: str) -> Change:
    """Drops the rows that fit a query."""

    def change(tables: Tables) -> None:
        tables[table] = tables[table].drop(tables[table].query(where).index).reset_index(drop=True)

    return change


MOVE, FAIR = "project_id == 'move-on-up'", "project_id == 'overkalix-kommun-samverkan-nolia-ab'"
BO, ANNA = "name == 'Bo Häggroth'", "as_published == '0926- 740 70'"
MUTATIONS: dict[str, Change] = {
    "project-none": cell("projects", "index >= 0", "source_id", pd.NA),
    "text-unplaced": cell("evidence", "rule_id == 'card'", "rule_id", "unplaced"),
    "label-unknown": cell("evidence", "rule_id == 'label'", "rule_id", "unknown_label"),
    "publisher-derived": cell("sources", "index == 0", "publisher_code", pd.NA),
    "source-changed": cell("sources", "index == 0", "declared_sha256", "0" * 64),
    "title-missing": cell("projects", MOVE, "title", pd.NA),
    "goal-missing": cell("projects", FAIR, "goal", pd.NA),
    "target-group-missing": without("project_target_groups", FAIR),
    "contact-missing": without("project_contacts", FAIR),
    "period-ended": cell("projects", FAIR, "end", "2026-10"),
    "duplicate-block": cell("projects", FAIR, "duplicate_of", "move-on-up"),
    "funder-unknown": cell("funders", "funder_id == 'almi'", "funder_type_code", pd.NA),
    "funder-spellings": cell("project_funders", "funder_id == 'leader-polaris'", "as_published", "LEADER Polaris"),
    "target-group-unknown": cell("target_groups", "target_group_id == 'skogsbolag'", "category_code", pd.NA),
    "phone-invalid": cell("contact_points", "value == '+46701153356'", "value", "070-1"),
    "phone-form": cell("contact_points", "value == '+46701153356'", "as_published", "0701153356"),
    "names-share-number": cell("contacts", "name == 'Anna Widén'", "other_names", "Anna W"),
    "funder-missing": without("project_funders", "project_id == 'marknadsfora-kommunen-naringslivskommun'"),
    "fund-without-channel": cell("project_funders", "via_funder_id == 'lansstyrelsen-norrbotten'", "via_funder_id", pd.NA),
    "funder-label-missing": cell("evidence", "column == 'funder_text' and use_code == 'value' and rule_id == 'label'", "rule_id", "phrase"),
    "separator-ambiguous": cell("projects", "project_id == 'marknadsfora-kommunen-naringslivskommun'", "funder_text",
                                "Överkalix kommun – Tillväxtverket"),
}  # fmt: skip
REPAIRS: dict[str, Change] = {  # rules that fail for (nearly) all on the page: there one cell makes one row pass
    "amount-missing": cell("projects", FAIR, "total_cost_sek", 0),
    "period-missing": cell("projects", FAIR, "start", "2022-06"),
    "source-undated": cell("sources", "index == 0", "retrieved_on", "2026-11-23"),
    "several-numbers": without("contact_points", "value == '+46926585063'"),
}
ALONG = {  # what cannot but change with it: the same cell, or the same row, is what the other rule asks too
    "project-none": {"project-none"},
    "fund-without-channel": {"fund-without-channel", "separator-ambiguous"},
    "source-undated": {"source-undated"},
    "period-ended": {"period-ended", "period-missing"},
    "several-numbers": {"several-numbers", "phone-form"},
    "label-unknown": {"label-unknown"},
}


def failed(tables: Tables) -> dict[str, int]:
    return {r: int((f(tables, AS_OF).ok == False).sum()) for r, f in RULES.items()}  # noqa: E712 - missing is neither


def changed(tables: Tables, change: Change) -> dict[str, int]:
    mutated = {name: frame.copy() for name, frame in tables.items()}
    change(mutated)
    before, after = failed(tables), failed(mutated)
    return {r: after[r] - before[r] for r in RULES if after[r] != before[r]}


def test_every_rule_has_a_mutation() -> None:
    assert set(MUTATIONS) | set(REPAIRS) == set(RULES)


@pytest.mark.parametrize("rule_id", sorted(MUTATIONS))
def test_one_change_makes_exactly_that_rule_fail(tables: Tables, rule_id: str) -> None:
    change = MUTATIONS[rule_id]
    if rule_id == "project-none":

        def change(t: Tables) -> None:
            t["projects"]["source_id"] = "another-source"

    if rule_id == "period-ended":

        def change(t: Tables) -> None:
            MUTATIONS["period-ended"](t)
            cell("projects", FAIR, "status_code", "ongoing")(t)

    difference = changed(tables, change)
    assert difference.get(rule_id) == 1
    assert set(difference) <= ALONG.get(rule_id, {rule_id})


@pytest.mark.parametrize("rule_id", sorted(REPAIRS))
def test_one_repair_makes_exactly_that_rule_pass_once_more(tables: Tables, rule_id: str) -> None:
    difference = changed(tables, REPAIRS[rule_id])
    assert difference.get(rule_id) == -1
    assert set(difference) <= ALONG.get(rule_id, {rule_id})


@pytest.mark.parametrize(("end", "ended"), [("2026", False), ("2026-11", False), ("2026-10", True), ("2026-11-22", True),
                                            ("2026-11-23", False), ("2025", True)])  # fmt: skip
def test_a_period_ends_with_its_last_day(tables: Tables, end: str, ended: bool) -> None:
    mutated = tables | {"projects": tables["projects"].copy()}
    cell("projects", MOVE, "end", end)(mutated)
    ok = RULES["period-ended"](mutated, AS_OF).ok
    assert bool(ok[mutated["projects"]["project_id"] == "move-on-up"].iloc[0]) is not ended


SCHEMA = {
    "schema-key": lambda t: t.update(places=pd.concat([t["places"], t["places"].head(1)], ignore_index=True)),
    "schema-required": cell("funders", "funder_id == 'almi'", "name", pd.NA),
    "schema-reference": cell("project_places", "index == 0", "place_id", "nowhere"),
    "schema-codelist": cell("projects", MOVE, "status_code", "maybe"),
    "schema-form": cell("projects", MOVE, "start", "hösten 2023"),
    "schema-columns": lambda t: t["logotypes"].insert(0, "extra", "x"),
}


@pytest.mark.parametrize("rule_id", sorted(SCHEMA))
def test_a_broken_table_is_a_critical_finding(tables: Tables, rule_id: str) -> None:
    mutated = {name: frame.copy() for name, frame in tables.items()}
    SCHEMA[rule_id](mutated)
    findings, checks = check_tables(mutated, AS_OF)
    broken = checks[(checks["severity"] == "critical") & (checks["failed"] > 0)]["rule_id"].tolist()
    assert broken == [rule_id]
    assert (findings[findings["rule_id"] == rule_id]["severity"] == "critical").all()
    assert len(findings[findings["rule_id"] == rule_id]) >= 1


def test_a_rule_that_raises_is_a_critical_finding_never_a_pass(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(tables: Tables, as_of: str) -> Verdict:
        raise ZeroDivisionError("no rows")

    monkeypatch.setitem(RULES, "goal-missing", broken)
    findings, checks = check_tables(tables, AS_OF)
    row = checks.set_index("rule_id").loc["goal-missing"]
    assert (row["severity"], row["failed"]) == ("critical", 1)
    assert "no rows" in findings.set_index("rule_id").loc["goal-missing", "message"]


def test_three_outcomes_add_up(tables: Tables) -> None:
    checks = tables["checks"].set_index("rule_id")
    for rule_id in RULES:
        rows = len(tables[catalogue()[rule_id]["table"]])
        assert checks.loc[rule_id, "applicable"] + checks.loc[rule_id, "not_applicable"] == rows, rule_id


def test_the_same_cause_is_told_once(tables: Tables) -> None:
    told = tables["findings"].query("rule_id == 'amount-missing'")
    assert told["message"].str.startswith("25 av 25 projekt saknar belopp.").tolist() == [True]


def test_every_finding_tells_line_value_and_remedy(tables: Tables) -> None:
    rows = tables["findings"].dropna(subset=["row_id"])
    rows = rows[rows["table"] != "sources"]
    assert rows["line"].notna().all()
    assert rows["value"].notna().all()
    for row in rows.itertuples():
        assert row.message.endswith(catalogue()[row.rule_id]["remedy_sv"])


def test_findings_of_the_real_page(tables: Tables) -> None:
    """Each read by hand against the page."""
    lines = tables["findings"].groupby("rule_id")["line"].agg(lambda s: sorted(int(n) for n in s.dropna()))
    assert lines["duplicate-block"] == [229]
    assert lines["period-ended"] == [28]
    assert lines["contact-missing"] == [5, 18, 30, 59, 65]
    assert lines["target-group-missing"] == [5, 18, 30]
    assert lines["funder-label-missing"] == [28, 42]
    assert lines["separator-ambiguous"] == [103, 152, 159, 169, 177, 193, 201, 209, 217, 233]
    assert lines["phone-form"] == [48, 187]
    assert lines["names-share-number"] == [125]
    assert len(lines["title-missing"]) == 24
    assert not (tables["findings"]["severity"] == "critical").any()
