"""Reading lists of every format: seconds, ratio and growth, beside a naive re + pandas script that reads the same columns without evidence.

Both go from a file to tables in memory: projects, who pays, who is asked. Each format in turn, in one run: `reading.py [PROJECTS ...]` (default 1000
10000); "slope" is the log-log growth between the smallest and the largest size (1 is linear). Memory is the peak that reading adds, by tracemalloc, on the
smallest size. Run: .venv/bin/python benchmarks/reading.py
"""

import csv
import io
import json
import math
import random
import re
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from overkalix_data.documents.source import read_sources
from overkalix_data.identity.read_projects import read_pages

Project = dict[str, str]
LABELS = ("Projektnamn", "Mål", "Syfte", "Målgrupp", "Finansiärer", "Startdatum", "Slutdatum", "Total budget", "Kontaktperson", "Telefon")  # fmt: skip
FACT = re.compile(r"^(Mål|Syfte|Målgrupp|Finansiärer|Projektperiod|Total budget|Kontaktperson): (.*)$", re.MULTILINE)
TITLE = re.compile(r"^(?P<title>[^:\n]+)\n+(?=Mål: )", re.MULTILINE)


def projects(count: int) -> Iterator[Project]:
    """Invented projects, the same for the same count: names repeat as they do in real lists, sentences do not."""
    pick = random.Random(1)
    payers = ("Tillväxtverket", "Region Norrbotten", "Leader Polaris", "Överkalix kommun", "Jordbruksverket", "Naturvårdsverket", "Boverket")  # fmt: skip
    things = ("vandringsleden", "bygdegården", "fiskevägen", "skidspåret", "kvarnen", "badplatsen", "bron")
    names = ("Anna Alm", "Bo Berg", "Cia Dahl", "Eva Ek", "Frej Fors", "Gun Gran", "Ida Lind", "Jon Nord")
    for n in range(count):
        year = pick.randint(2014, 2025)
        values = (
            f"Rusta {pick.choice(things)} {n}", f"Att {pick.choice(things)} används av fler, del {n}", f"Att ge byn en plats vid {pick.choice(things)} {n}",
            "Unga, äldre", ", ".join(sorted(set(pick.choices(payers, k=3)))), f"{year}-0{pick.randint(1, 9)}-01", f"{year + 2}-0{pick.randint(1, 9)}-28",
            f"{pick.randint(100, 9000)} 000", pick.choice(names), f"070-174 06 {pick.randint(10, 99)}",
        )  # fmt: skip
        yield dict(zip(LABELS, values, strict=True))


def facts(project: Project) -> list[tuple[str, str]]:
    """A project's labels and values as a page has them."""
    told = [(label, project[label]) for label in LABELS[1:5]]
    period, asked = (
        f"{project['Startdatum']} - {project['Slutdatum']}",
        f"{project['Kontaktperson']}, {project['Telefon']}",
    )
    return [
        *told,
        ("Projektperiod", period),
        ("Total budget", f"{project['Total budget']} kr"),
        ("Kontaktperson", asked),
    ]


def write_text(rows: list[Project], path: Path) -> None:
    lines = ["Pågående projekt", ""]
    for row in rows:
        lines += [row["Projektnamn"], "", *(f"{label}: {value}" for label, value in facts(row)), ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def write_html(rows: list[Project], path: Path) -> None:
    def one(row: Project) -> str:
        told = "".join(f"<p><strong>{label}:</strong> {value}</p>\n" for label, value in facts(row))
        return f"<h3>{row['Projektnamn']}</h3>\n{told}"

    path.write_text(
        f"<html><body><main><h1>Projekt</h1>{''.join(map(one, rows))}</main></body></html>", encoding="utf-8"
    )


def write_csv(rows: list[Project], path: Path) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, LABELS, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def write_xlsx(rows: list[Project], path: Path) -> None:
    pd.DataFrame(rows).to_excel(path, index=False, engine="xlsxwriter")


def write_json(rows: list[Project], path: Path) -> None:
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


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
WRITE = {"txt": write_text, "html": write_html, "csv": write_csv, "xlsx": write_xlsx, "json": write_json}


def by_hand(kind: str, path: Path) -> int:
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


def ours(_kind: str, path: Path) -> int:
    """Every table with its evidence."""
    return len(read_pages(read_sources(str(path)), []).records.rows["projects"])


def seconds(read: Callable[[str, Path], int], kind: str, path: Path, count: int) -> float:
    started = time.process_time()
    assert read(kind, path) == count, (kind, count)
    return time.process_time() - started


def main(sizes: list[int]) -> None:
    """A line a format and size."""
    print(
        f"{'format':<8}{'projects':>10}{'naive s':>10}{'ours s':>10}{'ratio':>8}{'ms/project':>12}{'slope':>8}{'KB/project':>12}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for kind, write in WRITE.items():
            first: tuple[int, float] | None = None
            for count in sizes:
                path = Path(folder) / f"lista.{kind}"
                write(list(projects(count)), path)
                seconds(by_hand, kind, path, count) if first is None else None
                naive, own = (
                    min(seconds(by_hand, kind, path, count) for _ in range(3)),
                    seconds(ours, kind, path, count),
                )
                if first is None:
                    own = seconds(ours, kind, path, count)  # lists and patterns are made once a process
                    tracemalloc.start()
                    ours(kind, path)
                    memory = f"{tracemalloc.get_traced_memory()[1] / count / 1024:.1f}"
                    tracemalloc.stop()
                slope = "" if first is None else f"{math.log(own / first[1]) / math.log(count / first[0]):.2f}"
                first = first or (count, own)
                print(
                    f"{kind:<8}{count:>10,}{naive:>10.2f}{own:>10.2f}{own / naive:>8.0f}{1000 * own / count:>12.2f}{slope:>8}{memory if not slope else '':>12}",
                    flush=True,
                )


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [1000, 10_000])
