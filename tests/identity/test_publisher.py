"""Whose page it is, where nothing says so: the municipality that funds more than half of its projects."""

import pytest

from tests.made.pages import page, tables_of


@pytest.mark.parametrize(("funders", "code"), [
    (("Pajala kommun", "Pajala kommun, Almi", "Almi"), "2521"), (("Pajala kommun", "Almi"), None),
    (("Pajala kommun", "Kiruna kommun", "Almi"), None),
])  # fmt: skip
def test_a_page_is_of_the_municipality_that_funds_most_of_it(funders: tuple[str, ...], code: str | None) -> None:
    told = tables_of(page(*funders), checked=False)["projects"]["publisher_code"]
    assert told.astype(object).where(told.notna(), None).tolist() == [code] * len(funders)
