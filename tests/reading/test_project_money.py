"""Whose money a label without a name speaks of: the one it can only be, else nobody's."""

import pytest

from overkalix_data.schema.frames import rows_of
from tests.made.pages import tables_of


@pytest.mark.parametrize(("funders", "label", "whose"), [
    ("Almi", "Beviljat stöd", "almi"), ("Almi, Tillväxtverket", "Beviljat stöd", ""), ("Almi", "EU-stöd", ""),
    ("Europeiska socialfonden, Överkalix kommun", "EU-stöd", "esf"),
    ("Europeiska socialfonden, Europeiska regionala utvecklingsfonden", "EU-stöd", ""),
])  # fmt: skip
def test_an_amount_goes_to_the_only_funder_that_it_can_be_of(funders: str, label: str, whose: str) -> None:
    page = (
        f"Pågående projekt\n\nProjektnamn: Skogens väg\nMål: Att bygga.\nFinansiärer: {funders}\n{label}: 100 000 kr\n"
    )
    rows = rows_of(tables_of(page, checked=False)["project_funders"])
    granted = {row["funder_id"]: row["granted_sek"] for row in rows if row["granted_sek"] is not None}
    assert granted == ({whose: 100_000} if whose else {})


@pytest.mark.parametrize(("said", "grants"), [
    ("Bidrag: 9 000 kronor (Boverket)", {"boverket": 9000}), ("Bidrag: 9 000 kr (Boverket), 4 000 kr (Almi)", {"boverket": 9000, "almi": 4000}),
    ("Finansiärer: Naturvårdsverket (LONA) 9 000 kr", {"naturvardsverket": None, "lona": 9000}),
    ("Finansiärer:\nJordbruksverket via Leader Polaris\nVästra Götalandsregionen\nAlmi", {"jordbruksverket": None, "leader-polaris": None, "vastra-gotalandsregionen": None, "almi": None}),
])  # fmt: skip
def test_who_stands_in_a_bracket_or_on_a_line_of_their_own_pays(said: str, grants: dict[str, int | None]) -> None:
    tables = tables_of(f"Pågående projekt\n\nProjektnamn: Skogens väg\nMål: Att bygga.\n{said}\n", checked=False)
    assert {row["funder_id"]: row["granted_sek"] for row in rows_of(tables["project_funders"])} == grants


def test_a_fund_of_the_heading_that_a_programme_is_named_by_is_that_programme() -> None:
    page = (
        "Pågående Interreg-projekt\n\nProjektnamn: Skogens väg\nMål: Att bygga.\nFinansiärer: Interreg Sverige-Norge\n"
    )
    (row,) = rows_of(tables_of(page, checked=False)["project_funders"])
    assert row["funder_id"] == "interreg-sverige-norge"


@pytest.mark.parametrize(("beside", "whose"), [("Övriga finansiärer", "region-norrmark"), ("Bidragsgivare", "")])
def test_what_was_granted_is_not_of_those_who_pay_beside(beside: str, whose: str) -> None:
    page = f"Finansiär: Region Norrmark\n{beside}: Almi\nBeviljat stöd: 100 000 kr\n"
    tables = tables_of(f"Pågående projekt\n\nProjektnamn: Skogens väg\nMål: Att bygga.\n{page}", checked=False)
    rows = rows_of(tables["project_funders"])
    assert {row["funder_id"] for row in rows if row["granted_sek"]} == ({whose} if whose else set())


def test_a_register_gives_the_amount_to_who_has_granted() -> None:
    page = "Namn;Budget;Beslutat 1:1-stöd (tkr);Beslut av;Övr. finansiärer;Deltagargrupp;Sökt stöd\nSkogens väg;9;2;Region Norrmark;Almi;Äldre;7\nSjön;9;4;Region Norrmark;;Unga;8\n"
    rows = rows_of(tables_of(page, ".csv", checked=False)["project_funders"])
    paid = sorted((row["funder_id"], row["granted_sek"]) for row in rows if row["granted_sek"])
    assert paid == [("region-norrmark", 2000), ("region-norrmark", 4000)]


def test_a_programme_that_is_a_fund_has_granted() -> None:
    page = "Projekt;Program;EU-stöd;Medfinansiärer\nSjön;Europeiska socialfonden;4;Almi\nSkogen;Europeiska socialfonden;5;Almi\n"
    rows = rows_of(tables_of(page, ".csv", checked=False)["project_funders"])
    assert sorted((row["funder_id"], row["granted_sek"] or 0) for row in rows) == [
        *[("almi", 0)] * 2,
        ("esf", 4),
        ("esf", 5),
    ]
