"""The money of a pack: a row a financier and form, as e-services ask for it, and totals beside the sum of their parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

import pandas as pd

from overkalix_data.analyse.sums import amount_counts
from overkalix_data.base.codelist import Row, codelist
from overkalix_data.schema.frames import Tables, rows_of


@dataclass(frozen=True)
class Part:
    """One financier's part in one form. `amount` in whole kronor (None: unknown); `is_counted`: inside the total."""

    project_id: str
    funder_id: str
    funder: str
    role_code: str
    publicness_code: str
    kind_code: str
    """A code of `leader_funding`."""
    form_code: str
    """A code of `contribution`; empty where nobody says."""
    amount: int | None
    is_counted: bool
    decision_date: str | None
    reference_number: str | None


def parts(tables: Tables, project_ids: list[str]) -> list[Part]:
    """The parts of these projects' funding, in the projects' order. Money and what is given in kind are two rows: they are reported so."""
    funding = tables["project_funders"]
    funding = funding.assign(is_counted=_counts_alone(tables))
    funding = funding[funding["project_id"].isin(project_ids)].merge(tables["funders"], on="funder_id", validate="m:1")
    order = {project: n for n, project in enumerate(project_ids)}
    rows = sorted(
        rows_of(funding), key=lambda r: (order[r["project_id"]], r["position"] or 0, r["funder_id"], r["role_code"])
    )
    return [part for row in rows for part in _of_row(row)]


def kind_of(funder_id: str, funder_type_code: str) -> Row:
    """The row of `funder_kinds.csv` of a funder: public or private, and what Leader's form calls its part; empty where the list has none."""
    rows = codelist("funder_kinds", "funder_id", "funder_type_code", "publicness_code", "money_code", "in_kind_code")
    own = (r for r in rows if r["funder_id"] and fnmatch(funder_id, r["funder_id"]))
    return next(own, None) or next(
        (r for r in rows if not r["funder_id"] and r["funder_type_code"] == funder_type_code), {}
    )


def _counts_alone(tables: Tables) -> pd.Series:
    """Which rows a project's own sum adds up: also those of a project that totals over all projects count under another."""
    alone = tables["projects"].assign(duplicate_of=pd.Series(pd.NA, index=tables["projects"].index, dtype="string"))
    return amount_counts(tables | {"projects": alone, "project_links": tables["project_links"].iloc[:0]})


def _of_row(row: Mapping[str, Any]) -> Iterator[Part]:
    cash, in_kind, granted, form = (
        row["cash_sek"],
        row["in_kind_sek"],
        row["granted_sek"],
        row["contribution_code"] or "",
    )
    if form == "voluntary_time":
        yield _part(
            row, form, granted if row["voluntary_time_sek"] is None else row["voluntary_time_sek"], is_counted=False
        )
        return
    if cash is not None and in_kind is not None:
        yield _part(row, "cash", cash, is_counted=row["is_counted"])
        yield _part(row, "in_kind", in_kind, is_counted=row["is_counted"])
    elif granted is None and (cash is not None or in_kind is not None):
        yield _part(
            row,
            "cash" if in_kind is None else "in_kind",
            cash if in_kind is None else in_kind,
            is_counted=row["is_counted"],
        )
    else:
        yield _part(row, form, granted, is_counted=row["is_counted"])
    if row["voluntary_time_sek"] is not None:
        yield _part(row, "voluntary_time", row["voluntary_time_sek"], is_counted=False)


def _part(row: Mapping[str, Any], form: str, amount: int | None, *, is_counted: bool) -> Part:
    kind = kind_of(row["funder_id"], row["funder_type_code"] or "")
    called = {"voluntary_time": "voluntary", "in_kind": kind.get("in_kind_code", "")}.get(
        form, kind.get("money_code", "")
    )
    return Part(row["project_id"], row["funder_id"], row["name"], row["role_code"], kind.get("publicness_code", ""), called, form, amount, is_counted,
                row["decision_date"], row["reference_number"])  # fmt: skip
