"""How things stand: ongoing and completed, types, when, who is asked, and how much of each field is known."""

import calendar

import pandas as pd

from overkalix_data.analyse.counts import BY_STATUS, counted_once, counted_projects, most_first
from overkalix_data.schema.frames import Tables

PRECISION = {4: "year", 7: "month", 10: "day"}
"""Characters of an EDTF date → how exactly it is known."""
FIELDS = ("title", "goal", "purpose", "results", "project_type_code", "unit", "start", "end", "total_cost_sek")
LINKED = {"funder": "project_funders", "target_group": "project_target_groups", "theme": "project_themes",
          "place": "project_places", "contact": "project_contacts"}  # fmt: skip


@counted_once
def by_status(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """What is ongoing against what is completed?

    Columns: status_code, projects, funders, themes (numbers that differ). Sorted by projects falling, then code.
    """
    projects = counted_projects(tables, duplicates=duplicates)[["project_id", "status_code"]]
    counted = projects["status_code"].value_counts().rename("projects").to_frame()
    for name, table, key in (("funders", "project_funders", "funder_id"), ("themes", "project_themes", "theme_code")):
        linked = tables[table][["project_id", key]].merge(projects, on="project_id", validate="m:1")
        counted[name] = linked.groupby("status_code")[key].nunique()
    counted = counted.fillna(0).astype("int64").rename_axis("status_code").reset_index()
    return most_first(counted, "status_code")


@counted_once
def portfolio_by_type(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """Which types of project are there?

    Columns: project_type_code (missing = not told), projects, ongoing, completed. Sorted by projects falling.
    """
    projects = counted_projects(tables, duplicates=duplicates)
    counted = projects.groupby("project_type_code", dropna=False).agg(**BY_STATUS)
    return most_first(counted.reset_index(), "project_type_code")


@counted_once
def timeline(tables: Tables) -> pd.DataFrame:
    """When do the projects run, as far as it is known?

    Columns: project_id, label, status_code, start, end (EDTF), first_day, last_day (ISO, the outermost days that
    the dates allow), start_precision, end_precision (`year`, `month`, `day`, missing = unknown), period_basis.
    Projects with a start or an end, by first day.
    """
    projects = tables["projects"]
    dated = projects[projects["start"].notna() | projects["end"].notna()]
    columns = ["project_id", "label", "status_code", "start", "end", "period_basis"]
    frame = dated[columns].assign(
        first_day=dated["start"].map(first_day, na_action="ignore").astype("string"),
        last_day=dated["end"].map(last_day, na_action="ignore").astype("string"),
        start_precision=dated["start"].map(lambda d: PRECISION[len(d)], na_action="ignore").astype("string"),
        end_precision=dated["end"].map(lambda d: PRECISION[len(d)], na_action="ignore").astype("string"),
    )
    return frame.sort_values(["first_day", "last_day", "project_id"], ignore_index=True)


@counted_once
def contact_load(tables: Tables) -> pd.DataFrame:
    """How many projects does each contact answer for? No names: the ids tell nothing of the person.

    Columns: contact_id, projects, ongoing, completed, points (numbers; points are telephone numbers and
    addresses). Contacts of the page that no project names have 0. Sorted by projects falling, then id.
    """
    linked = tables["project_contacts"][["project_id", "contact_id"]].drop_duplicates()
    linked = linked.merge(tables["projects"][["project_id", "status_code"]], on="project_id", validate="m:1")
    points = tables["contact_points"].groupby("contact_id").size().rename("points")
    counted = linked.groupby("contact_id").agg(**BY_STATUS).join(points, how="outer")
    frame = tables["contacts"][["contact_id"]].join(counted, on="contact_id")
    numbers = ["projects", "ongoing", "completed", "points"]
    frame[numbers] = frame[numbers].fillna(0).astype("int64")
    return most_first(frame, "contact_id")


@counted_once
def completeness(tables: Tables) -> pd.DataFrame:
    """For how many projects is each field known?

    Columns: field (a column of `projects`, `granted_sek`, or what is linked: funder, target_group, theme, place,
    contact), filled, of (numbers of projects), share (of 1). Sorted by share falling, then field.
    """
    projects, funding = tables["projects"], tables["project_funders"]
    filled = {name: int(projects[name].notna().sum()) for name in FIELDS}
    linked = {name: tables[table] for name, table in LINKED.items()}
    linked["granted_sek"] = funding[funding["granted_sek"].notna()]
    filled |= {name: int(projects["project_id"].isin(rows["project_id"]).sum()) for name, rows in linked.items()}
    frame = pd.DataFrame({"field": list(filled), "filled": list(filled.values())}).assign(of=len(projects))
    frame["share"] = frame["filled"] / max(len(projects), 1)
    return frame.sort_values(["share", "field"], ascending=[False, True], ignore_index=True)


def first_day(edtf: str) -> str:
    """The first day that an EDTF date allows, as ISO."""
    return (edtf + "-01-01")[:10] if len(edtf) < 10 else edtf


def last_day(edtf: str) -> str:
    """The last day that an EDTF date allows, as ISO."""
    if len(edtf) == 4:
        return f"{edtf}-12-31"
    if len(edtf) == 7:
        return f"{edtf}-{calendar.monthrange(int(edtf[:4]), int(edtf[5:]))[1]:02}"
    return edtf
