"""On what, and for whom: themes and target groups, who funds them, and how few stand behind each."""

import pandas as pd

from overkalix_data.analyse.counts import BY_STATUS, counted_once, counted_projects, most_first, projects_per_funder
from overkalix_data.schema.frames import Tables


@counted_once
def themes(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """How many projects does each theme have?

    Columns: theme_code, name, name_en, projects, ongoing, completed. Sorted by projects falling, then name.
    """
    linked = _linked(tables, "project_themes", "theme_code", duplicates=duplicates)
    counted = linked.groupby("theme_code").agg(**BY_STATUS)
    named = tables["themes"][["theme_code", "name", "name_en"]].merge(counted, on="theme_code", validate="1:1")
    return most_first(named, "name")


@counted_once
def target_groups(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """How many projects does each category of target group have?

    Columns: category_code (missing = none fits), groups (that differ), projects, sorted by projects falling, then code.
    """
    linked = _categories(tables, duplicates=duplicates)
    counted = linked.groupby("category_code", dropna=False).agg(
        groups=("target_group_id", "nunique"), projects=("project_id", "nunique")
    )
    return most_first(counted.reset_index(), "category_code")


@counted_once
def themes_by_funder(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """Which funders stand behind which themes?

    Columns: theme_code, name, name_en, funder_id, funder, projects (with both; pairs of none left out). Sorted by ids.
    """
    linked = _linked(tables, "project_themes", "theme_code", duplicates=duplicates)[["project_id", "theme_code"]]
    pairs = _with_funders(tables, linked).groupby(["theme_code", "funder_id"])["project_id"]
    counted = pairs.nunique().rename("projects").reset_index()
    frame = counted.merge(tables["themes"][["theme_code", "name", "name_en"]], on="theme_code", validate="m:1")
    return _named(tables, frame)[["theme_code", "name", "name_en", "funder_id", "funder", "projects"]]


@counted_once
def theme_matrix(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """Which funders stand behind which themes, as a matrix?

    Columns: theme_code, name, name_en, projects (number), then a column a funder, named by its id, those with most
    projects first (number with both, 0 where none has). Sorted as `themes`.
    """
    pairs = themes_by_funder(tables, duplicates=duplicates)
    order = projects_per_funder(tables, duplicates=duplicates)["funder_id"]
    matrix = pairs.pivot_table(index="theme_code", columns="funder_id", values="projects", aggfunc="sum", fill_value=0)
    matrix = matrix.reindex(columns=order[order.isin(list(matrix.columns))])
    rows = themes(tables, duplicates=duplicates)[["theme_code", "name", "name_en", "projects"]]
    of_funders = dict.fromkeys(matrix.columns, 0)
    return rows.join(matrix, on="theme_code").fillna(of_funders).astype(dict.fromkeys(of_funders, "int64"))


@counted_once
def target_groups_by_funder(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """Which funders stand behind which categories of target group?

    Columns: category_code (missing = none fits), funder_id, funder, projects (with both; pairs of none left out).
    """
    linked = _categories(tables, duplicates=duplicates)[["project_id", "category_code"]].drop_duplicates()
    pairs = _with_funders(tables, linked).groupby(["category_code", "funder_id"], dropna=False)["project_id"]
    frame = _named(tables, pairs.nunique().rename("projects").reset_index())
    return frame[["category_code", "funder_id", "funder", "projects"]]


@counted_once
def concentration(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """How much does each theme depend on one external funder?

    Columns: theme_code, name, name_en, projects, funders (numbers; the publishing municipality itself, role `own`,
    is not counted), largest (name of the funder with the largest share; of equals the first by name),
    largest_share and hhi (of 1: the sum of the squared shares, the Herfindahl–Hirschman index; a project is one,
    shared equally by its external funders). Themes without an external funder have a missing hhi. Sorted by hhi
    falling, then name.
    """
    funding = tables["project_funders"]
    own = funding.loc[funding["role_code"] == "own", ["project_id", "funder_id"]].assign(own=True)
    linked = _linked(tables, "project_themes", "theme_code", duplicates=duplicates)[["project_id", "theme_code"]]
    rows = _with_funders(tables, linked).merge(own, on=["project_id", "funder_id"], how="left", validate="m:1")
    rows = _named(tables, rows[rows["own"].isna()])
    rows = rows.assign(part=1 / rows.groupby(["theme_code", "project_id"])["funder_id"].transform("size"))
    data = []
    for row in themes(tables, duplicates=duplicates).itertuples(index=False):
        parts = rows[rows["theme_code"] == row.theme_code].groupby("funder")["part"].sum()
        shares = (parts / parts.sum()).sort_index().sort_values(ascending=False, kind="stable")
        largest, most, hhi = (
            (shares.index[0], float(shares.iloc[0]), float((shares**2).sum())) if len(shares) else (None, None, None)
        )
        data.append((row.theme_code, row.name, row.name_en, row.projects, len(shares), largest, most, hhi))
    columns = ["theme_code", "name", "name_en", "projects", "funders", "largest", "largest_share", "hhi"]
    return pd.DataFrame(data, columns=columns).sort_values(["hhi", "name"], ascending=[False, True], ignore_index=True)


def _linked(tables: Tables, table: str, key: str, *, duplicates: bool) -> pd.DataFrame:
    links = tables[table][["project_id", key]].drop_duplicates()
    projects = counted_projects(tables, duplicates=duplicates)[["project_id", "status_code"]]
    return links.merge(projects, on="project_id", validate="m:1")


def _categories(tables: Tables, *, duplicates: bool) -> pd.DataFrame:
    linked = _linked(tables, "project_target_groups", "target_group_id", duplicates=duplicates)
    groups = tables["target_groups"][["target_group_id", "category_code"]]
    return linked.merge(groups, on="target_group_id", validate="m:1")


def _with_funders(tables: Tables, linked: pd.DataFrame) -> pd.DataFrame:
    """Each row once for every funder of its project: many to many, since a project has several of both."""
    funders = tables["project_funders"][["project_id", "funder_id"]].drop_duplicates()
    return linked.merge(funders, on="project_id", validate="m:m")


def _named(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    named = tables["funders"][["funder_id", "name"]].rename(columns={"name": "funder"})
    return frame.merge(named, on="funder_id", validate="m:1")
