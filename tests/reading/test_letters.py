"""Letters, newsletters and lists pasted from a word processor: what their signs and their sentences tell; nobody is real."""

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.reading.told_money import by_sums
from overkalix_data.values.amount import find_amounts
from overkalix_data.values.period import parse_period
from tests.made.pages import tables_of

LISTS = lists_for()


def titles(text: str) -> list[str]:
    return sorted(tables_of(text, checked=False)["projects"]["title"].dropna())


NESTED = "•\tByns buss\no\tStatus: pågår\no\tFinansiär: Vinnova\no\tTid: 2024-04-01–2025-09-30\n\n"
NUMBERED = "1.\tByns buss\n\t•\tStatus:\tpågår\n\t•\tBidragsgivare:\tVinnova\n\t•\tBeviljat:\t525 tkr\n\n"
LED = "1) Byns buss. Pågår för fullt sedan maj 2024. Målet är att fler ska åka med. Vi har fått 480 000 kr från Vinnova.\n\n"
RULED = "-----------------\nNYTT PROJEKT: Byns buss\n-----------------\nHarsta IF får 165 000 kronor i stöd av Leader Polaris. Syftet är att fler ska åka med.\n\n"


@pytest.mark.parametrize("item", [NESTED, NUMBERED, LED, RULED])
def test_items_and_news_begin_projects(item: str) -> None:
    second = item.replace("Byns buss", "Byns lada").replace("1", "2", item.startswith("1"))
    assert titles(f"Läget i kommunen\n\n{item}{second}") == ["Byns buss", "Byns lada"]


def test_a_headline_says_the_state_before_the_name() -> None:
    news = "Den har byggts av Harsta IF. Målet var att fler ska åka. Vinnova bidrog med 90 000 kronor.\n\n"
    page = "------------\nI MÅL: Byns buss\n------------\n" + news
    projects = tables_of(page + page.replace("I MÅL: Byns buss", "NYTT PROJEKT: Byns lada"), checked=False)["projects"]
    assert {row.title: row.status_code for row in projects.itertuples()} == {
        "Byns buss": "completed",
        "Byns lada": "ongoing",
    }


@pytest.mark.parametrize(
    ("wrapped", "whole"),
    [
        ("Att pröva nya pro-\ndukter.", "Att pröva nya produkter"),
        ("Att stödja små-\noch stora.", "Att stödja små- och stora"),
        ("Att ge EU-\nprojekt stöd.", "Att ge EU- projekt stöd"),
    ],
)
def test_a_word_cut_by_the_end_of_a_line_is_whole(wrapped: str, whole: str) -> None:
    tables = tables_of(f"Byns buss\n\nSyfte: {wrapped}\nFinansiär: Vinnova\n", checked=False)
    assert list(tables["projects"]["purpose"].str.strip(".")) == [whole]


def test_an_aim_ends_where_a_sentence_on_the_project_begins() -> None:
    page = "Projektnamn: Gröna rummet\nSyfte: Att minska ohälsan.\nMål:\nFler i arbete.\nInsatsen pågår 2025-03-01–2026-08-31.\nFinansiär: Vinnova\n"
    (project,) = tables_of(page, checked=False)["projects"].itertuples()
    assert (project.goal.strip("."), project.end) == ("Fler i arbete", "2026-08-31")


def test_the_facts_below_are_of_the_name_that_the_news_above_has_told() -> None:
    page = (
        "Nu drar bussen igång!\n\nVi är glada att Vinnova har beviljat oss 500 000 kronor för Byns buss, ett projekt för unga.\n\n"
        "Fakta om projektet\nProjektnamn: Byns buss\nProjektägare: Harsta IF\nFinansiär: Vinnova\nMålgrupp: Unga\n"
    )
    assert titles(page) == ["Byns buss"]


@pytest.mark.parametrize(
    ("sentence", "payer"),
    [
        ("Vinnova har sedan tidigare beviljat 95 000 kronor.", "Vinnova"),
        ("Tack till Vinnova som gav 60 000 kronor.", "Vinnova"),
        ("Kören står för fikat och Vinnova har gett oss 88 000 kronor.", "Vinnova"),
        ("Nämnden beslutar att Region Skåne beviljar projektet 390 000 kr.", "Region Skåne"),
        ("Vinnova har sagt ja till 640 000 kr.", "Vinnova"),
    ],
)
def test_who_pays_stands_before_the_last_verb(sentence: str, payer: str) -> None:
    told = [
        sentence[part.start : part.end]
        for name, part in by_sums(sentence, (0, len(sentence)), 0, LISTS)
        if name == "funder"
    ]
    assert told == [payer]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("1 September 2024 to 31 August 2026", "2024-09-01", "2026-08-31"),
        ("ht 2023 – vt 2025", "2023", "2025"),
        ("höstterminen 2024 t.o.m. vårterminen 2026", "2024", "2026"),
    ],
)
def test_terms_and_english_ranges_are_periods(words: str, start: str, end: str) -> None:
    period = parse_period(words)
    assert period is not None
    assert (period.start, period.end) == (start, end)


def test_a_currency_before_a_number_may_have_its_scale_behind() -> None:
    ((amount, start, end),) = find_amounts("Vinnova, SEK 3.4 million", LISTS)
    assert (int(amount.value), amount.currency, start, end) == (3_400_000, "SEK", 9, 24)


def test_who_owns_all_is_told_in_a_sentence_about_the_projects() -> None:
    item = "{0}\n\nSyfte: Att pröva.\nFinansiär: Vinnova\n\n"
    page = f"Projekten nedan drivs av Kils kommun med stöd utifrån.\n\n{item.format('Byns buss')}{item.format('Byns lada')}"
    details = tables_of(page, checked=False)["project_details"]
    assert list(details.loc[details["detail_code"].eq("beneficiary"), "value"]) == ["Kils kommun", "Kils kommun"]


@pytest.mark.parametrize(
    ("sentence", "owner"), [("Harsta IF.", "Harsta IF"), ("Byns Framtid ek. för.", "Byns Framtid ek. för.")]
)
def test_a_sentence_s_stop_is_none_of_a_name_s(sentence: str, owner: str) -> None:
    page = f"Byns buss\n\nMålet är att fler ska åka. Projektägare är {sentence}\n\nFinansiär: Vinnova\n"
    assert list(tables_of(page, checked=False)["project_details"]["value"]) == [owner]
