"""The projects as JSON-LD in the words of schema.org, for search engines: who funds what, no personal data."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from overkalix_data.schema.records import Row
from overkalix_data.values.place import municipality

TYPES = dict.fromkeys(("municipality", "region", "state_agency"), "GovernmentOrganization")
TYPES |= {"eu_fund": "FundingScheme", "company": "Corporation"}
"""Type of funder → its class at schema.org; the rest are `Organization`."""


def linked_data(projects: Iterable[Row], funding: Mapping[str, list[Row]], funders: Mapping[str, Row], url: str) -> str:
    """The JSON of `Project`s with a `Grant` a funder, safe inside a script element. What is not known is left out."""
    graph = [_project(row, funding.get(str(row["project_id"]), []), funders, url) for row in projects]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _project(row: Row, funding: list[Row], funders: Mapping[str, Row], url: str) -> dict[str, Any]:
    publisher = municipality(str(row.get("publisher_code") or ""))
    properties = {
        "@type": "Project", "@id": f"{url}#{row['project_id']}", "identifier": row["project_id"],
        "name": row.get("label"),
        "description": row.get("goal") or row.get("purpose") or row.get("description"),
        "foundingDate": row.get("start"), "dissolutionDate": row.get("end"),
        "parentOrganization": {"@type": "GovernmentOrganization", "name": publisher} if publisher else None,
        "funding": [_grant(part, funders) for part in funding] or None,
    }  # fmt: skip
    return {key: value for key, value in properties.items() if value}


def _grant(part: Row, funders: Mapping[str, Row]) -> dict[str, Any]:
    sek, via = part.get("granted_sek"), part.get("via_funder_id")
    grant = {"@type": "Grant" if sek is None else "MonetaryGrant", "funder": _funder(funders[str(part["funder_id"])])}
    if sek is not None:
        grant["amount"] = {"@type": "MonetaryAmount", "value": sek, "currency": "SEK"}
    if via:
        grant["sponsor"] = _funder(funders[str(via)])
    return grant


def _funder(row: Row) -> dict[str, Any]:
    return {"@type": TYPES.get(str(row.get("funder_type_code")), "Organization"), "name": row["name"]}
