"""Conclusions: sentences whose figures are the tables' own, in both languages, and none where nothing is known."""

import pandas as pd
import pytest

from overkalix_data import analyse
from overkalix_data.schema.frames import Tables, read_tables
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def clean() -> Tables:
    return read_tables(ROOT / "data" / "clean")


def test_funding_is_told_by_its_own_figures(clean: Tables) -> None:
    told = analyse.funding_conclusions(clean)
    funders = analyse.projects_per_funder(clean).set_index("name")["projects"]
    assert (
        told[0]
        == f"Tillväxtverket är den externa finansiär som är med i flest projekt: {funders['Tillväxtverket']} av 25."
    )
    assert "EU 18\u00a0%" in told[1]
    assert told[2].startswith(f"{len(analyse.eu_money(clean))} av 25")
    assert told[-1].startswith("Inget belopp är känt")
    rich = clean | {
        "project_funders": clean["project_funders"].assign(
            granted_sek=pd.array([1000] * len(clean["project_funders"]), "Int64")
        )
    }
    assert analyse.funding_conclusions(rich, "en")[-1].startswith("SEK\u00a059,000 ")


def test_themes_are_told_by_their_own_figures(clean: Tables) -> None:
    told = " ".join(analyse.theme_conclusions(clean))
    assert "”Skogsnäring”" not in told
    most = analyse.themes(clean)
    assert all(f"”{name}”" in told for name in most.loc[most["projects"] == most["projects"].max(), "name"])
    matrix = analyse.theme_matrix(clean)
    assert (
        matrix.drop(columns=["theme_code", "name", "name_en", "projects"]).sum().sum()
        == analyse.themes_by_funder(clean)["projects"].sum()
    )


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_an_empty_list_has_no_conclusions_of_what_is_not_there(clean: Tables, lang: str) -> None:
    empty = {name: frame.head(0) for name, frame in clean.items()}
    assert analyse.theme_conclusions(empty, lang) == []
    assert len(analyse.funding_conclusions(empty, lang)) == 2
