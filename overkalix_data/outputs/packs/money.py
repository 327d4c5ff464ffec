"""The money of a pack: a row a financier and form, as e-services ask for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import chain
from typing import Any

from overkalix_data.analyse.kronor import own_parts
from overkalix_data.base.codelist import codelist
from overkalix_data.schema.frames import Tables, rows_of


@dataclass(frozen=True)
class FundingPart:
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


def funding_parts(tables: Tables, project_ids: list[str]) -> list[FundingPart]:
    """The parts of these projects' funding, in the projects' order; money and what is given in kind are two rows."""
    funding = tables["project_funders"]
    # A project's own sum: also of one that totals over all projects count under another.
    funding = funding.assign(is_counted=funding.index.isin(own_parts(tables).index))
    funding = funding[funding["project_id"].isin(project_ids)].merge(tables["funders"], on="funder_id", validate="m:1")
    order = {project: n for n, project in enumerate(project_ids)}
    rows = sorted(
        rows_of(funding), key=lambda r: (order[r["project_id"]], r["position"] or 0, r["funder_id"], r["role_code"])
    )
    return [part for row in rows for part in _of_row(row)]


def kind_of(funder_id: str, funder_type_code: str | None) -> defaultdict[str, str]:
    """The row of `funder_kinds.csv` of a funder: public or private, what Leader's form calls its part;
    a kind that the list lacks has none of it."""
    rows = codelist("funder_kinds", "funder_id", "funder_type_code", "publicness_code", "money_code")
    own = (r for r in rows if r["funder_id"] and fnmatch(funder_id, r["funder_id"]))
    of_type = (r for r in rows if not r["funder_id"] and r["funder_type_code"] == (funder_type_code or ""))
    return defaultdict(str, next(chain(own, of_type), {}))


def _of_row(row: Mapping[str, Any]) -> Iterator[FundingPart]:
    """Money, gifts in kind and voluntary time, each a part; an amount that is not divided is of the row's own form."""
    form, granted, voluntary = row["contribution_code"] or "", row["granted_sek"], row["voluntary_time_sek"]
    given = {name: row[f"{name}_sek"] for name in ("cash", "in_kind") if row[f"{name}_sek"] is not None}
    if form == "voluntary_time":
        yield _part(row, form, granted if voluntary is None else voluntary)
        return
    divided = given if given and granted in (None, sum(given.values())) else {form: granted}
    for name, amount in divided.items():
        yield _part(row, name, amount)
    if voluntary is not None:
        yield _part(row, "voluntary_time", voluntary)


def _part(row: Mapping[str, Any], form: str, amount: int | None) -> FundingPart:
    """A part in that form; voluntary time is never inside the total."""
    kind, is_voluntary = kind_of(row["funder_id"], row["funder_type_code"]), form == "voluntary_time"
    called = "voluntary" if is_voluntary else kind["in_kind_code" if form == "in_kind" else "money_code"]
    is_counted = not is_voluntary and row["is_counted"]
    return FundingPart(
        row["project_id"], row["funder_id"], row["name"], row["role_code"], kind["publicness_code"], called, form,
        amount, is_counted, row["decision_date"], row["reference_number"],
    )  # fmt: skip
