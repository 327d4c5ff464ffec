"""Who gives what was granted, where a page says it once: told in words, or as the body whose page it is."""

import pytest

from overkalix_data.schema.frames import rows_of
from tests.made.pages import tables_of

TWO = (
    "\n\nSkogens väg\nBeviljat stöd: 100 000 kr\nMål: Att bygga.\n\nSjöns väg\nBeviljat stöd: 50 000 kr\nMål: Att gå.\n"
)


@pytest.mark.parametrize(("above", "giver"), [
    ("Beviljade bidrag\n\nLänsstyrelsen Vätterland har beslutat om bidrag. Pengarna kommer från Naturvårdsverket.", "naturvardsverket"),
    ("Beviljade projekt\n\nStyrelsen för Stiftelsen Tornspiran beslutade den 14 maj om följande bidrag.", "stiftelsen-tornspiran"),
    ("Beviljade projekt\n\nLeader Silverdalen har hittills beviljat stöd till dessa.", "leader-silverdalen"),
    ("Leader Silverdalen\n\nProjekt som fått stöd", "leader-silverdalen"),
    ("Skogsbygdens kulturfonds styrelse har i april beslutat att ge bidrag till två projekt.", "skogsbygdens-kulturfond"),
    ("LAG SA JA TILL TVÅ PROJEKT\n\nAlla belopp är stöd från Leader Silverdalen.", "leader-silverdalen"),
    ("Länsstyrelsen Vätterland\n\nBeviljade bidrag 2024", "lansstyrelsen-vatterland"),
    ("Pajala kommun\n\nProjekt som fått stöd", ""),  # a municipality's projects have others' money
    ("Projekt med stöd från EU", ""), ("Här är våra projekt. Du som vill kan söka stöd från Vinnova.", ""),
    ("Projekt med stöd från Boverket\n\nAndra projekt får stöd från Vinnova.", ""),
])  # fmt: skip
def test_who_gives_is_told_once_over_the_projects(above: str, giver: str) -> None:
    rows = rows_of(tables_of(f"{above}{TWO}", checked=False)["project_funders"])
    assert {row["funder_id"] for row in rows} == ({giver} if giver else set())
    assert {row["granted_sek"] for row in rows} == ({100_000, 50_000} if giver else set())


def test_a_label_of_leader_money_speaks_of_the_leader_area() -> None:
    page = f"Leader Silverdalen{TWO.replace('Beviljat stöd', 'Beviljat leaderstöd')}"
    rows = rows_of(tables_of(page, checked=False)["project_funders"])
    assert {(row["funder_id"], row["granted_sek"]) for row in rows} == {
        ("leader-silverdalen", 100_000),
        ("leader-silverdalen", 50_000),
    }


@pytest.mark.parametrize(
    ("whose", "whom"),
    [
        ("Samordningsförbund Gävleborg", "samordningsforbund-gavleborg"),
        (
            "Samordningsförbund Gävleborg\nSamordningsförbund Norra Skaraborg",
            "forbundet",
        ),  # which of them nobody can tell
        ("Bollnäs stad", "forbundet"),
    ],
)
def test_what_a_page_calls_itself_is_the_one_organisation_of_such_a_name(whose: str, whom: str) -> None:
    page = f"{whose}\n\nPågående projekt\n\nProjektnamn: Steget\nMål: Att arbeta.\nFinansiärer: Förbundet 9 000 kr\n"
    (row,) = rows_of(tables_of(page, checked=False)["project_funders"])
    assert (row["funder_id"], row["granted_sek"], row["as_published"]) == (whom, 9000, "Förbundet")


def test_a_sentence_about_all_projects_says_who_pays_for_those_that_name_nobody() -> None:
    projects = "Projektnamn: Stigen\nMål: Att gå.\n\nProjektnamn: Bron\nMål: Att gå.\nFinansiärer: Almi\n\n"
    page = f"Pågående projekt\n\n{projects}Sidan gäller våra satsningar.\n\nProjekten finansieras av Boverket, Vinnova och Region Norrbotten.\n"
    rows = rows_of(tables_of(page, checked=False)["project_funders"])
    told = {(row["project_id"], row["funder_id"]) for row in rows}
    assert told == {("stigen", "boverket"), ("stigen", "vinnova"), ("stigen", "region-norrbotten"), ("bron", "almi")}


def test_the_programme_whose_page_it_is_has_granted() -> None:
    page = f"Interreg Aurora{TWO.replace('kr', 'euro')}"
    rows = rows_of(tables_of(page, checked=False)["project_funders"])
    assert [(row["funder_id"], row["granted_sek"]) for row in rows] == [("interreg-aurora", None)] * 2


def test_each_amount_is_of_who_stands_behind_it() -> None:
    page = "Pågående projekt\n\nProjektnamn: Stigen\nMål: Att gå.\nFinansiärer: 54 000 kr från Leader Polaris och 11 000 kr från Sparbanken Nord\n"
    rows = rows_of(tables_of(page, checked=False)["project_funders"])
    assert {row["funder_id"]: row["granted_sek"] for row in rows} == {
        "leader-polaris": 54_000,
        "sparbanken-nord": 11_000,
    }


@pytest.mark.parametrize(("above", "owner"), [
    ("Skogsbygdens hembygdsförbund\n\nFörbundets projekt", "Skogsbygdens hembygdsförbund"),
    ("Förbundets projekt", ""),  # which, the page does not say
    ("Ur årsredovisning för Inlandets kommunalförbund\n\nKommunalförbundet har under året drivit två externt\nfinansierade projekt.", "Inlandets kommunalförbund"),
    ("Byns Framtid är en ideell förening som vill att det ska gå att bo här. Vi driver just nu de här projekten:", "Byns Framtid"),
    ("All projects below are led by the University of Norrby.", "University of Norrby"),
    ("Här är de projekt som Kils kommun driver.", ""), ("Vi driver flera projekt med stöd av EU.", ""),
])  # fmt: skip
def test_who_owns_all_projects_is_told_once_over_them(above: str, owner: str) -> None:
    details = tables_of(f"{above}{TWO}", checked=False)["project_details"]
    owners = details[details["detail_code"] == "beneficiary"]["value"].tolist()
    assert owners == [owner] * 2 * bool(owner)
