"""Who pays, alone and together: the funding mix, the pairs, and the chains of EU money."""

from collections import Counter
from itertools import combinations

import pandas as pd

from overkalix_data.analyse.counts import counted_once, counted_projects, most_first
from overkalix_data.analyse.eu import is_fund_money
from overkalix_data.analyse.kronor import listed_amounts
from overkalix_data.schema.frames import Tables

KEYS = {"funder": "funder_id", "type": "funder_type_code", "level": "level_code", "fund": "funder_id"}
"""What the mix can be told by → the column of `funders` that says it."""


@counted_once
def funding_mix(tables: Tables, by: str = "funder", *, duplicates: bool = True) -> pd.DataFrame:
    """Who funds the projects, by `funder`, `type`, `level` or `fund` (EU funds alone)?

    By type and level an intermediary of an EU fund is no payer, since the fund's money is not of two levels: what it
    alone has the amount of is the fund's. An agency is of its own level, in numbers and kronor, though it hands out EU
    money alone (`agency_total` tells how much of that there is).

    Columns: key (id or code, missing = unknown), name (of a funder; else missing), projects (number, a project once a
    key), fractional (number: each project is one, shared equally by its funders), share (of 1, of the fractional sum),
    granted_sek (whole kronor, missing = unknown), known and of (parts of the listed projects' funding whose amount is
    known, of all). Sorted by projects, fractional, then key.
    """
    key, funding = KEYS[by], tables["project_funders"][["project_id", "funder_id", "role_code", "granted_sek"]]
    funders = tables["funders"][["funder_id", "name", "funder_type_code", "level_code"]]
    rows = funding.merge(funders, on="funder_id", validate="m:1", how="left").set_index(funding.index)
    fund, amounts = is_fund_money(tables), rows.join(listed_amounts(tables)[["counts"]], how="inner")
    payers = rows[rows["project_id"].isin(counted_projects(tables, duplicates=duplicates)["project_id"])]
    if by in ("type", "level"):
        payers = payers[payers["role_code"] != "intermediary"]
        amounts[key] = amounts[key].mask(fund, {"type": "eu_fund", "level": "eu"}[by])
    payers = payers.drop_duplicates(["project_id", "funder_id"])
    payers = payers.assign(part=1 / payers.groupby("project_id")["funder_id"].transform("size"))
    if by == "fund":
        payers, amounts = (f[f["funder_type_code"] == "eu_fund"] for f in (payers, amounts))
    counted = payers.groupby(key, dropna=False).agg(projects=("project_id", "nunique"), fractional=("part", "sum"))
    money = amounts.assign(counted=amounts["granted_sek"].where(amounts["counts"])).groupby(key, dropna=False)
    granted = money["counted"].sum(min_count=1).rename("granted_sek").to_frame()
    granted = granted.join(money["granted_sek"].agg(known="count", of="size"))
    mix = counted.join(granted, how="outer").reset_index().rename(columns={key: "key"})
    mix["granted_sek"] = mix["granted_sek"].astype("Int64")
    numbers = ["projects", "known", "of"]
    mix[numbers] = mix[numbers].fillna(0).astype("int64")
    mix["fractional"] = mix["fractional"].fillna(0.0)
    mix["share"] = mix["fractional"] / mix["fractional"].sum()
    names = dict(zip(funders["funder_id"], funders["name"], strict=True)) if key == "funder_id" else {}
    mix["name"] = pd.Series([names.get(k, pd.NA) for k in mix["key"]], dtype="string")
    columns = ["key", "name", "projects", "fractional", "share", "granted_sek", "known", "of"]
    return mix[columns].sort_values(
        ["projects", "fractional", "key"], ascending=[False, False, True], ignore_index=True
    )


@counted_once
def co_funding(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """Who funds together with whom, and more often than chance would have it?

    An EU fund and the authority or LAG that its money comes through are one way of paying: not a pair.

    Columns: funder_a, name_a, funder_b, name_b (a before b by id), projects (number with both), expected (number
    if the two were independent: projects of a × projects of b / all projects with a funder), lift (projects /
    expected; 1 is chance). Sorted by projects, lift falling, then ids.
    """
    counted = counted_projects(tables, duplicates=duplicates)["project_id"]
    links = tables["project_funders"][["project_id", "funder_id"]].drop_duplicates()
    links = links[links["project_id"].isin(counted)]
    of_project = links.groupby("project_id")["funder_id"].agg(sorted)
    alone = links["funder_id"].value_counts()
    funding = tables["project_funders"].dropna(subset=["via_funder_id"])
    chains = {
        (str(p), *sorted((str(fund), str(via))))
        for p, fund, via in zip(funding["project_id"], funding["funder_id"], funding["via_funder_id"], strict=True)
    }
    pairs = Counter(
        pair
        for project, funders in of_project.items()
        for pair in combinations(funders, 2)
        if (project, *pair) not in chains
    )
    names = dict(zip(tables["funders"]["funder_id"], tables["funders"]["name"], strict=True))
    rows = [(a, names[a], b, names[b], n, float(alone[a] * alone[b] / len(of_project))) for (a, b), n in pairs.items()]
    frame = pd.DataFrame(rows, columns=["funder_a", "name_a", "funder_b", "name_b", "projects", "expected"])
    frame["lift"] = frame["projects"] / frame["expected"]
    return frame.sort_values(
        ["projects", "lift", "funder_a", "funder_b"], ascending=[False, False, True, True], ignore_index=True
    )


@counted_once
def funding_chains(tables: Tables, *, duplicates: bool = True) -> pd.DataFrame:
    """Through whom does each EU fund's money come?

    Columns: fund_id, fund, via_id, via (missing: none named), projects. Sorted by projects falling, then ids.
    """
    counted = counted_projects(tables, duplicates=duplicates)["project_id"]
    funding = tables["project_funders"]
    rows = funding[(funding["role_code"] == "fund") & funding["project_id"].isin(counted)]
    pairs = rows.groupby(["funder_id", "via_funder_id"], dropna=False)["project_id"]
    chains = pairs.nunique().rename("projects").reset_index()
    names = dict(zip(tables["funders"]["funder_id"], tables["funders"]["name"], strict=True))
    chains = chains.rename(columns={"funder_id": "fund_id", "via_funder_id": "via_id"})
    chains["fund"] = chains["fund_id"].map(names).astype("string")
    chains["via"] = chains["via_id"].map(names).astype("string")
    columns = ["fund_id", "fund", "via_id", "via", "projects"]
    return most_first(chains[columns], "fund_id", "via_id")
