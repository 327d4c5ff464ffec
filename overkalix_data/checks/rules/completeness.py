"""Rules about what a reader needs and the list leaves out."""

from functools import partial

from overkalix_data.checks.rules.catalogue import Verdict, catalogue, given, linked, rule
from overkalix_data.schema.frames import Tables

LINKED = {"target-group-missing": "project_target_groups", "contact-missing": "project_contacts",
          "funder-missing": "project_funders"}  # fmt: skip
"""Rule → the table in which each project has a row."""


def _given(rule_id: str, tables: Tables, as_of: str) -> Verdict:
    """Whether the rule's own column is filled in."""
    return Verdict(given(tables[catalogue()[rule_id]["table"]], catalogue()[rule_id]["column"]))


def _linked(table: str, tables: Tables, as_of: str) -> Verdict:
    return Verdict(linked(tables, "projects", table, "project_id"))


for _rule_id in ("title-missing", "goal-missing"):
    rule(_rule_id)(partial(_given, _rule_id))
for _rule_id, _table in LINKED.items():
    rule(_rule_id)(partial(_linked, _table))


@rule("amount-missing")
def amount_missing(tables: Tables, as_of: str) -> Verdict:
    projects, funding = tables["projects"], tables["project_funders"]
    granted = projects["project_id"].isin(funding.loc[funding["granted_sek"].notna(), "project_id"])
    return Verdict((projects["total_cost_sek"].notna() | granted).astype("boolean"))


@rule("period-missing")
def period_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(tables["projects"][["start", "end"]].notna().any(axis=1).astype("boolean"))
