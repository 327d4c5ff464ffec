"""Rules about what an EU-funded project must say: that the EU pays, by which fund, for what, with what result."""

import pandas as pd

from overkalix_data.analyse.eu import eu_agencies
from overkalix_data.base.codelist import codelist
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold, pattern
from overkalix_data.checks.rules.catalogue import Verdict, flags, given, texts, where, words
from overkalix_data.schema.frames import Tables

TEXTS = ("goal", "purpose", "description")


def _funds(tables: Tables) -> pd.Series:
    """project_id → the EU funds it names, as published."""
    funding = tables["project_funders"]
    named = funding[funding["role_code"] == "fund"].groupby("project_id")["as_published"]
    return named.agg(lambda texts: " · ".join(texts.dropna()))


def _has_fund(tables: Tables) -> pd.Series:
    return tables["projects"]["project_id"].isin(_funds(tables).index).astype("boolean")


def _shown(tables: Tables) -> pd.Series:
    return tables["projects"]["project_id"].map(_funds(tables).to_dict()).astype("string")


def fund_without_publicity(tables: Tables, as_of: str) -> Verdict:
    return Verdict(where(_has_fund(tables), given(tables["projects"], "publicity_text")), _shown(tables))


def publicity_without_fund(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    return Verdict(where(projects["publicity_text"].notna(), _has_fund(tables)), projects["publicity_text"])


def publicity_wrong_period(tables: Tables, as_of: str) -> Verdict:
    """A project starts within the programme period of its wording, and does not end before it, as far as known."""
    projects = tables["projects"]
    oks: list[bool | None] = []
    shown: list[str] = []
    for text, start, end in zip(*(projects[c].fillna("") for c in ("publicity_text", "start", "end")), strict=True):
        periods = [p for row, _ in lists_for().publicity.each(text) if (p := row["period"])]
        fits = [not (start[:4] > p[-4:] or (end or p)[:4] < p[:4]) for p in periods]
        oks.append(any(fits) if fits and (start or end) else None)
        shown.append(f"{text} ({', '.join(sorted(set(periods)))})")
    return Verdict(flags(oks, projects), words(shown, projects))


def eu_agency_without_fund(tables: Tables, as_of: str) -> Verdict:
    funding = tables["project_funders"]
    agency = funding["funder_id"].isin(list(eu_agencies(tables)))
    return Verdict(where(agency, funding["project_id"].isin(_funds(tables).index)), funding["as_published"])


def eu_project_without_goal(tables: Tables, as_of: str) -> Verdict:
    return Verdict(where(_has_fund(tables), texts(tables["projects"], "goal", "purpose") != ""), _shown(tables))


def eu_project_without_result(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    has_results = [lists_for().result_words.search(t) is not None for t in texts(projects, *TEXTS)]
    applies = _has_fund(tables) & (projects["status_code"] == "completed")
    ok = flags(has_results, projects) | projects["results"].notna()
    return Verdict(where(applies, ok), _shown(tables))


def fund_logotype_missing(tables: Tables, as_of: str) -> Verdict:
    """A logotype shows the fund that its alt text names; one that names the EU and no fund stands for each fund."""
    funders, logotypes, funding = tables["funders"], tables["logotypes"], tables["project_funders"]
    fund_names = {fold(row["name"]) for row in codelist("funders") if row["funder_type_code"] == "eu_fund"}
    pairs = logotypes[["name", "as_published"]].fillna("").itertuples(index=False)
    seen = [(fold(name), text) for name, text in pairs]
    whole_eu = any(lists_for().eu_emblem_words.search(t) for n, t in seen if n not in fund_names)
    shown = [
        whole_eu or any(fold(name) == n or pattern(name).search(t) for n, t in seen)
        for name in funders["name"].fillna("?")
    ]
    applies = funders["funder_id"].isin(funding.loc[funding["role_code"] == "fund", "funder_id"])
    return Verdict(where(applies, flags(shown, funders)), funders["name"])


def logotype_without_project(tables: Tables, as_of: str) -> Verdict:
    logotypes, funders = tables["logotypes"], tables["funders"]
    paying = funders.loc[funders["funder_id"].isin(tables["project_funders"]["funder_id"]), "name"]
    return Verdict(where(logotypes["name"].notna(), logotypes["name"].isin(paying)), logotypes["name"])
