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
