"""Rules about values that cannot be right, or that no list knows."""

from overkalix_data.checks.rules.catalogue import Verdict, where
from overkalix_data.schema.frames import Tables


def fund_without_channel(tables: Tables, as_of: str) -> Verdict:
    funding = tables["project_funders"]
    return Verdict(where(funding["role_code"] == "fund", funding["via_funder_id"].notna()), funding["as_published"])


def status_unknown(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    return Verdict(where(projects["status_basis"] == "published", projects["status_code"] != "unknown"))


def phone_invalid(tables: Tables, as_of: str) -> Verdict:
    points = tables["contact_points"]
    return Verdict(
        where(points["kind_code"] == "phone", points["value"].str.fullmatch(r"\+\d{6,15}")), points["as_published"]
    )
