"""How many projects, of which how much is known, and who takes part in most of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import pandas as pd

from overkalix_data.analyse.one_per_project import joined, publishers
from overkalix_data.schema.frames import Tables

Asked = TypeVar("Asked", bound=Callable[..., Any])


def counted_once(question: Asked) -> Asked:
    """A question to the tables in which a project that stands on several pages is one."""

    @wraps(question)
    def asked(tables: Tables, *args: Any, **kwargs: Any) -> Any:
        return question(joined(tables), *args, **kwargs)

    return cast(Asked, asked)


def counted_projects(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """The projects that are counted: all, or without those whose text has stood before."""
    projects = tables["projects"]
    return projects if duplicates else projects[projects["duplicate_of"].isna()]


@counted_once
def projects_per_funder(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """How many projects does each funder take part in?

    Columns: funder_id, name, is_own (the publishing municipality itself), projects, ongoing, completed (numbers of
    projects, a project once per funder), sorted by projects falling, then name. With `duplicates=False` a text
    that stands twice counts once.
    """
    projects = counted_projects(tables, duplicates=duplicates)
    links = tables["project_funders"][["project_id", "funder_id", "role_code"]].drop_duplicates(
        ["project_id", "funder_id"]
    )
    joined = links.merge(projects[["project_id", "status_code"]], on="project_id", validate="m:1")
    counted = joined.groupby("funder_id").agg(
        projects=("project_id", "size"),
        ongoing=("status_code", lambda s: int((s == "ongoing").sum())),
        completed=("status_code", lambda s: int((s == "completed").sum())),
        is_own=("role_code", lambda s: bool((s == "own").any())),
    )
    named = tables["funders"][["funder_id", "name"]].merge(counted, on="funder_id", validate="1:1")
    columns = ["funder_id", "name", "is_own", "projects", "ongoing", "completed"]
    return named[columns].sort_values(["projects", "name"], ascending=[False, True], ignore_index=True)


@counted_once
def known_counts(tables: Tables) -> dict[str, int]:
    """For how many projects is it known: `titles`, `periods`, `amounts`, `funded` (some funder), of `projects`;
    and `texts` that differ."""
    projects, funding = tables["projects"], tables["project_funders"]
    granted = projects["project_id"].isin(funding.loc[funding["granted_sek"].notna(), "project_id"])
    return {
        "projects": len(projects),
        "texts": int(projects["duplicate_of"].isna().sum()),
        "titles": int(projects["title"].notna().sum()),
        "periods": int((projects["start"].notna() | projects["end"].notna()).sum()),
        "amounts": int((projects["total_cost_sek"].notna() | granted).sum()),
        "funded": int(projects["project_id"].isin(funding["project_id"]).sum()),
    }


def projects_per_publisher(tables: Tables) -> pd.DataFrame:
    """How many projects does each municipality list?

    Columns: publisher_code (SCB; missing = unknown), projects, shared (numbers: all, and those that another lists
    too), sorted by projects falling, then code.
    """
    listed = publishers(tables)
    shared = listed["project_id"].map(listed["project_id"].value_counts()) > 1
    counted = (
        listed.assign(shared=shared)
        .groupby("publisher_code", dropna=False)
        .agg(projects=("project_id", "size"), shared=("shared", "sum"))
    )
    return (
        counted.astype("int64")
        .reset_index()
        .sort_values(["projects", "publisher_code"], ascending=[False, True], ignore_index=True)
    )


def source_names(tables: Tables) -> str:
    """The sources' addresses, or their files where they have none, for the foot of a chart or a sheet."""
    sources = tables["sources"]
    return ", ".join(sources["url"].fillna(sources["path"]).str.removeprefix("https://").str.removesuffix("/"))
