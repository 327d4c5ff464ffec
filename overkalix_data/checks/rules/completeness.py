"""Rules about what a reader needs and the list leaves out."""

from overkalix_data.checks.rules.catalogue import Verdict, given, linked, rule
from overkalix_data.schema.frames import Tables


@rule("title-missing")
def title_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(given(tables["projects"], "title"))


@rule("goal-missing")
def goal_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(given(tables["projects"], "goal"))


@rule("target-group-missing")
def target_group_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(linked(tables, "projects", "project_target_groups", "project_id"))


@rule("contact-missing")
def contact_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(linked(tables, "projects", "project_contacts", "project_id"))


@rule("funder-missing")
def funder_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(linked(tables, "projects", "project_funders", "project_id"))


@rule("amount-missing")
def amount_missing(tables: Tables, as_of: str) -> Verdict:
    projects, funding = tables["projects"], tables["project_funders"]
    granted = projects["project_id"].isin(funding.loc[funding["granted_sek"].notna(), "project_id"])
    return Verdict((projects["total_cost_sek"].notna() | granted).astype("boolean"))


@rule("period-missing")
def period_missing(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    return Verdict((projects["start"].notna() | projects["end"].notna()).astype("boolean"))
