"""A strategist's desk: a page, what is curated, and the form filled in as a person does. Shared by the tests of curation."""

import atexit
import csv
import shutil
from collections.abc import Callable
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Self

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from overkalix_data.cli import main
from tests.conftest import AS_OF, RAW

HEADER = 4
BY = {"Källa": "Beslut i KS", "Av": "Eva Exempel", "Datum": "2026-11-20"}
Row = dict[str, str]
PAGE = (RAW / "overkalix-projekt.txt").read_text(encoding="utf-8")
OF_SIX = "".join(
    PAGE[PAGE.index(begin) : PAGE.index(end)]
    for begin, end in (
        ("Projekt\n", "Mål: Förstudien ska förankra"), ("Mål: Att marknadsföra kommunen", "Mål: Bilda och leda"),
        ("Kontakt\n\nBosse", "Mål: Bygga och driva digitalt"),
    )
)  # fmt: skip
"""The page with six of its projects, of each kind: where it is the form that is asked of, it answers three times as fast."""


class Desk:
    """Folders of one's own, with the real page in them, or another."""

    def __init__(self, folder: Path, page: str | None = None) -> None:
        self.raw, self.curated, self.clean = (folder / name for name in ("raw", "curated", "clean"))
        shutil.copytree(RAW, self.raw)
        self.page = self.raw / "overkalix-projekt.txt"
        self.curated.mkdir(parents=True)
        if page is not None:
            self.publish(page)

    def publish(self, page: str) -> None:
        """The page as it stands now: the same address, other words."""
        self.page.write_text(page, encoding="utf-8")

    def run(self, command: str, *more: str) -> int:
        folders = [w for name in ("raw", "curated", "clean") for w in (f"--{name}", str(getattr(self, name)))]
        return main([command, *more, *folders, "--as-of", AS_OF])

    def with_form(self) -> Self:
        """The desk with its form: of an untouched desk it is made once, and is the same bytes in every folder."""
        if any(self.curated.iterdir()) or self.clean.exists():
            assert self.run("template") == 0
        else:
            shutil.copytree(_untouched(self.page.read_text(encoding="utf-8")), self.curated, dirs_exist_ok=True)
        return self

    @property
    def form(self) -> Path:
        return self.curated / "komplettering.xlsx"

    def table(self, name: str) -> list[Row]:
        text = (self.clean / f"{name}.csv").read_text(encoding="utf-8")
        return list(csv.DictReader(StringIO(text, newline="")))

    def project(self, project_id: str) -> Row:
        return next(r for r in self.table("projects") if r["project_id"] == project_id)

    def outcomes(self) -> dict[str, str]:
        """Place → outcome of every addition."""
        return {r["place"]: r["outcome_code"] for r in self.table("additions")}

    def table_of_the_page(self) -> list[Row]:
        """The projects of the page as it was, in folders of their own."""
        assert self.run("build") == 0
        return self.table("projects")

    def findings(self, rule_id: str) -> list[str]:
        return [r["value"] for r in self.table("findings") if r["rule_id"] == rule_id]

    def edit(self, change: Callable[[Workbook], Any], form: Path | None = None) -> None:
        """Opens the form, changes it, and saves it."""
        book = load_workbook(form or self.form)
        change(book)
        book.save(form or self.form)


@cache
def _untouched(page: str) -> Path:
    """What `template` leaves in `curated` of a page to which nobody has added anything."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder)
    desk = Desk(folder / "desk", page)
    assert desk.run("template") == 0
    return desk.curated


def heading(page: Worksheet, words: str) -> int:
    return next(c.column for c in page[HEADER] if c.value == words)


def row_of(page: Worksheet, project_id: str, **keys: str) -> int:
    """The row of a project, and where it has several, the one with these other words under those headings."""
    wanted = {"Projekt-id": project_id} | keys
    fits = (
        r
        for r in range(HEADER + 1, page.max_row + 1)
        if all(page.cell(r, heading(page, h)).value == w for h, w in wanted.items())
    )
    return next(fits)


def empty_row(page: Worksheet) -> int:
    return next(r for r in range(HEADER + 1, page.max_row + 2) if page.cell(r, 1).value is None)


def fill(page: Worksheet, row: int, **values: Any) -> None:
    """Writes under the headings (spaces as `_`) of a row, with who, when and from where."""
    for words, value in (values | BY).items():
        page.cell(row, heading(page, words)).value = value
