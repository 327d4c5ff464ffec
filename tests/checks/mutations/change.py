"""The mutation table: for each rule one changed cell that makes it fail (or, where nearly all rows fail, pass once more)."""

from collections.abc import Callable

import pandas as pd

from overkalix_data.schema.frames import Tables

Change = Callable[[Tables], None]


def cell(table: str, where: str, column: str, value: object) -> Change:
    """Sets one column of the rows that fit a query."""

    def change(tables: Tables) -> None:
        rows = tables[table].query(where).index[:1]
        assert len(rows) == 1, where
        tables[table].loc[rows, column] = value

    return change


def both(*changes: Change) -> Change:
    """Several changes that together are one: a rule on two columns needs both."""

    def change(tables: Tables) -> None:
        for one in changes:
            one(tables)

    return change


def without(table: str, where: str) -> Change:
    """Drops the rows that fit a query."""

    def change(tables: Tables) -> None:
        tables[table] = tables[table].drop(tables[table].query(where).index).reset_index(drop=True)

    return change


def same_project(relation: str, first: str) -> Change:
    """The project that has the one link of that relation stands on another page as `first`."""

    def change(tables: Tables) -> None:
        links = tables["project_links"]
        row = links.index[links["relation_code"] == relation][0]
        links.loc[row, ["relation_code", "target"]] = "same_project", first
        cell("projects", f"project_id == '{links.loc[row, 'project_id']}'", "duplicate_of", first)(tables)

    return change


MOVE, FAIR = "project_id == 'move-on-up'", "project_id == 'overkalix-kommun-samverkan-nolia-ab'"
MUTATIONS: dict[str, Change] = {
    "project-none": cell("sources", "index == 0", "source_id", "another-source"),
    "text-unplaced": cell("evidence", "rule_id == 'card'", "rule_id", "unplaced"),
    "reading-uncertain": cell("evidence", "rule_id == 'card'", "rule_id", "other_layout"),
    "source-byte": cell("evidence", "rule_id == 'card'", "rule_id", "wrong_byte"),
    "value-unread": cell("evidence", "column == 'start'", "rule_id", "unread_date"),
    "label-unknown": cell("evidence", "rule_id == 'label'", "rule_id", "unknown_label"),
    "publisher-derived": cell("sources", "index == 0", "publisher_code", pd.NA),
    "sheet-unread": cell("evidence", "rule_id == 'card'", "rule_id", "other_sheet"),
    "source-changed": cell("sources", "index == 0", "declared_sha256", "0" * 64),
    "title-missing": cell("projects", MOVE, "title", pd.NA),
    "goal-missing": cell("projects", "project_id == 'marknadsfora-kommunen-naringslivskommun'", "goal", pd.NA),
    "target-group-missing": without("project_target_groups", FAIR),
    "contact-missing": without("project_contacts", FAIR),
    "period-ended": cell("projects", "project_id == 'marknadsfora-kommunen-naringslivskommun'", "end", "2026-10"),
    "duplicate-block": cell("projects", FAIR, "duplicate_of", "move-on-up"),
    "sources-disagree": same_project("website", "move-on-up"),  # other funders than those of Move on Up
    "status-unknown": both(*(
        cell("projects", "project_id == 'marknadsfora-kommunen-naringslivskommun'", *to) for to in (("status_basis", "published"), ("status_code", "unknown")))),
    "funder-unknown": cell("funders", "funder_id == 'almi'", "funder_type_code", pd.NA),
    "funder-spellings": cell("project_funders", "funder_id == 'leader-polaris'", "as_published", "LEADER Polaris"),
    "target-group-unknown": cell("target_groups", "target_group_id == 'skogsbolag'", "category_code", pd.NA),
    "phone-invalid": cell("contact_points", "value == '+46701153356'", "value", "070-1"),
    "phone-form": cell("contact_points", "value == '+46701153356'", "as_published", "0701153356"),
    "names-share-number": cell("contacts", "name == 'Anna Widén'", "other_names", "Anna W"),
    "funder-missing": without("project_funders", "project_id == 'marknadsfora-kommunen-naringslivskommun'"),
    "fund-without-channel": cell("project_funders", "via_funder_id == 'lansstyrelsen-norrbotten'", "via_funder_id", pd.NA),
    "funder-label-missing": cell("evidence", "column == 'funder_text' and use_code == 'value' and rule_id == 'label'", "rule_id", "phrase"),
    "separator-ambiguous": cell("projects", "project_id == 'marknadsfora-kommunen-naringslivskommun'", "funder_text",
                                "Överkalix kommun – Tillväxtverket"),
}  # fmt: skip
CLEAN: dict[str, Change] = {
    "sources-disagree": same_project("duplicate", "forbattra-rekrytering-personal-kommunen-privata")
}
REPAIRS: dict[str, Change] = {  # rules that fail for (nearly) all on the page: there one cell makes one row pass
    "amount-missing": cell("projects", FAIR, "total_cost_sek", 400_000),
    "period-missing": cell("projects", FAIR, "start", "2022-06"),
    "source-undated": cell("sources", "index == 0", "retrieved_on", "2026-11-23"),
    "several-numbers": without("contact_points", "value == '+46926585063'"),
}
ALONG = {  # what cannot but change with it: the same cell, or the same row, is what the other rule asks too
    "fund-without-channel": {"fund-without-channel", "separator-ambiguous"},
    "period-ended": {"period-ended", "period-missing"},
    "several-numbers": {"several-numbers", "phone-form"},
    "amount-missing": {"amount-missing", "total-without-parts"},
    "period-missing": {"period-missing", "open-ended"},
}
