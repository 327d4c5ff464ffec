"""A source is data: no formula, no script, no order to a terminal; and the same data gives the same bytes everywhere."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from openpyxl import load_workbook

from overkalix_data.analyse.changes import change_csv
from overkalix_data.base.cell_text import clean, plain, printable
from overkalix_data.cli import main
from overkalix_data.outputs.charts.style import inlined
from overkalix_data.outputs.pages.render import render
from tests.conftest import AS_OF, ROOT

FORMULAS = ('=HYPERLINK("http://x")', "+46 70 000 00 00", "-1+2", "@SUM(A1)", "=cmd|' /C calc'!A0")
HOSTILE = (
    "Pågående projekt\n\nProvet \x1b[31m\u202egnp.exe\u202c <script>alert(1)</script>\n"
    "Mål: =cmd|' /C calc'!A0\nSyfte: +1-2 @SUM(A1)\nFinansiärer: Tillväxtverket, =1+1 AB\nProjektperiod: 2024-2025\n"
)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """An ESC cannot stand in a text file (it is then no text), but in HTML it can, as a reference."""
    lines = HOSTILE.replace("\x1b", "&#27;").replace("<script>", "&lt;script&gt;").splitlines()
    (tmp_path / "sida.html").write_text("".join(f"<p>{line}</p>\n" for line in lines), encoding="utf-8")
    return tmp_path / "sida.html"


def folders(desk: Path) -> list[str]:
    return [w for n in ("clean", "curated", "reports") for w in (f"--{n}", str(desk / n))] + ["--as-of", AS_OF]


def test_what_turns_the_direction_is_shown_as_what_it_is() -> None:
    assert plain("a\u202eb") == clean("a\u202eb") == printable("a\u202eb") == "a[U+202E]b"
    assert printable("a\x1b[2J\x07\x9b\u2028\ud800\tb\n") == "a[U+001B][2J[U+0007][U+009B][U+2028][U+D800]\tb\n"
    assert plain("åäö – 青年 \u00a0") == "åäö – 青年 \u00a0"


@pytest.mark.parametrize("command", ["show", "check", "new-source"])
def test_a_terminal_gets_no_control_characters(page: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = [command, str(page)] if command == "new-source" else [command, "--raw", str(page)]
    main([*words, *folders(page.parent)])
    told = capsys.readouterr()
    assert "Provet" in told.out or command != "show"
    assert not CONTROL.search(told.out + told.err)


def test_no_text_of_a_source_is_a_formula_in_a_workbook(page: Path) -> None:
    assert main(["template", "--raw", str(page), *folders(page.parent)]) == 0
    assert main(["export", "--all", "--raw", str(page), *folders(page.parent)]) in (0, 1)
    books = [*page.parent.glob("curated/*.xlsx"), *page.parent.glob("reports/*/*.xlsx")]
    assert len(books) > 2
    told = [cell for book in books for sheet in load_workbook(book) for row in sheet for cell in row if cell.value]
    assert any("cmd|" in str(cell.value) for cell in told)
    assert [c.value for c in told if c.data_type == "f" and re.search(r"cmd|SUM\(A1\)|1\+1 AB", str(c.value))] == []
    assert not any(CONTROL.search(str(cell.value)) for cell in told)


@pytest.mark.parametrize("words", FORMULAS)
def test_a_table_of_changes_holds_formulas_as_text(words: str) -> None:
    assert f"'{words[0]}" in change_csv([{"change_code": "reworded", "old_text": words, "new_text": "a"}])


def test_a_page_names_its_styles_and_scripts_by_their_checksums() -> None:
    """Of the templates' own: a `<style>` inside an SVG is named too."""
    page = render("grund.html", "sv")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy[1] == f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; script-src 'none'"


def test_a_picture_in_a_page_has_no_style_attributes() -> None:
    svg = '<svg id="a"><defs><style>*{x:y}</style></defs><path style="fill: none"/><g style="fill: none"/></svg>'
    made = inlined(svg, "s")
    assert 'style="' not in made
    assert made.count('class="s-0"') == 2
    assert "<style>.s-0{fill: none}</style>" in made


# The same bytes everywhere.

OTHER = {
    "seed": {"PYTHONHASHSEED": "4711"},
    "zone": {"TZ": "Pacific/Kiritimati"},
    "language": {"LANG": "sv_SE.UTF-8", "LC_ALL": "C.UTF-8"},
    "user": {"USER": "eva", "HOME": "/nonexistent", "LOGNAME": "eva"},
}


BACKWARDS = """
import os, sys
listed, scanned = os.listdir, os.scandir
class Scanned:
    def __init__(self, entries): self.entries = iter(entries)
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def close(self): pass
os.listdir = lambda *at: sorted(listed(*at), reverse=True)
os.scandir = lambda *at: Scanned(sorted(scanned(*at), key=lambda entry: entry.name, reverse=True))
from overkalix_data import pipeline
from overkalix_data.cli import main
from tests.made.schema_by_pandas import SchemaByPandas
pipeline.SchemaRun = SchemaByPandas  # as in the other run, which is this process
sys.exit(main(sys.argv[1:]))
"""
"""The same command on a disk that lists the files of each folder in the order of the alphabet backwards."""


def words(desk: Path) -> list[str]:
    return ["page", "--raw", str(desk / "raw"), *folders(desk)]


def pages(desk: Path) -> dict[str, bytes]:
    return {p.relative_to(desk).as_posix(): p.read_bytes() for p in sorted((desk / "reports").rglob("*.html"))}


@pytest.mark.usefixtures("whole")
def test_the_same_bytes_on_any_machine(tmp_path: Path) -> None:
    """Everything that could differ does, at once: the two runs are one byte for byte."""
    desk, other = tmp_path / "en", tmp_path / "annan"
    for place in (desk, other):
        shutil.copytree(ROOT / "data" / "raw", place / "raw")
    listing = other / "raw" / "sources.csv"
    listing.write_bytes(listing.read_bytes().replace(b"\n", b"\r\n"))
    assert main(words(desk)) in (0, 1)
    differing = {key: value for env in OTHER.values() for key, value in env.items()}
    ran = subprocess.run(
        [sys.executable, "-c", BACKWARDS, *words(other)],
        capture_output=True, cwd=other, env=os.environ | {"PYTHONPATH": str(ROOT)} | differing,
    )  # fmt: skip
    assert ran.returncode in (0, 1), ran.stderr
    assert pages(other) == pages(desk) != {}
