"""Reading lists of every format, beside a naive re + pandas script that reads the same columns without evidence.

Both go from a file to tables in memory: projects, who pays, who is asked.
"""

import gc
import json
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd

from benchmarks.lists import WRITE, Project, projects
from overkalix_data.documents.source import read_sources
from overkalix_data.identity.read_projects import read_pages

FACT = re.compile(r"^(Mål|Syfte|Målgrupp|Finansiärer|Projektperiod|Total budget|Kontaktperson): (.*)$", re.MULTILINE)
TITLE = re.compile(r"^(?P<title>[^:\n]+)\n+(?=Mål: )", re.MULTILINE)


def naive_text(text: str) -> pd.DataFrame:
    """The facts of every title, a row a project."""
    titles = [m["title"] for m in TITLE.finditer(text)]
    rows: list[Project] = []
    for label, value in FACT.findall(text):
        if label == "Mål":
            rows.append({"Projektnamn": titles[len(rows)]})
        rows[-1][label] = value
    frame = pd.DataFrame(rows)
    frame[["Startdatum", "Slutdatum"]] = frame["Projektperiod"].str.split(" - ", expand=True)
    frame[["Kontaktperson", "Telefon"]] = frame["Kontaktperson"].str.split(", ", expand=True)
    return frame


def naive_html(path: Path) -> pd.DataFrame:
    return naive_text(
        re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8").replace("<h1>", "\n").replace("</h1>", "\n\n"))
    )


NAIVE: dict[str, Callable[[Path], pd.DataFrame]] = {
    "txt": lambda path: naive_text(path.read_text(encoding="utf-8")), "html": naive_html,
    "csv": lambda path: pd.read_csv(path, sep=";", dtype=str), "xlsx": lambda path: pd.read_excel(path, dtype=str, engine="calamine"),
    "json": lambda path: pd.DataFrame(json.loads(path.read_text(encoding="utf-8"))),
}  # fmt: skip


def _three_tables(kind: str, path: Path) -> int:
    """Three tables as an analyst's script makes them."""
    frame = NAIVE[kind](path)
    frame["total"] = frame["Total budget"].str.replace(r"\D", "", regex=True).astype("int64")
    frame["start"], frame["end"] = pd.to_datetime(frame["Startdatum"]), pd.to_datetime(frame["Slutdatum"])
    payers = frame[["Projektnamn", "Finansiärer"]].assign(funder=frame["Finansiärer"].str.split(", ")).explode("funder")
    groups = frame[["Projektnamn", "Målgrupp"]].assign(group=frame["Målgrupp"].str.split(", ")).explode("group")
    people = (
        frame[["Kontaktperson", "Telefon"]]
        .assign(phone=frame["Telefon"].str.replace(r"\D", "", regex=True))
        .drop_duplicates()
    )
    return len(frame) + 0 * (len(payers) + len(groups) + len(people))


def by_hand(kind: str, count: str) -> Callable[[], object]:
    return _ready(_three_tables, kind, int(count))


def ours(kind: str, count: str) -> Callable[[], object]:
    """Every table with its evidence."""
    gc.set_threshold(100_000, 50)  # as every command has it (`cli`)
    return _ready(
        lambda _, path: len(read_pages(read_sources(str(path)), []).records.rows["projects"]), kind, int(count)
    )


def _ready(read: Callable[[str, Path], int], kind: str, count: int) -> Callable[[], object]:
    """Lists and patterns are made once a process: a short list is read before."""

    def written(rows: int) -> Path:
        path = Path(mkdtemp(prefix="overkalix-bench-")) / f"lista.{kind}"
        WRITE[kind](list(projects(rows)), path)
        return path

    def work() -> None:
        assert read(kind, path) == count, (kind, count)

    assert read(kind, written(20)) == 20
    path = written(count)
    return work
