"""What cannot be done ends with 2 and one line: the file, the remedy; and the output folders are as they were."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from overkalix_data import pipeline, read
from overkalix_data.cli import main
from overkalix_data.errors import InputError
from overkalix_data.pipeline import Result
from overkalix_data.read import Source
from overkalix_data.records import Records
from overkalix_data.schema import TABLES
from overkalix_data.staging import staged
from overkalix_data.tables import tidy_tables
from tests.conftest import RAW

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
Refused = Callable[..., str]


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Every file with its bytes, every folder with None."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A place with the outputs of an earlier run, and a person's own file among them."""
    held = {"clean/projects.csv": b"gammal\n", "clean/funders.csv": b"\xef\xbb\xbfgammal;\r\n", "clean/eget.txt": b"mitt",
            "reports/internal/overkalix-projekt.xlsx": PNG, "raw/readme": b""}  # fmt: skip
    for name, content in held.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.fixture
def refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Runs a command that must not succeed; gives its one line, the folders proven untouched."""

    def run(*words: str | Path) -> str:
        before = snapshot(desk)
        folders = ["--clean", desk / "clean", "--reports", desk / "reports"] if words[:1] == ("build",) else []
        code = main([str(w) for w in [*words[:1], *folders, *words[1:]]])
        told = capsys.readouterr()
        assert (code, told.out) == (2, "")
        assert told.err.endswith("\n")
        assert len(told.err.splitlines()) == 1, told.err
        assert snapshot(desk) == before
        return told.err.strip()

    return run


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
    assert refused("build", "--raw", place) == f"{place}: finns inte. Kontrollera sökvägen efter --raw."
    assert refused("show", "--raw", place, "--lang=en") == f"{place}: does not exist. Check the path after --raw."


def test_a_name_no_file_can_have(refused: Refused) -> None:
    assert "går inte att läsa (" in refused("build", "--raw", "ö" * 300)


def test_a_folder_in_place_of_a_file(desk: Path, refused: Refused) -> None:
    (desk / "raw" / "sida.txt").mkdir()
    line = refused("build", "--raw", desk / "raw")
    assert line.startswith(f"{desk / 'raw' / 'sida.txt'}: går inte att läsa (")
    assert line.endswith("Kontrollera filens rättigheter.")


def test_a_folder_without_sources(desk: Path, refused: Refused) -> None:
    raw = desk / "raw"
    assert refused("build", "--raw", raw).startswith(f"{raw}: mappen har ingen källa. Lägg sidans text där")
    assert "the folder holds no source. Put the page's text there" in refused("build", "--raw", raw, "--lang", "en")


OUTSIDE = ", rad 2: kolumnen path ska vara en fil i mappen. Rätta raden."
LISTINGS = [  # sources.csv → the place and what the line says of it
    ("path\nborta.txt\n", ", rad 2: filen borta.txt finns inte. Lägg dit filen eller ta bort raden."),
    ("path\ninne.txt\n../ute.txt\n", OUTSIDE.replace("2", "3")),
    ("path\n{desk}/ute.txt\n", OUTSIDE),
    ("path\nlänk.txt\n", OUTSIDE),
    ("source_id,path\na,\n", OUTSIDE),
    ("path\nin\0ne.txt\n", OUTSIDE),
    ("path\n" + "x" * 5000 + "\n", OUTSIDE),
    ("fil\ninne.txt\n", OUTSIDE),
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
    file.write_bytes(b"a" * 2**20)
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
    (["show", "none", "--raw", str(RAW), "--lang", "en"], "none: no project has that id. Run overkalix show for the list."),
]


@pytest.mark.parametrize(("words", "said"), USAGE, ids=[" ".join(w[:3]) for w, _ in USAGE])
def test_what_cannot_be_meant(refused: Refused, words: list[str], said: str) -> None:
    assert refused(*words).startswith(said)


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch, source: Source, records: Records) -> None:
    """The checks take seconds and are not what is tested here: the real tables come as they are."""
    monkeypatch.setattr(pipeline, "check", lambda options, tell: Result([source], tidy_tables(records)))


@pytest.mark.usefixtures("checked")
@pytest.mark.parametrize("command", ["build", "report"])
@pytest.mark.parametrize("place", ["clean/eget.txt", "clean/eget.txt/under/den"])
@pytest.mark.parametrize(("lang", "says", "remedy"), [("sv", "går inte att skriva (", "Stäng filen om den är öppen"),
                                                      ("en", "cannot be written (", "Close the file if it is open")])  # fmt: skip
def test_a_folder_that_cannot_be_one(
    desk: Path, refused: Refused, command: str, place: str, lang: str, says: str, remedy: str
) -> None:
    """For `report` the tables could be written, in a new folder, and the reports could not: then neither is."""
    new = desk / "ny" / "mapp"
    folders = ("--clean", desk / place) if command == "build" else ("--clean", new, "--reports", desk / place)
    line = refused(command, *folders, "--lang", lang)
    assert line.startswith(f"{desk}/clean/eget.txt")
    assert says in line
    assert remedy in line


def full_disk_at(monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    """The nth move fails as on a full disk; those before and after are real."""
    moves, real = [], os.replace

    def replace(old: Path, new: Path) -> None:
        moves.append(new)
        if len(moves) == nth:
            raise OSError(errno.ENOSPC, "No space left on device", str(old), None, str(new))
        real(old, new)

    monkeypatch.setattr(os, "replace", replace)


@pytest.mark.usefixtures("checked")
@pytest.mark.parametrize("folder", ["clean", "ny/mapp"], ids=["old-folder", "new-folder"])
@pytest.mark.parametrize("nth", [1, 3, len(TABLES)])
def test_a_write_that_fails_half_way_is_undone(
    desk: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch, folder: str, nth: int
) -> None:
    full_disk_at(monkeypatch, nth)
    line = refused("build", "--clean", desk / folder)
    assert line.startswith(f"{desk / folder}{os.sep}")
    assert ".csv: går inte att skriva (No space left on device)" in line
    assert ".staging" not in line


def write(names: str, folder: Path, error: type[BaseException] | None = None) -> None:
    for name in names.split():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("ny", encoding="utf-8")
    if error:
        raise error


@pytest.mark.parametrize("nth", [1, 2, 3, 4])
def test_folders_made_for_a_failed_write_are_gone(desk: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    before = snapshot(desk)
    full_disk_at(monkeypatch, nth)
    with pytest.raises(InputError, match="unwritable"), staged(desk / "clean", desk / "ny" / "reports") as folders:
        write("projects.csv", folders[0])
        write("internal/bok.xlsx public/bok.xlsx", folders[1])
    assert snapshot(desk) == before


def test_whatever_breaks_the_work_leaves_the_outputs(desk: Path) -> None:
    before = snapshot(desk)
    with pytest.raises(KeyboardInterrupt), staged(desk / "clean") as folders:
        write("projects.csv", folders[0], KeyboardInterrupt)
    assert snapshot(desk) == before
