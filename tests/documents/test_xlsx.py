"""Excel registers: a row a project, every value with its cell; sheets, merged and hidden cells, formulas, and what is refused."""

import io
import re
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from overkalix_data.base.errors import InputError
from overkalix_data.documents import xlsx as workbook
from tests.documents.test_register import HEADINGS, REGISTER, ROWS, assert_read
from tests.made.registers import as_csv, as_xlsx, lost, read


def patched(data: bytes, part: str, change: dict[str, str]) -> bytes:
    """The workbook with words of one of its parts exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            words = old.read(name).decode()
            for this, that in change.items() if name == part else ():
                assert this in words
                words = words.replace(this, that)
            new.writestr(name, words)
    return out.getvalue()


def test_it_is_read_as_the_csv_is() -> None:
    told = read(as_xlsx({"Blad1": REGISTER}), ".xlsx")
    assert_read(told)
    assert told.source.text.removeprefix("Projekt\n\n") == read(as_csv(REGISTER), ".csv").source.text


def test_every_value_knows_its_cell() -> None:
    told = read(as_xlsx({"Projekt": [["Externt finansierade projekt"], [], *REGISTER]}, merged=["A1:F1"]), ".xlsx")
    assert_read(told)
    assert told.address("title") == ["Projekt!A4", "Projekt!A5"]
    assert told.address("status_code") == ["Projekt!F4", "Projekt!F5"]
    assert told.address("funder_id", "project_funders") == ["Projekt!B4", "Projekt!B5"]
    assert told.address("granted_sek", "project_funders") == ["Projekt!C4", "Projekt!C5"]
    assert told.column("projects", "first_line") == [4, 5]
    cells = {row["address"]: told.source.whole[int(row["start"]) : int(row["end"])] for row in told.tables["cells"]}
    assert cells == {"A1": "Externt finansierade projekt"} | {
        f"{'ABCDEF'[c]}{r + 3}": str(cell) for r, row in enumerate(REGISTER) for c, cell in enumerate(row)
    }


def test_a_box_that_is_ticked_says_yes() -> None:
    rows = [
        ["Projektnamn", "Mål", "Slutredovisat i tid"],
        ["Skogens väg", "Att bygga.", True],
        ["Ny brygga", "Att rusta.", False],
    ]
    told = read(as_xlsx({"Blad1": rows}), ".xlsx")
    assert told.column("projects", "description")[0] == "Slutredovisat i tid: ja"
    assert [line.split("\t")[2] for line in told.source.whole.splitlines()[2:]] == ["ja", "nej"]


def test_columns_beyond_z_have_two_letters() -> None:
    told = read(
        as_xlsx({"Bred": [[*[None] * 26, "Projektnamn", "Mål"], [*[None] * 26, "Skogens väg", "Att bygga."]]}), ".xlsx"
    )
    assert told.address("title") == ["Bred!AA2"]
    assert told.address("goal") == ["Bred!AB2"]


def test_a_merged_cell_stands_in_all_its_rows() -> None:
    rows = [["Projektnamn", "Total budget", "Finansiär", "Beviljat belopp"], ["Skogens väg", 300_000, "Leader Polaris", 100_000], [None, None, "Överkalix kommun", 200_000],
            ["Ny brygga", 5_000, "Almi", 5_000]]  # fmt: skip
    told = read(as_xlsx({"Blad1": rows}, merged=["A2:A3", "B2:B3"]), ".xlsx")
    assert told.column("projects", "title") == ["Skogens väg", "Ny brygga"]
    assert told.column("projects", "total_cost_sek") == [300_000, 5_000]
    assert told.grants() == {
        ("skogens-vag", "leader-polaris"): 100_000,
        ("skogens-vag", "overkalix-kommun"): 200_000,
        ("ny-brygga", "almi"): 5_000,
    }
    assert lost(told) == []


def test_a_merged_cell_may_hold_for_several_projects() -> None:
    rows = [
        ["Projektnamn", "Mål", "Finansiär"],
        ["Skogens väg", "Att bygga.", "Almi"],
        ["Ny brygga", "Att rusta.", None],
        ["Stugan", "Att måla.", None],
    ]
    told = read(as_xlsx({"Blad1": rows}, merged=["C2:C3"]), ".xlsx")
    assert set(told.grants()) == {("skogens-vag", "almi"), ("ny-brygga", "almi")}
    assert told.address("funder_id", "project_funders") == ["Blad1!C2"]


def test_headings_in_two_rows() -> None:
    rows = [
        ["Projektnamn", "Mål", "Total budget", "Beviljat belopp", "Finansiär"],
        [None, None, "tkr", "mkr", None],
        ["Skogens väg", "Att bygga.", 1_250, 1.1, "Almi"],
    ]
    told = read(as_xlsx({"Blad1": rows}), ".xlsx")
    assert told.column("projects", "total_cost_sek") == [1_250_000]
    assert told.grants() == {("skogens-vag", "almi"): 1_100_000}
    assert told.quotes(rule="column") == [
        "Projektnamn",
        "Mål",
        "Total budget",
        "Beviljat belopp",
        "Finansiär",
        "tkr",
        "mkr",
    ]


def test_sections_and_sums_are_no_projects() -> None:
    rows = [
        HEADINGS[:5],
        ["Pågående projekt"],
        ROWS[0][:5],
        ["Delsumma", None, 120_000],
        ["Avslutade projekt"],
        ROWS[1][:5],
        ["Totalt", None, 1_320_000],
    ]
    told = read(as_xlsx({"Blad1": rows}, merged=["A2:E2", "A5:E5"]), ".xlsx")
    assert told.column("projects", "title") == ["Skogens väg", "Ny brygga"]
    assert told.column("projects", "status_code") == ["ongoing", "completed"]
    assert told.quotes(rule="sum_row") == ["Delsumma", "120000", "Totalt", "1320000"]
    assert lost(told) == []


@pytest.mark.parametrize(("cell", "start"), [
    (date(2024, 3, 1), "2024-03-01"), (datetime(2024, 3, 1), "2024-03-01"), (datetime(2024, 3, 1, 9, 30), "2024-03-01"), ("2024-03-01", "2024-03-01"), ("1/3 2024", "2024-03-01"),
    ("mars 2024", "2024-03"), (2024, "2024"), (2024.0, "2024"), ("2024", "2024"), (time(9, 30), None), (True, None), (45_352, None), ("löpande", None),
])  # fmt: skip
def test_days_are_dates_or_words(cell: object, start: str | None) -> None:
    told = read(
        as_xlsx({"Blad1": [["Projektnamn", "Mål", "Startdatum"], ["Skogens väg", "Att bygga.", cell]]}), ".xlsx"
    )
    assert told.column("projects", "start") == [start]
    assert lost(told) == []


@pytest.mark.parametrize(
    ("cell", "kronor"),
    [
        (1_250_000, 1_250_000),
        (1_250_000.0, 1_250_000),
        (1_249_999.5, 1_250_000),
        ("1,25 mkr", 1_250_000),
        (0, 0),
        ("okänt", None),
        ("90 000 euro", None),
    ],
)
def test_amounts_are_numbers_or_words(cell: object, kronor: int | None) -> None:
    told = read(
        as_xlsx({"Blad1": [["Projektnamn", "Mål", "Total budget"], ["Skogens väg", "Att bygga.", cell]]}), ".xlsx"
    )
    assert told.column("projects", "total_cost_sek") == [kronor]


def test_each_sheet_is_a_list_or_is_told_apart() -> None:
    small = ["Projektnamn", "Mål"]
    sheets = {
        "Läs mig": [small, ["Så fyller du i", "Så här"]], "Pågående": [small, ["Skogens väg", "Att bygga."]], "Avslutade": [small, ["Ny brygga", "Att rusta."]],
        "Deltagare": [["Namn", "Personnummer"], ["Eva", "19800101-0000"]], "Gömd": [small, ["Hemlig", "Att gömma."]], "Tomt": [],
    }  # fmt: skip
    told = read(as_xlsx(sheets, hidden_sheets=["Gömd"]), ".xlsx")
    assert sorted(zip(told.column("projects", "title"), told.column("projects", "status_code"), strict=True)) == [
        ("Ny brygga", "completed"),
        ("Skogens väg", "ongoing"),
    ]
    assert told.address("title") == ["Avslutade!A2", "Pågående!A2"]
    assert told.quotes(rule="other_sheet") == [
        "Läs mig", *small, "Så fyller du i", "Så här", "Deltagare", "Namn", "Personnummer", "Eva", "19800101-0000", "Gömd", *small, "Hemlig", "Att gömma.", "Tomt",
    ]  # fmt: skip
    assert lost(told) == []


def test_a_workbook_without_a_list_is_unread_and_told() -> None:
    told = read(as_xlsx({"Deltagare": [["Namn", "Personnummer"], ["Eva", "19800101-0000"]]}), ".xlsx")
    assert (told.tables["projects"], told.quotes(use="unplaced")) == (
        [],
        ["Deltagare", "Namn", "Personnummer", "Eva", "19800101-0000"],
    )


def test_hidden_rows_and_columns_belong_to_the_register() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx({"Blad1": REGISTER}, hidden_rows=[3])))
    book.worksheets[0].column_dimensions["C"].hidden = True
    out = io.BytesIO()
    book.save(out)
    assert_read(read(out.getvalue(), ".xlsx"))


def test_a_formula_gives_the_value_that_was_saved_with_it() -> None:
    rows = [
        ["Projektnamn", "Mål", "Total budget"],
        ["Skogens väg", "Att bygga.", 111],
        ["Ny brygga", "Att rusta.", 222],
    ]
    plain = as_xlsx({"Blad1": rows})
    told = read(
        patched(
            plain,
            "xl/worksheets/sheet1.xml",
            {"<v>111</v>": "<f>SUM(A1:A9)</f><v>300000</v>", "<v>222</v>": "<f>A1</f><v></v>"},
        ),
        ".xlsx",
    )
    assert told.column("projects", "total_cost_sek") == [300_000, None]
    assert "SUM" not in told.source.whole


def test_text_that_looks_like_a_formula_is_text() -> None:
    told = read(
        as_xlsx({"Blad1": [["Projektnamn", "Mål"], ["=1+1", '=HYPERLINK("http://x.se")'], ["@Skog", "+46 av målen"]]}),
        ".xlsx",
    )
    assert told.column("projects", "title") == ["=1+1", "@Skog"]
    assert told.column("projects", "goal") == ['=HYPERLINK("http://x.se")', "+46 av målen"]


def test_line_breaks_in_a_cell_are_paragraphs() -> None:
    told = read(
        as_xlsx(
            {
                "Blad1": [
                    ["Projektnamn", "Mål", "Finansiär"],
                    ["Skogens\nväg", "Ett.\n\nTvå: tre.", "Almi\r\nTillväxtverket"],
                ]
            }
        ),
        ".xlsx",
    )
    assert told.column("projects", "title") == ["Skogens väg"]
    assert told.column("projects", "goal") == ["Ett.\n\nTvå: tre."]
    assert set(told.grants()) == {("skogens-vag", "almi"), ("skogens-vag", "tillvaxtverket")}
    assert lost(told) == []


def test_a_number_to_dial_may_be_saved_as_a_number() -> None:
    told = read(
        as_xlsx(
            {
                "Blad1": [
                    ["Projektnamn", "Mål", "Kontaktperson", "Telefon"],
                    ["Skogens väg", "Att bygga.", "Eva Exempel", 46_701_740_635],
                ]
            }
        ),
        ".xlsx",
    )
    assert told.column("contact_points", "value") == ["+46701740635"]
    assert told.address("value", "contact_points") == ["Blad1!D2"]


def bomb(size: int, *, parts: int = 1) -> bytes:
    """A workbook with parts of blanks that pack to nearly nothing."""
    out = io.BytesIO(as_xlsx({"Blad1": REGISTER}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for n in range(parts):
            archive.writestr(f"xl/media/{n}.xml", b" " * size)
    return out.getvalue()


def test_a_part_that_unpacks_to_far_more_is_refused() -> None:
    assert_read(read(bomb(workbook.SMALL), ".xlsx"))
    with pytest.raises(InputError, match="workbook_size"):
        read(bomb(2 * workbook.SMALL), ".xlsx")


def test_parts_that_together_unpack_to_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 3 * 2**20)
    with pytest.raises(InputError, match="workbook_size") as refused:
        read(bomb(workbook.SMALL, parts=4), ".xlsx")
    assert refused.value.params["limit"] == 3


def test_a_sheet_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    assert_read(read(as_xlsx({"Blad1": REGISTER}), ".xlsx"))
    with pytest.raises(InputError, match="sheet_size") as refused:
        read(as_xlsx({"Blad1": [*REGISTER, [], ["Slut"]]}), ".xlsx")
    assert refused.value.params["sheet"] == "Blad1"


def test_a_far_away_cell_makes_no_large_sheet() -> None:
    data = patched(
        as_xlsx({"Blad1": [*REGISTER, ["x"]]}),
        "xl/worksheets/sheet1.xml",
        {'r="A4"': 'r="A1048576"', 'row r="4"': 'row r="1048576"'},
    )
    with pytest.raises(InputError, match="sheet_size"):
        read(data, ".xlsx")


@pytest.mark.parametrize(("data", "key"), [
    (b"PK\x03\x04 no archive", "bad_workbook"), (b"Projektnamn;Mal", "bad_workbook"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "locked_workbook"),
    (as_xlsx({"Blad1": REGISTER})[:-40], "bad_workbook"), (patched(as_xlsx({"Blad1": REGISTER}), "xl/workbook.xml", {"<sheets>": "<sheets"}), "bad_workbook"),
    (patched(as_xlsx({"Blad1": REGISTER}), "xl/worksheets/sheet1.xml", {"<sheetData>": "<sheetData"}), "bad_workbook"),
], ids=["archive", "text", "old", "cut off", "list of sheets", "sheet"])  # fmt: skip
def test_what_is_no_workbook_is_refused(data: bytes, key: str) -> None:
    with pytest.raises(InputError) as refused:
        read(data, ".xlsx")
    assert refused.value.key == key
    assert re.search("register.xlsx$", str(refused.value.params["file"]))


def test_what_a_sheet_tells_of_the_codes_and_units_holds_for_the_others() -> None:
    told = read(
        as_xlsx(
            {
                "Läs mig": [
                    ["Kolumn", "Förklaring"],
                    ["Status", "P = pågår, S = slutredovisat"],
                    ["Belopp", "anges i tkr"],
                ],
                "Beslut": [
                    ["Projektnamn", "Finansiär", "Beviljat", "Status"],
                    ["Bron", "Boverket", 9, "S"],
                    ["Tornet", "Almi", 4, "P"],
                ],
            }
        ),
        ".xlsx",
    )
    assert told.column("projects", "status_code") == ["completed", "ongoing"]
    assert told.grants() == {("bron", "boverket"): 9000, ("tornet", "almi"): 4000}
