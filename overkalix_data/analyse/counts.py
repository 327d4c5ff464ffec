"""How many projects, of which how much is known, and who takes part in most of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import pandas as pd

from overkalix_data.analyse.one_per_project import joined, publishers
from overkalix_data.analyse.settled import answered_once
from overkalix_data.schema.frames import Tables

Asked = TypeVar("Asked", bound=Callable[..., Any])
BY_STATUS: dict[str, Any] = {
    "projects": ("project_id", "size"),
    **{code: ("status_code", lambda codes, code=code: int((codes == code).sum())) for code in ("ongoing", "completed")},
}
"""What groups of projects are told by: how many there are, and how many of them are ongoing and completed."""


def counted_once(question: Asked) -> Asked:
    """A question to the tables in which a project that stands on several pages is one."""

    answer = answered_once(question)

    @wraps(question)
    def asked(tables: Tables, *args: Any, **kwargs: Any) -> Any:
        return answer(joined(tables), *args, **kwargs)

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
        **BY_STATUS, is_own=("role_code", lambda roles: bool((roles == "own").any()))
    )
    named = tables["funders"][["funder_id", "name"]].merge(counted, on="funder_id", validate="1:1")
    columns = ["funder_id", "name", "is_own", "projects", "ongoing", "completed"]
    return most_first(named[columns], "name")


def most_first(frame: pd.DataFrame, *then: str) -> pd.DataFrame:
    """The rows with most projects first, those of as many by the columns that follow."""
    columns = ["projects", *then]
    return frame.sort_values(columns, ascending=[column != "projects" for column in columns], ignore_index=True)


@counted_once
def known_counts(tables: Tables) -> dict[str, int]:
    """How many `projects`, `texts` that differ, and known `titles`, `periods`, `amounts` and `funded` (some funder)."""
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
    groups = listed.assign(shared=shared).groupby("publisher_code", dropna=False)
    counted = groups.agg(projects=("project_id", "size"), shared=("shared", "sum")).astype("int64")
    return most_first(counted.reset_index(), "publisher_code")


def source_names(tables: Tables) -> str:
    """The sources' addresses, or their files where they have none, for the foot of a chart or a sheet."""
    sources = tables["sources"]
    return ", ".join(sources["url"].fillna(sources["path"]).str.removeprefix("https://").str.removesuffix("/"))
