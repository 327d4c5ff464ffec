"""The form as a workbook: what a person sees of a row before touching it."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from overkalix_data.base.errors import InputError
from overkalix_data.curation.form import Form, FormColumn, FormRow
from overkalix_data.curation.form_xlsx import HEADER_ROW, form_bytes, read_form
from tests.made.hostile_inputs import SHEET, part

COLUMNS = [FormColumn("goal", "Mål", width=50), FormColumn("title", "Titel", width=34), FormColumn("note", "Not")]


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ({}, 1),
        ({"goal": "x" * 41}, 1),
        ({"goal": "x" * 42}, 2),
        ({"goal": "x\nx\nx"}, 3),
        ({"goal": "x" * 42, "title": "x" * 56}, 3),
        ({"note": "x" * 300}, 1),  # a narrow column does not wrap
        ({"goal": "x" * 5000}, 12),
    ],
)
def test_a_row_is_as_high_as_its_longest_text_up_to_twelve_lines(values: dict[str, str], lines: int) -> None:
    form = Form("projects", "Projekt", "Projekt", "Fyll i.", COLUMNS, [FormRow("a", dict(values), frozenset())])
    page = load_workbook(BytesIO(form_bytes([form], title="Form", as_of="2026-11-23")))["Projekt"]
    assert page.row_dimensions[HEADER_ROW + 1].height == 16 * lines + 2


@pytest.mark.parametrize("ranges", ["hyperlinks", "mergeCells"])
def test_a_sheet_with_ranges_of_more_cells_than_are_read_is_refused_before_they_are_made(
    ranges: str, tmp_path: Path
) -> None:
    each = f'<{ranges[:-1]} ref="A1:XFD1048576"/>'
    many = f"<{ranges}>{each * 9}</{ranges}></worksheet>".encode()
    (tmp_path / "form.xlsx").write_bytes(part(SHEET, many, b"</worksheet>"))
    with pytest.raises(InputError, match="form_rows"):
        read_form(tmp_path / "form.xlsx", {})
