"""Rules about time: dates that cannot be, and a status that time has overtaken."""

from datetime import date
from functools import partial

import pandas as pd

from overkalix_data.checks.rules.catalogue import Verdict, flags, where, words
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


def source_old(tables: Tables, as_of: str) -> Verdict:
    retrieved, today = tables["sources"]["retrieved_on"], date.fromisoformat(as_of)
    is_new = ((today - date.fromisoformat(d or as_of)).days <= OLD_DAYS for d in retrieved.fillna(""))
    return Verdict(where(retrieved.notna(), flags(is_new, retrieved)), retrieved)


def source_in_future(tables: Tables, as_of: str) -> Verdict:
    retrieved = tables["sources"]["retrieved_on"]
    return Verdict(where(retrieved.notna(), ~_ahead(retrieved, as_of)), retrieved)


def period_far_future(tables: Tables, as_of: str) -> Verdict:
    projects, period = tables["projects"], _period(tables["projects"])
    latest = f"{int(as_of[:4]) + FAR_YEARS}{as_of[4:]}"
    far = _ahead(projects["start"], latest) | _ahead(projects["end"], latest)
    return Verdict(where(period != "", ~far), period)


def period_far_past(tables: Tables, as_of: str) -> Verdict:
    projects, period = tables["projects"], _period(tables["projects"])
    far = _passed(projects["start"], EU_ENTRY) | _passed(projects["end"], EU_ENTRY)
    return Verdict(where(period != "", ~far), period)


def _overtaken(status: str, end: str, is_past: bool, tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    applies = (projects["status_code"] == status) & projects[end].notna()
    overtaken = (_passed if is_past else _ahead)(projects[end], as_of)
    return Verdict(where(applies, ~overtaken), projects[end])


OVERTAKEN = {
    "started-but-planned": ("planned", "start", True), "not-started-but-ongoing": ("ongoing", "start", False),
    "period-ended": ("ongoing", "end", True), "completed-before-end": ("completed", "end", False),
}  # fmt: skip
"""Rule → the status that time has overtaken, and the end of the period that must not be past (else: not ahead)."""
TABLED = {rule_id: partial(_overtaken, *of) for rule_id, of in OVERTAKEN.items()}


def follow_up_but_ongoing(tables: Tables, as_of: str) -> Verdict:
    projects, links = tables["projects"], tables["project_links"]
    targets = links[links["relation_code"] == "follow_up"].groupby("project_id")["target"].agg(" · ".join).to_dict()
    follow_up = projects["project_id"].map(targets).astype("string")
    applies = follow_up.notna() & projects["status_code"].isin(["ongoing", "completed"])
    return Verdict(where(applies, projects["status_code"] == "completed"), follow_up)


def open_ended(tables: Tables, as_of: str) -> Verdict:
    projects = tables["projects"]
    return Verdict(where(projects["start"].notna(), projects["end"].notna()), projects["start"])


def coverage_shrunk(tables: Tables, as_of: str) -> Verdict:
    """Projects end and leave, but seldom many at once: with a fifth gone the page, or its reading, broke."""
    snapshots = tables["snapshots"]
    before = snapshots["previous_id"].map(snapshots.set_index("source_id")["projects"]).astype("Int64")
    value = before.astype("string") + " → " + snapshots["projects"].astype("string")
    return Verdict(where(before.notna(), snapshots["projects"] >= before * (1 - GONE_SHARE)), value)


def labels_vanished(tables: Tables, as_of: str) -> Verdict:
    snapshots = tables["snapshots"]
    labels = snapshots.set_index("source_id")["label_text"].fillna("").str.split("; ").map(set).to_dict()
    pairs = zip(snapshots["source_id"], snapshots["previous_id"].fillna(""), strict=True)
    gone = words(("; ".join(sorted(labels.get(old, set()) - labels[new])) for new, old in pairs), snapshots)
    return Verdict(where(snapshots["previous_id"].notna(), gone == ""), gone)
