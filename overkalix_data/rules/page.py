"""Rules about the source itself: is it whole, unchanged, dated, and read to the last character?"""

from overkalix_data.rules.catalogue import Verdict, given, linked, rule, where
from overkalix_data.tables import Tables


@rule("project-none")
def project_none(tables: Tables, as_of: str) -> Verdict:
    return Verdict(linked(tables, "sources", "projects", "source_id"), tables["sources"]["path"])


@rule("text-unplaced")
def text_unplaced(tables: Tables, as_of: str) -> Verdict:
    return Verdict((tables["evidence"]["rule_id"] != "unplaced").astype("boolean"))


@rule("label-unknown")
def label_unknown(tables: Tables, as_of: str) -> Verdict:
    labels = tables["evidence"]["rule_id"].isin(["label", "unknown_label"])
    return Verdict(where(labels, tables["evidence"]["rule_id"] == "label"))


@rule("publisher-derived")
def publisher_derived(tables: Tables, as_of: str) -> Verdict:
    return Verdict(given(tables["sources"], "publisher_code"), tables["sources"]["path"])


@rule("source-changed")
def source_changed(tables: Tables, as_of: str) -> Verdict:
    sources = tables["sources"]
    declared = sources["declared_sha256"].notna()
    return Verdict(where(declared, sources["sha256"] == sources["declared_sha256"].fillna("")), sources["path"])


@rule("source-undated")
def source_undated(tables: Tables, as_of: str) -> Verdict:
    return Verdict(given(tables["sources"], "retrieved_on"), tables["sources"]["path"])
