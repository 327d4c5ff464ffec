"""Rules about what people added: every value that was not used is a finding that names its file, sheet and cell."""

from functools import partial

import pandas as pd

from overkalix_data.checks.rules.catalogue import Verdict, where
from overkalix_data.schema.frames import Tables

UNUSED: dict[str, tuple[str, ...]] = {
    "addition-conflict": ("conflict",),
    "addition-orphan": ("no_project",),
    "addition-unreadable": ("bad_value", "formula"),
    "addition-unknown": ("no_field", "no_item"),
    "addition-half-written": ("half_written",),
    "addition-against-page": ("published", "locked"),
    "addition-cleared": ("cleared",),
    "addition-no-rate": ("no_rate",),
    "correction-stale": ("original_gone",),
}
"""Rule → the outcomes of an addition that it tells."""


def _shown(additions: pd.DataFrame) -> pd.Series:
    """`komplettering.xlsx, Projekt!D7: title = Skogsmässan`."""
    places = additions["file"].str.cat(additions["place"], ", ")
    value = additions["field"].fillna("").str.cat(additions["value"].fillna(""), " = ").str.removesuffix(" = ")
    return places.str.cat(value, ": ").str.removesuffix(": ")


def _used(outcomes: tuple[str, ...], tables: Tables, as_of: str) -> Verdict:
    additions = tables["additions"]
    shown, replaced = _shown(additions), additions["replaced_text"]
    if outcomes == ("original_gone",):
        place = additions["file"].str.cat(additions["place"], ", ")
        shown = shown.where(replaced.isna(), place.str.cat(replaced.fillna(""), ": "))
    return Verdict(~additions["outcome_code"].isin(outcomes).astype("boolean"), shown)


TABLED = {rule_id: partial(_used, outcomes) for rule_id, outcomes in UNUSED.items()}


def addition_without_source(tables: Tables, as_of: str) -> Verdict:
    additions = tables["additions"]
    used = additions["outcome_code"].isin(["applied", "noted"])
    return Verdict(where(used, additions["source"].notna() & additions["who"].notna()), _shown(additions))


def addition_date(tables: Tables, as_of: str) -> Verdict:
    additions = tables["additions"]
    day = pd.to_datetime(additions["date"], format="%Y-%m-%d", errors="coerce")
    places = _shown(additions).str.cat(additions["date"].fillna(""), ", ")
    return Verdict(where(additions["date"].notna(), day <= pd.Timestamp(as_of)), places)


def identity_doubt(tables: Tables, as_of: str) -> Verdict:
    identities = tables["identities"]
    doubt = identities["match_code"].isin(["ambiguous", "merged", "split", "swapped", "twin"])
    return Verdict(~doubt.astype("boolean"), identities["candidates"].fillna(identities["project_id"]))


def identity_new(tables: Tables, as_of: str) -> Verdict:
    identities = tables["identities"]
    compared = ~identities["match_code"].isin(["first"])
    return Verdict(where(compared, identities["match_code"] != "new"), identities["project_id"])


def kinds_differ_from_granted(tables: Tables, as_of: str) -> Verdict:
    """Where granted, cash and in kind are all known. Voluntary time stands outside."""
    funding = tables["project_funders"]
    parts = funding["cash_sek"] + funding["in_kind_sek"]
    applies = funding["granted_sek"].notna() & parts.notna()
    places = (parts.astype("string") + " / " + funding["granted_sek"].astype("string")).fillna("")
    return Verdict(where(applies, (parts == funding["granted_sek"]).fillna(False)), places)
