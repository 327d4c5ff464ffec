"""Names in bold or italics inside sentences: read as names in quotes, and with no character that is not theirs."""

from pathlib import Path

import pytest

from overkalix_data.documents.source import read_sources
from overkalix_data.reading.page_text import text_of
from tests.made.pages import tables_of

NEWS = """<main><h1>Tre projekt får stöd</h1>
<p>Mest går till projektet <strong>Hållbara hamnar</strong>. Region Skåne bidrar med 2 200 000 kronor. Syftet är att rusta kajerna.</p>
<p><strong>Rätt väg</strong> får 1 300 000 kronor av Region Skåne. Det är Harsta byalag som är projektägare. Projektet startar i maj 2024.</p>
<p>Till sist får <strong>Spelhuset</strong> 600 000 kronor av Region Skåne. Syftet är att pröva spel. Projektet startar i juni 2024.</p></main>"""
GRANTS = """<main><h1>Beviljat i höst</h1><p>Leader Polaris har beviljat bidrag.</p>
<p><b>150 tkr</b> till <b>Harsta Teaterlag</b> för <i>Hamnarbeterskan</i>, en vandrande föreställning.</p>
<p><b>80 tkr</b> till <b>Harsta Odlare</b> för <i>Pumpor åt alla</i>, där barn odlar. Målet är att skörda.</p></main>"""


def test_news_that_set_each_projects_name_in_bold_tell_of_each() -> None:
    tables = tables_of(NEWS, ".html", checked=False)
    assert set(tables["projects"]["title"]) == {"Hållbara hamnar", "Rätt väg", "Spelhuset"}
    funding = tables["project_funders"].set_index("project_id")["granted_sek"].to_dict()
    assert funding == {"hallbara-hamnar": 2_200_000, "ratt-vag": 1_300_000, "spelhuset": 600_000}
    owners = tables["project_details"].query("detail_code == 'beneficiary'")["value"].tolist()
    assert owners == ["Harsta byalag"]


def test_grants_name_in_italics_what_they_are_for() -> None:
    tables = tables_of(GRANTS, ".html", checked=False)
    assert set(tables["projects"]["title"]) == {"Hamnarbeterskan", "Pumpor åt alla"}
    owners = tables["project_details"].query("detail_code == 'beneficiary'")["value"]
    assert set(owners) == {"Harsta Teaterlag", "Harsta Odlare"}


@pytest.mark.parametrize(("html", "names"), [
    ("<p>Vi ger 5 000 kr till projektet <b>Ny brygga</b> i år.</p>", ["Ny brygga"]),
    ("<p>Projektet <b>Ny brygga</b> är klart.</p>", ["Ny brygga"]),
    ("<p>Vi ger <b>5 000 kr</b> till <b>Kils kommun</b> och <b>Eva Exempel</b>.</p>", []),  # none is a project's
    ("<p><b>Syfte:</b> att ge 5 000 kr</p><p><b>Ny brygga</b> ligger vid sjön.</p>", []),  # nothing says that it is one
    ("<p>5 000 kr till <b>Harsta Minne</b> för <i>Ny brygga</i>.</p><p>5 000 kr till <i>Bastun</i>, <b>Sjölund</b>.</p>",
     ["Ny brygga", "Bastun"]),  # titles are in italics, and whose they are in bold
])  # fmt: skip
def test_a_name_set_apart_is_a_projects_where_its_sentence_says_so(html: str, names: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    (source,) = read_sources(str(tmp_path / "a.html"))
    text = text_of(source).quoted
    assert [source.text[a:b] for a, b in text.names] == names
    assert len(text.text) == len(source.text)
    assert "”" not in source.text
