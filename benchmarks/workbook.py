"""The council's workbook: the whole (every sheet, tables, links) and its sheet of projects alone, beside `DataFrame.to_excel` and XlsxWriter in constant
memory on the same frame of projects. Memory is of the whole process, the tables in it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd

from benchmarks.lists import KEYS
from benchmarks.measure import ROOT
from overkalix_data.outputs.workbook.book import council_book
from overkalix_data.outputs.xlsx.write import write_book
from overkalix_data.schema.frames import Tables, read_tables

GROWING = ("projects", "project_funders", "project_target_groups", "project_themes", "project_contacts", "findings")
AS_OF = "2026-11-23"


def many(projects: int) -> Tables:
    """The committed tables as if the page had that many projects: each of its own repeated under ids of their own."""
    tables = read_tables(ROOT / "data/clean")
    times = -(-projects // len(tables["projects"]))
    for name in GROWING:
        frame = tables[name]
        copies = [frame.assign(**{k: frame[k] + f"-{n}" for k in KEYS if k in frame}) for n in range(times)]
        tables[name] = pd.concat(copies, ignore_index=True)
    tables["projects"]["duplicate_of"] = pd.Series(pd.NA, index=tables["projects"].index, dtype="string")
    return tables


def _path() -> Path:
    return Path(mkdtemp(prefix="overkalix-bench-")) / "book.xlsx"


def whole(projects: str) -> Callable[[], object]:
    tables = many(int(projects))
    return lambda: write_book(council_book(tables, as_of=AS_OF), _path(), as_of=AS_OF)


def sheet(projects: str) -> Callable[[], object]:
    book = council_book(many(int(projects)), as_of=AS_OF)
    alone = replace(book, sheets=[s for s in book.sheets if s.blocks[0].table == "projects"])
    return lambda: write_book(alone, _path(), as_of=AS_OF)


def by_openpyxl(projects: str) -> Callable[[], object]:
    frame = many(int(projects))["projects"]
    return lambda: frame.to_excel(_path(), index=False, engine="openpyxl")


def by_xlsxwriter(projects: str) -> Callable[[], object]:
    import xlsxwriter

    frame = many(int(projects))["projects"]

    def work() -> None:
        with xlsxwriter.Workbook(_path(), {"constant_memory": True}) as book:
            page = book.add_worksheet("projects")
            for n, row in enumerate([tuple(frame.columns), *frame.itertuples(index=False)]):
                for m, value in enumerate(row):
                    if not pd.isna(value):
                        page.write(n, m, value)

    return work
