"""A contact card of the page: where it ends, and what only looks like one."""

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.documents.source import Source
from overkalix_data.reading.contact_cards import card_length
from tests.made.pages import tables_of

LISTS = lists_for()


@pytest.mark.parametrize(("lines", "length"), [
    ("Eva Ek\n0926-740 02\nNy skola", 2), ("Eva Ek\nNäringslivschef\n0926-740 02\neva.ek@example.se\nNy skola", 4),
    ("Kontakt\nEva Ek\nNäringslivschef\nKommunledningskontoret\n0926-740 02", 5),
    ("Eva Ek\nungdomscoach\n0926-740 02\nNy skola", 3),
    ("Eva Ek\nNäringslivschef\nKommunledningskontoret\nVåning 2\n0926-740 02", 0),
    ("Eva Ek\nNäringslivschef\nMål: Att rusta bron.\n0926-740 02", 0), ("Rusta bron vid forsen\n0926-740 02", 0),
    ("Eva Ek\nNäringslivschef", 0), ("Kontakt", 0),
])  # fmt: skip
def test_a_card_reaches_its_number_within_three_lines(lines: str, length: int) -> None:
    assert card_length(list(Source("sida", lines, "", "utf-8").lines), LISTS) == length


@pytest.mark.parametrize(("gap", "asked"), [("\n\n", set()), ("\n", {"+46980319290"})])
def test_whom_to_ask_of_the_page_stands_apart_from_its_last_project(gap: str, asked: set[str]) -> None:
    page = "Projekt\n\nSjön\nMål: Att gå.\nFinansiär: Almi\nPeriod: 2024\n\nSkogen\nMål: Att gå.\nFinansiär: Almi\nPeriod: 2025"
    tables = tables_of(f"{page}{gap}Telefon: 0980-319 290\n", checked=False)
    assert set(tables["contact_points"]["value"]) == asked
