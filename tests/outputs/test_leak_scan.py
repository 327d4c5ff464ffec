"""The last look at the public edition: wherever a contact is planted, the run stops before anything is put in place."""

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from overkalix_data.analyse.public_edition import _tells
from overkalix_data.base.errors import InputError
from overkalix_data.cli import main
from overkalix_data.outputs.leak_scan import stop_at_leaks, texts_of
from overkalix_data.schema.frames import Tables
from overkalix_data.values.personal_data import PersonalData

NAME = "Sara Söderberg"
"""A contact of the real page."""
PAGE = """Projekt

Byn vid älven
Målet är att utveckla byn tillsammans med Britta Ekgren. Handläggare: Eva Ek. Född 850504-9992, bor på Storgatan 17.
Finansiärer: Överkalix kommun, Leader Polaris, Britta Ekgren 070-174 06 05 britta.ekgren@exempel.se
Kontaktperson: Britta Ekgren, 070-174 06 05, britta.ekgren@exempel.se

Skogens värde
Syftet är att Ekgrens arbete med skogen fortsätter. Nås på britta.ekgren snabel a exempel.se eller 70-174 06 05.
Finansiär: Region Norrbotten, B. Ekgren, +46 (0)70-174 06 05
Målgrupp: företagare, Ekgren Britta
Projektekonom: Sten Ask
Kontaktperson: Landsbygdskontoret, 0926-740 00
"""


def zipped(name: str, text: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, text)

    return write


def text(words: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(words, encoding="utf-8") and None


def database(path: Path) -> None:
    """A text longer than a page of the file: SQLite cuts it up, and here in the middle of the name."""
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE projects (goal TEXT)")
        opened.executemany(
            "INSERT INTO projects VALUES (?)", [("x" * n + f" {NAME} " + "y" * 9000,) for n in (4050, 4060, 8140)]
        )
        opened.commit()


def parquet(path: Path) -> None:
    pd.DataFrame({"goal": [f"Fråga {NAME}"] * 3}).to_parquet(path, compression="zstd")


def picture(path: Path) -> None:
    Figure().savefig(path, metadata={"Description": NAME})


def document(path: Path) -> None:
    Figure().savefig(path, metadata={"Title": NAME})


@pytest.mark.parametrize(("file", "write"), [
    ("a.html", text(f'<p title="{NAME}">x</p>')), ("b.html", text("<p>Sara <b>Söderberg</b></p>")),
    ("c.html", text("<p>S&ouml;derberg, Sara</p>")), ("d.svg", text(f"<svg><title>{NAME}</title></svg>")),
    ("e.json", text('{"name": "S. Söderberg"}')), ("f.csv", text("tel:+46721421805")), ("sara-soderberg.txt", text("x")),
    ("g.xlsx", zipped("xl/worksheets/sheet1.xml", f"<t>{NAME}</t>")), ("h.docx", zipped("docProps/core.xml", f"<dc:creator>{NAME}</dc:creator>")),
    ("i.docx", zipped("word/document.xml", "<w:t>Sara </w:t></w:r><w:r><w:t>Söderberg</w:t>")),
    ("j.xlsx", zipped("xl/media/sara_soderberg.png", "")), ("k.png", picture), ("l.pdf", document),
    ("m.html", text("<p>072-142 <b>18</b> 05</p>")),
    ("m.sqlite", database), ("n.parquet", parquet),
])  # fmt: skip
def test_a_contact_is_found_wherever_it_stands(
    file: str, write: Callable[[Path], None], tables: Tables, tmp_path: Path
) -> None:
    write(tmp_path / file)
    with pytest.raises(InputError) as stopped:
        stop_at_leaks(tmp_path, tables)
    assert stopped.value.params["file"] == file


@pytest.mark.parametrize(("key", "is_told"), [
    ("satsning-2-ekgrens-rapport", True), ("prova-57-08-123456-slut", True), ("satsning-69-850504-xxxx", True),
    ("prova-47-0046-0-701740605", True), ("byn-vid-alven", False), ("satsning-2021-2023", False), ("vision-2030", False),
])  # fmt: skip
def test_a_key_that_tells_a_person_is_another_in_public(key: str, *, is_told: bool) -> None:
    people = PersonalData(["Britta Ekgren"])
    assert _tells(key, lambda text: "x" if people.spans(text) else text) is is_told


def test_outlines_and_sums_are_no_numbers(tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        '<path d="M 72.1421805 721421805"/><i src="data:x;base64,721421805"/>', encoding="utf-8"
    )
    stop_at_leaks(tmp_path, tables)


def test_an_organisations_name_ends_where_a_property_does(tables: Tables, tmp_path: Path) -> None:
    """Were the next property read on to it, it would be another name, and the surname in it would be a person's."""
    named = tables["funders"].assign(name="Stiftelsen Söderbergs minne")
    told = "<dc:title>Stiftelsen Söderbergs minne</dc:title><dc:creator>overkalix_data</dc:creator>"
    zipped("docProps/core.xml", told)(tmp_path / "a.xlsx")
    stop_at_leaks(tmp_path, tables | {"funders": named})


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("command", ["report", "export --all", "export Ekgren", "publish"])
def test_a_page_that_names_people_everywhere_gives_a_public_edition_that_names_nobody(
    command: str, tmp_path: Path
) -> None:
    source = tmp_path / "page.txt"
    source.write_text(PAGE, encoding="utf-8")
    places = [word for name in ("curated", "clean", "reports") for word in (f"--{name}", str(tmp_path / name))]
    assert main([*command.split(), "--raw", str(source), "--as-of", "2026-11-23", *places]) in (0, 1)
    hidden = ("ekgren", "eva ek", "sten ask", "740605", "174 06 05", "850504", "storgatan", "740 00")
    written = [path for path in sorted((tmp_path / "reports" / "public").rglob("*")) if path.is_file()]
    assert written
    for path in written:
        for part, words in texts_of(path.name, path.read_bytes()):
            assert not [h for h in hidden if h in words.casefold()], part


def test_a_leak_stops_the_run_and_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("overkalix_data.analyse.public_edition.public_tables", lambda tables: tables)
    places = [word for name in ("curated", "clean", "reports") for word in (f"--{name}", str(tmp_path / name))]
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    assert main(["page", "--raw", str(tmp_path / "page.txt"), "--as-of", "2026-11-23", *places]) == 2
    assert "projektsida.html" in capsys.readouterr().err
    assert not (tmp_path / "reports").exists()
