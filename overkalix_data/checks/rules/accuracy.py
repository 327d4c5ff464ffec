"""Rules about values that cannot be right, or that no list knows."""

from overkalix_data.checks.rules.catalogue import Verdict, given, rule, where
from overkalix_data.schema.frames import Tables


@rule("fund-without-channel")
def fund_without_channel(tables: Tables, as_of: str) -> Verdict:
    funding = tables["project_funders"]
    return Verdict(where(funding["role_code"] == "fund", funding["via_funder_id"].notna()), funding["as_published"])


@rule("status-unknown")
def status_unknown(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    return Verdict(where(projects["status_basis"] == "published", projects["status_code"] != "unknown"))


@rule("funder-unknown")
def funder_unknown(tables: Tables, as_of: str) -> Verdict:
    return Verdict(given(tables["funders"], "funder_type_code"), tables["funders"]["name"])


@rule("target-group-unknown")
def target_group_unknown(tables: Tables, as_of: str) -> Verdict:
    return Verdict(given(tables["target_groups"], "category_code"), tables["target_groups"]["name"])


@rule("phone-invalid")
def phone_invalid(tables: Tables, as_of: str) -> Verdict:
    points = tables["contact_points"]
    return Verdict(
        where(points["kind_code"] == "phone", points["value"].str.fullmatch(r"\+\d{6,15}")), points["as_published"]
    )
