"""Tables and lists in JSON as the programs that publish them write them; invented projects."""

import json

import pytest

from tests.made.pages import tables_of
from tests.made.registers import lost, read

HEADINGS = ["Projekt", "Finansiär", "Belopp", "Startdatum", "Projektägare"]
ROWS = [["Bron", "Boverket", 9000, "2024-02-01", "Byns förening"], ["Tornet", "Almi", 4000, "2025-03-01", "Byarådet"]]
COLUMNS = {head: [row[n] for row in ROWS] for n, head in enumerate(HEADINGS)}


@pytest.mark.parametrize(
    "table",
    [
        {"fält": [{"nr": n, "rubrik": head, "typ": "text"} for n, head in enumerate(HEADINGS)], "rader": ROWS},
        {
            "cols": [{"id": "A", "label": head, "type": "string"} for head in HEADINGS],
            "rows": [{"c": [{"v": v} for v in row]} for row in ROWS],
        },
        {"values": [HEADINGS, *ROWS]},
        {"antal": 2, "kolumner": COLUMNS},
        {head: dict(enumerate(column)) for head, column in COLUMNS.items()},
    ],
    ids=["headings of many keys", "Google visualisation", "Google Sheets", "a list a column", "pandas"],
)
def test_a_table_is_read_however_it_is_written(table: object) -> None:
    told = read(json.dumps(table, ensure_ascii=False), ".json")
    assert told.column("projects", "title") == ["Bron", "Tornet"]
    assert told.column("projects", "start") == ["2024-02-01", "2025-03-01"]
    assert told.grants() == {("bron", "boverket"): 9000, ("tornet", "almi"): 4000}
    assert lost(told) == []


def test_a_cell_that_says_how_it_is_shown_is_read_as_that() -> None:
    cells = [{"v": "Bron"}, {"v": "Boverket"}, {"v": 9.0, "f": "9 000 kr"}, {"v": "Date(2024,1,1)", "f": "2024-02-01"}]
    table = {"cols": [{"label": head} for head in HEADINGS[:4]], "rows": [{"c": cells}]}
    told = read(json.dumps({"table": table}), ".json")
    assert (told.column("projects", "start"), list(told.grants().values())) == (["2024-02-01"], [9000])


PEOPLE = [
    {"id": "x1", "namn": "Ida Modig", "roll": "Projektledare", "telefon": "070-174 06 01"},
    {"id": "x2", "namn": "Ali Rask", "roll": "Ekonom", "telefon": None},
]


def test_each_of_a_list_of_contacts_is_one_with_their_own_number() -> None:
    told = read(json.dumps([{"projektnamn": "Bron", "mål": "Fler båtar", "kontakter": PEOPLE}] * 2), ".json")
    assert {row["name"] for row in told.tables["contacts"]} == {"Ida Modig", "Ali Rask"}
    assert told.column("contact_points", "value") == ["+46701740601"]


def test_of_a_projects_people_the_one_who_leads_it_is_asked() -> None:
    project = {"projectTitleSv": "Bron", "fundingOrganisationNameSv": "Formas", "peopleList": PEOPLE}
    told = read(json.dumps([project, project]), ".json")
    assert {row["name"] for row in told.tables["contacts"]} == {"Ida Modig"}


def test_where_an_organisation_is_is_not_who_it_is() -> None:
    owner = {"name": "Byns förening", "location": {"name": "Storbyn"}, "addressLocality": "Storbyn"}
    told = read(json.dumps([{"title": "Bron", "amountAwarded": 9000, "recipientOrganization": owner}] * 2), ".json")
    assert set(told.column("project_details", "value")) == {"Byns förening"}


def test_an_amount_is_of_the_funder_inside_the_same_object() -> None:
    grant = {"amount": {"value": 9000, "currency": "SEK"}, "funder": {"name": "Boverket"}}
    project = {
        "name": "Bron",
        "startDate": "2024",
        "funder": [{"name": "Almi"}, {"name": "Boverket"}],
        "funding": grant,
    }
    told = read(json.dumps([project, {**project, "name": "Tornet"}]), ".json")
    assert told.grants() == {
        ("bron", "almi"): None,
        ("bron", "boverket"): 9000,
        ("tornet", "almi"): None,
        ("tornet", "boverket"): 9000,
    }


def test_an_amount_in_words_stands_beside_its_funder_and_a_number_of_its_own_is_none() -> None:
    payers = [{"id": 7, "namn": "Boverket", "belopp": "9 000"}, {"id": 8, "namn": "Almi", "belopp": ""}]
    told = read(json.dumps([{"projektnamn": "Bron", "mål": "Fler båtar", "finansiarer": payers}]), ".json")
    assert told.grants() == {("bron", "boverket"): 9000, ("bron", "almi"): None}


def test_lists_of_several_years_are_one() -> None:
    years = {
        str(2023 + n): {"antal": 1, "projekt": [dict(zip(HEADINGS, row, strict=True))]} for n, row in enumerate(ROWS)
    }
    tables = read(json.dumps({"år": years}, ensure_ascii=False), ".json").tables
    assert [row["title"] for row in tables["projects"]] == ["Bron", "Tornet"]


def test_lists_under_keys_that_say_a_state_are_in_that_state() -> None:
    brygga = {"rubrik": "Ny brygga", "syfte": "Att bada.", "period": "2024-2026"}
    told = read(json.dumps({"pagaende": [brygga], "avslutade": [brygga | {"rubrik": "Gammal brygga"}]}), ".json")
    states = {row["title"]: row["status_code"] for row in told.tables["projects"]}
    assert states == {"Ny brygga": "ongoing", "Gammal brygga": "completed"}


def test_blocks_of_a_heading_and_lines_are_projects_by_the_facts_in_the_lines_and_a_question_is_none() -> None:
    texts = {
        "Byabussen": ["En buss i byn.", "Hur länge: 2024 till 2025", "Pengar från: Trafikverket, 100 tkr"],
        "Lekparken": ["En park vid skolan.", "Hur länge: 2025 till 2026", "Pengar från: Boverket, 50 tkr"],
        "Vad är medfinansiering?": ["När någon annan betalar en del av kostnaden."],
    }
    blocks = [{"type": "box", "heading": heading, "body": body} for heading, body in texts.items()]
    menu = [{"label": "Start", "href": "/"}, {"label": "Om", "href": "/om"}]
    told = read(json.dumps({"menu": menu, "blocks": [{"type": "image", "src": "/x.jpg"}, *blocks]}), ".json")
    assert told.column("projects", "title") == ["Byabussen", "Lekparken"]
    assert told.column("project_funders", "granted_sek") == [100_000, 50_000]


def test_a_description_tells_aims_in_sentences_and_an_unknown_amount_is_no_funder() -> None:
    item = {"rubrik": "Dans i byn", "brodtext": "<p>Målet är att alla ska dansa.</p>", "soktAv": "Byns förening"}
    told = read(
        json.dumps([item | {"bidrag": [{"fran": "Almi", "summa": "okänd"}]}, {"rubrik": "Rock", "soktAv": "Byarådet"}]),
        ".json",
    )
    assert "Målet är att alla ska dansa." in told.column("projects", "goal")
    assert [row["name"] for row in told.tables["funders"]] == ["Almi"]
    assert {row["value"] for row in told.tables["project_details"]} == {"Byns förening", "Byarådet"}


def test_the_key_of_a_list_says_the_status_and_named_pairs_are_labels() -> None:
    facts = [{"etikett": "Pengar", "text": "Helt finansierat av Boverket"}, {"etikett": "Löper", "text": "2024"}]
    lists = {"pagaende": [{"rubrik": "Bron", "fakta": facts}], "avslutade": [{"rubrik": "Tornet", "fakta": facts[1:]}]}
    tables = tables_of(json.dumps({"kategorier": lists}), ".json", checked=False)
    told = {(row.title, row.status_code, row.start) for row in tables["projects"].itertuples()}
    assert told == {("Bron", "ongoing", "2024"), ("Tornet", "completed", "2024")}
    assert set(tables["project_funders"]["funder_id"]) == {"boverket"}


def test_keys_from_and_to_are_days_and_of_what_is_granted_year_by_year_the_sum_counts() -> None:
    granted = {"Beviljat år 1": 4000, "Beviljat år 2": 5000, "Beviljat totalt": 9000}
    items = [
        {"title": name, "from": "2024-02", "to": "2026-01", "funder": "Almi", **granted} for name in ("Bron", "Tornet")
    ]
    told = read(json.dumps(items, ensure_ascii=False), ".json")
    assert [told.column("projects", name) for name in ("start", "end")] == [["2024-02"] * 2, ["2026-01"] * 2]
    assert told.grants() == {("bron", "almi"): 9000, ("tornet", "almi"): 9000}
    assert lost(told) == []
