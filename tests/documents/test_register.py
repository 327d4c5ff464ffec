"""Registers written as text (CSV, columns, JSON): a row a project, every value with its place, and what is no project told apart."""

import json
from pathlib import Path

import pytest

from overkalix_data.base.errors import InputError
from overkalix_data.documents import source as reading
from tests.made.pages import tables_of
from tests.made.registers import Read, as_csv, lost, read

HEADINGS = ["Projektnamn", "Finansiär", "Beviljat belopp (kr)", "Startdatum", "Slutdatum", "Status"]
ROWS = [
    ["Skogens väg", "Leader Polaris", "120 000", "2024-01-01", "2025-12-31", "Pågående"],
    ["Ny brygga", "Region Norrbotten", "1,2 mkr", "januari 2023", "juni 2024", "Avslutat"],
]
REGISTER = [HEADINGS, *ROWS]


def assert_read(told: Read) -> None:
    """The two projects, whatever they were written as."""
    assert told.column("projects", "title") == ["Skogens väg", "Ny brygga"]
    assert told.column("projects", "start") == ["2024-01-01", "2023-01"]
    assert told.column("projects", "end") == ["2025-12-31", "2024-06"]
    assert told.column("projects", "status_code") == ["ongoing", "completed"]
    assert told.grants() == {("skogens-vag", "leader-polaris"): 120_000, ("ny-brygga", "region-norrbotten"): 1_200_000}
    assert lost(told) == []


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"], ids=["CRLF", "LF", "CR"])
@pytest.mark.parametrize("delimiter", list(";,\t|"), ids=["semicolon", "comma", "tab", "bar"])
def test_the_delimiter_is_found(delimiter: str, line_end: str) -> None:
    assert_read(read(as_csv(REGISTER, delimiter, line_end), ".csv"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_as_excel_saves_it(encoding: str) -> None:
    told = read(as_csv(REGISTER).encode(encoding), ".csv")
    assert_read(told)
    assert told.source.encoding == encoding


def test_headings_below_the_title_rows_and_sums_above_nothing() -> None:
    rows = [
        ["Externt finansierade projekt"],
        [],
        ["Diarieförs av kansliet", "", "", "", "2026"],
        HEADINGS,
        ROWS[0],
        ["Summa", "", "120 000"],
        ROWS[1],
        ["", "", "1 320 000"],
    ]
    told = read(as_csv(rows), ".csv")
    assert_read(told)
    assert told.quotes(rule="column") == ["Diarieförs av kansliet", "2026", *HEADINGS]
    assert told.quotes(rule="sum_row") == ["Summa", "120 000", "1 320 000"]
    assert "Externt finansierade projekt" in told.quotes(use="heading")


@pytest.mark.parametrize(("known", "projects"), [(4, ["Skogens väg", "Ny brygga"]), (3, [])])
def test_four_headings_that_are_known_make_a_register_however_many_are_not(known: int, projects: list[str]) -> None:
    others = [f"Ruta {n}" for n in range(7)]
    headings = ["Projektnamn", "Finansiär", "Startdatum", "Slutdatum"][:known] + others
    rows = [[title, "Almi", "2023-01-01", "2024-12-31"][:known] + ["x"] * 7 for title in ("Skogens väg", "Ny brygga")]
    assert read(as_csv([headings, *rows]), ".csv").column("projects", "title") == projects


def test_a_row_of_one_cell_opens_a_section() -> None:
    bare = [row[:5] for row in REGISTER]
    told = read(
        as_csv([bare[0], ["Pågående projekt"], bare[1], ["2023"], HEADINGS[:5], ["Avslutade projekt"], bare[2]]), ".csv"
    )
    assert told.column("projects", "title") == ["Skogens väg", "Ny brygga"]
    assert told.column("projects", "status_code") == ["ongoing", "completed"]
    assert told.column("projects", "status_basis") == ["heading", "heading"]
    assert told.column("projects", "section_text") == ["Pågående projekt", "Avslutade projekt"]
    assert told.quotes(rule="year_row") == ["2023"]
    assert told.quotes(rule="column") == HEADINGS[:5] * 2
    assert lost(told) == []


def test_quotes_line_breaks_and_delimiters_stand_in_a_cell() -> None:
    source = 'Projektnamn;Mål;Målgrupp\n"Skogens ""väg""; del 2";"Att bygga\nen väg.";Unga\n"Öppen;Att rusta.;Äldre\n'
    told = read(source, ".csv")
    assert told.column("projects", "title") == ['Skogens "väg"; del 2', '"Öppen']
    assert told.column("projects", "goal") == ["Att bygga en väg.", "Att rusta."]
    assert told.quotes(use="value", column="title") == ['Skogens ""väg""; del 2', '"Öppen']
    assert told.column("projects", "first_line") == [2, 4]
    assert lost(told) == []


def test_a_column_that_no_list_knows_is_kept_and_told() -> None:
    told = read(
        as_csv([["Projektnamn", "Mål", "Vår kod", "Finansiär"], ["Skogens väg", "Att bygga.", "Grön", "Almi"]]), ".csv"
    )
    assert told.column("projects", "description") == ["Vår kod: Grön"]
    assert told.quotes(use="unplaced", rule="unknown_label") == ["Vår kod"]


def test_a_cell_that_says_there_is_no_value_gives_none() -> None:
    told = read(as_csv([HEADINGS, ["Skogens väg", "Okänd", "-", "n/a", "Uppgift saknas", "Pågående"]]), ".csv")
    assert told.column("projects", "start") == [None]
    assert told.tables["project_funders"] == []
    assert told.quotes(rule="no_value") == ["Okänd", "-", "n/a", "Uppgift saknas"]


@pytest.mark.parametrize(("heading", "cell", "kronor"), [
    ("Total budget (kr)", "1 250 000", 1_250_000), ("Total budget (tkr)", "1 250", 1_250_000), ("Budget i mkr", "1,25", 1_250_000), ("Budget (mkr)", ",5", 500_000),
    ("Total budget", "1.250.000 kr", 1_250_000), ("Total budget", "1 250 000,50", 1_250_001), ("Total budget", "1,25 mkr", 1_250_000), ("Total budget (tkr)", "2 mkr", 2_000_000),
    ("Total budget (EUR)", "90 000", None), ("Total budget", "enligt beslut", None), ("Total budget", "0", 0),
])  # fmt: skip
def test_an_amount_has_the_unit_of_its_heading_unless_it_has_its_own(
    heading: str, cell: str, kronor: int | None
) -> None:
    told = read(as_csv([["Projektnamn", "Mål", heading], ["Skogens väg", "Att bygga.", cell]]), ".csv")
    assert told.column("projects", "total_cost_sek") == [kronor]


def test_a_column_a_funder() -> None:
    rows = [
        ["Projektnamn", "Leader Polaris (kr)", "Överkalix kommun (kr)", "Total budget (kr)"],
        ["Skogens väg", "100 000", "0", "300 000"],
        ["Ny brygga", "", "50 000", "50 000"],
    ]
    told = read(as_csv(rows), ".csv")
    assert told.grants() == {("skogens-vag", "leader-polaris"): 100_000, ("ny-brygga", "overkalix-kommun"): 50_000}
    assert told.column("projects", "total_cost_sek") == [300_000, 50_000]


def test_a_row_a_funder() -> None:
    rows = [
        ["Projektnamn", "Finansiär", "Belopp"],
        ["Skogens väg", "Leader Polaris", "100 000"],
        ["", "Överkalix kommun", "200 000"],
        ["Ny brygga", "Almi", "5 000"],
        ["Ny brygga", "Tillväxtverket", "6 000"],
    ]
    told = read(as_csv(rows), ".csv")
    assert told.grants() == {
        ("skogens-vag", "leader-polaris"): 100_000, ("skogens-vag", "overkalix-kommun"): 200_000, ("ny-brygga", "almi"): 5_000, ("ny-brygga", "tillvaxtverket"): 6_000,
    }  # fmt: skip
    assert told.quotes(rule="repeated") == ["Ny brygga"]


@pytest.mark.parametrize("rows", [
    [["Namn", "Personnummer", "E-post"], ["Eva Exempel", "19800101-0000", "eva@example.se"]],
    [["Konto", "Benämning", "Projekt", "Debet"], ["1930", "Bank", "Skogens väg", "100"]],
    [["Namn", "Telefon"], ["Eva Exempel", "070-174 06 35"]],
    [["a", "b", "c"], ["1", "2", "3"]],
], ids=["participants", "ledger", "people", "anything"])  # fmt: skip
def test_a_table_of_something_else_gives_no_project(rows: list[list[object]]) -> None:
    told = read(as_csv(rows), ".csv")
    assert told.tables["projects"] == []
    assert told.quotes(use="unplaced") == [str(cell) for row in rows for cell in row]
    assert lost(told) == []


TABS = "\n".join("\t".join(row) for row in REGISTER)
BARS = "\n".join(f"| {' | '.join(row)} |" for row in [HEADINGS, [":---"] * 6, *ROWS])
WIDE = "\n".join("".join(f"{cell:<24}" for cell in row).rstrip() for row in REGISTER)
PARAGRAPHS = "\n\n".join(cell for row in REGISTER for cell in row)


@pytest.mark.parametrize("columns", [TABS, BARS, WIDE, PARAGRAPHS], ids=["tabs", "bars", "gaps", "paragraphs"])
def test_columns_in_a_text(columns: str) -> None:
    told = read(f"Projekt\n\nHär är våra projekt.\n\n{columns}\n\nSenast ändrad 2026-01-01\n", ".txt")
    assert_read(told)
    assert told.quotes(use="unplaced")[0] == "Här är våra projekt."


def test_two_tabs_have_an_empty_cell_between_them() -> None:
    rows = [HEADINGS, ["Skogens väg", "", "", "2024-01-01", "2025-12-31", "Pågående"], ROWS[1]]
    told = read("Projekt\n\n" + "\n".join("\t".join(row) for row in rows) + "\n", ".txt")
    assert told.column("projects", "title") == ["Skogens väg", "Ny brygga"]
    assert told.column("projects", "end") == ["2025-12-31", "2024-06"]
    assert told.grants() == {("ny-brygga", "region-norrbotten"): 1_200_000}


GRANTS = {"version": "1.1", "grants": [
    {"id": "1", "title": "Skogens väg", "currency": "SEK", "amountAwarded": 85_000, "fundingOrganization": [{"name": "Almi"}], "plannedDates": [{"startDate": "2024-11-01", "endDate": "2025-03-31"}]},
    {"id": "2", "title": "R\u00f6d\nstuga", "currency": "EUR", "amountAwarded": 90_000, "fundingOrganization": [{"name": "Tillväxtverket"}], "plannedDates": []},
]}  # fmt: skip


@pytest.mark.parametrize("ascii_only", [False, True], ids=["as it is", "escaped"])
def test_grants_as_360giving_publishes_them(ascii_only: bool) -> None:
    source = json.dumps(GRANTS, ensure_ascii=ascii_only, indent=1)
    told = read(source, ".json")
    assert told.column("projects", "title") == ["Skogens väg", "Röd stuga"]
    assert told.column("projects", "start") == ["2024-11-01", None]
    assert told.grants() == {("skogens-vag", "almi"): 85_000, ("rod-stuga", "tillvaxtverket"): None}
    assert told.quotes(use="value", column="title") == [
        json.dumps(t, ensure_ascii=ascii_only)[1:-1] for t in ("Skogens väg", "Röd\nstuga")
    ]
    assert told.quotes(rule="metadata") == ["version", "1.1", "grants"]
    assert lost(told) == []


def test_operations_as_kohesio_publishes_them() -> None:
    row = {
        "Operation_Local_Identifier": "2021SE16", "Operation_Name_English": "Cold Bed", "Operation_Name_Programme_Language": "Kall bädd", "Operation_Start_Date": "01/09/2022",
        "Operation_End_Date": "31/08/2025", "Total_Eligible_Expenditure_amount": "1250000.0", "Total_Eligible_Expenditure_Currency": "SEK", "Beneficiary_Name": "Arjeplogs kommun",
        "Fund_Name": "Europeiska regionala utvecklingsfonden", "Operation_Summary_Programme_Language": "Projektet bygger.",
    }  # fmt: skip
    told = read(json.dumps([row], ensure_ascii=False), ".json")
    assert told.column("projects", "title") == ["Kall bädd"]
    assert told.column("projects", "start") == ["2022-09-01"]
    assert told.column("projects", "end") == ["2025-08-31"]
    assert told.column("projects", "total_cost_sek") == [None]  # eligible expenditure is a fact of its own
    assert told.column("project_details", "value") == ["Arjeplogs kommun", "2021SE16", "1250000.0 SEK"]
    assert "1250000.0" in told.quotes(use="value", column="value")


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('{"a": [1,}', 1),
        ('[\n{"a" 1}]', 2),
        ("[{}]\n[]", 2),
        ("[" * 100, 1),
        ('["a', 1),
        ("{1: 2}", 1),
        ("[1 2]", 1),
        ('["\n"]', 1),
        ("[NaN", 1),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(source: str, line: int) -> None:
    with pytest.raises(InputError) as refused:
        read(source, ".json")
    assert refused.value.key == "bad_json"
    assert refused.value.params["line"] == line


@pytest.mark.parametrize(
    "source",
    [
        "[]",
        "{}",
        "3",
        '"text"',
        "null",
        "[[1, 2]]",
        '[{"a": 1}, {"a": 2}]',
        '{"people": [{"name": "Eva", "telefon": "070"}]}',
    ],
)
def test_json_without_projects_is_told_as_unread(source: str) -> None:
    told = read(source, ".json")
    assert (told.tables["projects"], told.quotes(use="unplaced")) == ([], [source])


def test_a_register_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 200)
    (tmp_path / "a.csv").write_text(as_csv([*REGISTER, *ROWS * 9]), encoding="utf-8")
    with pytest.raises(InputError, match="too_large"):
        reading.read_sources(str(tmp_path))


def test_the_properties_of_a_map_are_the_project() -> None:
    features = [
        {
            "type": "Feature",
            "id": n,
            "properties": {"namn": name, "finansiar": "Boverket", "beviljat_kr": 9000, "start_ar": 2024},
        }
        for n, name in enumerate(("Bron", "Tornet"))
    ]
    told = read(json.dumps({"features": features}), ".json")
    assert told.column("projects", "title") == ["Bron", "Tornet"]
    assert told.column("project_funders", "granted_sek") == [9000, 9000]


def test_a_row_that_spans_a_table_of_labels_is_its_name() -> None:
    tables = "".join(
        f"<table><tr><td colspan=2>{name}</td></tr><tr><td>Finansiär</td><td>Boverket</td></tr>"
        "<tr><td>Projekttid</td><td>2024</td></tr></table>"
        for name in ("Bron", "Tornet")
    )
    assert read(tables, ".html").column("projects", "title") == ["Bron", "Tornet"]


def test_columns_under_a_heading_of_payers_are_what_each_pays() -> None:
    told = read(
        "<table><tr><th rowspan=2>Projekt</th><th colspan=2>Finansiering</th><th rowspan=2>Slutdatum</th></tr>"
        "<tr><th>Boverket</th><th>Stiftelsen Byn</th></tr>"
        "<tr><td>Bron</td><td>9 000</td><td>4 000</td><td>2026</td></tr></table>",
        ".html",
    )
    assert told.column("project_funders", "granted_sek") == [9000, 4000]


def test_objects_of_another_type_are_no_projects() -> None:
    graph = [
        {"@type": "Organization", "name": "Byns förening", "telephone": "0926-740 00"},
        {
            "@type": "Project",
            "name": "Bron",
            "funder": {"@type": "Organization", "name": "Boverket"},
            "startDate": "2024",
        },
        {
            "@type": "Project",
            "name": "Tornet",
            "funder": {"@type": "Organization", "name": "Boverket"},
            "startDate": "2025",
        },
    ]
    told = read(json.dumps({"@graph": graph}), ".json")
    assert told.column("projects", "title") == ["Bron", "Tornet"]
    assert {row["name"] for row in told.tables["funders"]} == {"Boverket"}


def test_a_funder_of_many_keys_is_no_project() -> None:
    payer = {"namn": "Boverket", "belopp": 9000, "beslut": "2024-01-01", "diarienummer": "B-1"}
    told = read(
        json.dumps([{"projektnamn": name, "mål": "Fler båtar", "finansiär": payer} for name in ("Bron", "Tornet")]),
        ".json",
    )
    assert told.column("projects", "title") == ["Bron", "Tornet"]
    assert set(told.column("project_funders", "funder_id")) == {"boverket"}


def test_a_table_of_a_paragraph_a_cell_may_have_a_heading_of_its_own() -> None:
    cells = "Projekt|Sökande|Skruv|Beviljat|Slutredovisas senast|Sjön|Byalaget|A1|400 000 kr|2025-12-31|Skogen|Ungdomsrådet|B2|35 000 kr|2025-10-15"
    rows = tables_of("Boverket delar ut stöd\n\n" + cells.replace("|", "\n\n"), checked=False)["projects"]
    assert {(row.title, row.end) for row in rows.itertuples()} == {("Sjön", "2025-12-31"), ("Skogen", "2025-10-15")}


def test_columns_of_their_own_are_what_stands_under_them() -> None:
    headings = ["Projekt", "Från", "Pengar in (tkr)", "Boverket (kr)", "Byarna", "Allt som allt", "Börjar - slutar"]
    rows = [
        ["Nya bryggan", "Almi", "100", "5000", "10000", "15000", "2024-10 - 2026-06"],
        ["Nya tornet", "Vinnova", "250", "7000", "20000", "27000", "2025-01 - 2025-12"],
    ]
    told = read(as_csv([[*headings, "Kontakt hos ägaren"], [*rows[0], "Siv Ek"], [*rows[1], "Ola Ek"]]), ".csv")
    grants = {(name, funder): kronor for (name, funder), kronor in told.grants().items()}
    assert grants["nya-bryggan", "almi"] == 100_000
    assert grants["nya-tornet", "boverket"] == 7_000
    assert grants["nya-tornet", "byarna"] == 20_000  # with it the payers make up the total of every row
    assert told.column("projects", "total_cost_sek") == [15_000, 27_000]
    assert told.column("projects", "end") == ["2026-06", "2025-12"]
    assert [row["name"] for row in told.tables["contacts"]] == ["Ola Ek", "Siv Ek"]


def test_the_unit_over_a_table_of_tabs_is_that_of_its_amounts() -> None:
    table = "Projekt\tFinansiär\tBidrag\tTotal\tPeriod\nSkolval\tSkolverket\t1 800\t2 000\t2024-2025\nTaket\tBoverket\t640\t700\t2025\n"
    told = read(f"Externa medel\n\nBelopp i tusental kronor.\n\n{table}", ".txt")
    assert told.grants() == {("skolval", "skolverket"): 1_800_000, ("taket", "boverket"): 640_000}
    assert told.column("projects", "total_cost_sek") == [2_000_000, 700_000]


def test_a_heading_that_is_nobodys_name_pays_nothing_and_who_stands_under_it_takes_part() -> None:
    told = read("Projekt;Medverkande förening;Bidrag (kr)\nViken;Byns förening;9000\nÄnget;Öns förening;4000\n", ".csv")
    assert told.tables["project_funders"] == []
    assert {(row["detail_code"], row["value"]) for row in told.tables["project_details"]} == {
        ("partner_organisations", "Byns förening"), ("partner_organisations", "Öns förening"),
    }  # fmt: skip


def test_what_begins_and_ends_at_a_time_of_the_day_is_a_calendar() -> None:
    rows = "Frukost;2025-09-04T07:30;2025-09-04T09:00;Att tala.\nKurs;2025-09-05T13:00;2025-09-05T16:00;Att lära.\n"
    assert read(f"Projektnamn;Startdatum;Slutdatum;Mål\n{rows}", ".csv").tables["projects"] == []
    midnight = rows.replace("T09:00", "T00:00").replace("T16:00", "T00:00")
    assert len(read(f"Projektnamn;Startdatum;Slutdatum;Mål\n{midnight}", ".csv").tables["projects"]) == 2


def test_an_amount_under_a_fund_in_general_is_of_the_fund_that_the_row_names() -> None:
    rows = "Vägen;Socialfonden (ESF+);2024;9000;Stiftelsen Natur & Kultur\nBron;Europeiska socialfonden;2025;4000;\n"
    told = read(f"Projektnamn;Stödform;Startdatum;ESF-stöd (SEK);Övriga finansiärer\n{rows}", ".csv")
    assert told.grants() == {
        ("vagen", "esf-plus"): 9000, ("bron", "esf"): 4000, ("vagen", "stiftelsen-natur-kultur"): None,
    }  # fmt: skip


def test_headings_side_by_side_stand_over_cells_on_lines_of_their_own() -> None:
    cells = [
        "Fjällbuss på prov",
        "Region Dalarna",
        "1 150",
        "2023",
        "Rädda vattnet",
        "Vinnova",
        "980 resp. 1 420",
        "2024",
    ]
    page = "Belopp i tkr.\n\nProjekt\tFinansiär\tBidrag\tPeriod\n" + "\n".join(cells) + "\n\nSidan uppdaterad i maj.\n"
    told = read(page, ".txt")
    assert told.column("projects", "title") == ["Fjällbuss på prov", "Rädda vattnet"]
    assert told.grants()["fjallbuss-pa-prov", "region-dalarna"] == 1_150_000
    assert lost(told) == []


def test_a_number_behind_a_stop_says_which_funder_pays_a_columns_amounts() -> None:
    page = "Projekt;Medfin. 1;Medfin. 1 SEK;Medfin. 2;Medfin. 2 SEK;Omslutning\nBron;Kils kommun;150000;Vinnova;2000;1000000\nTornet;Kils kommun;250000;;;900000\n"
    told = read(page, ".csv")
    assert told.grants() == {
        ("bron", "kils-kommun"): 150_000,
        ("bron", "vinnova"): 2000,
        ("tornet", "kils-kommun"): 250_000,
    }
