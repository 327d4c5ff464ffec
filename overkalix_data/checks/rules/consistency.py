"""Rules about one thing written in several ways, or several things in one way."""

import pandas as pd

from overkalix_data.analyse.one_per_project import copies
from overkalix_data.analyse.settled import answered_once
from overkalix_data.base.wording import DASHES
from overkalix_data.base.words import LANGUAGES, say
from overkalix_data.checks.rules.catalogue import Verdict, flags, of_key, where, words
from overkalix_data.schema.frames import Tables, cells
from overkalix_data.values.phone_email import is_usual_phone, national_form

SPACED_DASH = rf"\s[{DASHES}]\s?|\s?[{DASHES}]\s"


@answered_once
def written_out(tables: Tables) -> dict[str, str]:
    """project_id → its funders as they should be written: commas between them, a dash only in a chain of EU money."""
    names = dict(zip(*(cells(tables["funders"][c]) for c in ("funder_id", "name")), strict=True))
    links = tables["project_funders"].sort_values(["project_id", "position"])
    fields: dict[str, list[str]] = {}
    columns = (cells(links[c]) for c in ("project_id", "funder_id", "via_funder_id"))
    for project, funder, via in zip(*columns, strict=True):
        field, name = fields.setdefault(project, []), str(names.get(funder, funder or ""))
        if via and field and field[-1] == names.get(via):
            field[-1] = f"{field[-1]} – {name}"
        else:
            field.append(name)
    return {project: ", ".join(field) for project, field in fields.items()}


def funder_label_missing(tables: Tables, as_of: str) -> Verdict:
    projects, evidence = tables["projects"], tables["evidence"]
    labelled = evidence[
        (evidence["column"] == "funder_text")
        & (evidence["use_code"] == "value")
        & evidence["rule_id"].isin(["label", "own_label"])
    ]
    ok = projects["project_id"].isin(labelled["row_id"])
    suggestion = "Finansiärer: " + of_key(projects["project_id"], written_out(tables))
    return Verdict(where(projects["funder_text"].notna(), ok), projects["funder_text"], suggestion)


def duplicate_block(tables: Tables, as_of: str) -> Verdict:
    """Of one page: a project that another page tells too is no block twice, and may differ (`sources-disagree`)."""
    projects, links = tables["projects"], tables["project_links"]
    twins = dict(
        links.loc[links["relation_code"] == "duplicate", ["project_id", "target"]].itertuples(index=False, name=None)
    )
    elsewhere = projects["project_id"].isin(list(copies(tables)))
    twin = projects["duplicate_of"].mask(elsewhere, of_key(projects["project_id"], twins))
    named = projects[["project_id", "label", "first_line"]].itertuples(index=False, name=None)
    places = [(key, {"label": label, "line": line}) for key, label, line in named]
    sv, en = (of_key(twin, {key: say("check.project", lang, **of) for key, of in places}) for lang in LANGUAGES)
    return Verdict(twin.isna().astype("boolean"), sv.fillna(twin), value_en=en.fillna(twin))


def separator_ambiguous(tables: Tables, as_of: str) -> Verdict:
    projects, funding = tables["projects"], tables["project_funders"]
    dashes = projects["funder_text"].fillna("").str.count(SPACED_DASH)
    chains = projects["project_id"].map(funding["via_funder_id"].notna().groupby(funding["project_id"]).sum()).fillna(0)
    suggestion = of_key(projects["project_id"], written_out(tables))
    return Verdict(where(dashes > 0, dashes == chains), projects["funder_text"], suggestion)


def funder_spellings(tables: Tables, as_of: str) -> Verdict:
    return _published_once(tables["funders"], "funder_id", tables["project_funders"], tables["funders"]["name"])


def phone_form(tables: Tables, as_of: str) -> Verdict:
    points = tables["contact_points"]
    usual = points["as_published"].fillna("").map(is_usual_phone)
    return Verdict(
        where(points["kind_code"] == "phone", usual), points["as_published"], points["value"].map(national_form)
    )


def names_share_number(tables: Tables, as_of: str) -> Verdict:
    contacts = tables["contacts"]
    forms = contacts["name"] + " · " + contacts["other_names"]
    return Verdict(where(contacts["name"].notna(), contacts["other_names"].isna()), forms, contacts["name"])


def several_numbers(tables: Tables, as_of: str) -> Verdict:
    points = tables["contact_points"]
    return _published_once(tables["contacts"], "contact_id", points[points["kind_code"] == "phone"])


def _published_once(
    frame: pd.DataFrame, key: str, published: pd.DataFrame, suggestion: pd.Series | None = None
) -> Verdict:
    """Whether each row of `frame` is published in one form only; it applies where there is one, and shows them all."""
    forms_of = published.dropna(subset=["as_published"]).groupby(key)["as_published"].unique().to_dict()
    forms = [sorted(forms_of.get(one, [])) for one in frame[key]]
    ok = flags((len(f) == 1 if f else None for f in forms), frame)
    return Verdict(ok, words((" · ".join(f) for f in forms), frame), suggestion)
