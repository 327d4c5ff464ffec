"""`overkalix show` and `check`: what a person reads on the terminal."""

import json
from dataclasses import replace

import pytest

from overkalix_data.cli import main
from overkalix_data.outputs.terminal.show import find_projects, project_sheet
from overkalix_data.schema.records import Records
from tests.conftest import RAW

RAW_ARGUMENT = ["--raw", str(RAW)]


def first_lines(records: Records, **filters: str) -> list[object]:
    return [p["first_line"] for p in find_projects(records, **filters)]


def test_filters_take_ids_names_aliases_and_labels(records: Records) -> None:
    assert first_lines(records, funder="Socialfonden") == first_lines(records, funder="esf") == [30, 165]
    assert first_lines(records, theme="Skogsnäring") == first_lines(records, theme="skog") == [59, 140]
    assert len(first_lines(records, status="avslutat")) == len(first_lines(records, status="completed")) == 14
    assert first_lines(records, text="UTEGYM") == [237]
    assert first_lines(records, funder="esf", status="pågående") == [30]
    assert first_lines(records, funder="Ingen sådan") == []


def test_a_sheet_has_line_and_quote_behind_every_value(records: Records) -> None:
    told = "\n".join(project_sheet(records, "move-on-up"))
    for words in (
        "Start: 2023-09 [Uträknat ur texten]\n    rad 28: ”startar i september 2023 och löper på under 3 år”",
        "Status: Pågående [Antaget]",
        "Finansiär: Region Norrbotten (medfinansiär)\n    rad 28: ”region Norrbotten”",
        "Plats: Jokkmokk\n    rad 20: ”Jokkmokk”",
        "Målgrupp: Uppgift saknas",
        "Total kostnad (kr): Uppgift saknas",
    ):
        assert words in told


def test_a_sheet_tells_chains_documents_and_wrapped_quotes(records: Records) -> None:
    wrapped = next(str(p["project_id"]) for p in records.table("projects") if p["first_line"] == 83)
    told = "\n".join(project_sheet(records, wrapped))
    assert "genom Leader Polaris" in told.replace("\n  ", " ")
    tourism = next(str(p["project_id"]) for p in records.table("projects") if p["first_line"] == 155)
    assert "Dokument: Turistisk plan 2022-2026\n    rad 163: ”Turistisk plan 2022-2026”" in "\n".join(
        project_sheet(records, tourism)
    )


def test_english_has_no_swedish_headings(records: Records) -> None:
    told = "\n".join(project_sheet(records, "move-on-up", "en"))
    assert "Status: Ongoing [Assumed]" in told
    assert "line 28:" in told
    assert "Uppgift saknas" not in told


def test_list_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", *RAW_ARGUMENT]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[0] == "25 av 25 projekt"
    assert len(listed) == 27
    assert main(["show", *RAW_ARGUMENT, "--text", "finns inte på sidan"]) == 0
    assert capsys.readouterr().out == "Inget projekt passar.\n"


def test_check_for_a_person_and_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *RAW_ARGUMENT, "--as-of", "2026-11-23"]) == 0
    told = capsys.readouterr().out
    assert "Kontroller med iakttagelser" in told
    assert "Varning: Projektet har ett belopp – 25 av 25 uppfyller det inte [amount-missing]" in told
    assert "• 23 av 25 projekt saknar projektperiod. Skriv ”Projektperiod:” med start och slut." in told
    assert "Rad 5, 30, 59" in told
    assert main(["check", *RAW_ARGUMENT, "--as-of", "2026-11-23", "--rule", "period-missing"]) == 0
    assert capsys.readouterr().out.count("• Projektet") == 23
    assert "Nyckel" not in told.partition("Godkända kontroller")[0]
    assert main(["check", *RAW_ARGUMENT, "--as-of", "2026-11-23", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert set(data) == {"findings", "checks"}
    assert next(f for f in data["findings"] if f["rule_id"] == "period-ended")["line"] == 28
    assert main(["check", *RAW_ARGUMENT, "--as-of", "2026-08-31", "--format", "json"]) == 0
    assert not [f for f in json.loads(capsys.readouterr().out)["findings"] if f["rule_id"] == "period-ended"]


def test_an_amount_under_a_heading_with_its_unit_has_none_of_its_own(records: Records) -> None:
    cost = {"total_cost_sek": 400000, "total_cost_basis": "curated"}
    projects = {key: row | cost for key, row in records.rows["projects"].items()}
    funding = {key: row | {"granted_sek": 88440} for key, row in records.rows["project_funders"].items()}
    told = replace(records, rows=records.rows | {"projects": projects, "project_funders": funding})
    assert "Total kostnad (kr): 400 000 [Tillagt av en person]" in project_sheet(told, "move-on-up")
    assert "  Granted (SEK): 88,440" in project_sheet(told, "move-on-up", "en")


def test_of_a_long_quote_that_was_corrected_only_the_sentence_that_differs_is_told(records: Records) -> None:
    key = "kunna-erbjuda-olika-typer-aktiviteter"
    old = records.rows["projects"][key,]
    purpose = {"purpose": str(old["purpose"]).replace("Dansbansveckan. Genom", "Dansbandsveckan. Genom")}
    told = replace(records, rows=records.rows | {"projects": records.rows["projects"] | {(key,): old | purpose}})
    sheet = " ".join(" ".join(project_sheet(told, key)).split())
    assert sheet.count("Genom att arrangera dagaktiviteter") == 1
    assert "rad 32: ”Att kunna erbjuda olika typer av aktiviteter dagtid riktat mot både medborgare" in sheet
