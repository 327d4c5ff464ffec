"""Every figure computed anew by who has the published tables and the contract alone: pandas, and nothing of ours."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

EU_AGENCY = "esf-radet"
"""Hands out EU money alone, so that its part is the EU's where the project names no fund."""


def published(clean: Path) -> dict[str, pd.DataFrame]:
    """The tables as anyone reads them: text, and empty is unknown."""
    return {path.stem: pd.read_csv(path, dtype="string", keep_default_na=True) for path in clean.glob("*.csv")}


def money(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The parts of the funding that are money of their own, by the contract's rule; `counts`: the sums add them up."""
    rows = tables["project_funders"].assign(sek=lambda t: pd.to_numeric(t["granted_sek"]).fillna(-1).astype(int))
    rows = rows[rows["contribution_code"].fillna("") != "voluntary_time"]
    firsts = dict(tables["projects"][["project_id", "duplicate_of"]].dropna().itertuples(index=False))
    kept = []
    for row in rows.itertuples():
        project = rows[rows["project_id"] == row.project_id]
        through = project[(project["via_funder_id"] == row.funder_id).fillna(False)]["sek"]
        channel = project[(project["role_code"] == "intermediary") & (project["funder_id"] == str(row.via_funder_id))]
        is_channel = row.role_code == "intermediary" and len(through) > 0
        told_again = is_channel and (row.sek <= 0 or row.sek in [*through, through.sum()])
        stands_at_channel = row.sek < 0 and bool((channel["sek"] > 0).any()) and bool((project.loc[
            (project["via_funder_id"] == row.via_funder_id).fillna(False), "sek"] < 0).all())  # fmt: skip
        if not told_again and not stands_at_channel:
            eu = row.role_code == "fund" or (is_channel and bool((through < 0).all()))
            agency = row.funder_id == EU_AGENCY and "fund" not in set(project["role_code"])
            kept.append({"project_id": row.project_id, "funder_id": row.funder_id, "role_code": row.role_code,
                         "sek": row.sek if row.sek >= 0 else None, "is_eu": eu or agency,
                         "counts": row.project_id not in firsts})  # fmt: skip
    return pd.DataFrame(kept)


def of_money(parts: pd.DataFrame) -> tuple[int, int, int]:
    """The sum in whole kronor, of how many parts it is known, and how many there are."""
    return int(parts.loc[parts["counts"], "sek"].sum()), int(parts["sek"].notna().sum()), len(parts)


def by_funder(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[int, int, int]]:
    """Funder's name → its sum, known for n of N parts."""
    names = tables["funders"].set_index("funder_id")["name"].to_dict()
    return {names[funder]: of_money(parts) for funder, parts in money(tables).groupby("funder_id")}


def levels(tables: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """Level → per cent: the mean of each project's own shares, every funder but the intermediaries weighing the same.

    Funders are counted here, not kronor: an agency is of its own level.
    """
    rows = tables["project_funders"]
    level = rows["funder_id"].map(tables["funders"].set_index("funder_id")["level_code"].to_dict())
    rows = rows.assign(level=level)[rows["role_code"] != "intermediary"]
    shares = rows.groupby("project_id")["level"].value_counts(normalize=True).unstack(fill_value=0)
    return {str(code): round(100 * share, 1) for code, share in shares.mean().items()}


def figures(tables: Mapping[str, pd.DataFrame], today: str) -> dict[str, tuple[int, ...]]:
    """Figure → its numbers."""
    projects, parts, funding = tables["projects"], money(tables), tables["project_funders"]
    status = projects["status_code"].value_counts()
    n, cost = len(projects), pd.to_numeric(projects["total_cost_sek"])
    known = projects["project_id"].isin(funding.dropna(subset=["granted_sek"])["project_id"]) | cost.notna()
    with_fund = set(funding.loc[funding["role_code"] == "fund", "project_id"])
    agency = set(funding.loc[funding["funder_id"] == EU_AGENCY, "project_id"]) - with_fund
    ended = projects[projects["status_code"] == "ongoing"]["end"].dropna()
    return {
        "status": (n, status["ongoing"], status["completed"]),
        "ongoing": (status["ongoing"], n),
        "completed": (status["completed"], n),
        "assumed": (int((projects["status_basis"] == "assumed").sum()),),
        "granted": of_money(parts),
        "own": of_money(parts[parts["role_code"] == "own"]),
        "eu": of_money(parts[parts["is_eu"]]),
        "cost": (int(cost[projects["duplicate_of"].isna()].sum()), int(cost.notna().sum()), n),
        "amounts": (int(known.sum()), n),
        "periods": (int((projects["start"].notna() | projects["end"].notna()).sum()), n),
        "titles": (int(projects["title"].notna().sum()), n),
        "contacts": (int(projects["project_id"].isin(tables["project_contacts"]["project_id"]).sum()), n),
        "eu_projects": (len(with_fund), n, len(agency)),
        "changes": (tables["changes"]["project_id"].nunique(),),
        "ended": (int(sum(pd.Period(day).end_time < pd.Timestamp(today) for day in ended)),),
        "fundings": (len(tables["funders"]), len(funding)),
        "parts": (len(funding), len(parts)),
        "texts": (int(projects["duplicate_of"].isna().sum()),),
    }
