"""Labels that no list knows: what their values, and the stems of their words, tell."""

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.documents.label_by_values import field_of
from tests.made.pages import tables_of

LISTS = lists_for()


@pytest.mark.parametrize(
    ("label", "values", "field"),
    [
        ("Hålltider", ["2023-01-01 – 2024-12-31", "2025"], "period"),
        ("I dag", ["Pågår", "Avslutat"], "status"),
        ("Hos oss", ["070-174 06 01", "eva@example.se"], "contact"),
        ("Slantar", ["Leader Polaris 200 000 kr", "Vinnova 1,2 mkr"], "funder"),
        ("Avsändare av medel", ["Trafikverket", "Naturvårdsverket, Länsstyrelsen Skåne"], "funder"),
        ("Hela potten", ["200 000 kr", "1,2 mkr"], "total"),
        ("Vilka är med", ["Byaföreningen", "Norrbygda kommun"], "partners"),
        ("Håller i trådarna", ["Love Ankarberg", "Marit Hejdeman"], "contact"),
        ("Tanken", ["Att ge byn en plats.", "Att fler cyklar."], "purpose"),
        ("Det ska ha hänt när vi är klara", ["Tolv föreställningar i lika många byar."], "goal"),
        ("Vem ger pengar", ["Trafikverket", "Skolverket"], "funder"),
        ("Kontakt hos mottagaren", ["Love Ankarberg", "Marit Hejdeman"], "contact"),  # what stands first is what it is
        ("Börjar och slutar", ["2024-10 - 2026-06", "2025-01 - 2025-12"], "period"),  # two ends are no start
        ("Byar", ["Byaföreningen", "Norrbygda kommun"], ""),
        ("Annat", ["200 000 kr", "1,2 mkr"], ""),
        ("Hela potten", ["Leader Polaris"], ""),  # the words say an amount, the values are none
        ("Tanken", ["2025-01-01 – 2025-12-31"], "period"),
    ],
)
def test_values_and_stems_tell_together_and_only_what_both_can_be(label: str, values: list[str], field: str) -> None:
    assert field_of(label, values, LISTS) == field


def test_where_it_may_be_no_label_both_must_tell() -> None:
    assert field_of("Hålltider", ["2023 – 2024"], LISTS, is_sure=False) == ""
    assert field_of("Hela potten", ["200 000 kr"], LISTS, is_sure=False) == "total"
    assert field_of("Frågor", ["Eva Ek, 070-174 06 01"], LISTS, is_sure=False) == ""  # of the page, as likely


TERMS = """<h1>Satsningar</h1>
<h2>Kajkanten</h2><dl><dt>Tanken</dt><dd>Att byn får en kaj.</dd><dt>Peng från</dt><dd>Boverket 80 000 kr</dd>
<dt>Prislapp</dt><dd>200 000 kr</dd><dt>Löper</dt><dd>2024 – 2026</dd><dt>Hos oss svarar</dt><dd>Eva Ek, 070-174 06 01</dd></dl>
<h2>Lotsen</h2><dl><dt>Tanken</dt><dd>Att en väg in räcker.</dd><dt>Peng från</dt><dd>Tillväxtverket 90 000 kr</dd>
<dt>Löper</dt><dd>2021–2023</dd></dl>"""
REGISTER = """Satsningens namn;Läge;Börjar;Slutar;Avsändare av medel;Summa från avsändaren (tkr);Omslutning (tkr);Håller i trådarna
Cykelköket;Pågår;2025-03-01;2026-12-31;Trafikverket;740;1 480;Love Ankarberg
Äppelkartan;Avslutad;2022-01-10;2023-10-31;Leader Polaris;285,5;285,5;Marit Hejdeman
"""


@pytest.mark.parametrize(("suffix", "text"), [(".html", TERMS), (".csv", REGISTER)])
def test_a_list_in_words_of_its_own_is_read_by_its_values(suffix: str, text: str) -> None:
    tables = tables_of(text, suffix, checked=False)
    first = tables["projects"].set_index("title").loc["Kajkanten" if suffix == ".html" else "Cykelköket"]
    told = {f"{p['as_published']} {p['granted_sek']}" for _, p in tables["project_funders"].iterrows()}
    people = set(tables["contacts"]["name"].dropna())
    if suffix == ".html":
        assert (first["purpose"], first["total_cost_sek"]) == ("Att byn får en kaj.", 200_000)
        assert (first["start"], first["end"]) == ("2024", "2026")
        assert told == {"Boverket 80000", "Tillväxtverket 90000"}
        assert people == {"Eva Ek"}
    else:
        assert (first["total_cost_sek"], first["status_code"]) == (1_480_000, "ongoing")
        assert (first["start"], first["end"]) == ("2025-03-01", "2026-12-31")
        assert told == {"Trafikverket 740000", "Leader Polaris 285500"}
        assert people == {"Love Ankarberg", "Marit Hejdeman"}
    rules = set(tables["evidence"].query("use_code == 'value'")["rule_id"])
    assert "own_label" in rules  # what no list knows says so


def test_values_alone_make_no_project() -> None:
    plans = """<h1>Detaljplaner</h1><h3>Plan för Åkersvägen</h3><dl><dt>Planens syfte</dt><dd>Att bygga hus.</dd>
<dt>Samrådstid</dt><dd>2024-02-05 – 2024-03-04</dd><dt>Handläggare</dt><dd>Eva Ek, 070-174 06 01</dd></dl>"""
    assert tables_of(plans, ".html", checked=False)["projects"].empty
