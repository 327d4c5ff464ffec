"""Layouts whose structure tells what is a label: forms, facts on a line, blocks of heading and text, hits and places."""

import json
from io import BytesIO

import pytest
from openpyxl import Workbook

from overkalix_data.base.lists import lists_for
from overkalix_data.documents.line_facts import facts_in
from tests.made.pages import tables_of
from tests.made.registers import tables_of_bytes

FORM = [
    ["Hedemåla kommun"],
    ["Projektets namn", "Äldre lär unga", None, "Status", "Avslutat"],
    ["Projektägare", "Hedemåla kommun", None, "Startdatum", "2024-08-19"],
    ["Syfte", "Att ta vara på hantverk", None, "Slutdatum", "2026-06-12"],
    ["Finansiär", "Belopp (tkr)"],
    ["Folkbildningsrådet", 300],
    ["Hedemåla kommun", 120],
    ["Total kostnad (kr)", 420000],
]
EMPTY = [
    ["Projektets namn", None, None, "Status"],
    ["Projektägare", None, None, "Startdatum"],
    ["Syfte", None, None, "Slutdatum"],
    ["Mål", None, None, "Målgrupp"],
]


def test_a_form_with_labels_in_two_columns_and_its_payers() -> None:
    book, file = Workbook(), BytesIO()
    for sheet, rows in ((book.active, FORM), (book.create_sheet("Mall"), EMPTY)):
        for row in rows:
            sheet.append(row)
    book.save(file)
    tables = tables_of_bytes(file.getvalue(), ".xlsx")
    (project,) = tables["projects"].to_dict("records")  # the empty form is none
    assert (project["title"], project["status_code"]) == ("Äldre lär unga", "completed")
    assert (project["start"], project["end"], project["total_cost_sek"]) == ("2024-08-19", "2026-06-12", 420_000)
    assert _granted(tables) == {"Folkbildningsrådet": 300_000, "Hedemåla kommun": 120_000}


def _granted(tables) -> dict[str, int]:
    return tables["project_funders"].set_index("as_published")["granted_sek"].to_dict()


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Utförare: Byalaget; Övriga betalar: Leader Polaris; Ska vara klart: 2027", 3),
        ("Kom: onsdag | Ta med: kaffe | Plats: logen", 3),  # a line of facts, whatever they are of
        ("Utförare: Byalaget; Övriga betalar: Leader Polaris", 1),  # two may be a sentence
        ("Vi minns: allt; och mer: sådant; Ska vara klart: 2027", 1),
    ],
)
def test_a_line_all_of_labels_and_values_is_its_facts(line: str, facts: int) -> None:
    assert len(facts_in(line, lists_for())) + 1 == facts


TABLE = """<h1>Åtgärder</h1><p>{above}</p><table>{caption}<tr><th>Åtgärd</th><th>Stödmottagare</th>
<th>Bidrag från Klimatklivet</th><th>Total kostnad</th><th>Läge</th></tr>
<tr><td>Biogas ur gödsel<sup>1</sup></td><td>Kvarnbo Lantbruk AB</td><td>820</td><td>1 710</td><td>Pågår</td></tr>
<tr><td>Damm på 40 m<sup>2</sup></td><td>Kvarnbo Lantbruk AB</td><td>765</td><td>1 531</td><td>Klart</td></tr></table>"""


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("Alla belopp i tkr.", ""),
        ("", "<caption>Belopp i tusental kronor</caption>"),
        ("Listan förs. Belopp i tkr.", ""),
    ],
)
def test_the_unit_of_a_table_is_told_over_it_and_a_footnotes_number_is_no_word(above: str, caption: str) -> None:
    tables = tables_of(TABLE.format(above=above, caption=caption), ".html", checked=False)
    assert list(tables["projects"]["title"]) == ["Biogas ur gödsel", "Damm på 40 m2"]
    assert list(tables["projects"]["total_cost_sek"]) == [1_710_000, 1_531_000]
    assert sorted(tables["project_funders"]["granted_sek"]) == [765_000, 820_000]


def test_blocks_of_a_heading_and_its_text_are_labels_and_values_each_object_by_itself() -> None:
    blocks = [
        ("Varför", "Laxen försvann när kraftverken kom."),
        ("Vart vi ska", "Hundra laxar."),
        ("Vilka betalar", "Vinnova: 90 000 kr"),
    ]
    pages = [
        {"titel": title, "innehall": [{"rubrik": label, "text": text} for label, text in blocks]}
        for title in ("Lax i ån", "Fiskelyckan")
    ]
    tables = tables_of(json.dumps([*pages, {"typ": "Kontor", "telefon": "0271-174 06"}]), ".json", checked=False)
    assert set(tables["projects"]["title"]) == {"Lax i ån", "Fiskelyckan"}
    assert set(tables["projects"]["goal"]) == {"Hundra laxar."}
    assert list(tables["project_funders"]["granted_sek"]) == [90_000, 90_000]
    assert tables["contacts"].empty  # the office is not the last project's


HITS = """{head}
Återbrukat tegel
Diarienummer: 2023-01877
Bidrag från Vinnova: 450 000 kronor
Projekttid: september 2023 – augusti 2025

{head2}
Drönare som räknar säl
Diarienummer: 2024-00319
Bidrag från Vinnova: 98 000 kronor
Projekttid: maj 2024 – november 2026
"""


@pytest.mark.parametrize("heads", [("Träff 1", "Träff 2"), ("ÅTVIDABERG", "BOXHOLM")])
def test_the_number_of_a_hit_or_a_place_in_capitals_is_no_title(heads: tuple[str, str]) -> None:
    tables = tables_of(HITS.format(head=heads[0], head2=heads[1]), checked=False)
    assert list(tables["projects"]["title"]) == ["Återbrukat tegel", "Drönare som räknar säl"]


CLOSE = """Matlådan
Dölj
Det här vill vi uppnå
Halva svinnet i skolköken.
Pengarna kommer från
Vinnova 750 000 kr
Hela kostnaden
1 miljon kronor

Hamnplanen
Dölj
Det här vill vi uppnå
En hamn för alla.
Pengarna kommer från
Boverket 80 000 kr
Hela kostnaden
200 000 kr
"""


def test_labels_close_over_their_values_and_a_button_under_the_title() -> None:
    tables = tables_of(CLOSE, checked=False)
    projects = tables["projects"].sort_values("title", ascending=False)
    assert list(projects["title"]) == ["Matlådan", "Hamnplanen"]
    assert list(projects["goal"]) == ["Halva svinnet i skolköken.", "En hamn för alla."]
    assert list(projects["total_cost_sek"]) == [1_000_000, 200_000]
    assert _granted(tables) == {"Vinnova": 750_000, "Boverket": 80_000}
