"""Which projects have EU money: those that name a fund, and those paid through a body that hands out nothing else."""

import pandas as pd

from overkalix_data.analyse.counts import counted_once
from overkalix_data.analyse.kronor import Total, granted_total, own_parts
from overkalix_data.base.codelist import Row, codelist
from overkalix_data.schema.frames import Tables


def eu_agencies(tables: Tables) -> dict[str, Row]:
    """funder_id → its row of `eu_agencies.csv`: the bodies that hand out EU money alone, and funders of such a type."""
    listed = codelist("eu_agencies", "funder_id", "funder_type_code", "fund_ids")
    by_id, by_type = ({row[c]: row for row in listed if row[c]} for c in ("funder_id", "funder_type_code"))
    types = tables["funders"].set_index("funder_id")["funder_type_code"].dropna()
    return {str(funder): by_type[kind] for funder, kind in types.items() if kind in by_type} | by_id


def same_fund(funder_id: str) -> frozenset[str]:
    """The funder, and what accounts for the same money: an agency that hands out EU funds alone is one with them."""
    agencies = (row for row in codelist("eu_agencies", "funder_id", "fund_ids") if row["funder_id"])
    families = ({row["funder_id"], *row["fund_ids"].split("; ")} for row in agencies)
    return frozenset({funder_id}.union(*(family for family in families if funder_id in family)))


def stands_for_fund(tables: Tables) -> pd.Series:
    """For each row of `project_funders`: does it stand for an EU fund that its project does not name?"""
    funding = tables["project_funders"]
    with_fund = set(funding.loc[funding["role_code"] == "fund", "project_id"])
    return funding["funder_id"].isin(list(eu_agencies(tables))) & ~funding["project_id"].isin(with_fund)


@counted_once
def eu_money(tables: Tables) -> pd.DataFrame:
    """Which projects have EU money, and through whom where they name no fund?

    Columns: project_id, agency_id, agency (who hands out only EU money; missing where a fund is named), by project id.
    """
    funding, names = tables["project_funders"], tables["funders"].set_index("funder_id")["name"]
    named = funding.loc[funding["role_code"] == "fund", ["project_id"]]
    through = funding[stands_for_fund(tables)].assign(agency_id=lambda rows: rows["funder_id"])
    rows = pd.concat([named, through[["project_id", "agency_id"]]]).astype("string").drop_duplicates("project_id")
    agency = rows["agency_id"].map(names.to_dict()).astype("string")
    return rows.assign(agency=agency).sort_values("project_id", ignore_index=True)


def is_eu_money(tables: Tables) -> pd.Series:
    """For each row of `project_funders`: is its amount the EU's? A fund's is, and what stands for a fund not named."""
    return is_fund_money(tables) | stands_for_fund(tables)


def is_fund_money(tables: Tables) -> pd.Series:
    """For each row of `project_funders`: is it a fund that the project names, or who alone has that fund's amount?"""
    funding = tables["project_funders"]
    fund = funding["role_code"] == "fund"
    alone = funding[fund & ~funding.index.isin(own_parts(tables).index)]
    chains = set(zip(alone["project_id"], alone["via_funder_id"], strict=True))
    keys = zip(funding["project_id"], funding["funder_id"], strict=True)
    is_alone = pd.Series([key in chains for key in keys], index=funding.index, dtype=bool)
    return fund | is_alone


def eu_total(tables: Tables) -> Total:
    """The EU's part of what is granted, known for n of N parts."""
    return granted_total(tables | {"project_funders": tables["project_funders"][is_eu_money(tables)]})


def agency_total(tables: Tables) -> Total:
    """The EU's money that comes through agencies alone: it is of their level in `funding_mix`, not of the EU's."""
    return granted_total(tables | {"project_funders": tables["project_funders"][stands_for_fund(tables)]})
