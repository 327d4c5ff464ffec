"""What headings of registers mean, put in ways that no list has word for word."""

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.documents.column_meaning import column_of

LISTS = lists_for()


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Projektets totala budget (SEK)", "total"),
        ("LONA-projektets namn", "title"),
        ("Förväntat slutdatum", "end"),
        ("För vem?", "target_group"),
        ("Kontakt i kommunen", "contact"),
        ("Stödmottagarens namn", "owner"),
        ("Kontaktperson e-post", "points"),
        ("Finansiärens belopp (kr)", "granted"),
        ("TOTALKOSTN_KR", "total"),
        ("STARTDAT", "start"),
    ],
)
def test_a_heading_is_known_by_its_head(heading: str, field: str) -> None:
    assert column_of(heading, LISTS).field == field


@pytest.mark.parametrize(
    "heading", ["Anslag 1:1 från Kils kommun", "Beviljat från Kils kommun år 1", "Belopp, Kils kommun"]
)
def test_a_heading_tells_who_pays(heading: str) -> None:
    assert column_of(heading, LISTS).funder == "Kils kommun"


@pytest.mark.parametrize("heading", ["Sökt belopp", "Org", "Väder", "Antal deltagare", "START"])
def test_a_heading_is_not_taken_for_a_like_one(heading: str) -> None:
    assert column_of(heading, LISTS).field not in ("granted", "total", "title", "end")
