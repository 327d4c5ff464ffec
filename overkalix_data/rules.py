"""The rules about the list itself: each asks one question of a table, row by row.

A rule is a function (tables, as_of) → Verdict, and a row of `codelists/rules.csv` with its words. `ok` is True where the
row passes, False where it fails, missing where the rule does not apply: unknown is never a pass.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pandas as pd

from overkalix_data.codelists import Row, codelist
from overkalix_data.normalise.contact_points import is_usual_phone
from overkalix_data.normalise.wording import DASHES
from overkalix_data.tables import Tables

SPACED_DASH = rf"\s[{DASHES}]\s?|\s?[{DASHES}]\s"


@dataclass(frozen=True)
class Verdict:
    """`ok` by row of the rule's table (boolean, missing = not applicable), and what a finding shows as its value."""

    ok: pd.Series
    value: pd.Series | None = None


RuleFunction = Callable[[Tables, str], Verdict]
RULES: dict[str, RuleFunction] = {}


def rule(rule_id: str) -> Callable[[RuleFunction], RuleFunction]:
    """Enters a function under the id of its row in the catalogue."""

    def entered(function: RuleFunction) -> RuleFunction:
        RULES[rule_id] = function
        return function

    return entered


@cache
def catalogue() -> dict[str, Row]:
    """rule_id → its words, dimension, severity, table and column."""
    return {row["rule_id"]: row for row in codelist("rules", "rule_id", "table", "dimension", "severity", "title_sv", "title_en")}


def _given(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column].notna().astype("boolean")


def _where(applies: pd.Series, ok: pd.Series) -> pd.Series:
    return ok.astype("boolean").where(applies.astype(bool))


def _linked(tables: Tables, table: str, of: str, key: str) -> pd.Series:
    """Whether each row of `table` has a row in the table `of`."""
    return tables[table][key].isin(tables[of][key]).astype("boolean")


@rule("project-none")
def project_none(tables: Tables, as_of: str) -> Verdict:
    return Verdict(_linked(tables, "sources", "projects", "source_id"), tables["sources"]["path"])


@rule("text-unplaced")
def text_unplaced(tables: Tables, as_of: str) -> Verdict:
    return Verdict((tables["evidence"]["rule_id"] != "unplaced").astype("boolean"))


@rule("label-unknown")
def label_unknown(tables: Tables, as_of: str) -> Verdict:
    labels = tables["evidence"]["rule_id"].isin(["label", "unknown_label"])
    return Verdict(_where(labels, tables["evidence"]["rule_id"] == "label"))


@rule("publisher-derived")
def publisher_derived(tables: Tables, as_of: str) -> Verdict:
    return Verdict(_given(tables["sources"], "publisher_code"), tables["sources"]["path"])


@rule("source-changed")
def source_changed(tables: Tables, as_of: str) -> Verdict:
    sources = tables["sources"]
    declared = sources["declared_sha256"].notna()
    return Verdict(_where(declared, sources["sha256"] == sources["declared_sha256"].fillna("")), sources["path"])


@rule("source-undated")
def source_undated(tables: Tables, as_of: str) -> Verdict:
    return Verdict(_given(tables["sources"], "retrieved_on"), tables["sources"]["path"])


@rule("title-missing")
def title_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(_given(tables["projects"], "title"))


@rule("goal-missing")
def goal_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(_given(tables["projects"], "goal"))


@rule("target-group-missing")
def target_group_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(_linked(tables, "projects", "project_target_groups", "project_id"))


@rule("contact-missing")
def contact_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(_linked(tables, "projects", "project_contacts", "project_id"))


@rule("funder-missing")
def funder_missing(tables: Tables, as_of: str) -> Verdict:
    return Verdict(_linked(tables, "projects", "project_funders", "project_id"))


@rule("funder-label-missing")
def funder_label_missing(tables: Tables, as_of: str) -> Verdict:
    projects, evidence = tables["projects"], tables["evidence"]
    labelled = evidence[(evidence["column"] == "funder_text") & (evidence["use_code"] == "value") & (evidence["rule_id"] == "label")]
    ok = projects["project_id"].isin(labelled["row_id"])
    return Verdict(_where(projects["funder_text"].notna(), ok), projects["funder_text"])


@rule("amount-missing")
def amount_missing(tables: Tables, as_of: str) -> Verdict:
    projects, funding = tables["projects"], tables["project_funders"]
    granted = projects["project_id"].isin(funding.loc[funding["granted_sek"].notna(), "project_id"])
    return Verdict((projects["total_cost_sek"].notna() | granted).astype("boolean"))


@rule("period-missing")
def period_missing(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    return Verdict((projects["start"].notna() | projects["end"].notna()).astype("boolean"))


@rule("period-ended")
def period_ended(tables: Tables, as_of: str) -> Verdict:
    """An end of a month or a year has passed when the whole month or year has (EDTF: an interval, not its first day)."""
    projects = tables["projects"]
    applies = (projects["status_code"] == "ongoing") & projects["end"].notna()
    ended = [bool(end) and end < as_of[: len(end)] for end in projects["end"].fillna("")]
    return Verdict(_where(applies, ~pd.Series(ended, index=projects.index, dtype="boolean")), projects["end"])


@rule("duplicate-block")
def duplicate_block(tables: Tables, as_of: str) -> Verdict:
    return Verdict(tables["projects"]["duplicate_of"].isna().astype("boolean"), tables["projects"]["duplicate_of"])


@rule("separator-ambiguous")
def separator_ambiguous(tables: Tables, as_of: str) -> Verdict:
    projects, funding = tables["projects"], tables["project_funders"]
    dashes = projects["funder_text"].fillna("").str.count(SPACED_DASH)
    chains = projects["project_id"].map(funding["via_funder_id"].notna().groupby(funding["project_id"]).sum()).fillna(0)
    return Verdict(_where(dashes > 0, dashes == chains), projects["funder_text"])


@rule("fund-without-channel")
def fund_without_channel(tables: Tables, as_of: str) -> Verdict:
    funding = tables["project_funders"]
    return Verdict(_where(funding["role_code"] == "fund", funding["via_funder_id"].notna()), funding["as_published"])


@rule("funder-unknown")
def funder_unknown(tables: Tables, as_of: str) -> Verdict:
    return Verdict(_given(tables["funders"], "funder_type_code"), tables["funders"]["name"])


@rule("funder-spellings")
def funder_spellings(tables: Tables, as_of: str) -> Verdict:
    spelt = tables["project_funders"].groupby("funder_id")["as_published"].unique()
    forms = tables["funders"]["funder_id"].map(spelt)
    return Verdict(forms.map(len).eq(1).astype("boolean"), forms.map(lambda f: " · ".join(sorted(f))))


@rule("target-group-unknown")
def target_group_unknown(tables: Tables, as_of: str) -> Verdict:
    return Verdict(_given(tables["target_groups"], "category_code"), tables["target_groups"]["name"])


@rule("phone-invalid")
def phone_invalid(tables: Tables, as_of: str) -> Verdict:
    points = tables["contact_points"]
    return Verdict(_where(points["kind_code"] == "phone", points["value"].str.fullmatch(r"\+\d{6,15}")), points["as_published"])


@rule("phone-form")
def phone_form(tables: Tables, as_of: str) -> Verdict:
    points = tables["contact_points"]
    usual = points["as_published"].fillna("").map(is_usual_phone)
    return Verdict(_where(points["kind_code"] == "phone", usual), points["as_published"])


@rule("names-share-number")
def names_share_number(tables: Tables, as_of: str) -> Verdict:
    contacts = tables["contacts"]
    return Verdict(_where(contacts["name"].notna(), contacts["other_names"].isna()), contacts["name"] + " · " + contacts["other_names"])


@rule("several-numbers")
def several_numbers(tables: Tables, as_of: str) -> Verdict:
    points = tables["contact_points"]
    phones = points[points["kind_code"] == "phone"].groupby("contact_id")["as_published"].unique()
    numbers = tables["contacts"]["contact_id"].map(phones)
    has = numbers.notna()
    forms = numbers.where(has, None).map(lambda f: sorted(f) if f is not None and not isinstance(f, float) else [])
    return Verdict(_where(has, forms.map(len) < 2), forms.map(" · ".join))
