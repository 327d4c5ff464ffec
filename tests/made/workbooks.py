"""Workbooks for tests: written as a person gets them, read back, and computed again by LibreOffice."""

import atexit
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook.workbook import Workbook

from overkalix_data.analyse.public_edition import editions_of
from overkalix_data.outputs.workbook.book import council_book
from overkalix_data.outputs.xlsx.write import write_book
from overkalix_data.schema.frames import Tables
from tests.conftest import AS_OF

libreoffice = pytest.mark.office


def council(tables: Tables, path: Path, *, lang: str = "sv", edition: str = "internal") -> Path:
    """The council's workbook, written to a file."""
    return write_book(
        council_book(editions_of(tables)[edition], as_of=AS_OF, lang=lang, edition=edition),
        path,
        as_of=AS_OF,
        lang=lang,
    )


def rows(book: Workbook, sheet: str, table: int = 0) -> pd.DataFrame:
    """A table of a sheet, as it stands in the file."""
    page = book[sheet]
    ref = sorted((t.ref for t in page.tables.values()), key=lambda ref: page[ref][0][0].row)[table]
    header, *values = [[cell.value for cell in row] for row in page[ref]]
    return pd.DataFrame(values, columns=header)


@cache
def _profile() -> Path:
    """LibreOffice's own files: it makes them for seconds where they are not there."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def by_libreoffice(
    path: Path, folder: Path, form: str = "xlsx:Calc MS Excel 2007 XML", *, more: Sequence[Path] = ()
) -> Path:
    """The book as LibreOffice saves it, and more of them beside it; the names stay, whatever the form."""
    command = ["soffice", f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--convert-to", form,
               "--outdir", str(folder), str(path), *map(str, more)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / path.name


def bare(path: Path, folder: Path) -> Path:
    """The book without what the file says that its formulas give."""
    (made := folder / "bare" / path.name).parent.mkdir(exist_ok=True)
    openpyxl.load_workbook(path).save(made)
    return made


def recomputed(path: Path, folder: Path) -> Workbook:
    """The book with every formula computed by LibreOffice alone."""
    return openpyxl.load_workbook(by_libreoffice(bare(path, folder), folder), data_only=True)
