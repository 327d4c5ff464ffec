"""Projects that stand on several pages as one, as every count, chart and report has them; tables keep a row a page."""

import pandas as pd

from overkalix_data.analyse.kronor import SAME_PROJECT, of_one_page
from overkalix_data.analyse.settled import answered_once
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import row_id
from overkalix_data.schema.frames import Tables

CELLS = ("evidence", "findings", "additions")
"""The tables whose rows point at a row of another."""
SURER = {"published": 0, "heading": 1, "curated": 2, "derived": 3, "assumed": 4}
"""Of two pages' statuses the surer one is shown; what else the pages say apart is a finding (`sources-disagree`)."""


def joined(tables: Tables) -> Tables:
    """The tables with each project once, under the id of its first page: its columns are the first that any fills.

    What is linked to it is what all its pages say, each once. In `project_links` the relation `same_project` then
    names the other pages' sources; `sources` tells each page's publisher. Tables where no project stands on
    several pages are given back as they are.
    """
    first = copies(tables)
    if not first:
        return tables
    links = tables["project_links"]
    is_same = (links["relation_code"] == SAME_PROJECT) & links["project_id"].isin(list(first))
    one = {name: _once(frame, name, first) for name, frame in tables.items()}
    source = dict(zip(tables["projects"]["project_id"], tables["projects"]["source_id"], strict=True))
    same, rest = links[is_same], links[~is_same]
    other = same.assign(target=same["project_id"].map(source), project_id=same["target"])
    rest = rest.assign(project_id=_firsts(rest["project_id"], first))
    one["project_links"] = pd.concat([rest, other.astype(links.dtypes)]).drop_duplicates().reset_index(drop=True)
    one["projects"] = _projects(tables["projects"], first)
    code = tables["projects"].groupby("source_id")["publisher_code"].first()
    sources = tables["sources"]
    one["sources"] = sources.assign(publisher_code=sources["publisher_code"].fillna(sources["source_id"].map(code)))
    return one


@answered_once
def copies(tables: Tables) -> dict[str, str]:
    """project_id → the project that it is the same as, of the first of its pages; none in joined tables."""
    links, first = tables["project_links"], tables["projects"].set_index("project_id")["duplicate_of"]
    same = links[links["relation_code"] == SAME_PROJECT]
    # A page may be called as a project is (`move-on-up.html`): the project itself says which of the two a link names.
    is_copy = (same["project_id"].map(first) == same["target"]).fillna(False).astype(bool)
    return dict(zip(same.loc[is_copy, "project_id"], same.loc[is_copy, "target"], strict=True))


@answered_once
def publishers(tables: Tables) -> pd.DataFrame:
    """Which municipality lists which project?

    Columns: project_id (on several pages, the first), publisher_code (SCB; missing = unknown). A row a pair.
    """
    one = joined(tables)
    projects, links = one["projects"][["project_id", "publisher_code"]], one["project_links"]
    of_source = dict(zip(one["sources"]["source_id"], one["sources"]["publisher_code"], strict=True))
    other = links.loc[links["relation_code"] == SAME_PROJECT, ["project_id", "target"]]
    other = other.assign(publisher_code=other["target"].map(of_source).astype("string")).drop(columns="target")
    listed = pd.concat([projects, other]).drop_duplicates()
    return listed.sort_values(["project_id", "publisher_code"], ignore_index=True)


def has_several_publishers(tables: Tables) -> bool:
    """Whether the list is of several municipalities: then they are told apart, in filters and charts."""
    return int(publishers(tables)["publisher_code"].nunique()) > 1


def stands_on(tables: Tables) -> list[tuple[str, str, int]]:
    """Where projects of joined tables stand besides their own page: project_id, source_id, first line of its own."""
    links, evidence = tables["project_links"], tables["evidence"]
    # A heading tells the status of all that stand under it: its line is not the project's.
    evidence = evidence[(evidence["table"] == "projects") & (evidence["use_code"] == "value")]
    lines = evidence.groupby(["row_id", "source_id"])["line"].min()
    pairs = links.loc[links["relation_code"] == SAME_PROJECT, ["project_id", "target"]]
    return [(*pair, int(lines[pair])) for pair in pairs.itertuples(index=False, name=None) if pair in lines.index]


def _projects(projects: pd.DataFrame, first: dict[str, str]) -> pd.DataFrame:
    """A row a project: its own page's before the others', except where it only assumes a status that another states."""
    rows = projects.assign(of=_firsts(projects["project_id"], first), copy=projects["project_id"].isin(list(first)))
    rows = rows.sort_values(["of", "copy", "source_id"], kind="stable")
    surest = rows.assign(sure=rows["status_basis"].map(SURER)).sort_values(["of", "sure"], kind="stable").groupby("of")
    made = rows.groupby("of", sort=True).first()
    made[["status_code", "status_basis"]] = surest[["status_code", "status_basis"]].first()
    # A text that stands twice on one page stays two projects: its duplicate is none of these.
    own = rows[~rows["copy"]].set_index("of")["duplicate_of"]
    made["duplicate_of"] = _firsts(own, first)
    return made.reset_index(drop=True)[projects.columns].astype(projects.dtypes)


def _once(frame: pd.DataFrame, name: str, first: dict[str, str]) -> pd.DataFrame:
    if name in CELLS:
        own = [t for t in TABLES if t == "projects" or TABLES[t].key[0] == "project_id"]
        points = frame["table"].isin(own)
        ids = frame["row_id"].map(lambda i: _row(i, first), na_action="ignore").astype("string")
        return frame.assign(row_id=frame["row_id"].where(~points, ids))
    if name == "projects" or "project_id" not in frame:
        return frame
    rows = frame.assign(project_id=_firsts(frame["project_id"], first))
    if name == "changes":
        return rows
    if name == "project_funders":
        rows = rows.loc[of_one_page(frame, rows["project_id"]).index]
    key = list(TABLES[name].key)
    return rows.drop_duplicates(key).sort_values(key, ignore_index=True)


def _row(row: str, first: dict[str, str]) -> str:
    project_id, *rest = row.split("|")
    return row_id(first.get(project_id, project_id), *rest)


def _firsts(ids: pd.Series, first: dict[str, str]) -> pd.Series:
    return ids.map(lambda i: first.get(i, i), na_action="ignore").astype("string")
