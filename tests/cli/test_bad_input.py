"""What cannot be done ends with 2 and one line: the file, the remedy; and the output folders are as they were."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from overkalix_data.documents import source as read
from tests.conftest import RAW
from tests.made.refusal import PNG, Refused, furnished, refusing


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return furnished(tmp_path)


@pytest.fixture
def refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    return refusing(desk, capsys)


EMPTY = ("filen är tom. Hämta sidan på nytt", "the file is empty. Fetch the page again")
NO_TEXT = ("är ingen text (varken UTF-8", "is not text (neither UTF-8")
UNREAD = ("filtypen läses inte. Spara sidan som någon av: ", "this kind of file is not read. Save the page as one of: ")
CONTENTS = [  # name, bytes, what the line says of them in Swedish and English
    ("tom.txt", b"", EMPTY),
    ("blank.txt", b" \t\r\n\n", EMPTY),
    ("hårda-blanka.txt", "\u00a0\n\u2003\f\n".encode(), EMPTY),
    ("nollor.txt", bytes(500), EMPTY),
    ("bild.txt", PNG, NO_TEXT),
    ("slump.txt", Random(1).randbytes(4096), NO_TEXT),
    ("halv.txt", "\ufeffMål".encode("utf-16-le")[:-1], NO_TEXT),
    ("sida.pdf", b"%PDF-1.7", UNREAD),
]


@pytest.mark.parametrize(("name", "data", "said"), CONTENTS, ids=[c[0] for c in CONTENTS])
def test_a_file_that_is_no_page(desk: Path, refused: Refused, name: str, data: bytes, said: tuple[str, str]) -> None:
    file, (swedish, english) = desk / name, said
    file.write_bytes(data)
    assert refused("build", "--raw", file).startswith(f"{file}: {swedish}")
    assert refused("build", "--raw", file, "--lang", "en").startswith(f"{file}: {english}")
    assert refused("show", "--raw", file).startswith(f"{file}: {swedish}")


@pytest.mark.parametrize("name", ["borta.txt", "ingen-mapp/", "raw/readme/under.txt"])
def test_what_is_not_there(desk: Path, refused: Refused, name: str) -> None:
    place = f"{desk}/{name}"
    assert refused("build", "--raw", place) == f"{place}: finns inte. Kontrollera sökvägen."
    assert refused("show", "--raw", place, "--lang=en") == f"{place}: does not exist. Check the path."


def test_a_name_no_file_can_have(refused: Refused) -> None:
    assert "går inte att läsa (" in refused("build", "--raw", "ö" * 300)


NO_FILE = "är ingen vanlig fil (en mapp, ett rör eller en enhet). Flytta den, eller lägg filen själv där."
KINDS = [
    pytest.param(Path.mkdir, id="folder"),
    pytest.param(os.mkfifo, id="pipe", marks=pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes")),
]
CURATED_FILES = ("ledger.csv", "values.csv", "corrections.csv", "same_projects.csv", "komplettering.xlsx")


@pytest.mark.parametrize("make", KINDS)
def test_a_folder_or_a_pipe_in_place_of_a_source(desk: Path, refused: Refused, make: Callable[[Path], None]) -> None:
    """Nothing waits for a pipe that nobody writes to."""
    make(desk / "raw" / "sida.txt")
    assert refused("build", "--raw", desk / "raw") == f"{desk / 'raw' / 'sida.txt'}: {NO_FILE}"
    assert refused("new-source", desk / "raw" / "sida.txt").endswith(NO_FILE) or make is Path.mkdir
    make(desk / "raw" / "sources.csv")
    assert refused("build", "--raw", desk / "raw") == f"{desk / 'raw' / 'sources.csv'}: {NO_FILE}"


@pytest.mark.parametrize("name", CURATED_FILES)
@pytest.mark.parametrize("make", KINDS)
def test_a_folder_or_a_pipe_in_place_of_a_curated_file(
    desk: Path, refused: Refused, name: str, make: Callable[[Path], None]
) -> None:
    """What people have filled in is never taken for absent."""
    (desk / "curated").mkdir()
    make(desk / "curated" / name)
    assert refused("build", "--raw", RAW) == f"{desk / 'curated' / name}: {NO_FILE}"


def test_a_link_out_of_a_folder_of_loose_files(desk: Path, refused: Refused) -> None:
    (desk / "ute.txt").write_text("Projekt\n", encoding="utf-8")
    (desk / "raw" / "länk.txt").symlink_to(desk / "ute.txt")
    line = refused("build", "--raw", desk / "raw")
    assert line == f"{desk / 'raw' / 'länk.txt'}: är en länk ut ur mappen. Lägg filen själv i mappen."


def test_new_source_reads_one_file(desk: Path, refused: Refused) -> None:
    assert refused("new-source", desk / "raw") == f"{desk / 'raw'}: {NO_FILE}"


def test_a_folder_without_sources(desk: Path, refused: Refused) -> None:
    raw = desk / "raw"
    assert refused("build", "--raw", raw).startswith(f"{raw}: mappen har ingen källa. Lägg sidans text där")
    assert "the folder holds no source. Put the page's text there" in refused("build", "--raw", raw, "--lang", "en")


OUTSIDE = ", rad 2: kolumnen path ska vara en fil i mappen. Rätta raden."
NO_ADDRESS = ", rad 2: kolumnen url är ingen webbadress. Rätta raden, eller lämna kolumnen tom."
LISTINGS = [  # sources.csv → the place and what the line says of it
    ("path\nborta.txt\n", ", rad 2: filen borta.txt finns inte. Lägg dit filen eller ta bort raden."),
    ("path\ninne.txt\n../ute.txt\n", OUTSIDE.replace("2", "3")),
    ("path\n{desk}/ute.txt\n", OUTSIDE),
    ("path\nlänk.txt\n", OUTSIDE),
    ("source_id,path\na,\n", OUTSIDE),
    ("path\nin\0ne.txt\n", OUTSIDE),
    ("path\n" + "x" * 5000 + "\n", OUTSIDE),
    ("fil\ninne.txt\n", OUTSIDE),
    ("path,url\ninne.txt,http://[\n", NO_ADDRESS),
    ("path,url\ninne.txt,https://" + "a" * 300 + ".se/\n", NO_ADDRESS),
    ("path,url\ninne.txt,sidan\n", NO_ADDRESS),
    ("source_id,path\na,inne.txt\na,inne.txt\n", ", rad 3: source_id a står på två rader. Ge raden ett eget."),
    ('path\n"' + "x" * 200_000, ": är ingen CSV-tabell. Spara listan på nytt som CSV."),
    ("path\n", ": filen är tom. Hämta sidan på nytt och spara texten."),
]


@pytest.mark.parametrize(("listing", "said"), LISTINGS, ids=range(len(LISTINGS)))
def test_a_list_of_sources_that_leads_nowhere_or_outside(desk: Path, refused: Refused, listing: str, said: str) -> None:
    for place in (desk / "ute.txt", desk / "raw" / "inne.txt"):
        place.write_text("Projekt\n", encoding="utf-8")
    (desk / "raw" / "länk.txt").symlink_to(desk / "ute.txt")
    (desk / "raw" / "sources.csv").write_text(listing.replace("{desk}", str(desk)), encoding="utf-8")
    assert refused("build", "--raw", desk / "raw") == f"{desk / 'raw' / 'sources.csv'}{said}"


def test_a_file_over_the_limit(desk: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 2**20)
    file = desk / "stor.txt"
    file.write_bytes(b"a" * (2**20 + 1))
    assert refused("build", "--raw", file).startswith(f"{file}: är större än 1 MB, gränsen för en källa. Spara bara")
    assert refused("show", "--raw", file, "--lang", "en").startswith(f"{file}: is larger than 1 MB, the limit")
    file.write_bytes(b"a" * 1023 + (b"\n" + b"a" * 1023) * 1023 + b"\n")
    assert len(read.read_sources(str(file))[0].text) == 2**20


USAGE = [
    (["build", "--as-of", "i morgon"], "--as-of i morgon: är inget datum. Skriv det som ÅÅÅÅ-MM-DD"),
    (["build", "--as-of", "2026-02-30", "--lang", "en"], "--as-of 2026-02-30: is not a date. Write it as YYYY-MM-DD"),
    (["bygg"], "overkalix: ”bygg” är inget av report, build, check, show"),
    (["build", "--clear", "x"], "overkalix: okänt argument: --clear x. Kör overkalix --help."),
    (["build", "--clear", "x", "--lang", "en"], "overkalix: unknown argument: --clear x. Run overkalix --help."),
    ([], "overkalix: argument saknas: KOMMANDO. Kör overkalix --help."),
    (["show", "--lang", "de"], "overkalix: ”de” är inget av sv, en"),
    (["show", "intet", "--raw", str(RAW)], "intet: inget projekt har det id:t. Kör overkalix show för listan."),
    (["show", "none", "--raw", str(RAW), "--lang", "en"], "none: no project has that id. Run overkalix show for"),
]


@pytest.mark.parametrize(("words", "said"), USAGE, ids=[" ".join(w[:3]) for w, _ in USAGE])
def test_what_cannot_be_meant(refused: Refused, words: list[str], said: str) -> None:
    assert refused(*words).startswith(said)
