"""`export` after a report on another page goes by that page; a mistyped name is met by the nearest."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from overkalix_data.cli import main
from tests.conftest import AS_OF

PAGE = "Pågående projekt\n\nProjektnamn: Vinterled\nMål: Att bygga en led.\nFinansiärer: Region Norrbotten, Exempelbanken\n"


def test_export_goes_by_the_page_that_the_clean_folder_was_made_of(tmp_path: Path) -> None:
    page = tmp_path / "sida.txt"
    page.write_text(PAGE, encoding="utf-8")
    places = [word for name in ("curated", "clean", "reports") for word in (f"--{name}", str(tmp_path / name))]
    assert main(["build", "--raw", str(page), *places, "--as-of", AS_OF]) == 0
    page.unlink()
    assert main(["export", "Exempelbanken", *places, "--as-of", AS_OF]) == 0
    book = load_workbook(tmp_path / "reports/internal/underlag-exempelbanken.xlsx", read_only=True)
    assert "Vinterled" in {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["reprot"], "Menade du report?"),
        (["show", "mov-on-up"], "Menade du move-on-up?"),
        (["check", "--explain", "period-mising"], "Menade du period-missing"),
        (["export", "Tilvaxtverket"], "Menade du Tillväxtverket?"),
        (["--lang", "en", "reprot"], "Did you mean report?"),
    ],
)
def test_a_mistyped_name_is_met_by_the_nearest(words: list[str], near: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    told = capsys.readouterr().err
    assert near in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize(("filter_", "typed", "near"), [
    ("--funder", "Tilvaxtverket", "Tillväxtverket"), ("--theme", "Skognäring", "Skogsnäring"),
    ("--status", "pågånde", "Pågående"),
])  # fmt: skip
def test_a_mistyped_filter_finds_no_project_and_is_met_by_the_nearest(
    filter_: str, typed: str, near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", filter_, typed]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"Menade du {near}?"


def test_what_is_near_nothing_is_met_by_no_guess(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "lysmask"]) == 2
    assert "Menade" not in capsys.readouterr().err
