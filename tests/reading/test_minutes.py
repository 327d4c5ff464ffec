"""Minutes: a case that a project was applied for in is a project; what is only decided, refused or told is none."""

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.reading.title_form import case_named
from tests.made.pages import tables_of

LISTS = lists_for()


def test_all_that_minutes_tell_under_a_heading_is_of_its_one_grant() -> None:
    case = "§ {0} Ansökan om bygdemedel – {1}   Dnr LU 2025/{0}\n\nArbetet beräknas kosta 98 000 kronor.\n\nNämnden beslutar\natt bevilja Harsta IF {2} kronor ur Bygdefonden, samt\natt arbetet ska vara klart i maj 2026.\n\n"
    page = f"§ 1 Dagordning\n\nDen godkänns.\n\n{case.format(2, 'Ny spis', '9 000')}{case.format(3, 'Skidspår', '8 000')}§ 4 Information"
    tables = tables_of(page, checked=False)
    told = {(row.title, row.total_cost_sek, row.end) for row in tables["projects"].itertuples()}
    assert told == {("Ny spis", 98_000, "2026-05"), ("Skidspår", 98_000, "2026-05")}
    assert set(tables["project_funders"]["funder_id"]) == {"bygdefonden"}


LAG = """Leader Polaris
PROTOKOLL LAG-möte nr 4
Tid: torsdag 12 september 2024 kl. 09.00

§ 41 Mötets öppnande
Ordföranden hälsar välkommen.

§ 43 Ansökan 2024-1187 Byns matrunda
Sökande: Harsta IF
Totalkostnad: 800 000 kr
Tid: 2024-10-01–2026-09-30
Beslut: LAG beslutar att bevilja projektet 600 000 kr från Leader Polaris. Poäng 312.

§ 44 Ansökan 2024-1188 Byns lada
Sökande: Harsta IF
Totalkostnad: 90 000 kr
Beslut: LAG beslutar att avslå ansökan.

§ 45 Ekonomisk rapport
Budget för drift 2024 är 2 100 000 kr.
"""


def test_each_case_begins_a_project_whatever_label_comes_first_and_a_refused_one_is_none() -> None:
    tables = tables_of(LAG, checked=False)
    assert list(tables["projects"]["title"]) == ["Byns matrunda"]
    assert list(tables["projects"]["total_cost_sek"]) == [800_000]
    assert list(tables["project_funders"]["granted_sek"]) == [600_000]


def test_a_committee_decides_for_the_body_whose_minutes_they_are() -> None:
    case = "§ {0}    Dnr KS 24/{0}\n\nMedfinansiering av projektet {1}\n\nArbetsutskottet beslutar\natt bevilja Harsta IF {2} 000 kronor.\n\n"
    page = f"Kalix kommun    PROTOKOLL\n\n{case.format(2, 'Ny spis', 9)}{case.format(3, 'Skidspår', 8)}"
    tables = tables_of(page, checked=False)
    assert list(tables["projects"]["title"]) == ["Ny spis", "Skidspår"]
    assert set(tables["project_funders"]["funder_id"]) == {"kalix-kommun"}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("§ 43 Ansökan 2024-1187 Byns matrunda", "Byns matrunda"),
        ("§ 71 Ansökan om projektmedel: Tränoden", "Tränoden"),
        ("Medfinansiering av projektet Borgs arkiv", "Borgs arkiv"),
        ("§ 36 Slutredovisning av projektet Laga, låna, byta   Dnr KS 2022/118", "Laga, låna, byta"),
        ("§ 89 Ansökan om projektmedel – Fjällens nav     (RUN/412/2024)", "Fjällens nav"),
        ("§ 35 Ansökan om bidrag till Filmfestivalen", "Filmfestivalen"),
        ("§ 42 Val av justerare", ""),
    ],
)
def test_a_heading_names_what_was_applied_for(heading: str, name: str) -> None:
    found = case_named(heading, LISTS)
    assert (heading[slice(*found)] if found else "") == name
