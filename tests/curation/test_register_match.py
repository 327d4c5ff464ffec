"""The strategist's way: a page and three funders' registers → proposals → accepted → amounts, periods and titles,
each with its cell; and nothing that is not there."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

import overkalix_data as od
from overkalix_data.base.wording import squeeze
from overkalix_data.cli import main
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.facts import Facts
from tests.conftest import AS_OF
from tests.made.desk import Desk

PAGE = """Projekt

Mål: Att fler unga ska komma i arbete genom handledning på arbetsplatsen.
Diarienummer: 23-901-S01
Finansiärer: Överkalix kommun, Svenska ESF-rådet

Projektnamn: Skidspår utan gränser
Mål: Att leder och spår ska hålla året om.
Finansiärer: Överkalix kommun, Tillväxtverket

Projektnamn: Byar i samspel
Mål: Att byarna ska planera tillsammans.
Finansiärer: Överkalix kommun, Leader Polaris – Europeiska jordbruksfonden för landsbygdsutveckling

Projektnamn: Ljus i fönstren
Mål: Att tomma hus ska få nya ägare.
Finansiärer: Överkalix kommun
"""
ESF = """\ufeffDiarienummer / Operation ID;Stödmottagare / Beneficiary;Namn på insatsen / Operation Name;Total projektbudget / Total budget SEK;EU-stöd i SEK / EU contribution SEK;Startdatum / Start date;Slutdatum / End date;EU-fond / EU fund
23-901-S01;ÖVERKALIX KOMMUN;Vägen in i vården;4 973 906;4 476 515;2023-09-04;2026-03-31;ESF+
23-902-S01;VITBERGETS KOMMUN;Ljus i fönstren;1 000 000;500 000;2023-09-04;2026-03-31;ESF+
"""
BANK = [
    {"Ärende-ID": "20360901", "Projektnamn": "Skidspår utan gränser", "Projekt Starttid": "2024-02-01",
     "Projekt Sluttid": "2026-06-30", "Beviljat belopp - sek": "2 450 000", "Projektägare": "Överkalix kommun",
     "Offentlig finansiär": "Region Nordån = 169 288 || Överkalix kommun = 20 000", "Pågår/Slut": "Pågår"},
    {"Ärende-ID": "20360902", "Projektnamn": "Byar i samspel", "Projekt Starttid": "2021-01-01",
     "Projekt Sluttid": "UPPGIFT SAKNAS", "Beviljat belopp - sek": "900 000", "Projektägare": "Vitbergets kommun",
     "Offentlig finansiär": "UPPGIFT SAKNAS", "Pågår/Slut": "Slut"},
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The three registers matched, and the exact proposals accepted."""
    desk = Desk(tmp_path_factory.mktemp("desk"), PAGE)
    (desk.raw / "esf.csv").write_text(ESF, encoding="utf-8")
    (desk.raw / "bank.json").write_text(json.dumps(BANK, ensure_ascii=False), encoding="utf-8")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Beviljade"
    for row in (
        ("Journalnummer", "Projektnamn", "Stödmottagare", "Beviljat stöd", "Startdatum", "Slutdatum"),
        ("2019-1234", "Byar i samspel", "Överkalix kommun", 615000, "2020-03-01", "2022-02-28"),
        ("2019-9999", "Byar i samspel 2", "Överkalix kommun", 700000, "2022-03-01", "2024-02-28"),
    ):
        sheet.append(row)
    book.save(desk.raw / "leader.xlsx")
    for words in (("esf.csv",), ("bank.json",), ("leader.xlsx", "--giver", "Jordbruksverket")):
        assert desk.run("match", str(desk.raw / words[0]), *words[1:]) == 0
        (desk.raw / words[0]).rename(desk.curated.parent / words[0])
    assert desk.run("review", "--accept-exact", "--who", "Eva Exempel") == 0
    assert desk.run("build") in (0, 1)
    return desk


def test_what_is_there_is_used_and_what_is_not_there_is_not(desk: Desk) -> None:
    told = {r["title"]: (r["start"], r["end"], r["total_cost_sek"]) for r in desk.table("projects")}
    assert told == {
        "Vägen in i vården": ("2023-09-04", "2026-03-31", "4973906"),
        "Skidspår utan gränser": ("2024-02-01", "2026-06-30", ""),
        "Byar i samspel": ("2020-03-01", "2022-02-28", ""),
        "Ljus i fönstren": ("", "", ""),
    }
    granted = {(r["funder_id"], r["granted_sek"]) for r in desk.table("project_funders") if r["granted_sek"]}
    assert granted == {
        ("esf-radet", "4476515"), ("tillvaxtverket", "2450000"), ("overkalix-kommun", "20000"), ("ejflu", "615000"),
    }  # fmt: skip
    assert {r["period_basis"] for r in desk.table("projects")} == {"curated", ""}


def test_each_value_names_the_cell_it_came_from(desk: Desk) -> None:
    sources = {(r["field"], r["value"]): r["source"] for r in desk.table("additions") if r["who"] == "Eva Exempel"}
    assert sources["title", "Vägen in i vården"] == "esf.csv, rad 2, Namn på insatsen / Operation Name"
    assert sources["granted_sek", "615000"] == "leader.xlsx, Beviljade!D2, Beviljat stöd"
    assert sources["granted_sek", "20000"].startswith("bank.json, rad 1, Offentlig finansiär")
    assert {r["outcome_code"] for r in desk.table("additions")} == {"applied"}


def test_a_register_that_is_matched_again_proposes_nothing_new(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    before = (desk.curated / "candidates.csv").read_bytes()
    assert desk.run("match", str(desk.curated.parent / "esf.csv")) == 0
    said = capsys.readouterr().out
    assert (desk.curated / "candidates.csv").read_bytes() == before
    assert "Inga nya förslag." in said
    assert "rad 3 Ljus i fönstren → Ljus i fönstren: en annan ägare" in said
    assert desk.run("review") == 0
    assert desk.run("review", "--accept-exact") == 2, "who must say so"


def test_an_amount_of_a_funder_that_the_page_does_not_name_has_no_place(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.run("match", str(desk.curated.parent / "bank.json"), "--lang", "en") == 0
    assert "169288 kr from region-nordan" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("words", ["inget register\n", "a;b\n1;2\n"])
def test_a_file_that_is_no_register_is_refused_in_one_line(
    tmp_path: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fel.csv").write_text(words, encoding="utf-8")
    desk = Desk(tmp_path / "desk", PAGE)
    assert desk.run("match", str(tmp_path / "fel.csv")) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["match", str(tmp_path / "ingen.csv"), "--curated", str(desk.curated), "--as-of", AS_OF]) == 2


def test_the_figures_of_the_report_are_those_of_the_registers(desk: Desk) -> None:
    told = Facts(od.load(desk.clean).tables)
    assert told.granted.sek == 4_476_515 + 2_450_000 + 20_000 + 615_000
    assert told.cost.sek == 4_973_906
    assert told.periods == 3
    granted, *_ = prose.who_pays(told)
    assert "7 561 515 kr (" in squeeze(granted)
