"""A column shows everywhere by being declared: one line of the schema and one row of a codelist, and each output has it."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.conftest import AS_OF, ROOT

HEADING, SAID = "Språkstöd", "Tolk finns på varje träff."
WHOM = "Ledare på plats", "Ylva Påhittad"
COLUMN = (
    'text("language_support", "Språkstöd|Language support", "Hjälp med språket.|Help.", filled_by="language_support"),'
)
PERSONAL = 'text("on_site", "Ledare på plats|Leader on site", "Vem.|Who.", filled_by="on_site", personal=True),'
LABELS = {"language_support": HEADING, "on_site": WHOM[0]}
BEFORE = '    text("description", "Beskrivning|Description"'
PAGE = f"""Pågående projekt

Projektnamn: Mötesplats Röda ladan
Mål: Att öppna ladan för alla.
Syfte: Fler möts.
Målgrupp: Företag
{HEADING}: {SAID}
{WHOM[0]}: {WHOM[1]}
Finansiärer: Tillväxtverket, Överkalix kommun
"""
GOLD = {
    "title": "Mötesplats Röda ladan", "status_code": "ongoing", "goal": "Att öppna ladan för alla.", "purpose": "Fler möts.",
    "target_groups": "Företag", "funders": "Tillväxtverket | Överkalix kommun", "granted": "", "total_cost_sek": "", "start": "",
    "end": "", "contacts": "", "phones": "", "emails": "", "owner": "", "partners": "", "language_support": SAID,
}  # fmt: skip
SHARED = f"--curated curated --as-of {AS_OF}"
COMMANDS = {
    "report": f"report --raw raw/sida.txt --clean clean --reports reports {SHARED}",
    "export": f"export tillvaxtverket --raw raw/sida.txt --clean clean --reports packs {SHARED}",
    "page": f"page --raw raw/sida.txt --clean clean --reports page {SHARED}",
    "template": f"template --raw raw/sida.txt {SHARED}",
    "show": "show motesplats-roda-ladan --raw raw/sida.txt --curated curated",
    "new-source": "new-source raw/sida.txt",
    "evaluate": "evaluate gold",
    "back": f"build --raw page/internal/projektsida.html --clean back --curated curated --as-of {AS_OF}",
}
RUN = """
import contextlib, sys
from overkalix_data import pipeline
from overkalix_data.cli import main
from tests.made.schema_by_pandas import SchemaByPandas
sys.modules["weasyprint"] = None  # the letter as PDF is not asked for here
for line in sys.stdin.read().splitlines():
    name, *words = line.split()
    if name != "report":  # Great Expectations judges the column once
        pipeline.SchemaRun = SchemaByPandas
    with open(f"{name}.out", "w", encoding="utf-8") as out, contextlib.redirect_stdout(out):
        code = main(words)
    assert code != 2, (line, code)
"""


@pytest.fixture(scope="module")
def made(whole: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Every command, run by a copy of the package in which the column is declared and its label listed."""
    folder = tmp_path_factory.mktemp("declared")
    package = folder / "overkalix_data"
    shutil.copytree(ROOT / "overkalix_data", package, ignore=shutil.ignore_patterns("__pycache__"))
    schema, labels = package / "schema" / "project_tables.py", package / "codelists" / "reading" / "labels.csv"
    text = schema.read_text(encoding="utf-8")
    assert text.count(BEFORE) == 1
    schema.write_text(text.replace(BEFORE, f"    {COLUMN}\n    {PERSONAL}\n{BEFORE}"), encoding="utf-8")
    with labels.open("a+", encoding="utf-8", newline="") as file:
        file.seek(0)
        columns = next(csv.reader(file))
        for field, words in LABELS.items():
            row = {"field": field, "words": words, "form": "label", "stage": "middle", "colon": "yes"}
            csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(row)
    for name, words in {"raw/sida.txt": PAGE, "gold/en/source.txt": PAGE}.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(words, encoding="utf-8")
    pd.DataFrame([GOLD]).to_csv(folder / "gold/en/projects.csv", index=False)
    (folder / "curated").mkdir()
    commands = "\n".join(f"{name} {words}" for name, words in COMMANDS.items())
    # No programs beside Python: nor is what LibreOffice would make of it.
    found = {"PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))), "PATH": "", "SOURCE_DATE_EPOCH": "1700000000"}
    ran = subprocess.run(
        [sys.executable, "-c", RUN], cwd=folder, env=os.environ | found,
        input=commands, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    yield folder
    shutil.rmtree(folder)


def under(path: Path, heading: str) -> list[str]:
    """What stands under a heading of a workbook, on whichever sheet has it."""
    book, cells = openpyxl.load_workbook(path), []
    for sheet in book.worksheets:
        for cell in (c for row in sheet.iter_rows() for c in row if c.value == heading):
            cells += [str(below[0].value) for below in sheet.iter_rows(cell.row + 1, None, cell.column, cell.column)]
    return cells


def test_the_tidy_table_has_it_where_it_is_declared(made: Path) -> None:
    frame = pd.read_csv(made / "clean/projects.csv")
    assert frame["language_support"].tolist() == [SAID]
    assert list(frame.columns).index("language_support") == list(frame.columns).index("description") - 2
    assert frame["description"].isna().all()


def test_its_words_and_its_label_are_cited(made: Path) -> None:
    evidence = pd.read_csv(made / "clean/evidence.csv")
    own = evidence[evidence["column"] == "language_support"]
    assert dict(zip(own["use_code"], own["quote"], strict=True)) == {"label": f"{HEADING}: ", "value": SAID}


@pytest.mark.parametrize("file", ["rapport.html", "projektsida.html", "overkalix-projekt.xlsx"])
def test_a_column_with_personal_data_shows_in_the_internal_edition_alone(made: Path, file: str) -> None:
    def told(path: Path) -> bool:
        if path.suffix == ".xlsx":
            return WHOM[1] in under(path, WHOM[0])
        return WHOM[1] in path.read_text(encoding="utf-8")

    assert told(made / "reports/internal" / file)
    assert not told(made / "reports/public" / file)


@pytest.mark.parametrize("file", ["reports/internal/overkalix-projekt.xlsx", "reports/public/overkalix-projekt.xlsx"])
def test_the_workbook_has_it(made: Path, file: str) -> None:
    assert SAID in under(made / file, HEADING)


@pytest.mark.parametrize(
    "file", ["reports/internal/rapport.html", "reports/public/rapport.html", "page/public/projektsida.html"]
)
def test_a_page_tells_it_under_its_heading(made: Path, file: str) -> None:
    text = (made / file).read_text(encoding="utf-8")
    assert f"<dt>{HEADING}" in text
    assert SAID in text


def test_show_tells_it_with_the_line_it_stands_on(made: Path) -> None:
    lines = (made / "show.out").read_text(encoding="utf-8").splitlines()
    at = lines.index(f"{HEADING}: {SAID}")
    assert lines[at + 1].strip() == f"rad 7: ”{SAID}”"


def test_the_form_has_it(made: Path) -> None:
    assert SAID in under(made / "curated/komplettering.xlsx", HEADING)


def test_a_pack_has_it(made: Path) -> None:
    assert SAID in under(made / "packs/internal/underlag-tillvaxtverket.xlsx", HEADING)


def test_a_new_source_is_asked_for_it(made: Path) -> None:
    lines = (made / "new-source.out").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith(HEADING)] == [f"{HEADING}: känt för 1 av 1"]


def test_it_is_held_against_typed_answers(made: Path) -> None:
    lines = [line.split() for line in (made / "evaluate.out").read_text(encoding="utf-8").splitlines()]
    assert ["language_support", "1", "0", "0"] in [line[:4] for line in lines]


def test_the_page_written_back_reads_back_to_it(made: Path) -> None:
    assert pd.read_csv(made / "back/projects.csv")["language_support"].tolist() == [SAID]
