"""Invented lists of any length and format, pages that look like the real one, and tables of any size. The same for the same numbers; nobody is real."""

import csv
import io
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from benchmarks.measure import ROOT
from overkalix_data.base.codelist import codelist
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, read_tables

Project = dict[str, str]
LABELS = ("Projektnamn", "Mål", "Syfte", "Målgrupp", "Finansiärer", "Startdatum", "Slutdatum", "Total budget", "Kontaktperson", "Telefon")  # fmt: skip
NAMES = ("Anna Alm", "Bo Berg", "Cia Dahl", "Eva Ek", "Frej Fors", "Gun Gran", "Ida Lind", "Jon Nord")
SHARED = {"sources", "snapshots", "funders", "themes", "places", "target_groups"}
"""Tables that do not grow with the number of projects."""
KEYS = ("project_id", "contact_id", "row_id", "duplicate_of", "place")
OUTCOMES = ("findings", "checks")


def projects(count: int) -> Iterator[Project]:
    """Invented projects, the same for the same count: names repeat as they do in real lists, sentences do not."""
    pick = random.Random(1)
    payers = ("Tillväxtverket", "Region Norrbotten", "Leader Polaris", "Överkalix kommun", "Jordbruksverket", "Naturvårdsverket", "Boverket")  # fmt: skip
    things = ("vandringsleden", "bygdegården", "fiskevägen", "skidspåret", "kvarnen", "badplatsen", "bron")
    for n in range(count):
        year = pick.randint(2014, 2025)
        values = (
            f"Rusta {pick.choice(things)} {n}", f"Att {pick.choice(things)} används av fler, del {n}", f"Att ge byn en plats vid {pick.choice(things)} {n}",
            "Unga, äldre", ", ".join(sorted(set(pick.choices(payers, k=3)))), f"{year}-0{pick.randint(1, 9)}-01", f"{year + 2}-0{pick.randint(1, 9)}-28",
            f"{pick.randint(100, 9000)} 000", pick.choice(NAMES), f"070-174 06 {pick.randint(10, 99)}",
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


WRITE = {"txt": write_text, "html": write_html, "csv": write_csv, "xlsx": write_xlsx, "json": write_json}


def reworded(rows: list[Project]) -> list[Project]:
    """The same projects with a sentence more in each, as a page's next fetch has them."""
    return [row | {"Syfte": f"{row['Syfte']}, för alla som bor där"} for row in rows]


def write_look_alikes(folder: Path, count: int) -> None:
    """A page for each of the first `count` municipalities, as `overkalix lake` takes them: the real page's blocks in another order, with other numbers in
    them and the municipality's own name."""
    text = (ROOT / "data/raw/overkalix-projekt.txt").read_text(encoding="utf-8")
    for n, row in enumerate(read_tables(ROOT / "data/clean")["contacts"].itertuples()):
        for name in (str(row.name), *str(row.other_names).split("; ")):
            text = text.replace(name, NAMES[n])
    text = re.sub(r"[\w.+-]+@[\w-]+\.\w+", "eva@example.se", text)
    text = re.sub(r"\b0\d{2,3}[- ]{1,2}\d[\d ]{4,8}\d\b", "070-174 06 05", text)
    blocks = re.split(r"\n(?=Mål: )", text)
    for place, row in enumerate(codelist("municipalities")[:count]):
        pick = random.Random(place)
        page = "\n".join([blocks[0], *pick.sample(blocks[1:], len(blocks) - 1)]).replace("Överkalix", row["name"])
        page = re.sub(r"(?<=[a-zåäö]{3})(?=\.\n)", lambda _, pick=pick: f", del {pick.randint(1, 999)}", page)
        home = folder / row["municipality_code"] / "2026-11-23"
        home.mkdir(parents=True)
        (home / "projekt.txt").write_text(page, encoding="utf-8")


def real_tables() -> Tables:
    """The committed tables, as they are before they are checked."""
    return {n: frame for n, frame in read_tables(ROOT / "data/clean").items() if n not in OUTCOMES}


def grown(size: int, of: str = "") -> Tables:
    """The committed tables until they (or the table `of`) hold about that many rows: every project, contact and piece of evidence many times over, each
    with keys of its own."""
    tables = real_tables()
    times = max(1, size // (len(tables[of]) if of else sum(len(tables[name]) for name in TABLES if name in tables)))
    return {name: frame if name in SHARED else _repeated(name, frame, times) for name, frame in tables.items()}


def _repeated(name: str, frame: pd.DataFrame, times: int) -> pd.DataFrame:
    big = pd.concat([frame] * times, ignore_index=True)
    number = pd.Series(range(times)).repeat(len(frame)).astype("string").reset_index(drop=True)
    for column in KEYS:
        if column in big and name != "logotypes":
            big[column] = big[column] + "-" + number
    if name in ("evidence", "logotypes"):
        shift = number.astype("Int64") * 100_000
        for column in ("start", "end", "line"):
            if column in big:
                big[column] = big[column] + shift
    return big
