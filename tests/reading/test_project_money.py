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
