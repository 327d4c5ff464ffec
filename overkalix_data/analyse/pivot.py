"""One row a project, with what is linked to it in columns: for pivot tables, here and in Excel."""

import pandas as pd

from overkalix_data.analyse.counts import counted_once
from overkalix_data.analyse.eu import eu_money, is_eu_money
from overkalix_data.analyse.kronor import cost_counts, listed_amounts
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables

LINKED = ("funders", "themes", "target_groups", "places")
"""What a project is linked to, by its table; `project_<table>` has the links."""
FACTS = ("project_id", "label", "status_code", "unit", "project_type_code", "start", "end", "duplicate_of",
         "publisher_code")  # fmt: skip
SEPARATOR = "; "


@counted_once
def wide(tables: Tables, *each: str, lang: str = "sv") -> pd.DataFrame:
    """What is known of each project, in one row?

    Columns: project_id, label, status_code, unit, project_type_code, start, end (EDTF), duplicate_of, publisher_code;
    funders, themes, target_groups, places (names in one text, missing = none known) and funder_count; is_eu (bool: has
    EU money); total_cost_sek, granted_sek, own_sek, eu_sek (whole kronor, missing = unknown: the money of a project
    that stands twice is on the first, so that each column adds up to the sum of it). For each table named in `each`
    (a key of `LINKED`) also a bool column for every name in it. Sorted by project_id.
    """
    frame = tables["projects"][list(FACTS)].set_index("project_id")
    names = {table: linked_names(tables, table, lang) for table in LINKED}
    for table, of in names.items():
        frame[table] = of.groupby("project_id")["name"].agg(SEPARATOR.join)
    frame["funder_count"] = names["funders"].groupby("project_id").size()
    frame["funder_count"] = frame["funder_count"].fillna(0).astype("int64")
    frame["is_eu"] = frame.index.isin(eu_money(tables)["project_id"])
    cost = tables["projects"].set_index("project_id")["total_cost_sek"]
    frame["total_cost_sek"] = cost.where((cost_counts(tables) == "yes").to_numpy())
    amounts = listed_amounts(tables)
    amounts = amounts[amounts["counts"]]
    parts = {"granted_sek": amounts["granted_sek"].notna(), "own_sek": amounts["role_code"] == "own",
             "eu_sek": is_eu_money(tables).reindex(amounts.index)}  # fmt: skip
    for column, of_part in parts.items():
        frame[column] = amounts[of_part].groupby("first")["granted_sek"].sum(min_count=1).astype("Int64")
    for table in each:
        has = pd.crosstab(names[table]["project_id"], names[table]["name"]).astype(bool)
        frame = frame.join(has.reindex(frame.index, fill_value=False))
    return frame.reset_index().sort_values("project_id", ignore_index=True)


def linked_names(tables: Tables, table: str, lang: str) -> pd.DataFrame:
    """project_id and name of everything linked to it, each once, in the page's order."""
    links, (_, key) = tables[f"project_{table}"], TABLES[f"project_{table}"].leads_to
    name = "name_en" if table == "themes" and lang == "en" else "name"
    order = ["project_id", *({"position"} & {*links.columns})]
    named = links.sort_values(order, kind="stable").drop_duplicates(["project_id", key])
    named = named[["project_id", key]].merge(tables[table][[key, name]], on=key, validate="m:1")
    return named.rename(columns={name: "name"}).dropna(subset=["name"])
