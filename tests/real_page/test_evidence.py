"""Every value points at the characters it came from, and nothing of the page is lost."""

import pandas as pd

from overkalix_data.documents.source import Source
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables

PUBLISHED = {  # table → the columns whose non-empty values must have evidence of their own
    "projects": ["title", "goal", "purpose", "results", "description", "target_group_text", "funder_text", "contact_text", "start", "end",
                 "unit", "section_text", "project_type_code", "publicity_text"],
    "project_funders": ["funder_id"],
    "project_contacts": ["contact_id"],
    "project_target_groups": ["target_group_id"],
    "project_themes": ["matched_text"],
    "project_places": ["place_id"],
    "contacts": ["name", "other_names", "role_title", "organisation"],
    "contact_points": ["value"],
    "logotypes": ["as_published"],
}  # fmt: skip


def test_quote_is_exactly_the_slice_and_stands_on_its_line(tables: Tables, source: Source) -> None:
    for row in tables["evidence"].itertuples():
        assert source.text[row.start : row.end] == row.quote
        assert source.lines[row.line - 1].start <= row.start <= source.lines[row.line - 1].end


def test_every_character_of_the_page_is_inside_a_span(tables: Tables, source: Source) -> None:
    covered = bytearray(len(source.text))
    for row in tables["evidence"].itertuples():
        covered[row.start : row.end] = b"\x01" * (row.end - row.start)
    lost = [(source.line_at(n), c) for n, c in enumerate(source.text) if not c.isspace() and not covered[n]]
    assert lost == []


def test_nothing_is_unplaced_on_the_real_page(tables: Tables) -> None:
    assert (tables["evidence"]["use_code"] != "unplaced").all()


def test_every_published_value_has_evidence(tables: Tables) -> None:
    cells = set(zip(*(tables["evidence"][c].fillna("") for c in ("table", "row_id", "column")), strict=True))
    for name, columns in PUBLISHED.items():
        key = list(TABLES[name].key)
        for _, row in tables[name].iterrows():
            row_id = "|".join("" if pd.isna(row[k]) else str(row[k]) for k in key)
            for column in columns:
                assert pd.isna(row[column]) or (name, row_id, column) in cells, (name, row_id, column)


def test_evidence_points_only_at_rows_that_exist(tables: Tables) -> None:
    for name, rows in tables["evidence"].dropna(subset=["table"]).groupby("table"):
        key = list(TABLES[str(name)].key)
        ids = {
            "|".join("" if pd.isna(v) else str(v) for v in row)
            for row in tables[str(name)][key].itertuples(index=False)
        }
        assert set(rows["row_id"]) <= ids


def test_a_status_of_the_heading_quotes_the_heading(tables: Tables) -> None:
    evidence = tables["evidence"]
    says = evidence[(evidence["column"] == "status_code")].set_index("row_id")["quote"]
    finished = tables["projects"].query("status_basis == 'heading'")["project_id"]
    assert set(says[finished]) == {"Avslutade projekt"}
