"""Rows and frames: kronor stay whole, words stay words, and lines follow each other as numbers."""

import re
from pathlib import Path

import pandas as pd
import pytest

from overkalix_data.documents.whole_text import WholeText
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import PATTERNS, ColumnType
from overkalix_data.schema.frames import frame, read_tables, rows_of, tidy_tables, write_tables
from overkalix_data.schema.records import Records


def test_kronor_are_whole_numbers_and_unknown_is_neither_nought_nor_empty() -> None:
    rows: list[dict[str, str | int | float | None]] = [{"total_cost_sek": 1_200_000}, {}, {"total_cost_sek": 0}]
    costs = frame(TABLES["projects"], rows)["total_cost_sek"]
    assert costs.dtype == "Int64"
    assert costs.isna().tolist() == [False, True, False]
    assert costs.to_csv(index=False, header=False).split() == ["1200000", '""', "0"]


def test_a_title_that_pandas_takes_for_nothing_is_read_back_as_it_is(tmp_path: Path) -> None:
    """`NA` is a short name of a nature area, `None` a surname: only an empty cell is unknown."""
    records, titles = Records(), ["NA", "None", "null", "nan"]
    for n, title in enumerate(titles):
        records.put("projects", project_id=f"p{n}", title=title, source_id="sida", status_code="ongoing")
    records.put("projects", project_id="p9", source_id="sida", status_code="ongoing")
    tables = tidy_tables(records)
    write_tables(tables, tmp_path)
    read = read_tables(tmp_path)
    assert [row["title"] for row in rows_of(read["projects"])] == [*titles, None]
    for name, table in tables.items():
        pd.testing.assert_frame_equal(read[name], table)


PAGE = WholeText("sida", "Mål: \n" * 200)


def test_rows_are_sorted_by_their_key_and_numbers_as_numbers() -> None:
    records = Records()
    for start in (900, 1000, 20):
        records.evidence.put(PAGE, (start, start + 5), "value", "label", "projects", "p", "title")
    told = [(row["start"], row["line"], row["quote"]) for row in records.table("evidence")]
    assert told == [(20, 4, "l: \nM"), (900, 151, "Mål: "), (1000, 167, " \nMål")]


def test_a_row_that_is_put_twice_keeps_what_it_was_given_first() -> None:
    records = Records()
    for name in ("Region Norrbotten", "Regionen"):
        assert records.put("funders", funder_id="region-norrbotten", name=name) == "region-norrbotten"
    assert [row["name"] for row in records.table("funders")] == ["Region Norrbotten"]
    for rule in ("label", "phrase"):
        records.evidence.put(PAGE, (0, 3), "value", rule, "projects", "p", "title")
    assert [row["rule_id"] for row in records.table("evidence")] == ["label"]


@pytest.mark.parametrize(("type_", "values", "others"), [
    ("edtf", ["2024", "2024-01", "2024-12-31"], ["24", "2024-00", "2024-13", "2024-1", "2024-01-00", "2024-01-32", "2024-01-01-"]),
    ("date", ["2024-01-31"], ["2024-01", "31/1 2024", "2024-01-31T12"]),
    ("id", ["move-on-up", "k-23b2d70b"], ["", "move on up", "a,b"]),
    ("url", ["https://exempel.se/projekt"], ["exempel.se", "ftp://exempel.se", "https://exempel.se/a b"]),
    ("hash", ["0" * 64, "a" * 64], ["0" * 63, "A" * 64, "g" * 64]),
])  # fmt: skip
def test_the_form_of_a_value(type_: ColumnType, values: list[str], others: list[str]) -> None:
    form = PATTERNS[type_]
    assert [v for v in [*values, *others] if re.match(form, v)] == values
