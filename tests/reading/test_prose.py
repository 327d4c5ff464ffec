"""What sentences tell: who pays what and who gets it, titles that run into their paragraph, lines under a label."""

from pathlib import Path

import pytest

from overkalix_data.documents.source import read_sources
from overkalix_data.identity.read_projects import read_pages
from tests.made.registers import Read, read

SENTENCES = [  # a sentence of a project → what each funder grants, and who gets it
    ("Region Värmland går in med 7 miljoner kronor.", {"region-varmland": 7_000_000}, []),
    (
        "Vinnova bidrar med 1,2 mkr och Region Värmland med 300 000 kr.",
        {"vinnova": 1_200_000, "region-varmland": 300_000},
        [],
    ),
    ("Vinnova har beviljat Almby universitet 4,9 miljoner kronor.", {"vinnova": 4_900_000}, ["Almby universitet"]),
    ("Almby Bygdegille får 540 000 kronor från Boverket för en led.", {"boverket": 540_000}, ["Almby Bygdegille"]),
    ("Projektet fick 420 000 kronor av Allmänna arvsfonden.", {"allmanna-arvsfonden": 420_000}, []),
    (
        "Almby kommun har beviljats 640 000 kronor från Skolverket och 200 000 kronor från Boverket.",
        {"skolverket": 640_000, "boverket": 200_000},
        ["Almby kommun"],
    ),
    ("Projektet finansieras av Vinnova med 1,8 miljoner kronor.", {"vinnova": 1_800_000}, []),
    ("LAG beslutade att bevilja projektet stöd från Leader Gute med 90 000 kr.", {"leader-gute": 90_000}, []),
    ("Även Statens kulturråd stöder projektet, med 180 000 kronor.", {"kulturradet": 180_000}, []),
    ("Jordbruksverket finansierar med 2,3 miljoner kronor.", {"jordbruksverket": 2_300_000}, []),
    (
        "Projektet finansieras av Forte med 4 950 000 kronor och av AFA Försäkring med 1 100 000 kronor.",
        {"forte": 4_950_000, "afa-forsakring": 1_100_000},
        [],
    ),
    ("Leader Gute har beslutat att stödja projektet Ny led med 90 000 kr.", {"leader-gute": 90_000}, []),
    ("Boverket står för 1,2 miljoner kronor av kostnaden.", {"boverket": 1_200_000}, []),
    ("Boverket bidrar med 60 000 kr och Kils kommun 30 000 kr.", {"boverket": 60_000, "kils-kommun": 30_000}, []),
    # What is asked for, or paid by nobody known, is no grant.
    ("Ansökan avser 900 000 kronor från Vinnova.", {}, []),
    ("Vi köpte en brygga för 30 000 kronor av Kalle.", {}, []),
]


@pytest.mark.parametrize(("sentence", "grants", "owner"), SENTENCES)
def test_a_sentence_tells_who_pays_what_and_who_gets_it(
    sentence: str, grants: dict[str, int], owner: list[str]
) -> None:
    told = read(
        f"Projekt\n\nNy brygga\n\nMålet är att båtar ska kunna lägga till. {sentence} Projekttid: 2024–2025.\n", ".txt"
    )
    assert {funder: sek for (_, funder), sek in told.grants().items()} == grants
    assert [r["value"] for r in told.tables["project_details"] if r["detail_code"] == "beneficiary"] == owner


def test_the_short_first_sentence_of_each_paragraph_is_its_projects_title() -> None:
    told = read(
        "Pågående projekt\n\nLjud från gruvan. Vi samlar in minnen på fem orter. Projektet finansieras av Vinnova. Projekttid: 2023–2025.\n\n"
        "Vems lada? Vi undersöker övergivna ekonomibyggnader. Projektet finansieras av Boverket. Projekttid: 2024–2025.\n\n"
        "Kartan berättar. Elever ritade om kartan från 1694. Projektet finansierades av Boverket. Projekttid: 2019–2022.\n",
        ".txt",
    )
    assert told.column("projects", "title") == ["Ljud från gruvan", "Vems lada?", "Kartan berättar"]


def test_a_number_of_the_register_behind_a_title_and_a_sign_at_both_its_ends_are_no_part_of_it() -> None:
    told = read(
        "3.1 Vätgas (KS 2024/00218)\nFinansiär: Vinnova\nPeriod: 2024\n\n"
        "3.2 Måltiden (KS 2023/00405)\nFinansiär: Boverket\nPeriod: 2023\n",
        ".txt",
    )
    assert told.column("projects", "title") == ["Vätgas", "Måltiden"]
    stars = read("* Ny led *\nSyfte: Att gå.\nPeriod: 2024\n\n* Ny brygga *\nSyfte: Att ro.\nPeriod: 2025\n", ".txt")
    assert stars.column("projects", "title") == ["Ny led", "Ny brygga"]


def test_a_sentence_under_a_title_is_no_owner_whatever_it_begins_with() -> None:
    told = read(
        "Ny brygga\nDen gamla bryggan blev lokal för föreningar.\nFinansiering: Boverket\nProjekttid: 2020–2022\n\n"
        "Ny led\n340 personer gick den med en förening.\nFinansiering: Vinnova\nProjekttid: 2021–2022\n",
        ".txt",
    )
    assert told.column("projects", "title") == ["Ny brygga", "Ny led"]
    assert not [row for row in told.tables["project_details"] if row["detail_code"] == "beneficiary"]


def owners(told: Read) -> list[object]:
    return [row["value"] for row in told.tables["project_details"] if row["detail_code"] == "beneficiary"]


def grants(told: Read) -> dict[object, object]:
    return {funder: sek for (_, funder), sek in told.grants().items()}


def test_news_tells_of_two_projects_by_name_and_who_owns_both() -> None:
    told = read(
        "Två nya projekt till Almby\n\nAlmby kommun är projektägare i båda.\n\n"
        "Det första projektet heter Vägen in. Det har en total budget på 18 mkr, varav 12 mkr kommer från Vinnova. Projektet startar i januari 2023 och avslutas i december 2025.\n\n"
        "Det andra projektet heter Vägen ut. Det har en total budget på 6 mkr, varav 4 mkr kommer från Boverket. Projektet startar i mars 2023 och avslutas i februari 2025.\n\n"
        "– Det blir nästan 25 miljoner kronor, säger Eva Exempel, ordförande.\n",
        ".txt",
    )
    assert told.column("projects", "title") == ["Vägen in", "Vägen ut"]
    assert grants(told) == {"vinnova": 12_000_000, "boverket": 4_000_000}
    assert told.column("projects", "total_cost_sek") == [18_000_000, 6_000_000]
    assert owners(told) == ["Almby kommun", "Almby kommun"]


def test_news_names_its_project_without_quotation_marks_and_the_press_office_is_not_asked_about_it() -> None:
    told = read(
        "Nytt stöd till taken\n\nAlmby kommun har fått 2,4 miljoner kronor från Boverket för projektet Odla på taket. Projekttiden är oktober 2025 till september 2027.\n\n"
        "Stadens tak rymmer tusentals kvadratmeter som i dag står tomma.\n\n"
        "För mer information:\nEva Exempel, eva@example.se\nPresstjänsten, press@example.se\n\n"
        "Om Almby kommun: 14 000 invånare och en omsättning på 1,6 miljarder kronor.\n",
        ".txt",
    )
    assert told.column("projects", "title") == ["Odla på taket"]
    assert grants(told) == {"boverket": 2_400_000}
    assert owners(told) == ["Almby kommun"]
    assert told.column("contact_points", "value") == ["eva@example.se"]


def test_who_gives_is_told_once_above_all_that_were_granted_something() -> None:
    told = read(
        "Stiftelsen Marcus och Maja Exempels minne har beviljat två projekt.\n\n"
        "”Mynt och makt”\nSökande: Almby universitet\nAnslag: 4.800.000 kr under fyra år, 2023–2026\n\n"
        "”Vad gör rummet?”\nSökande: Almby universitet\nAnslag: 3.650.000 kr under tre år, 2023–2025\n",
        ".txt",
    )
    assert told.column("projects", "title") == ["Mynt och makt", "Vad gör rummet?"]
    assert told.column("projects", "end") == ["2026", "2025"]
    assert told.column("funders", "name") == ["Stiftelsen Marcus och Maja Exempels minne"]
    assert sorted(told.grants().values(), key=str) == [3_650_000, 4_800_000]


def test_a_page_of_questions_about_one_project_is_that_project() -> None:
    told = read(
        "<main><h1>Frågor och svar om projektet Grannskap</h1><h2>Vad är Grannskap?</h2><p>Träffar på gårdar.</p>"
        "<h2>Vem äger projektet?</h2><p>Almby kommun</p><h2>Vem finansierar projektet?</h2><p>Boverket.</p>"
        "<h2>Vad är syftet?</h2><p>Att motverka ensamhet.</p></main>",
        ".html",
    )
    assert told.column("projects", "title") == ["Grannskap"]
    assert told.column("projects", "purpose") == ["Att motverka ensamhet."]
    assert owners(told) == ["Almby kommun"]


def test_several_persons_under_one_label_are_all_of_the_project() -> None:
    told = read(
        "Ny brygga\nSyfte: Att ro.\nPeriod: 2024\n\nKontakt\n\nEva Exempel\nProjektledare\nTelefon: 070-174 06 51\n\n"
        "Bo Exempel\nEnhetschef hemtjänsten\nTelefon: 070-174 06 52\nbo@example.se\n\nSidan granskades den 19 augusti 2024\n",
        ".txt",
    )
    assert sorted(map(str, told.column("contacts", "name"))) == ["Bo Exempel", "Eva Exempel"]
    assert len(told.column("projects", "title")) == 1


def test_a_wrapped_sentence_under_a_name_is_prose_of_the_project() -> None:
    told = read(
        "43.1 Fyrarnas väg\nSökande: Almby Fyrsällskap\nProjektets syfte är att knyta samman sju fyrar till en led\nför vandrare.\n"
        "Projekttid: 2025–2026\nTotal budget: 90 000 kr\nLAG beslutar att bevilja projektet stöd med 80 000 kr från\nLeader Polaris.\n\n"
        "43.2 Ny brygga\nSökande: Byns Båtar\nProjekttid: 2025–2026\nTotal budget: 70 000 kr\n",
        ".txt",
    )
    assert owners(told) == ["Almby Fyrsällskap", "Byns Båtar"]
    assert grants(told) == {"leader-polaris": 80_000}


def test_the_label_of_a_grant_names_the_fund_where_nothing_else_does() -> None:
    told = read("Projekt: Ny led\nPeriod: 2024\nBeviljat ESF-stöd: 12 614 320 kr\n", ".txt")
    assert grants(told) == {"esf": 12_614_320}


def test_minutes_tell_of_a_project_in_the_description_of_the_matter() -> None:
    told = read(
        "§ 61\nProjekt Almby utbildar\nDnr: KS/2024:187\n\nBeslut\nUtskottet beslutar att medfinansiera projektet med 40 000 kronor.\n\n"
        "Ärendebeskrivning\nSyftet med projektet är att etablera en utbildning. Vinnova har beviljat 960 000 kronor. Projektet pågår 2024-08-01 – 2026-07-31. Total budget är 1 200 000 kronor.\n\n"
        "§ 62\nProjekt Ny brygga\nDnr: KS/2024:192\n\nBeslut\nUtskottet beslutar att vara med.\n\n"
        "Ärendebeskrivning\nByns förening är projektägare. Leader Polaris har beviljat 425 000 kronor. Projektet pågår 2024-06-01 – 2025-12-31.\n",
        ".txt",
    )
    assert grants(told) == {"vinnova": 960_000, "leader-polaris": 425_000}
    assert told.column("projects", "end") == ["2026-07-31", "2025-12-31"]
    assert told.column("projects", "total_cost_sek") == [1_200_000, None]
    assert owners(told) == ["Byns förening"]


@pytest.mark.parametrize("words", ["Kontakta", "Frågor till", "Kontakta gärna projektledare", "Ansvarig är"])
def test_a_sentence_that_says_whom_to_ask_gives_the_person_and_the_numbers(words: str) -> None:
    told = read(
        f"Projekt\n\nNy brygga\n\nMålet är att båtar ska kunna lägga till. Projektet finansieras av Vinnova. {words} Eva Exempel, eva@example.se, om du vill veta mer.\n",
        ".txt",
    )
    assert told.column("contacts", "name") == ["Eva Exempel"]
    assert told.column("contact_points", "value") == ["eva@example.se"]


def test_the_sum_under_a_list_of_who_pays_what_is_the_cost_where_the_list_adds_up_to_it() -> None:
    page = (
        "Belopp i tkr.\n\n5.1 Ny led\nPeriod: 2024\nFinansiering:\nVinnova 5 400\nBoverket 2 100\nSumma {}\n\n"
        "5.2 Ny brygga\nPeriod: 2025\nFinansiering:\nVinnova 300\nSumma 300\n"
    )
    assert read(page.format("7 500"), ".txt").column("projects", "total_cost_sek") == [7_500_000, 300_000]
    assert read(page.format("9 900"), ".txt").column("projects", "total_cost_sek") == [None, 300_000]


def test_one_fact_is_enough_under_a_title_where_most_titles_of_the_page_stand_over_more() -> None:
    two = "Målet är att {} ska bli bättre för alla som bor i byn. Projektet finansieras av Vinnova.\n\n"
    one = "Den gamla leden rustades upp tillsammans med skolan i byn. Projektet finansierades av Boverket.\n"
    told = read(
        f"Projekt\n\nNy brygga\n\n{two.format('hamnen')}Ny skola\n\n{two.format('skolan')}Ny led\n\n{one}", ".txt"
    )
    assert told.column("projects", "title") == ["Ny brygga", "Ny skola", "Ny led"]
    alone = read(f"Projekt\n\nNy led\n\n{one}", ".txt")
    assert alone.column("projects", "title") == []


@pytest.mark.parametrize(
    "sentence",
    ["Tillväxtverket bidrar inte med de 5 miljoner kronor som behövs.", "Kommunen hoppas få 3 miljoner kronor från Tillväxtverket.",
     "Föreningen har köpt mark för 2 miljoner kronor av Trafikverket.", "Tillväxtverket bidrar med hälften av 4 miljoner kronor."],
)  # fmt: skip
def test_what_is_refused_hoped_for_or_bought_is_no_grant(tmp_path: Path, sentence: str) -> None:
    (tmp_path / "sida.txt").write_text(f"Bron\n\nMål: en ny bro\nBeskrivning: {sentence}\n", encoding="utf-8")
    rows = read_pages(read_sources(str(tmp_path / "sida.txt")), []).records.table("project_funders")
    assert [row for row in rows if row.get("granted_sek")] == []


EVENT = (
    "{0}\nDatum: {1} mars 2025\nTid: {2}\nPlats: Folkets hus, Almby\nSyfte: Att visa hur andra gör\n"
    "Målgrupp: Föreningar och företagare\nKostnad: 150 kr för lunch\n\n"
)


def test_what_begins_at_a_time_of_the_day_stands_in_a_calendar_and_is_no_project() -> None:
    events = EVENT.format("Projektkafé", 6, "18.00–20.30") + EVENT.format("Redovisningsstuga", 9, "kl. 13.00")
    assert read(f"Leader Almby\n\nVåren 2025\n\n{events}", ".txt").column("projects", "title") == []
    dates = EVENT.format("Ny led", 6, "1.10–31.12 2025") + EVENT.format("Ny brygga", 9, "2024.01–2025.12")
    assert read(f"Leader Almby\n\n{dates}", ".txt").column("projects", "title") == ["Ny led", "Ny brygga"]


def test_the_line_right_under_a_grant_tells_of_it_in_sentences() -> None:
    told = read(
        "Följande har beviljats bidrag från Stiftelsen Almby:\n\n"
        "Almby klubb – ”Spår för alla”, 250 000 kronor\nMålgruppen är barn som ännu inte åker skidor.\n\n"
        "Almby sällskap – ”Visor”, 40 000 kronor\nInspelning. Även Region Dalarna är med och finansierar projektet.\n",
        ".txt",
    )
    assert told.column("projects", "title") == ["Spår för alla", "Visor"]
    assert told.column("target_groups", "name") == ["Barn som ännu inte åker skidor"]
    assert grants(told)["region-dalarna"] is None


def test_projects_of_prose_close_under_their_titles_are_each_their_own() -> None:
    told = read(
        "Almby växer\n\nHar gått i mål\n\n"
        "Rustade skolor\nKils kommun ägde projektet, som pågick 2020–2023. Det finansierades av Boverket.\n\n"
        "Stickat i Almby\nAlmby kommun ägde projektet, som pågick från mars 2021 till februari 2022. Kulturrådet bidrog med 310 000 kronor.\n",
        ".txt",
    )
    assert told.column("projects", "title") == ["Rustade skolor", "Stickat i Almby"]
    assert told.column("projects", "status_code") == ["completed", "completed"]
    assert owners(told) == ["Kils kommun", "Almby kommun"]
    assert grants(told) == {"boverket": None, "kulturradet": 310_000}
