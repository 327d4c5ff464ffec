"""The council's workbook: every number the tables', readable without us, nothing executed, no personal data in the public edition."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook

from overkalix_data.analyse import co_funding, completeness, projects_per_funder, themes, themes_by_funder
from overkalix_data.analyse.kronor import cost_total, granted_total
from overkalix_data.analyse.public_edition import MASK, Redactor
from overkalix_data.schema.frames import Tables
from tests.made.shared import once
from tests.made.workbooks import bare, by_libreoffice, council, libreoffice, rows

pytestmark = pytest.mark.whole

SHEETS = ["Översikt", "Projekt", "Finansiering", "Finansieringsmatris", "Finansiärer", "Teman och målgrupper", "Uppgifter som saknas", "Kvalitet",
          "Förändringar, källor och ord"]  # fmt: skip


@pytest.fixture(scope="module")
def path(council_book_of: Callable[[str], Path]) -> Path:
    return council_book_of("sv")


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="session")
def rich(tables: Tables) -> Tables:
    """The real page with invented amounts: a cost on two of three projects, a grant on every other part of the funding."""
    projects, funding = tables["projects"].copy(), tables["project_funders"].copy()
    projects["total_cost_sek"] = pd.Series(
        [None if n % 3 == 2 else 100_000 + n for n in range(len(projects))], dtype="Int64"
    )
    funding["granted_sek"] = pd.Series([1_000 + n if n % 2 else None for n in range(len(funding))], dtype="Int64")
    return tables | {"projects": projects, "project_funders": funding}


def is_sentence(values: Any) -> bool:
    """Whether the rows of a table are the one that says that it has none."""
    return len(values) == 1 and str(values[0][0].value).endswith(".") and not any(cell.value for cell in values[0][1:])


def test_every_sheet_is_a_real_table_a_screen_reader_can_read(book: Workbook) -> None:
    assert book.sheetnames == SHEETS
    for page in book:
        assert page["A1"].value
        assert not page.merged_cells.ranges
        assert page.tables
        for table in page.tables.values():
            header, *values = page[table.ref]
            names = [cell.value for cell in header]
            assert all(names), page.title
            assert len(set(names)) == len(names), page.title
            assert is_sentence(values) or all(cell.value is not None for row in values for cell in row), page.title
        if len(page.tables) == 1:
            first = table.ref.partition(":")[0]
            assert page.freeze_panes == f"B{int(first[1:]) + 1}"
            assert page.print_title_rows


def test_rows_and_values_are_the_tables(book: Workbook, tables: Tables) -> None:
    projects, funding = rows(book, "Projekt"), rows(book, "Finansiering")
    assert sorted(projects["Projekt-id"]) == sorted(tables["projects"]["project_id"])
    assert sorted(projects["Första rad"]) == sorted(tables["projects"]["first_line"])
    assert projects["Status"].value_counts().to_dict() == {"Avslutat": 14, "Pågående": 11}
    assert len(funding) == len(tables["project_funders"]) == 69
    assert (funding["Genom"] == "Leader Polaris").sum() == 7
    assert len(rows(book, "Kvalitet", 1)) == len(tables["findings"])
    counts = rows(book, "Finansiärer").set_index("Namn")["Antal projekt"]
    assert (
        counts["Tillväxtverket"]
        == tables["project_funders"].query("funder_id == 'tillvaxtverket'")["project_id"].nunique()
    )
    contacts = rows(book, "Uppgifter som saknas", 1).set_index("Namn")["Antal projekt"].to_dict()
    assert contacts == tables["project_contacts"].merge(tables["contacts"])["name"].value_counts().to_dict()
    assert "070-115 33 56" in str(rows(book, "Uppgifter som saknas", 1)["Telefon"].tolist())
    assert (
        rows(book, "Teman och målgrupper")["Projekt-id"].tolist().count("move-on-up")
        == (tables["project_themes"]["project_id"] == "move-on-up").sum()
    )


def test_who_pays_for_what_and_with_whom_is_what_the_analysis_says(book: Workbook, tables: Tables) -> None:
    of_theme, (pairs, levels) = rows(book, "Finansieringsmatris", 1), (rows(book, "Finansiärer", n) for n in (1, 2))
    behind = themes_by_funder(tables).query("funder_id == 'tillvaxtverket'")
    assert of_theme["Tillväxtverket"].sum() == behind["projects"].sum() > 0
    assert pairs["Antal projekt"].tolist() == co_funding(tables)["projects"].head(len(pairs)).tolist()
    assert round(100 * levels.set_index("Nivå").loc["EU", "Andel"]) == 18


def test_the_matrix_has_the_role_of_every_pair_and_a_dash_for_none(book: Workbook, tables: Tables) -> None:
    matrix = rows(book, "Finansieringsmatris").set_index("Projekt-id")
    funding, names = tables["project_funders"], tables["funders"].set_index("funder_id")["name"]
    pairs = {(r.project_id, names[r.funder_id]) for r in funding.itertuples()}
    shown = matrix[list(names)]
    assert {(p, f) for p in shown.index for f in shown.columns if shown.loc[p, f] != "–"} == pairs
    assert matrix.loc["personer-starta-foretag", "Antal finansiärer"] == 7


def test_unknown_is_said_and_is_never_zero(book: Workbook) -> None:
    projects = rows(book, "Projekt")
    assert set(projects["Total kostnad (kr)"]) == {"Uppgift saknas"}
    assert set(rows(book, "Finansiering")["Beviljat (kr)"]) == {"Uppgift saknas"}
    assert (projects["Start"] == "Uppgift saknas").sum() == 24
    assert (projects["Dubblett av"] == "–").sum() == 24


def test_a_table_without_rows_says_so_in_one_sentence(tables: Tables, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(council(tables | {"additions": tables["additions"].iloc[:0]}, tmp_path / "book.xlsx"))
    for sheet, table, told in (
        (SHEETS[-1], 0, "Sidan är hämtad en gång. När den hämtats igen visas här vad som ändrats."),
        (SHEETS[-1], 4, "Ingenting är tillagt."),
    ):
        (only,) = rows(book, sheet, table).values.tolist()
        assert only == [told, *[None] * (len(only) - 1)]


def test_findings_stand_worst_first(book: Workbook) -> None:
    order = ["Kritisk", "Varning", "Upplysning"]
    ranks = [order.index(s) for s in rows(book, "Kvalitet", 1)["Allvar"]]
    assert ranks == sorted(ranks)


def test_what_is_missing_says_whom_to_ask_and_where_to_write(book: Workbook, tables: Tables) -> None:
    missing = rows(book, "Uppgifter som saknas")
    assert set(missing["Projekt-id"]) == set(tables["projects"]["project_id"])
    (line,) = missing.query(
        "`Projekt-id` == 'personer-starta-foretag' and `Det här saknas`.str.startswith('total')"
    ).to_dict("records")
    assert (line["Fråga"], line["Enhet"], line["Fylls i på bladet"]) == (
        "Bo Häggroth",
        "Näringslivskontoret",
        "Finansiering",
    )
    assert set(missing.query("`Projekt-id` == 'move-on-up'")["Fråga"]) == {"Uppgift saknas"}, (
        "nobody is named: that is unknown, not none"
    )


@pytest.mark.parametrize(
    ("lang", "sheet", "value", "shown"),
    [("sv", SHEETS[-1], "Värde", "Förstudie"), ("en", "Changes, sources and terms", "Value", "Pre-study")],
)
def test_what_people_added_is_told_in_words_and_not_in_codes(
    tables: Tables, tmp_path: Path, lang: str, sheet: str, value: str, shown: str
) -> None:
    told = {"project_id": "move-on-up", "outcome_code": "applied", "file": "values.csv", "place": "2"}
    added = [
        told | {"field": "project_type_code", "value": "pre_study"},
        told | {"field": "title", "value": "Move on Up"},
    ]
    additions = pd.DataFrame(added, columns=tables["additions"].columns, dtype="string")
    book = openpyxl.load_workbook(council(tables | {"additions": additions}, tmp_path / "book.xlsx", lang=lang))
    assert rows(book, sheet, 4)[value].tolist() == [shown, "Move on Up"]


@pytest.mark.parametrize("engine", ["openpyxl", "calamine"])
def test_another_program_reads_the_same_values_and_types(rich: Tables, tmp_path: Path, engine: Any) -> None:
    path = council(rich, tmp_path / "book.xlsx")
    read = pd.read_excel(
        path, sheet_name="Projekt", header=4, engine=engine, keep_default_na=False, dtype=object
    ).set_index("Projekt-id")
    projects = rich["projects"].set_index("project_id")
    assert set(read.index) == set(projects.index)
    for project_id, row in projects.iterrows():
        told = read.loc[project_id]
        assert told["Mål"] == ("Uppgift saknas" if pd.isna(row["goal"]) else row["goal"])
        assert told["Första rad"] == row["first_line"]
        cost = told["Total kostnad (kr)"]
        assert cost == ("Uppgift saknas" if pd.isna(row["total_cost_sek"]) else row["total_cost_sek"])
        assert isinstance(cost, str | int | float)
    overview = pd.read_excel(path, sheet_name="Översikt", header=6, engine=engine)
    assert overview.loc[0, ["Nyckeltal", "Värde"]].tolist() == ["Projekt", 25]


def figures(book: Workbook) -> dict[str, tuple[Any, Any, Any]]:
    return {r["Nyckeltal"]: (r["Värde"], r["Känt för"], r["Av"]) for r in rows(book, "Översikt").to_dict("records")}


def bars(book: Workbook, table: int) -> dict[str, Any]:
    return dict(rows(book, "Översikt", table).itertuples(index=False, name=None))


def expected(tables: Tables) -> dict[str, tuple[Any, Any, Any]]:
    """The key figures by another way than the book's formulas: counted here, or by `amounts`."""
    status, n = tables["projects"]["status_code"], len(tables["projects"])
    cost, granted = (
        (t.sek if t.known else "Uppgift saknas", t.known, t.of) for t in (cost_total(tables), granted_total(tables))
    )
    warnings = int((tables["findings"]["severity"] == "warning").sum())
    return {
        "Projekt": (n, n, n), "Olika projekttexter": (int(tables["projects"]["duplicate_of"].isna().sum()), n, n),
        "Pågående": (int((status == "ongoing").sum()), n, n), "Avslutade": (int((status == "completed").sum()), n, n),
        "Finansiärer": (len(tables["funders"]),) * 3, "Finansieringar": (len(tables["project_funders"]),) * 3,
        "Total kostnad (kr)": cost, "Beviljat av alla finansiärer (kr)": granted, "Kritiska iakttagelser": (0, 0, 0), "Varningar": (warnings,) * 3,
    }  # fmt: skip


@pytest.fixture(scope="session")
def computed(tables: Tables, rich: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of books of the real page, with invented amounts, with one of them changed and of nothing; in it
    `by-libreoffice`, with their formulas computed by LibreOffice alone, which is started once for all of them."""
    none = {name: frame.iloc[:0] if name not in ("checks", "sources") else frame for name, frame in tables.items()}

    def make(folder: Path) -> None:
        asked = {"real": tables, "rich": rich, "none": none}
        made = [council(books, folder / f"{kind}.xlsx") for kind, books in asked.items()]
        book = openpyxl.load_workbook(folder / "rich.xlsx")
        cell = a_cost(book)
        cell.value += 7
        book.save(folder / "changed.xlsx")
        every = [bare(path, folder) for path in (*made, folder / "changed.xlsx")]
        by_libreoffice(every[0], folder / "by-libreoffice", more=every[1:])

    return once(tmp_path_factory, "computed", make)


def a_cost(book: Workbook) -> Cell:
    """The first cost that is known."""
    page = book["Projekt"]
    (table,) = page.tables.values()
    header, *lines = page[table.ref]
    column = [c.value for c in header].index("Total kostnad (kr)")
    return next(row[column] for row in lines if isinstance(row[column].value, int))


@libreoffice
@pytest.mark.parametrize("kind", ["real", "rich", "none"])
def test_the_key_figures_are_live_and_right(tables: Tables, rich: Tables, computed: Path, kind: str) -> None:
    alone = openpyxl.load_workbook(computed / "by-libreoffice" / f"{kind}.xlsx", data_only=True)
    said = openpyxl.load_workbook(computed / f"{kind}.xlsx", data_only=True)
    formulas = openpyxl.load_workbook(computed / f"{kind}.xlsx")
    if kind != "none":
        asked = {"real": tables, "rich": rich}[kind]
        assert {k: v for k, v in figures(alone).items() if k != "Uppgifter som saknas"} == expected(asked)
        assert bars(alone, 1) == dict(
            projects_per_funder(asked)[["name", "projects"]].itertuples(index=False, name=None)
        )
        assert bars(alone, 2) == dict(themes(asked)[["name", "projects"]].itertuples(index=False, name=None))
        filled = completeness(asked).set_index("field")["filled"]
        assert bars(alone, 3)["Total kostnad"] == filled["total_cost_sek"]
        assert bars(alone, 3)["Målgrupp"] == filled["target_group"]
    assert figures(said) == figures(alone)  # what a preview shows without computing
    assert [bars(said, n) for n in (1, 2, 3)] == [bars(alone, n) for n in (1, 2, 3)]
    assert all(str(cell).startswith("=") for told in figures(formulas).values() for cell in told)


@libreoffice
def test_a_number_that_is_changed_in_a_table_changes_the_key_figures(rich: Tables, computed: Path) -> None:
    alone = openpyxl.load_workbook(computed / "by-libreoffice" / "changed.xlsx", data_only=True)
    assert figures(alone)["Total kostnad (kr)"][0] == cost_total(rich).sek + 7


def test_the_charts_are_native_and_say_in_words_what_they_show(path: Path, book: Workbook) -> None:
    assert [len(page._charts) for page in book] == [3] + [0] * (len(SHEETS) - 1)
    drawing = zipfile.ZipFile(path).read("xl/drawings/drawing1.xml").decode()
    told = drawing.split('descr="')[1:]
    assert len(told) == 3
    assert told[0].startswith("Liggande stapeldiagram. Projekt per finansiär: Överkalix kommun 24, Tillväxtverket 14, ")
    assert "Titel 5" in told[2] or "Titel 1" in told[2]


def test_links_lead_to_rows_and_to_the_page(book: Workbook) -> None:
    projects = book["Projekt"]
    (table,) = projects.tables.values()
    header, *lines = projects[table.ref]
    places = {c.value: n for n, c in enumerate(header)}
    for line in lines:
        assert line[0].hyperlink.target == "https://www.overkalix.se/kommun-och-politik/projekt/"
        sheet, _, cell = line[places["Rader i Finansiering"]].hyperlink.location.partition("!")
        assert sheet == "'Finansiering'"
        there = book["Finansiering"][cell]
        assert there.value == line[0].value
        back, _, home = there.hyperlink.location.partition("!")
        assert (back, book["Projekt"][home].value) == ("'Projekt'", line[0].value)
    contents = {c.value: c.hyperlink.location for row in book["Översikt"].iter_rows() for c in row if c.hyperlink}
    leads = [location.replace("'", "").partition("!")[::2] for location in contents.values()]
    assert list(dict.fromkeys(sheet for sheet, _ in leads)) == SHEETS[1:]
    assert len(leads) == sum(len(page.tables) for page in book) - len(book["Översikt"].tables)
    sheet, cell = leads[[*contents].index("Kvalitet: Iakttagelser")]
    assert [c.value for c in book[sheet][cell.replace("A", "")][:2]] == ["Kontroll", "Allvar"]


@libreoffice
@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo is not installed (apt install poppler-utils)")
@pytest.mark.parametrize("edition", ["internal", "public"])
def test_the_book_prints_on_twelve_pages(tables: Tables, tmp_path: Path, edition: str) -> None:
    made = by_libreoffice(council(tables, tmp_path / "book.xlsx", edition=edition), tmp_path, "pdf").with_suffix(".pdf")
    told = subprocess.run(["pdfinfo", str(made)], capture_output=True, text=True, check=True).stdout
    assert int(re.findall(r"Pages: +([0-9]+)", told)[0]) <= 12


def test_codes_have_drop_downs_and_colour_never_stands_alone(book: Workbook) -> None:
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in book["Projekt"].data_validations.dataValidation}
    assert any(words.startswith('"Pågående,Avslutat,') for words in lists.values())
    (rule, *_) = [r for cf in book["Kvalitet"].conditional_formatting for r in cf.rules]
    assert rule.formula == ['"Kritisk"']


def test_english_is_complete(tables: Tables, council_book_of: Callable[[str], Path]) -> None:
    book = openpyxl.load_workbook(council_book_of("en"))
    assert book.sheetnames[:4] == ["Overview", "Projects", "Funding", "Funding matrix"]
    assert set(rows(book, "Projects")["Total cost (SEK)"]) == {"Not stated"}
    funders = set(tables["funders"]["name"])
    headings = {
        str(c) for page in book for n in range(len(page.tables)) for c in rows(book, page.title, n).columns
    } - funders
    assert not [h for h in headings if any(letter in h for letter in "åäöÅÄÖ")]


def test_same_bytes_every_time(tables: Tables, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert council(tables, tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    stamped = zipfile.ZipFile(council(tables, tmp_path / "epoch.xlsx")).read("docProps/core.xml")
    assert stamped.count(b"1970-01-01T00:00:00Z") == 2


HOSTILE = ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "a\x0bb", "å" * 40_000]


@pytest.fixture(scope="module")
def hostile(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """A book whose projects and funders are called each of those, turn by turn."""
    projects, funders = tables["projects"], tables["funders"]
    texts, names = ([HOSTILE[n % len(HOSTILE)] for n in range(len(frame))] for frame in (projects, funders))
    changed = {
        "projects": projects.assign(goal=texts, label=texts, title=texts).astype(projects.dtypes),
        "funders": funders.assign(name=names).astype(funders.dtypes),
    }
    return openpyxl.load_workbook(council(tables | changed, tmp_path_factory.mktemp("hostile") / "h.xlsx"))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_from_a_source_is_executed_or_breaks_the_book(hostile: Workbook, tables: Tables, text: str) -> None:
    cells = rows(hostile, "Projekt").set_index("Projekt-id")
    mine = tables["projects"]["project_id"].tolist()[HOSTILE.index(text) :: len(HOSTILE)]
    shown = text.replace("\x0b", "") if len(text) < 32_767 else text[: 32_767 - 4] + " […]"
    assert set(cells.loc[mine, "Mål"]) == set(cells.loc[mine, "Projekt"]) == {shown}
    formulas = [c.value for page in hostile for row in page.iter_rows() for c in row if c.data_type == "f"]
    assert formulas
    assert not [f for f in formulas if text in f]


def contact_values(tables: Tables) -> set[str]:
    cells = [tables["contacts"][c] for c in ("name", "other_names")] + [
        tables["contact_points"][c] for c in ("value", "as_published")
    ]
    return {str(v) for column in cells for v in column.dropna()}


def test_no_contact_value_reaches_the_public_edition(tables: Tables, tmp_path: Path) -> None:
    hostile = tables["projects"].assign(
        description="Ring Bo Häggroths\nnummer 0926-740 00 eller BO\u00a0HÄGGROTH, x@y.se"
    )
    path = council(tables | {"projects": hostile}, tmp_path / "public.xlsx", edition="public")
    archive = zipfile.ZipFile(path)
    text = unescape("\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS
    assert len(book["Uppgifter som saknas"].tables) == 1, "the contacts are gone"
    assert "Fråga" not in rows(book, "Uppgifter som saknas")
    assert "Kontaktperson" not in rows(book, "Projekt")
    assert MASK in text
    for value in contact_values(tables) | {"0926-740 00", "x@y.se"}:
        assert value.casefold() not in text.casefold(), value


def test_masking_leaves_other_words_alone(tables: Tables) -> None:
    mask = Redactor(tables).mask
    assert mask("Bodens kommun, Anna Ek och 2022-2026") == "Bodens kommun, Anna Ek och 2022-2026"
    assert mask("Fråga Sara Söderberg, 072-142 18 05.") == f"Fråga {MASK}, {MASK}."
