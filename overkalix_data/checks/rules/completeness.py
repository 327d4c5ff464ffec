"""Rules about what a reader needs and the list leaves out."""

from functools import partial

from overkalix_data.checks.rules.catalogue import Verdict, catalogue, given, linked
from overkalix_data.schema.frames import Tables

GIVEN = {"title-missing": "", "goal-missing": "", "funder-unknown": "name", "target-group-unknown": "name",
         "publisher-derived": "path", "source-undated": "path"}  # fmt: skip
"""Rule on whether its own column is filled in → the column that a finding shows; none: the row's label."""
LINKED = {"target-group-missing": "project_target_groups", "contact-missing": "project_contacts",
          "funder-missing": "project_funders"}  # fmt: skip
"""Rule → the table in which each project has a row."""


def _given(rule_id: str, shown: str, tables: Tables, as_of: str) -> Verdict:
    frame = tables[catalogue()[rule_id]["table"]]
    return Verdict(given(frame, catalogue()[rule_id]["column"]), frame[shown] if shown else None)


def _linked(table: str, tables: Tables, as_of: str) -> Verdict:
    return Verdict(linked(tables, "projects", table, "project_id"))


TABLED = {rule_id: partial(_given, rule_id, shown) for rule_id, shown in GIVEN.items()}
TABLED |= {rule_id: partial(_linked, table) for rule_id, table in LINKED.items()}


def amount_missing(tables: Tables, as_of: str) -> Verdict:
    projects, funding = tables["projects"], tables["project_funders"]
    granted = projects["project_id"].isin(funding.loc[funding["granted_sek"].notna(), "project_id"])
    return Verdict((projects["total_cost_sek"].notna() | granted).astype("boolean"))


def period_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(tables["projects"][["start", "end"]].notna().any(axis=1).astype("boolean"))
