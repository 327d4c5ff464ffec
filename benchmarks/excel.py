"""The council's workbook of 10,000 projects: time and memory beside pandas `to_excel` and XlsxWriter on the same frame of projects.

Three children in turn, in the same minute, each with the tables already read: our whole book (every sheet, both tables and links), our sheet of
projects alone, `DataFrame.to_excel` (openpyxl), and XlsxWriter in constant memory. Memory is what the writing adds to the process.
Run: .venv/bin/python benchmarks/excel.py [PROJECTS]    (needs `pip install .[bench]`)
"""

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd

from overkalix_data.outputs.workbook.book import council_book
from overkalix_data.outputs.xlsx.write import write_book
from overkalix_data.schema.frames import Tables, read_tables

ROOT = Path(__file__).parents[1]
KEYS = ("project_id", "row_id")


def many(projects: int) -> Tables:
    """The committed tables as if the page had that many projects: each of its own repeated under ids of their own."""
    tables = read_tables(ROOT / "data/clean")
    times = -(-projects // len(tables["projects"]))
    for name in (
        "projects",
        "project_funders",
        "project_target_groups",
        "project_themes",
        "project_contacts",
        "findings",
    ):
        copies = [
            tables[name].assign(**{k: tables[name][k] + f"-{n}" for k in KEYS if k in tables[name]})
            for n in range(times)
        ]
        tables[name] = pd.concat(copies, ignore_index=True)
    tables["projects"]["duplicate_of"] = pd.Series(pd.NA, index=tables["projects"].index, dtype="string")
    return tables


def ours(tables: Tables, path: Path) -> None:
    write_book(council_book(tables, as_of="2026-11-23"), path, as_of="2026-11-23")


def our_projects(tables: Tables, path: Path) -> None:
    book = council_book(tables, as_of="2026-11-23")
    started = time.perf_counter()
    write_book(
        replace(book, sheets=[s for s in book.sheets if s.blocks[0].table == "projects"]), path, as_of="2026-11-23"
    )
    print(f"  the writing alone {time.perf_counter() - started:.2f} s")


def by_pandas(tables: Tables, path: Path) -> None:
    tables["projects"].to_excel(path, index=False, engine="openpyxl")


def by_xlsxwriter(tables: Tables, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("projects")
        for n, row in enumerate([tuple(tables["projects"].columns), *tables["projects"].itertuples(index=False)]):
            for m, value in enumerate(row):
                if not pd.isna(value):
                    page.write(n, m, value)


WAYS = {f.__name__: f for f in (ours, our_projects, by_pandas, by_xlsxwriter)}


def child(way: str, projects: int) -> None:
    tables = many(projects)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        WAYS[way](tables, Path(folder) / "book.xlsx")
        size = (Path(folder) / "book.xlsx").stat().st_size / 2**20
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{way}: {time.perf_counter() - started:.2f} s, {(after - before) / 1024:.0f} MB over the {before / 1024:.0f} it began with, file {size:.1f} MB",
        flush=True,
    )


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if len(sys.argv) > 2:
        child(sys.argv[2], count)
    else:
        for name in WAYS:
            subprocess.run([sys.executable, __file__, str(count), name], check=True)
