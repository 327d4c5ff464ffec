"""Rules about one thing written in several ways, or several things in one way."""

from overkalix_data.normalise.contact_points import is_usual_phone
from overkalix_data.normalise.wording import DASHES
from overkalix_data.rules.catalogue import Verdict, rule, where
from overkalix_data.tables import Tables

SPACED_DASH = rf"\s[{DASHES}]\s?|\s?[{DASHES}]\s"


@rule("funder-label-missing")
def funder_label_missing(tables: Tables, as_of: str) -> Verdict:
    projects, evidence = tables["projects"], tables["evidence"]
    labelled = evidence[(evidence["column"] == "funder_text") & (evidence["use_code"] == "value") & (evidence["rule_id"] == "label")]
    ok = projects["project_id"].isin(labelled["row_id"])
    return Verdict(where(projects["funder_text"].notna(), ok), projects["funder_text"])


@rule("duplicate-block")
def duplicate_block(tables: Tables, as_of: str) -> Verdict:
    return Verdict(tables["projects"]["duplicate_of"].isna().astype("boolean"), tables["projects"]["duplicate_of"])


@rule("separator-ambiguous")
def separator_ambiguous(tables: Tables, as_of: str) -> Verdict:
    projects, funding = tables["projects"], tables["project_funders"]
    dashes = projects["funder_text"].fillna("").str.count(SPACED_DASH)
    chains = projects["project_id"].map(funding["via_funder_id"].notna().groupby(funding["project_id"]).sum()).fillna(0)
    return Verdict(where(dashes > 0, dashes == chains), projects["funder_text"])


@rule("funder-spellings")
def funder_spellings(tables: Tables, as_of: str) -> Verdict:
    spelt = tables["project_funders"].groupby("funder_id")["as_published"].unique()
    forms = tables["funders"]["funder_id"].map(spelt)
    return Verdict(forms.map(len).eq(1).astype("boolean"), forms.map(lambda f: " · ".join(sorted(f))))


@rule("phone-form")
def phone_form(tables: Tables, as_of: str) -> Verdict:
    points = tables["contact_points"]
    usual = points["as_published"].fillna("").map(is_usual_phone)
    return Verdict(where(points["kind_code"] == "phone", usual), points["as_published"])


@rule("names-share-number")
def names_share_number(tables: Tables, as_of: str) -> Verdict:
    contacts = tables["contacts"]
    return Verdict(where(contacts["name"].notna(), contacts["other_names"].isna()), contacts["name"] + " · " + contacts["other_names"])


@rule("several-numbers")
def several_numbers(tables: Tables, as_of: str) -> Verdict:
    points = tables["contact_points"]
    phones = points[points["kind_code"] == "phone"].groupby("contact_id")["as_published"].unique()
    numbers = tables["contacts"]["contact_id"].map(phones)
    has = numbers.notna()
    forms = numbers.where(has, None).map(lambda f: sorted(f) if f is not None and not isinstance(f, float) else [])
    return Verdict(where(has, forms.map(len) < 2), forms.map(" · ".join))
