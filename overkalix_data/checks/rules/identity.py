"""Rules about what tells one thing from another: ids, titles, organisation numbers, repeated text and contacts."""

from functools import partial

from overkalix_data.base.wording import fold
from overkalix_data.checks.rules.catalogue import Verdict, flags, where
from overkalix_data.schema.frames import Tables
from overkalix_data.values.org_number import org_number

TITLE_CHARACTERS = 140
"""360Giving's limit for a title."""
OVERLOAD_SHARE, OVERLOAD_LEAST = 0.5, 5
"""A contact answers for too many: more than this share of the projects with contacts, and more than this number."""


def period_reversed(tables: Tables, as_of: str) -> Verdict:
    """Compared at the precision both ends have: 2023 to 2023-05 is not reversed."""
    projects = tables["projects"]
    start, end = projects["start"], projects["end"]
    ends = [(s, e, min(len(s), len(e))) for s, e in zip(start.fillna(""), end.fillna(""), strict=True)]
    ok = flags((s[:n] <= e[:n] for s, e, n in ends), projects)
    return Verdict(where(start.notna() & end.notna(), ok), start + " – " + end)


def title_equals_text(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    rows = projects[["title", "goal", "purpose", "description"]].fillna("").itertuples(index=False)
    ok = flags((fold(title) not in map(fold, others) for title, *others in rows), projects)
    return Verdict(where(projects["title"].notna(), ok))


def title_too_long(tables: Tables, as_of: str) -> Verdict:
    titles = tables["projects"]["title"]
    return Verdict(where(titles.notna(), titles.str.len().fillna(0) <= TITLE_CHARACTERS))


def id_with_space(tables: Tables, as_of: str) -> Verdict:
    return Verdict(~tables["projects"]["project_id"].str.contains(r"\s", regex=True).astype("boolean"))


def org_number_form(tables: Tables, as_of: str) -> Verdict:
    numbers = tables["funders"]["org_number"]
    return Verdict(where(numbers.notna(), numbers.fillna("").str.fullmatch(r"\d{6}-\d{4}")))


def org_number_checksum(tables: Tables, as_of: str) -> Verdict:
    """The tenth digit is a Luhn check digit over the nine before it (Skatteverket, SKV 709)."""
    numbers = tables["funders"]["org_number"].fillna("")
    formed = numbers.str.fullmatch(r"\d{6}-\d{4}")
    return Verdict(where(formed, numbers.map(org_number) != ""))


def org_number_shared(tables: Tables, as_of: str) -> Verdict:
    numbers = tables["funders"]["org_number"]
    return Verdict(where(numbers.notna(), ~numbers.duplicated(keep=False)))


def contact_overload(tables: Tables, as_of: str) -> Verdict:
    links = tables["project_contacts"]
    load = tables["contacts"]["contact_id"].map(links["contact_id"].value_counts()).fillna(0).astype("Int64")
    heavy = (load > OVERLOAD_LEAST) & (load > OVERLOAD_SHARE * links["project_id"].nunique())
    return Verdict(where(load > 0, ~heavy), load.astype("string"))


def _stands_once(column: str, tables: Tables, as_of: str) -> Verdict:
    """Whether no other project has the same words there; blocks marked as duplicates are told by their own rule."""
    projects = tables["projects"]
    first = projects["duplicate_of"].isna()
    words = projects[column].fillna("").map(fold)
    repeated = words.map(words[first & (words != "")].value_counts()).fillna(0) > 1
    return Verdict(where(first & projects[column].notna(), ~repeated))


TABLED = {"title-shared": partial(_stands_once, "title"), "text-repeated": partial(_stands_once, "goal")}
