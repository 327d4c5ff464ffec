"""Rules about amounts: parts and totals that agree, and the limits of each funder (`codelists/support_limits.csv`).

Unknown is empty, never 0. Which amounts add up is the one rule of `analyse.sums.own_parts` (contract §3).
"""

from functools import partial

import pandas as pd

from overkalix_data.analyse.kronor import own_parts, told_twice
from overkalix_data.base.codelist import Row, codelist
from overkalix_data.checks.rules.catalogue import Verdict, given, where, words
from overkalix_data.schema.frames import Tables

LIMITS = {
    "leader-grant-outside-limits": ("leader_area", "sek"), "leader-share-outside-limits": ("leader_area", "percent"),
    "region-share-above-half": ("region", "percent"), "agency-share-above-half": ("state_agency", "percent"),
}  # fmt: skip
"""Rule → the type of funder whose limits it holds, and their unit; an EU fund's money is not the agency's it passes."""


def kronor(*amounts: int) -> str:
    """Amounts as a person reads them: `24 000–1 800 000 kr`."""
    return "–".join(f"{n:,}".replace(",", "\u00a0") for n in amounts) + "\u00a0kr"


def _sum(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """The known amounts of each project's rows added up, missing where none is known."""
    sums = rows.dropna(subset=["granted_sek"]).groupby("project_id")["granted_sek"].sum().to_dict()
    return tables["projects"]["project_id"].map(sums).astype("Int64")


def _compared(granted: pd.Series, total: pd.Series) -> pd.Series:
    """`450 000 kr / 400 000 kr`, for a finding."""
    pairs = zip(granted, total, strict=True)
    return words((" / ".join(kronor(int(n)) for n in p if pd.notna(n)) for p in pairs), total)


def amount_zero(tables: Tables, as_of: str) -> Verdict:
    projects, parts = tables["projects"], own_parts(tables)
    zero = parts.loc[(parts["granted_sek"] == 0).fillna(False), "project_id"]
    applies = projects["total_cost_sek"].notna() | _sum(tables, parts).notna()
    failed = (projects["total_cost_sek"] == 0).fillna(False) | projects["project_id"].isin(zero)
    return Verdict(where(applies, ~failed), projects["label"])


def amount_negative(tables: Tables, as_of: str) -> Verdict:
    projects, funding = tables["projects"], tables["project_funders"]
    least = funding.dropna(subset=["granted_sek"]).groupby("project_id")["granted_sek"].min().to_dict()
    both = pd.DataFrame(
        {"total": projects["total_cost_sek"], "granted": projects["project_id"].map(least).astype("Int64")}
    )
    lowest = both.min(axis=1).astype("Int64")
    return Verdict(where(lowest.notna(), (lowest >= 0).fillna(False)), _compared(lowest, lowest.where(lowest.isna())))


def granted_exceeds_total(tables: Tables, as_of: str) -> Verdict:
    total, granted = tables["projects"]["total_cost_sek"], _sum(tables, own_parts(tables))
    return Verdict(where(total.notna() & granted.notna(), (granted <= total).fillna(False)), _compared(granted, total))


def parts_differ_from_total(tables: Tables, as_of: str) -> Verdict:
    """Where every part is known. Parts above the total are told by granted-exceeds-total."""
    projects, parts = tables["projects"], own_parts(tables)
    total, granted = projects["total_cost_sek"], _sum(tables, parts)
    unknown = projects["project_id"].isin(parts.loc[parts["granted_sek"].isna(), "project_id"])
    applies = ~unknown & (granted <= total).fillna(False)
    return Verdict(where(applies, (granted == total).fillna(False)), _compared(granted, total))


def amount_told_twice(tables: Tables, as_of: str) -> Verdict:
    """An intermediary's amount that equals its fund's. One that differs is its own share, and passes."""
    funding, names = tables["project_funders"], tables["funders"].set_index("funder_id")["name"]
    amounts = [kronor(int(sek)) if pd.notna(sek) else "" for sek in funding["granted_sek"]]
    return Verdict(
        ~told_twice(tables), funding["funder_id"].map(names).astype("string") + ", " + words(amounts, funding)
    )


def amount_without_basis(tables: Tables, as_of: str) -> Verdict:
    funding = tables["project_funders"]
    return Verdict(where(funding["granted_sek"].notna(), given(funding, "amount_basis")), funding["as_published"])


def contribution_unknown(tables: Tables, as_of: str) -> Verdict:
    funding = tables["project_funders"]
    parts = funding[["cash_sek", "in_kind_sek", "voluntary_time_sek"]].notna().any(axis=1)
    ok = given(funding, "contribution_code") | parts
    return Verdict(where(funding["granted_sek"].notna(), ok), funding["as_published"])


def total_without_parts(tables: Tables, as_of: str) -> Verdict:
    total = tables["projects"]["total_cost_sek"]
    return Verdict(where(total.notna(), _sum(tables, tables["project_funders"]).notna()))


def _limits(tables: Tables, funder_type: str, unit: str) -> list[Row]:
    """The rows of limits in that unit for funders of that type."""
    funders = tables["funders"]
    ids = set(funders.loc[funders["funder_type_code"] == funder_type, "funder_id"])
    rows = codelist("support_limits", "funder_id", f"least_{unit}", f"most_{unit}")
    return [row for row in rows if row["funder_id"] in ids and (row[f"least_{unit}"] or row[f"most_{unit}"])]


def _within(funder_type: str, unit: str, tables: Tables, as_of: str) -> Verdict:
    """Whether what a funder gives a project keeps within the limits of the year the project starts.

    An EU fund's money that passes through a Leader area is the area's support; what passes through an agency is not.
    A limit with years needs a known start, a share a known total.
    """
    projects, parts, share = tables["projects"], own_parts(tables), unit == "percent"
    leader = set(tables["funders"].loc[tables["funders"]["funder_type_code"] == "leader_area", "funder_id"])
    through = parts["via_funder_id"].where(parts["via_funder_id"].isin(leader))
    own = parts["funder_id"].where((parts["role_code"] != "intermediary") | parts["funder_id"].isin(leader))
    years = projects["start"].fillna("").str[:4]
    ok = pd.Series(pd.NA, index=projects.index, dtype="boolean")
    shown = pd.Series("", index=projects.index, dtype="string")
    for row in _limits(tables, funder_type, unit):
        granted = _sum(tables, parts[(through.fillna(own) == row["funder_id"]).fillna(False)])
        undated = not (row["from_year"] or row["to_year"])
        in_years = (years != "") & (years >= row["from_year"]) & (years <= (row["to_year"] or "9999"))
        total = projects["total_cost_sek"]
        applies = granted.notna() & (in_years | undated) & ((total > 0).fillna(False) | (not share))
        for n in projects.index[applies]:
            given_sek, whole = int(granted[n]), int(total[n]) if share else 1
            least, most = int(row[f"least_{unit}"] or 0), int(row[f"most_{unit}"])
            fits = least * whole <= given_sek * (100 if share else 1) <= most * whole
            ok[n] = fits if pd.isna(ok[n]) else bool(ok[n]) and fits
            if not fits:
                amounts = f"{kronor(given_sek)} / {kronor(whole)}" if share else kronor(given_sek)
                limit = f"{least}–{most}\u00a0%" if share else kronor(least, most)
                shown[n] = f"{amounts} ({limit})"
    return Verdict(ok, shown)


TABLED = {rule_id: partial(_within, *limit) for rule_id, limit in LIMITS.items()}
