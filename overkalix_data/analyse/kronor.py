"""Kronor added up so that no money is counted twice, and every sum says for how many of how many it is known."""

from dataclasses import dataclass

import pandas as pd

from overkalix_data.analyse.settled import answered_once
from overkalix_data.schema.frames import Tables, cells

__all__ = [
    "Total", "amount_counts", "cost_counts", "cost_total", "counted_amounts", "granted_total", "listed_amounts",
    "one_project", "own_parts",
]  # fmt: skip
SAME_PROJECT = "same_project"
"""The relation of a project to itself on another page (`project_links`)."""
ENOUGH = 0.5
"""Of the projects with a funder, the part whose every amount must be known before shares are told in kronor and not in
numbers of funders: of fewer, a few projects would speak for all the others."""


@dataclass(frozen=True)
class Total:
    """A sum in whole kronor (None: nothing is known), known for `known` of `of`."""

    sek: int | None
    known: int
    of: int


@answered_once
def one_project(tables: Tables, *, repeats: bool = True) -> pd.Series:
    """project_id → the project that its money is counted on: the first of a joint project's pages.

    With `repeats`, also the first of the projects that have the same text.
    """
    projects, links = tables["projects"], tables["project_links"]
    named = zip(*(cells(projects[c]) for c in ("project_id", "duplicate_of" if repeats else "project_id")), strict=True)
    first = {project: of or project for project, of in named}
    same = links.loc[links["relation_code"] == SAME_PROJECT, ["project_id", "target"]]
    for one, other in same.itertuples(index=False):
        if other in first:
            a, b = sorted((_root(first, one), _root(first, other)))
            first[b] = a
    return pd.Series({project: _root(first, project) for project in first}, dtype="string")


@answered_once
def listed_amounts(tables: Tables) -> pd.DataFrame:
    """Each part of the funding of each listed project, under its row's index of `project_funders`.

    Columns: those of `project_funders`, `first` (the project the money is counted on) and `counts` (bool: sums add it
    up; a project whose text has stood before is listed, and its money is the first's). A joint project is one.
    """
    own = own_parts(tables)
    listed = of_one_page(own, own["project_id"].map(one_project(tables, repeats=False)))
    counted = of_one_page(listed, listed["project_id"].map(one_project(tables)))
    listed = listed.assign(first=listed["project_id"].map(one_project(tables)), counts=listed.index.isin(counted.index))
    return listed.sort_values(["first", "funder_id", "role_code"])


def counted_amounts(tables: Tables) -> pd.DataFrame:
    """The parts that sums add up, each once.

    Columns: project_id (the one the money is counted on), funder_id, role_code, granted_sek (whole kronor).
    """
    listed = listed_amounts(tables)
    once = listed.loc[listed["counts"], ["first", "funder_id", "role_code", "granted_sek"]]
    return once.rename(columns={"first": "project_id"}).reset_index(drop=True)


def amount_counts(tables: Tables) -> pd.Series:
    """For each row of `project_funders`, by its index, a code of `in_sums`: do sums add up its amount?"""
    return _codes(tables["project_funders"].index, listed_amounts(tables))


def cost_counts(tables: Tables) -> pd.Series:
    """For each row of `projects`, by its index, a code of `in_sums`: do sums add up its cost?"""
    return _codes(tables["projects"].index, _listed_costs(tables))


def granted_total(tables: Tables) -> Total:
    """What all funders granted, known for n of N parts of the listed projects' funding (`listed_amounts`)."""
    return _total(listed_amounts(tables), "granted_sek")


def cost_total(tables: Tables) -> Total:
    """What the projects cost, known for n of N listed projects; the money of one that stands twice counts once."""
    return _total(_listed_costs(tables), "total_cost_sek")


def tells_shares(tables: Tables) -> bool:
    """Are amounts known for so many projects (`ENOUGH`) that kronor tell who pays how much of the whole?"""
    parts = counted_amounts(tables)
    whole = parts["granted_sek"].notna().groupby(parts["project_id"]).all()
    return bool(len(whole) and whole.mean() >= ENOUGH and parts["granted_sek"].sum() > 0)


@answered_once
def own_parts(tables: Tables) -> pd.DataFrame:
    """The rows of `project_funders` that add up within their own project, under their own index: the one rule of money.

    Each part counts once; voluntary time is outside. An intermediary's amount counts beside its fund's where it differs
    (a Leader area's own share), or where the fund's is unknown (the chain's money then stands there alone). Equal to
    it, it is the same money told twice (`told_twice`); empty or 0 it is no part of its own (contract §3).
    """
    rows = _money(tables)
    chain = _chain(rows)
    has_fund, is_idle = chain.notna(), rows["granted_sek"].fillna(0) == 0
    repeats = has_fund & (is_idle | told_twice(tables).reindex(rows.index).fillna(False))
    alone = rows[has_fund & ~repeats & (chain.str.len() == 0)]
    alone_keys = set(_pairs(alone, "funder_id"))
    via = pd.Series(_pairs(rows, "via_funder_id"), index=rows.index, dtype=object)
    return rows[~repeats & ~(via.isin(alone_keys) & rows["granted_sek"].isna())]


@answered_once
def told_twice(tables: Tables) -> pd.Series:
    """For each row of `project_funders`: does an intermediary tell its fund's money again, or all of its funds'?

    Missing where there is nothing to compare: no intermediary, or either amount unknown or 0.
    """
    rows = _money(tables)
    rows = rows.assign(chain=_chain(rows))[(rows["granted_sek"].fillna(0) != 0)].dropna(subset=["chain"])
    twice = {
        index: sek in amounts or sek == sum(amounts)
        for index, sek, amounts in zip(rows.index, cells(rows["granted_sek"]), rows["chain"], strict=True)
        if amounts
    }
    return pd.Series(twice, dtype="boolean").reindex(tables["project_funders"].index)


def _money(tables: Tables) -> pd.DataFrame:
    """The rows of the funding that are money or worth money: voluntary time stands outside every sum."""
    funding = tables["project_funders"]
    return funding[funding["contribution_code"].fillna("") != "voluntary_time"]


def _chain(rows: pd.DataFrame) -> pd.Series:
    """For each intermediary's row, by its index: the known amounts of its funds in the project; else missing."""
    funds: dict[tuple[str, str], list[int]] = {}
    through = rows.dropna(subset=["via_funder_id"])
    for key, sek in zip(_pairs(through, "via_funder_id"), cells(through["granted_sek"]), strict=True):
        funds.setdefault(key, []).extend([] if sek is None else [sek])
    chain = pd.Series([funds.get(key) for key in _pairs(rows, "funder_id")], index=rows.index, dtype=object)
    return chain.where(rows["role_code"] == "intermediary")


def _pairs(rows: pd.DataFrame, funder: str) -> list[tuple[str, str]]:
    """Of each row its project and the funder in that column."""
    return list(zip(cells(rows["project_id"]), cells(rows[funder]), strict=True))


def of_one_page(rows: pd.DataFrame, one: pd.Series) -> pd.DataFrame:
    """Of projects that are one (`one`: which, row by row), each funder's rows of the one that tells most amounts.

    What pays its own on one page is a co-funder on another: a funder's money is what one page has of it.
    """
    rows = rows.assign(of=one)
    amounts = rows.groupby(["of", "funder_id", "project_id"])["granted_sek"].transform("count")
    rows = rows.assign(told=amounts, rank=rows["project_id"] != rows["of"])
    rows = rows.sort_values(["told", "rank", "project_id"], ascending=[False, True, True])
    kept = rows["project_id"] == rows.groupby(["of", "funder_id"])["project_id"].transform("first")
    return rows[kept].drop(columns=["of", "told", "rank"])


@answered_once
def _listed_costs(tables: Tables) -> pd.DataFrame:
    """The listed projects, each joint project once; `counts`: of those with one text, the first with a cost."""
    projects = tables["projects"]
    for name, repeats in (("page", False), ("first", True)):
        projects = projects.assign(**{name: projects["project_id"].map(one_project(tables, repeats=repeats))})
    projects = projects.assign(
        rank=projects["project_id"] != projects["first"], unknown=projects["total_cost_sek"].isna()
    )
    listed = projects.sort_values(["unknown", "rank", "project_id"]).drop_duplicates("page")
    return listed.assign(counts=~listed.duplicated("first")).sort_values("first", kind="stable")


def _codes(index: pd.Index, listed: pd.DataFrame) -> pd.Series:
    codes = listed["counts"].map({True: "yes", False: "repeat"})
    return codes.reindex(index).fillna("no").astype("string")


def _total(listed: pd.DataFrame, column: str) -> Total:
    counted = listed.loc[listed["counts"], column].dropna()
    return Total(int(counted.sum()) if len(counted) else None, int(listed[column].count()), len(listed))


def _root(first: dict[str, str], project: str) -> str:
    """The end of the chain of references; a ring of them, which is a finding of its own, ends where it began."""
    seen = {project}
    while (following := first.get(project, project)) not in seen:
        seen.add(following)
        project = following
    return project
