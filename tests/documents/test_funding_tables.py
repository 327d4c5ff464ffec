"""Tables of who pays what: one under its project, and one beside a register that names the project by its number."""

from collections.abc import Sequence

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.documents.funding_tables import joined, write_funding
from overkalix_data.documents.placed_text import Cell, Rows, Writer, cell_of

LISTS = lists_for()
REGISTER = ["Id;Projektnamn;Projektägare", "A1;Ny brygga;Byaföreningen", "A2;Grön skola;Norrbygda kommun"]


def rows(*lines: str) -> Rows:
    text = "\n".join(lines)
    found, at = list[Sequence[Cell]](), 0
    for line in lines:
        cells, start = list[Cell](), at
        for words in line.split(";"):
            cells.append(cell_of(text, start, start + len(words)))
            start += len(words) + 1
        found.append(cells)
        at += len(line) + 1
    return found


def test_a_table_of_payers_is_lines_of_the_project_above_it() -> None:
    out = Writer()
    assert write_funding(
        rows("Finansiär;Belopp;Andel", "Almi;5 000;20 %", "Vinnova;20 000 kr;80 %", "Summa;25 000;"), out, LISTS
    )
    assert "".join(out.chars).split("\n")[:2] == ["Finansiärer: Almi 5 000 kr", "Finansiärer: Vinnova 20 000 kr"]
    assert {why for *_, why in out.told} == {"column", "part_of_sum", "sum_row"}


@pytest.mark.parametrize("head", ["Projektnamn;Finansiär;Belopp", "Namn;Telefon;E-post", "Finansiär;Kontakt;Telefon"])
def test_another_table_is_none(head: str) -> None:
    assert not write_funding(rows(head, "a;b;c"), Writer(), LISTS)


def test_payers_beside_a_register_stand_behind_their_project() -> None:
    both = joined(
        rows(*REGISTER), rows("Id;Finansiär;Beviljat", "A1;Almi;5 000", "A1;Vinnova;7 000", "A2;Almi;9 000"), LISTS
    )
    assert both is not None
    assert [[cell.words for cell in row] for row in both[1:3]] == [
        ["A1", "Ny brygga", "Byaföreningen", "", ""],
        ["A1", "", "", "Almi", "5 000"],
    ]
    assert len(both) == 1 + 2 + 3


@pytest.mark.parametrize(
    "lines", [["Id;Finansiär;Beviljat", "X9;Almi;5 000"], ["Nr;Finansiär;Beviljat", "A1;Almi;5 000"]]
)
def test_payers_of_other_projects_are_not_joined(lines: list[str]) -> None:
    assert joined(rows(*REGISTER), rows(*lines), LISTS) is None
