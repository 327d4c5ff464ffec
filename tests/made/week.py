"""A scripted week at a strategist's desk: the real page, invented amounts and people, and every product made of it.

Five projects are filled in through the form, the page is fetched anew, a word of it is corrected and a proposal of
another page accepted; then the tables, the report in both languages and every funder's pack are made.
"""

import csv
import hashlib
import io
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from overkalix_data.cli import main
from tests.conftest import CURATED
from tests.made.desk import Desk, fill, row_of

TODAY = "2026-11-29"
FETCHED = "2026-11-27"
SHARED, TWICE, EU, MANY, ENDED, VOLUNTARY = (
    "utvecklingsprocessen-ort-finns-faktor-vager", "skapa-forutsattningar-gora-leden-mellan", "move-on-up",
    "personer-starta-foretag", "utreda-forutsattningarna-intresset-oppna-driva", "overkalix-kommun-samverkan-nolia-ab",
)  # fmt: skip
"""A LAG's share of its own; the LAG's money told twice; EU money through an agency; seven funders; past its end."""
REPEATED = "forbattra-rekrytering-personal-kommunen-privata"
OWN, LAG, FUND = "Överkalix kommun", "Leader Polaris", "Europeiska jordbruksfonden för landsbygdsutveckling"
GRANTED = {
    SHARED: {OWN: 132_000, LAG: 88_440, FUND: 179_560},
    TWICE: {OWN: 132_001, LAG: 268_002, FUND: 268_002},
    EU: {"Svenska ESF-rådet": 3_141_500, "Region Norrbotten": 626_003},
    MANY: {OWN: 411_007, "Tillväxtverket": 502_011, "Sparbanken Nord": 25_013, "Almi": 40_017},
    ENDED: {OWN: 71_019, FUND: 143_023},
    VOLUNTARY: {OWN: 93_029, LAG: 187_031},
    REPEATED: {OWN: 45_037, "Tillväxtverket": 45_041},
    f"{REPEATED}-2": {OWN: 45_037, "Tillväxtverket": 45_041},
}
COSTS = {SHARED: 400_000, TWICE: 400_003, EU: 3_767_503, MANY: 1_200_047, REPEATED: 90_078, f"{REPEATED}-2": 90_078}
DATES = {SHARED: ("2024-02", "2027-05-31"), TWICE: ("2025-01-15", "2027-12"), MANY: ("2022", ""),
         ENDED: ("2023-03", "2024-06-30"), VOLUNTARY: ("2021-09", "2022-06")}  # fmt: skip
ADDED = (
    "Mål: Att pröva elcyklar i hemtjänsten under en vinter.\n\nMålgrupp: Anställda i hemtjänsten.\n\n"
    "Finansiärer: Överkalix kommun, Region Norrbotten\n\nKontaktperson: Eva Exempel, 070-174 06 05\n\n"
)
GONE = ("Mål: Att slyröja längs med Strandpromenaden", "Mål: Förbättra förutsättningarna för ortens företag")
CHANGED = ("vinterturism dit besökaren väljer att åka", "vintercykling dit besökaren väljer att åka")
CORRECTION = (
    "kunna-erbjuda-olika-typer-aktiviteter,purpose,Dansbansveckan,replace,Dansbandsveckan,stavfel,Eva Exempel,"
    "2026-11-28,sidan,active"
)


@dataclass(frozen=True)
class Week:
    """What lies on the desk at its end, and what the terminal said of all its commands."""

    clean: Path
    reports: Path
    english: Path
    said: str


def week_in(folder: Path) -> Week:
    """The week that was made in a folder."""
    said = (folder / "said.txt").read_text(encoding="utf-8")
    return Week(folder / "clean", folder / "reports", folder / "reports-en", said)


def amounts(book: Workbook) -> None:
    """The strategist fills in what the decisions say."""
    projects, funding = book["Projekt"], book["Finansiering"]
    for project_id, cost in COSTS.items():
        fill(projects, row_of(projects, project_id), **{"Total kostnad (kr)": cost})
    for project_id, (start, end) in DATES.items():
        fill(projects, row_of(projects, project_id), Start=start, Slut=end)
    fill(projects, row_of(projects, MANY), Status="Pågående", Enhet="Näringslivskontoret")
    for project_id, parts in GRANTED.items():
        for funder, sek in parts.items():
            fill(funding, row_of(funding, project_id, **{"Finansiär": funder}), **{"Beviljat (kr)": sek})
    at = row_of(funding, VOLUNTARY, **{"Finansiär": FUND})
    fill(funding, at, **{"Ideell tid (kr)": 25_049, "Diarie- eller journalnummer": "2021-0417"})


def fetched_anew(desk: Desk) -> None:
    """The page two days ago: other words in a goal, a project more, and one that is gone."""
    old = (desk.raw / "overkalix-projekt.txt").read_text(encoding="utf-8")
    gone = old[old.index(GONE[0]) : old.index(GONE[1])]
    new = old.replace(*CHANGED).replace(gone, "").replace("Mål: Att marknadsföra", f"{ADDED}Mål: Att marknadsföra")
    data = new.encode()
    (desk.raw / "overkalix-projekt-ny.txt").write_bytes(data)
    index = desk.raw / "sources.csv"
    with index.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {"source_id": "overkalix-projekt-ny", "path": "overkalix-projekt-ny.txt", "retrieved_on": FETCHED,
            "sha256": hashlib.sha256(data).hexdigest(), "note": ""}  # fmt: skip
    with index.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, rows[0] | told])


def scripted_week(folder: Path, saved: Callable[[Path], object] = lambda form: None) -> None:
    """The whole week in a folder; `saved`: the program that the filled form goes through."""
    desk = Desk(folder)
    shutil.copytree(CURATED, desk.curated, dirs_exist_ok=True)
    said = io.StringIO()
    places = [w for name in ("raw", "curated", "clean", "reports") for w in (f"--{name}", str(folder / name))]

    def run(*words: str) -> None:
        with redirect_stdout(said):
            assert main([*words, *places, "--as-of", TODAY]) == 0, words

    with redirect_stdout(io.StringIO()):
        assert main(["build", *places, "--as-of", TODAY]) == 0, "the page as it was, for the ledger"
    run("template")
    desk.edit(amounts)
    saved(desk.form)
    fetched_anew(desk)
    head = "project_id,field,original,action_code,replacement,reason,who,date,source,status_code\n"
    (desk.curated / "corrections.csv").write_text(f"{head}{CORRECTION}\n", encoding="utf-8")
    run("review", "--accept", "c32", "--who", "Eva Exempel")
    run("build")
    run("report", "--lang", "en")
    shutil.move(folder / "reports", folder / "reports-en")
    run("report")
    run("export", "--all")
    (folder / "said.txt").write_text(said.getvalue(), encoding="utf-8")
