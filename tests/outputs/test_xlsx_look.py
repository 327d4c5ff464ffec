"""The writer of workbooks: words are never cut, a file is never broken by what it holds, and the bytes are the same everywhere."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.dom import minidom

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from overkalix_data.analyse.public_edition import MASK
from overkalix_data.base.errors import InputError
from overkalix_data.base.words import explain, say
from overkalix_data.base.xlsx_fit import pages_wide
from overkalix_data.base.xlsx_style import TITLE, UNKNOWN, ZIP_DATE
from overkalix_data.outputs.workbook.book import council_book
from overkalix_data.outputs.workbook.sheet import Book
from overkalix_data.outputs.xlsx import write
from overkalix_data.outputs.xlsx.write import STRIPES
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables
from tests.conftest import AS_OF
from tests.made.workbooks import council
from tests.outputs.test_workbook import contact_values

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module", params=["sv", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def path(council_book_of: Callable[[str], Path], lang: str) -> Path:
    return council_book_of(lang)


@pytest.fixture(scope="module")
def pages(path: Path) -> list[Worksheet]:
    return list(openpyxl.load_workbook(path))


def printed(page: Worksheet) -> list[float]:
    """The widths of the columns that go on paper."""
    last = column_index_from_string(page.print_area.split("$")[-2]) if page.print_area else page.max_column
    return [page.column_dimensions[get_column_letter(n)].width for n in range(1, last + 1)]


AMOUNTS = (0, 950, 1_234_567)
DATES = {
    "2023": "2023", "2023-09": "2023-09", "2023-09-01": datetime(2023, 9, 1), "2023-02-31": "2023-02-31",
    "1850-01-01": "1850-01-01", "2023-W05-1": "2023-W05-1",
}  # fmt: skip
REFUSED = {
    "a\uffffb\ufffec": "abc", "a\ud800b": "ab", "a\x00\x1fb": "ab", "😀" * 40_000: "😀" * 16_381 + " […]",
    "": "Uppgift saknas", "\x0b": "Uppgift saknas", " \n": "Uppgift saknas", "#N/A": "#N/A",
}  # fmt: skip
FORMULAS = [f"{sign}1+1" for sign in "=+-@\t"]
ODD = {"total_cost_sek": AMOUNTS, "start": tuple(DATES), "goal": (*REFUSED, *FORMULAS)}
"""Column → the values that the first projects of a book have in it, one each."""


@pytest.fixture(scope="module")
def odd(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Any], Cell]:
    """(column, value) → its cell in a book that has every one of them, as a reader of the file finds it."""
    projects = tables["projects"].copy()
    for column, values in ODD.items():
        projects[column] = pd.array([*values, *[None] * (len(projects) - len(values))], dtype=projects[column].dtype)
    path = council(tables | {"projects": projects}, tmp_path_factory.mktemp("odd") / "book.xlsx")
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            minidom.parseString(archive.read(name))  # a workbook that is no XML does not open at all
    page = openpyxl.load_workbook(path)["Projekt"]
    headings = [cell.value for cell in page[5]]
    rows = {page.cell(row, headings.index("Projekt-id") + 1).value: row for row in range(6, page.max_row + 1)}
    return {
        (column, value): page.cell(rows[project_id], headings.index(TABLES["projects"].column(column).title()) + 1)
        for column, values in ODD.items()
        for value, project_id in zip(values, projects["project_id"], strict=False)
    }


def test_a_sheet_longer_than_excel_takes_is_refused_with_advice(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(write, "MOST_ROWS", 29)
    with pytest.raises(InputError) as refused:
        council(tables, tmp_path / "bok.xlsx", lang=lang)
    told = explain(refused.value, lang)
    assert all(word in told for word in ("bok.xlsx", "29", "data/clean"))
    assert not (tmp_path / "bok.xlsx").exists()


def test_a_table_covers_its_rows_and_no_more(pages: list[Worksheet], tables: Tables, lang: str) -> None:
    book: Book = council_book(tables, as_of=AS_OF, lang=lang)
    assert [page.title for page in pages] == [sheet.name for sheet in book.sheets]
    names = [table.displayName for page in pages for table in page.tables.values()]
    assert len(names) == len(set(names)) == sum(len(sheet.blocks) for sheet in book.sheets)
    for page, sheet in zip(pages, book.sheets, strict=True):
        assert page["A1"].font.b
        assert page["A1"].font.sz == TITLE.sz
        for table, block, header in zip(page.tables.values(), sheet.blocks, sheet.header_rows(), strict=True):
            cells = page[table.ref]
            assert cells[0][0].row == header
            assert (len(cells) - 1, len(cells[0])) == (max(len(block.frame), 1), len(block.columns))
            assert page.cell(cells[-1][0].row + 1, 1).value is None
            assert [c.name for c in table.tableColumns] == [c.value for c in cells[0]]
            assert table.autoFilter.ref == table.ref
            assert table.tableStyleInfo.name == STRIPES.name
            assert table.tableStyleInfo.showRowStripes


def test_no_word_is_cut_or_broken_by_a_narrow_column(pages: list[Worksheet], lang: str) -> None:
    unknown = say("unknown", lang)
    for page in pages:
        for table in page.tables.values():
            header, *rows = page[table.ref]
            for n, heading in enumerate(header):
                width = page.column_dimensions[heading.column_letter].width
                assert width >= max(map(len, str(heading.value).split())) + 4, (page.title, heading.value)
                if any(row[n].value == unknown for row in rows):
                    assert width >= len(unknown) + 2, (page.title, heading.value)


def test_paper_holds_the_whole_width_and_the_footer(pages: list[Worksheet]) -> None:
    for page in pages:
        assert (page.page_setup.orientation, str(page.page_setup.paperSize)) == ("landscape", page.PAPERSIZE_A4)
        assert (page.page_setup.fitToWidth, page.print_title_cols) == (1, None)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert bool(page.row_breaks.brk) == (page.page_setup.fitToHeight == 0), "else its breaks are not heeded"
        assert {"&P", "&N"} <= set(page.HeaderFooter.oddFooter.center.text.split())
        assert page.page_margins.bottom - page.page_margins.footer >= 0.4


def test_no_table_is_printed_smaller_than_the_eye_can_read(pages: list[Worksheet]) -> None:
    """Excel shrinks a sheet until it is as many pages wide and high as asked; each of them has the first column."""
    for page in pages:
        first, *others = (5.25 * width + 3.75 for width in printed(page))
        across = first + sum(others) / page.page_setup.fitToWidth
        assert 12 * 784 / across >= 7, page.title
        last = int(page.print_area.split("$")[-1]) if page.print_area else page.max_row
        down = sum(page.row_dimensions[n].height or 15 for n in range(1, last + 1)) / (page.page_setup.fitToHeight or 2)
        assert 12 * 505 / down >= 7, page.title


@pytest.mark.parametrize(
    ("widths", "wide"),
    [([60, 60], 1), ([84, *[22] * 13], 2), ([84, *[22] * 40], 6), ([300], 1), ([300, 60], 1), ([250, 250], 4)],
)
def test_a_sheet_is_as_many_pages_wide_as_its_letters_need(widths: list[int], wide: int) -> None:
    assert pages_wide(widths, is_portrait=False) == wide


def test_lines_above_the_tables_are_not_cut_at_the_edge_of_the_paper(pages: list[Worksheet]) -> None:
    for page in (page for page in pages if page.print_area):
        assert sum(printed(page)) >= max(len(str(page.cell(row, 1).value)) for row in (2, 3)), page.title


def test_source_line_says_file_and_when_it_was_fetched(pages: list[Worksheet], tables: Tables, tmp_path: Path) -> None:
    (file,) = tables["sources"]["path"]
    line = str(pages[0]["A3"].value)
    assert f": {file}. " in line
    assert line.endswith((": Uppgift saknas.", ": Not stated."))
    dated = tables | {"sources": tables["sources"].assign(retrieved_on="2026-11-20")}
    book = openpyxl.load_workbook(council(dated, tmp_path / "book.xlsx"))
    assert all(str(page["A3"].value).endswith("Hämtad: 2026-11-20.") for page in book)


def test_the_words_for_unknown_can_be_read() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[-6:][i : i + 2], 16) / 255 for i in (0, 2, 4)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for behind in ("FFFFFF", "DDEBF7"):  # white, and the stripes of TableStyleMedium2
        assert (luminance(behind) + 0.05) / (luminance(UNKNOWN.color.rgb) + 0.05) >= 4.5


@pytest.mark.parametrize("amount", AMOUNTS)
def test_an_amount_is_a_whole_number_in_the_readers_own_grouping(odd: dict[tuple[str, Any], Cell], amount: int) -> None:
    cell = odd["total_cost_sek", amount]
    assert (cell.value, cell.data_type, cell.number_format) == (amount, "n", "#,##0")
    assert cell.alignment.horizontal == "right"


@pytest.mark.parametrize("start", DATES)
def test_a_date_is_a_day_only_where_it_is_one(odd: dict[tuple[str, Any], Cell], start: str) -> None:
    assert odd["start", start].value == DATES[start]


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_xml_or_excel_refuses_never_breaks_the_book(odd: dict[tuple[str, Any], Cell], text: str) -> None:
    cell = odd["goal", text]
    assert (cell.value, cell.data_type) == (REFUSED[text], "s")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_one_when_it_is_edited(
    odd: dict[tuple[str, Any], Cell], text: str
) -> None:
    cell = odd["goal", text]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_contact_in_a_files_name_is_masked_in_the_public_edition(tables: Tables, tmp_path: Path) -> None:
    value = max(contact_values(tables), key=lambda v: ("@" in v, v))
    named = tables | {"sources": tables["sources"].assign(path=f"{value}.txt")}
    book = openpyxl.load_workbook(council(named, tmp_path / "book.xlsx", edition="public"))
    for page in book:
        assert MASK in page["A3"].value
        assert AS_OF in page["A3"].value
        assert not any(value in str(cell.value) for row in page.iter_rows() for cell in row)


def test_the_archive_says_nothing_of_the_machine_or_the_hour(
    path: Path, tables: Tables, lang: str, tmp_path: Path
) -> None:
    again = council(tables, tmp_path / "again.xlsx", lang=lang)
    assert again.read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        told = {(i.date_time, i.create_system, i.external_attr, i.compress_type) for i in archive.infolist()}
    assert told == {(ZIP_DATE, 3, 0o644 << 16, zipfile.ZIP_DEFLATED)}
