"""Kronor added up so that no money is counted twice, and every sum says for how many of how many it is known."""

from dataclasses import dataclass

import pandas as pd

from overkalix_data.schema.frames import Tables

SAME_PROJECT = "same_project"
"""The relation of a project to itself on another page (`project_links`)."""


@dataclass(frozen=True)
class Total:
    """A sum in whole kronor (None: nothing is known), known for `known` of `of`."""

    sek: int | None
    known: int
    of: int


def one_project(tables: Tables) -> pd.Series:
    """project_id → the project that its money is counted on: the first of those with the same text, or of a joint
    project."""
    projects = tables["projects"]
    first = dict(zip(projects["project_id"], projects["duplicate_of"].fillna(projects["project_id"]), strict=True))
    links = tables["project_links"]
    for one, other in links.loc[links["relation_code"] == SAME_PROJECT, ["project_id", "target"]].itertuples(
        index=False
    ):
        if other in first:
            a, b = sorted((_root(first, one), _root(first, other)))
            first[b] = a
    return pd.Series({project: _root(first, project) for project in first}, dtype="string")


def counted_amounts(tables: Tables) -> pd.DataFrame:
    """Each part of the funding, once.

    Columns: project_id (the one the money is counted on), funder_id, role_code, granted_sek (whole kronor, missing
    = unknown). A chain's money is one: it stands on the fund, and on the intermediary only where that alone has an
    amount. Voluntary time is outside. Of projects that are one, the first with an amount tells it.
    """
    once = _counted_parts(tables)
    return (
        once[["first", "funder_id", "role_code", "granted_sek"]]
        .rename(columns={"first": "project_id"})
        .reset_index(drop=True)
    )


def amount_counts(tables: Tables) -> pd.Series:
    """For each row of `project_funders`, by its index: is its amount one of those that sums add up
    (`counted_amounts`)?"""
    index = tables["project_funders"].index
    return pd.Series(index.isin(_counted_parts(tables).index), index=index)


def cost_counts(tables: Tables) -> pd.Series:
    """For each row of `projects`, by its index: is its cost one of those that sums add up (`cost_total`)?"""
    index = tables["projects"].index
    return pd.Series(index.isin(_counted_costs(tables).index), index=index)


def granted_total(tables: Tables) -> Total:
    """What all funders granted, known for n of N parts of the funding (`counted_amounts`)."""
    return _total(counted_amounts(tables)["granted_sek"])


def cost_total(tables: Tables) -> Total:
    """What the projects cost, known for n of N projects, each project once."""
    return _total(_counted_costs(tables)["total_cost_sek"])


def _counted_parts(tables: Tables) -> pd.DataFrame:
    """The rows of the funding that sums add up, under their own index, with the project their money is counted on
    (`first`)."""
    funding = tables["project_funders"]
    rows = funding[funding["contribution_code"].fillna("") != "voluntary_time"].copy()
    chains = rows.dropna(subset=["via_funder_id"]).groupby(["project_id", "via_funder_id"])["granted_sek"].count()
    has_fund, told = set(chains.index), set(chains[chains > 0].index)
    keys = pd.Series(list(zip(rows["project_id"], rows["funder_id"], strict=True)), index=rows.index, dtype=object)
    through = (rows["role_code"] == "intermediary") & keys.isin(has_fund)
    passed_on = through & (keys.isin(told) | rows["granted_sek"].isna() | (rows["granted_sek"] == 0).fillna(False))
    via = pd.Series(list(zip(rows["project_id"], rows["via_funder_id"], strict=True)), index=rows.index, dtype=object)
    told_by_channel = via.isin(set(keys[through & ~passed_on])) & rows["granted_sek"].isna()
    rows = rows[~passed_on & ~told_by_channel]
    rows = rows.assign(first=rows["project_id"].map(one_project(tables)))
    rows = rows.assign(rank=rows["project_id"] != rows["first"])
    rows["told"] = rows.groupby(["first", "funder_id", "project_id"])["granted_sek"].transform("count")
    rows = rows.sort_values(
        ["first", "funder_id", "told", "rank", "project_id"], ascending=[True, True, False, True, True]
    )
    # What pays its own on one page is a co-funder on another: a funder's money is what one page has of it.
    rows = rows[rows["project_id"] == rows.groupby(["first", "funder_id"])["project_id"].transform("first")]
    return rows.sort_values(["first", "funder_id", "role_code"])


def _counted_costs(tables: Tables) -> pd.DataFrame:
    """The projects whose cost sums add up, under their own index: of projects that are one, the first with a cost."""
    projects = tables["projects"].assign(first=lambda p: p["project_id"].map(one_project(tables)))
    projects = projects.assign(
        rank=projects["project_id"] != projects["first"], unknown=projects["total_cost_sek"].isna()
    )
    return projects.sort_values(["first", "unknown", "rank", "project_id"]).drop_duplicates("first")


def _total(amounts: pd.Series) -> Total:
    known = amounts.dropna()
    return Total(int(known.sum()) if len(known) else None, len(known), len(amounts))


def _root(first: dict[str, str], project: str) -> str:
    """The end of the chain of references; a ring of them, which is a finding of its own, ends where it began."""
    seen = {project}
    while (following := first.get(project, project)) not in seen:
        seen.add(following)
        project = following
    return project
