"""Rules about time: dates that cannot be, and a status that time has overtaken."""

from datetime import date

import pandas as pd

from overkalix_data.checks.rules.catalogue import Verdict, flags, rule, where, words
from overkalix_data.schema.frames import Tables

OLD_DAYS = 365
FAR_YEARS = 15
EU_ENTRY = "1995"
GONE_SHARE = 0.2


def _passed(dates: pd.Series, as_of: str) -> pd.Series:
    """Whether the whole year, month or day (EDTF: an interval) lies before the day."""
    return flags((bool(d) and d < as_of[: len(d)] for d in dates.fillna("")), dates)


def _ahead(dates: pd.Series, as_of: str) -> pd.Series:
    """Whether the whole year, month or day lies after the day."""
    return flags((bool(d) and d > as_of[: len(d)] for d in dates.fillna("")), dates)


def _period(projects: pd.DataFrame) -> pd.Series:
    """Start and end as a finding shows them."""
    pairs = projects[["start", "end"]].fillna("").itertuples(index=False)
    return words((" – ".join(filter(None, pair)) for pair in pairs), projects)


@rule("source-old")
def source_old(tables: Tables, as_of: str) -> Verdict:
    retrieved, today = tables["sources"]["retrieved_on"], date.fromisoformat(as_of)
    is_new = ((today - date.fromisoformat(d or as_of)).days <= OLD_DAYS for d in retrieved.fillna(""))
    return Verdict(where(retrieved.notna(), flags(is_new, retrieved)), retrieved)


@rule("source-in-future")
def source_in_future(tables: Tables, as_of: str) -> Verdict:
    retrieved = tables["sources"]["retrieved_on"]
    return Verdict(where(retrieved.notna(), ~_ahead(retrieved, as_of)), retrieved)


@rule("period-far-future")
def period_far_future(tables: Tables, as_of: str) -> Verdict:
    projects, period = tables["projects"], _period(tables["projects"])
    latest = f"{int(as_of[:4]) + FAR_YEARS}{as_of[4:]}"
    far = _ahead(projects["start"], latest) | _ahead(projects["end"], latest)
    return Verdict(where(period != "", ~far), period)


@rule("period-far-past")
def period_far_past(tables: Tables, as_of: str) -> Verdict:
    projects, period = tables["projects"], _period(tables["projects"])
    far = _passed(projects["start"], EU_ENTRY) | _passed(projects["end"], EU_ENTRY)
    return Verdict(where(period != "", ~far), period)


@rule("started-but-planned")
def started_but_planned(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    applies = (projects["status_code"] == "planned") & projects["start"].notna()
    return Verdict(where(applies, ~_passed(projects["start"], as_of)), projects["start"])


@rule("not-started-but-ongoing")
def not_started_but_ongoing(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    applies = (projects["status_code"] == "ongoing") & projects["start"].notna()
    return Verdict(where(applies, ~_ahead(projects["start"], as_of)), projects["start"])


@rule("period-ended")
def period_ended(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    applies = (projects["status_code"] == "ongoing") & projects["end"].notna()
    return Verdict(where(applies, ~_passed(projects["end"], as_of)), projects["end"])


@rule("completed-before-end")
def completed_before_end(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    applies = (projects["status_code"] == "completed") & projects["end"].notna()
    return Verdict(where(applies, ~_ahead(projects["end"], as_of)), projects["end"])


@rule("follow-up-but-ongoing")
def follow_up_but_ongoing(tables: Tables, as_of: str) -> Verdict:
    projects, links = tables["projects"], tables["project_links"]
    targets = links[links["relation_code"] == "follow_up"].groupby("project_id")["target"].agg(" · ".join).to_dict()
    follow_up = projects["project_id"].map(targets).astype("string")
    applies = follow_up.notna() & projects["status_code"].isin(["ongoing", "completed"])
    return Verdict(where(applies, projects["status_code"] == "completed"), follow_up)


@rule("open-ended")
def open_ended(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    return Verdict(where(projects["start"].notna(), projects["end"].notna()), projects["start"])


@rule("coverage-shrunk")
def coverage_shrunk(tables: Tables, as_of: str) -> Verdict:
    """Projects end and leave, but seldom many at once: more than a fifth gone means that the page, or its reading,
    broke."""
    snapshots = tables["snapshots"]
    before = snapshots["previous_id"].map(snapshots.set_index("source_id")["projects"]).astype("Int64")
    value = before.astype("string") + " → " + snapshots["projects"].astype("string")
    return Verdict(where(before.notna(), snapshots["projects"] >= before * (1 - GONE_SHARE)), value)


@rule("labels-vanished")
def labels_vanished(tables: Tables, as_of: str) -> Verdict:
    snapshots = tables["snapshots"]
    labels = snapshots.set_index("source_id")["label_text"].fillna("").str.split("; ").map(set).to_dict()
    pairs = zip(snapshots["source_id"], snapshots["previous_id"].fillna(""), strict=True)
    gone = words(("; ".join(sorted(labels.get(old, set()) - labels[new])) for new, old in pairs), snapshots)
    return Verdict(where(snapshots["previous_id"].notna(), gone == ""), gone)
