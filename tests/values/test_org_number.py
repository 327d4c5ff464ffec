"""Organisation numbers: one form, or none; and each that the lists give has its source, its day and its check digit."""

import pytest

from overkalix_data.base.codelist import Row, codelist
from overkalix_data.values.org_number import org_number


@pytest.mark.parametrize(
    "words", ["202100-6149", "2021006149", "16-202100-6149", "162021006149", "SE202100614901", " SE-202100-6149 "]
)
def test_an_organisation_number_has_one_form(words: str) -> None:
    assert org_number(words) == "202100-6149"


@pytest.mark.parametrize("words", ["202100-6148", "811218-9876", "20210061490", "GB744495211", "", "okänt"])
def test_what_is_none_gives_none(words: str) -> None:
    assert org_number(words) == ""


@pytest.mark.parametrize(("name", "least"), [("funders", 19), ("municipalities", 58)])
def test_each_number_of_the_lists_has_its_source_day_and_check_digit(name: str, least: int) -> None:
    numbered: list[Row] = [row for row in codelist(name) if row["org_number"]]
    assert len(numbered) >= least
    assert all(org_number(r["org_number"]) == r["org_number"] for r in numbered)
    assert all(r["org_number_source"] and r["org_number_date"] for r in numbered)
    assert len({r["org_number"] for r in numbered}) == len(numbered)
