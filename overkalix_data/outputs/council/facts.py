"""The figures that the report's sentences tell: each computed once, with what it is out of; and the material."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from overkalix_data.analyse import eu_money, funding_mix, known_counts, projects_per_funder, target_groups, themes
from overkalix_data.analyse.changes import change_counts
from overkalix_data.analyse.eu import eu_total
from overkalix_data.analyse.kronor import cost_total, granted_total
from overkalix_data.analyse.one_per_project import publishers
from overkalix_data.base.codelist import Row, codes
from overkalix_data.checks.rules.catalogue import catalogue, share_told
from overkalix_data.outputs.council.projects import PERIOD_ENDED, ProjectCard, cards
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of

MOST_WARNINGS = 5
"""Checks whose outcome the board is told in a sentence each, the gravest first."""


@dataclass(frozen=True)
class Most:
    """Who or what occurs in most projects: all that share the first place, and their number of projects."""

    names: Sequence[str]
    projects: int


class Facts:
    """Every figure of the report's sentences: numbers of projects unless something else is said, out of `projects`."""

    def __init__(self, tables: Tables, lang: str = "sv") -> None:
        numbers, funding, projects = known_counts(tables), tables["project_funders"], tables["projects"]
        checks, findings = tables["checks"], tables["findings"]
        funders, pages, groups = projects_per_funder(tables), publishers(tables), target_groups(tables)
        eu = eu_money(tables)
        ended = findings.loc[findings["rule_id"] == PERIOD_ENDED, "row_id"]
        own = funding[funding["role_code"] == "own"]
        self.projects = numbers["projects"]
        self.repeated = numbers["projects"] - numbers["texts"]
        """Projects whose text has stood before."""
        self.status = _by_code("status", projects["status_code"])
        """Status code → projects, in the codelist's order."""
        self.assumed = int((projects["status_basis"] == "assumed").sum())
        """Projects whose status no heading says."""
        self.funders = len(tables["funders"])
        """Funders, the municipality itself included."""
        self.funded = numbers["funded"]
        """Projects with some funder."""
        self.own = int(own["project_id"].nunique())
        """Projects that the publishing municipality funds itself."""
        self.eu = int(eu["agency_id"].isna().sum())
        """Projects that name an EU fund."""
        self.eu_through = {str(name): int(n) for name, n in eu["agency"].value_counts().sort_index().items()}
        """Name of a body that hands out only EU money → projects with it that name no fund."""
        self.eu_granted = eu_total(tables)
        self.top_funder = _most(funders[~funders["is_own"].astype(bool)], "name")
        """Of the funders other than the municipality itself."""
        self.top_theme = _most(themes(tables), "name" if lang == "sv" else "name_en")
        self.top_group = _most(groups.dropna(subset=["category_code"]), "category_code")
        self.titles = numbers["titles"]
        self.periods = numbers["periods"]
        self.amounts = numbers["amounts"]
        self.contacts = int(projects["project_id"].isin(tables["project_contacts"]["project_id"]).sum())
        """Projects with a contact."""
        self.cost = cost_total(tables)
        self.granted = granted_total(tables)
        self.granted_by = _granted_by(tables)
        """Funder and the kronor that it is known to have granted, the most first."""
        self.own_granted = granted_total(tables | {"project_funders": own})
        """What the municipality itself pays, known for n of its own parts of the funding."""
        self.fetched_before = bool(tables["snapshots"]["previous_id"].notna().any())
        self.changed = int(tables["changes"]["project_id"].nunique())
        """Projects that something changed of since the fetch before."""
        self.changes = change_counts(rows_of(tables["changes"]), lang)
        """Kind of change in words → projects."""
        self.parts = len(funding)
        """Parts of the projects' funding: a row a project, funder and role."""
        self.ended = projects.loc[projects["project_id"].isin(ended), "label"].tolist()
        """Labels of the ongoing projects whose period has run out."""
        self.warnings = _warnings(tables, lang)
        """What the board answers for and is not as it should be, in sentences."""
        self.publishers = int(pages["publisher_code"].nunique())
        """Municipalities whose lists these are; none where no page says."""
        self.joint = int((pages["project_id"].value_counts() > 1).sum())
        """Projects that stand on several of their pages."""
        self.observations = _by_code("severity", findings["severity"])
        """Severity code → what those checks found: the rows of the quality report and of the workbook."""
        self.findings = _by_code("severity", checks.loc[checks["failed"] > 0, "severity"])
        """Severity code → checks that failed, accepted or not."""


def _by_code(name: str, cells: pd.Series) -> dict[str, int]:
    """Each code of a codelist, in its order → how many of the cells hold it."""
    times = cells.value_counts()
    return {code: int(times.get(code, 0)) for code in codes(name)}


def _granted_by(tables: Tables) -> list[tuple[str, int]]:
    mix = funding_mix(tables)
    granting = mix[mix["granted_sek"].fillna(0) > 0].sort_values("granted_sek", ascending=False, kind="stable")
    return [(str(row["name"]), int(row["granted_sek"])) for row in rows_of(granting)]


def _warnings(tables: Tables, lang: str) -> list[str]:
    """What failed and why that matters: critical checks, the terms of EU money, and sums of money that do not agree."""
    failed = tables["checks"][tables["checks"]["failed"] > 0].sort_values("failed", ascending=False, kind="stable")
    sentences: list[str] = []
    for severity in ("critical", "warning"):
        for check in rows_of(failed[failed["severity"] == severity]):
            rule = catalogue()[check["rule_id"]]
            if rule["mended_by"] != "developer" and (severity == "critical" or _is_weighty(rule)):
                share = share_told(check["rule_id"], check["failed"], check["applicable"], lang)
                sentences.append(f"{share} {rule[f'why_{lang}']}")
    return sentences[:MOST_WARNINGS]


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


@dataclass(frozen=True)
class Material:
    """The tables with their figures and projects, as an edition may tell them."""

    tables: Tables
    facts: Facts
    cards: list[ProjectCard]
    edition: str
    as_of: str
    lang: str

    @property
    def internal(self) -> bool:
        """Whether contacts are told."""
        return self.edition == "internal"


def materials(editions: Mapping[str, Tables], *, as_of: str, lang: str = "sv") -> dict[str, Material]:
    """Edition → its material."""
    return {
        edition: Material(
            tables, Facts(tables, lang), cards(tables, lang, contacts=edition == "internal"), edition, as_of, lang
        )
        for edition, tables in editions.items()
    }
