"""The figures that the report's sentences tell: each computed once from the tables, with what it is out of."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from overkalix_data.analyse import eu_money, funding_mix, known_counts, projects_per_funder, target_groups, themes
from overkalix_data.analyse.changes import change_counts
from overkalix_data.analyse.eu import eu_total
from overkalix_data.analyse.kronor import Total, cost_total, granted_total
from overkalix_data.analyse.one_per_project import publishers
from overkalix_data.base.codelist import Row, codes
from overkalix_data.base.words import decimal
from overkalix_data.checks.rules import catalogue
from overkalix_data.outputs.council.projects import PERIOD_ENDED
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of

MOST_WARNINGS = 5
"""Checks whose outcome the board is told in a sentence each, the gravest first."""


@dataclass(frozen=True)
class Most:
    """Who or what occurs in most projects: all that share the first place, and their number of projects."""

    names: Sequence[str]
    projects: int


@dataclass(frozen=True)
class Facts:
    """Numbers of projects unless something else is said; `projects` is what they are out of."""

    projects: int
    repeated: int
    """Projects whose text has stood before."""
    status: dict[str, int]
    """Status code → projects, in the codelist's order."""
    assumed: int
    """Projects whose status no heading says."""
    funders: int
    """Funders, the municipality itself included."""
    funded: int
    """Projects with some funder."""
    own: int
    """Projects that the publishing municipality funds itself."""
    eu: int
    """Projects that name an EU fund."""
    eu_through: dict[str, int]
    """Name of a body that hands out only EU money → projects with it that name no fund."""
    eu_granted: Total
    top_funder: Most
    """Of the funders other than the municipality itself."""
    top_theme: Most
    top_group: Most
    titles: int
    periods: int
    amounts: int
    contacts: int
    """Projects with a contact."""
    cost: Total
    granted: Total
    granted_by: Sequence[tuple[str, int]]
    """Funder and the kronor that it is known to have granted, the most first."""
    own_granted: Total
    """What the municipality itself pays, known for n of its own parts of the funding."""
    fetched_before: bool
    changed: int
    """Projects that something changed of since the fetch before."""
    changes: list[tuple[str, int]]
    """Kind of change in words → projects."""
    findings: dict[str, int]
    """Severity code → checks that failed, accepted or not."""
    observations: dict[str, int]
    """Severity code → what those checks found: the rows of the quality report and of the workbook."""
    parts: int
    """Parts of the projects' funding: a row a project, funder and role."""
    ended: Sequence[str]
    """Labels of the ongoing projects whose period has run out."""
    warnings: Sequence[str]
    """What the board answers for and is not as it should be, in sentences."""
    publishers: int
    """Municipalities whose lists these are; none where no page says."""
    joint: int
    """Projects that stand on several of their pages."""


def facts(tables: Tables, lang: str = "sv") -> Facts:
    """Every figure of the report's sentences."""
    funding, known, checks, findings = (
        tables["project_funders"],
        known_counts(tables),
        tables["checks"],
        tables["findings"],
    )
    funders, pages, groups = projects_per_funder(tables), publishers(tables), target_groups(tables)
    eu = eu_money(tables)
    status = tables["projects"]["status_code"].value_counts()
    failed, severities = checks[checks["failed"] > 0]["severity"].value_counts(), findings["severity"].value_counts()
    ended = findings.loc[findings["rule_id"] == PERIOD_ENDED, "row_id"]
    own_funding = tables | {"project_funders": funding[funding["role_code"] == "own"]}
    return Facts(
        projects=known["projects"],
        repeated=known["projects"] - known["texts"],
        status={code: int(status.get(code, 0)) for code in codes("status")},
        assumed=int((tables["projects"]["status_basis"] == "assumed").sum()),
        funders=len(tables["funders"]),
        funded=known["funded"],
        own=_with(tables, "own"),
        eu=int(eu["agency_id"].isna().sum()),
        eu_through={str(name): int(n) for name, n in eu["agency"].value_counts().sort_index().items()},
        eu_granted=eu_total(tables),
        top_funder=_most(funders[~funders["is_own"].astype(bool)], "name"),
        top_theme=_most(themes(tables), "name" if lang == "sv" else "name_en"),
        top_group=_most(groups.dropna(subset=["category_code"]), "category_code"),
        titles=known["titles"],
        periods=known["periods"],
        amounts=known["amounts"],
        contacts=int(tables["projects"]["project_id"].isin(tables["project_contacts"]["project_id"]).sum()),
        cost=cost_total(tables),
        granted=granted_total(tables),
        granted_by=_granted_by(tables),
        own_granted=granted_total(own_funding),
        fetched_before=bool(tables["snapshots"]["previous_id"].notna().any()),
        changed=int(tables["changes"]["project_id"].nunique()),
        changes=change_counts(rows_of(tables["changes"]), lang),
        parts=len(funding),
        ended=tables["projects"].loc[tables["projects"]["project_id"].isin(ended), "label"].tolist(),
        warnings=_warnings(tables, lang),
        publishers=int(pages["publisher_code"].nunique()),
        joint=int((pages["project_id"].value_counts() > 1).sum()),
        observations={code: int(severities.get(code, 0)) for code in codes("severity")},
        findings={code: int(failed.get(code, 0)) for code in codes("severity")},
    )


def _with(tables: Tables, role: str) -> int:
    funding = tables["project_funders"]
    return int(funding.loc[funding["role_code"] == role, "project_id"].nunique())


def _granted_by(tables: Tables) -> list[tuple[str, int]]:
    mix = funding_mix(tables)
    known = mix[mix["granted_sek"].fillna(0) > 0].sort_values("granted_sek", ascending=False, kind="stable")
    return [(str(row["name"]), int(row["granted_sek"])) for row in rows_of(known)]


def _warnings(tables: Tables, lang: str) -> list[str]:
    """What failed and why that matters: critical checks, the terms of EU money, and sums of money that do not agree."""
    failed = tables["checks"][tables["checks"]["failed"] > 0].sort_values("failed", ascending=False, kind="stable")
    told: list[str] = []
    for severity in ("critical", "warning"):
        for check in rows_of(failed[failed["severity"] == severity]):
            rule = catalogue()[check["rule_id"]]
            if rule["mended_by"] != "developer" and (severity == "critical" or _is_weighty(rule)):
                numbers = {name: decimal(check[name], lang) for name in ("failed", "applicable")}
                told.append(f"{rule[f'several_{lang}'].format(**numbers)} {rule[f'why_{lang}']}")
    return told[:MOST_WARNINGS]


def _is_weighty(rule: Row) -> bool:
    if rule["dimension"] in ("publicity", "completeness"):
        return rule["dimension"] == "publicity"
    return bool(rule["column"]) and TABLES[rule["table"]].column(rule["column"]).type == "money"


def _most(counted: pd.DataFrame, name: str) -> Most:
    """The rows with most projects, by name; nobody where there are no rows."""
    if counted.empty:
        return Most((), 0)
    first = counted[counted["projects"] == counted["projects"].max()]
    return Most(sorted(str(n) for n in first[name]), int(first["projects"].iloc[0]))
