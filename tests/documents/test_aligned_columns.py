"""Columns under their headings: empty cells stay empty, and what a cell is wrapped into stays in it."""

import pytest

from tests.made.pages import tables_of

TABLE = """\
Projekt             Projektägare        Beviljat av        Projekttid        Status
                                        Boverket (kr)
-----------------------------------------------------------------------------------
Bredband till       Åsarna              1 240 000          2023-02-01 –      Pågår
Åsarna              fiberförening                          2025-12-31

Samkörning          Skogsvidens           145 000                            Planerat
                    byalag
-----------------------------------------------------------------------------------
                                        1 385 000
Beloppen avser offentligt stöd, med reservation för ändringar.
"""


def test_wrapped_cells_and_empty_ones() -> None:
    tables = tables_of(TABLE)
    projects = tables["projects"].sort_values("first_line")
    said = projects[["title", "status_code", "start", "end"]].fillna("").to_numpy().tolist()
    assert said == [["Bredband till Åsarna", "ongoing", "2023-02-01", "2025-12-31"], ["Samkörning", "planned", "", ""]]
    assert sorted(tables["project_funders"]["granted_sek"]) == [145_000, 1_240_000]
    quotes = tables["evidence"].query("column == 'title'")["quote"]
    assert sorted(quotes) == ["Bredband till", "Samkörning", "Åsarna"]  # and nothing of the cells between


@pytest.mark.parametrize("below", [
    "Bron                Byalaget            100 000            2023              Pågår\n" * 2,
    "Bron                Byalaget            100 000            2023              Pågår\n\nen lång mening som går över flera kolumner\n",
])  # fmt: skip
def test_rows_of_a_line_each_are_cut_at_their_gaps(below: str) -> None:
    head = TABLE.splitlines()[0]
    assert tables_of(f"{head}\n{below}")["projects"]["title"].tolist()[:1] == ["Bron"]
