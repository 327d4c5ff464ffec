"""The workbook: every number the tables', readable without us, nothing executed, no personal data in the public edition."""

import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook.workbook import Workbook

from overkalix_data.excel import write_workbook
from overkalix_data.redact import MASK, Redactor
from overkalix_data.tables import Tables
from tests.conftest import AS_OF


@pytest.fixture(scope="module")
def path(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workbook(tables, tmp_path_factory.mktemp("book") / "book.xlsx", as_of=AS_OF)


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def rows(book: Workbook, sheet: str) -> pd.DataFrame:
    page = book[sheet]
    (table,) = page.tables.values()
    header, *values = [[cell.value for cell in row] for row in page[table.ref]]
    return pd.DataFrame(values, columns=header)


def test_every_sheet_is_a_real_table_a_screen_reader_can_read(book: Workbook) -> None:
    assert book.sheetnames == ["Om", "Projekt", "Finansiärer", "Finansiering", "Projektens målgrupper", "Kontakter",
                               "Iakttagelser", "Kontroller"]  # fmt: skip
    for page in book:
        assert page["A1"].value
        assert not page.merged_cells.ranges
        (table,) = page.tables.values()
        first = table.ref.partition(":")[0]
        header = [cell.value for cell in page[int(first[1:])]]
        assert all(header)
        assert len(set(header)) == len(header)
        assert page.freeze_panes == f"B{int(first[1:]) + 1}"
        assert page.print_title_rows
        assert all(cell.value is not None for row in page[table.ref] for cell in row), page.title


def test_rows_and_values_are_the_tables(book: Workbook, tables: Tables) -> None:
    projects, funding = rows(book, "Projekt"), rows(book, "Finansiering")
    assert sorted(projects["Projekt-id"]) == sorted(tables["projects"]["project_id"])
    assert sorted(projects["Första rad"]) == sorted(tables["projects"]["first_line"])
    assert projects["Status"].value_counts().to_dict() == {"Avslutat": 14, "Pågående": 11}
    assert len(funding) == len(tables["project_funders"]) == 69
    assert (funding["Genom"] == "Leader Polaris").sum() == 7
    assert len(rows(book, "Iakttagelser")) == len(tables["findings"])
    counts = rows(book, "Finansiärer").set_index("Namn")["Antal projekt"]
    assert counts["Tillväxtverket"] == tables["project_funders"].query("funder_id == 'tillvaxtverket'")["project_id"].nunique()
    contacts = rows(book, "Kontakter").set_index("Namn")["Antal projekt"].to_dict()
    assert contacts == tables["project_contacts"].merge(tables["contacts"])["name"].value_counts().to_dict()


def test_unknown_is_said_and_is_never_zero(book: Workbook) -> None:
    projects = rows(book, "Projekt")
    assert set(projects["Total kostnad (kr)"]) == {"Uppgift saknas"}
    assert set(rows(book, "Finansiering")["Beviljat (kr)"]) == {"Uppgift saknas"}
    assert (projects["Start"] == "Uppgift saknas").sum() == 24
    assert (projects["Dubblett av"] == "–").sum() == 24


def test_findings_stand_worst_first(book: Workbook) -> None:
    order = ["Kritisk", "Varning", "Upplysning"]
    ranks = [order.index(s) for s in rows(book, "Iakttagelser")["Allvar"]]
    assert ranks == sorted(ranks)


def test_contents_lead_to_the_sheets(book: Workbook) -> None:
    page = book["Om"]
    links = [cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert [link.partition("!")[0].strip("'") for link in links] == book.sheetnames[1:]


def test_english_is_complete(tables: Tables, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_workbook(tables, tmp_path / "en.xlsx", as_of=AS_OF, lang="en"))
    assert book.sheetnames[:4] == ["About", "Projects", "Funders", "Funding"]
    assert set(rows(book, "Projects")["Total cost (SEK)"]) == {"Not stated"}
    headings = {str(c) for name in book.sheetnames for c in rows(book, name).columns}
    assert not [h for h in headings if any(letter in h for letter in "åäöÅÄÖ")]


def test_same_bytes_every_time(tables: Tables, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert write_workbook(tables, tmp_path / "again.xlsx", as_of=AS_OF).read_bytes() == path.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    stamped = zipfile.ZipFile(write_workbook(tables, tmp_path / "epoch.xlsx", as_of=AS_OF)).read("docProps/core.xml")
    assert stamped.count(b"1970-01-01T00:00:00Z") == 2


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "a\x0bb", "å" * 40_000])
def test_nothing_from_a_source_is_executed_or_breaks_the_book(tables: Tables, tmp_path: Path, text: str) -> None:
    hostile = tables | {"projects": tables["projects"].assign(goal=text)}
    cells = rows(openpyxl.load_workbook(write_workbook(hostile, tmp_path / "h.xlsx", as_of=AS_OF)), "Projekt")
    assert set(cells["Mål"]) == {text.replace("\x0b", "")[:32_767]}
    page = openpyxl.load_workbook(tmp_path / "h.xlsx")["Projekt"]
    assert {c.data_type for c in page["D"][5:]} == {"s"}


def contact_values(tables: Tables) -> set[str]:
    cells = [tables["contacts"][c] for c in ("name", "other_names")] + [tables["contact_points"][c] for c in ("value", "as_published")]
    return {str(v) for column in cells for v in column.dropna()}


def test_no_contact_value_reaches_the_public_edition(tables: Tables, tmp_path: Path) -> None:
    hostile = tables["projects"].assign(description="Ring Bo Häggroths\nnummer 0926-740 00 eller BO\u00a0HÄGGROTH, x@y.se")
    path = write_workbook(tables | {"projects": hostile}, tmp_path / "public.xlsx", as_of=AS_OF, edition="public")
    archive = zipfile.ZipFile(path)
    text = "\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert "Kontakter" not in openpyxl.load_workbook(path).sheetnames
    assert MASK in text
    for value in contact_values(tables) | {"0926-740 00", "x@y.se"}:
        assert value.casefold() not in text.casefold(), value


def test_masking_leaves_other_words_alone(tables: Tables) -> None:
    mask = Redactor(tables).mask
    assert mask("Bodens kommun, Anna Ek och 2022-2026") == "Bodens kommun, Anna Ek och 2022-2026"
    assert mask("Fråga Sara Söderberg, 072-142 18 05.") == f"Fråga {MASK}, {MASK}."
