"""All outputs or none: what cannot be written, at once or half-way, leaves the folders as they were."""

import errno
import os
from pathlib import Path

import pytest
from overkalix_data.base.staging import staged

from overkalix_data import pipeline
from overkalix_data.base.errors import InputError
from overkalix_data.documents.source import Source
from overkalix_data.identity.read_projects import Reading
from overkalix_data.pipeline import Result
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import tidy_tables
from overkalix_data.schema.records import Records
from tests.refusal import Refused, furnished, refusing, snapshot


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return furnished(tmp_path)


@pytest.fixture
def refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    return refusing(desk, capsys)


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch, source: Source, records: Records) -> None:
    """The checks take seconds and are not what is tested here: the real tables come as they are."""
    monkeypatch.setattr(
        pipeline, "check", lambda options, tell: Result(Reading([source], records, []), tidy_tables(records))
    )


@pytest.mark.usefixtures("checked")
@pytest.mark.parametrize("command", ["build", "report"])
@pytest.mark.parametrize("place", ["clean/eget.txt", "clean/eget.txt/under/den"])
@pytest.mark.parametrize(("lang", "says", "remedy"), [
    ("sv", "går inte att skriva (", "Stäng filen om den är öppen"),
    ("en", "cannot be written (", "Close the file if it is open"),
], ids=["sv", "en"])  # fmt: skip
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


def write(folders: list[Path], *names: str, error: type[BaseException] | None = None) -> None:
    for name in names:
        file = folders[int(name[0])] / name[2:]
        file.parent.mkdir(exist_ok=True)
        file.write_text("ny", encoding="utf-8")
    if error:
        raise error


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_folders_made_for_a_failed_write_are_gone(desk: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    before = snapshot(desk)
    full_disk_at(monkeypatch, nth)
    with pytest.raises(InputError, match="unwritable"), staged(desk / "clean", desk / "ny" / "reports") as folders:
        write(folders, "0/projects.csv", "1/internal/bok.xlsx", "1/public/bok.xlsx")
    assert snapshot(desk) == before


def test_whatever_breaks_the_work_leaves_the_outputs(desk: Path) -> None:
    before = snapshot(desk)
    with pytest.raises(KeyboardInterrupt), staged(desk / "clean") as folders:
        write(folders, "0/projects.csv", error=KeyboardInterrupt)
    assert snapshot(desk) == before


def test_old_files_are_never_lost_even_if_nothing_can_be_put_back(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcd":
        (desk / "clean" / f"{name}.csv").write_text(f"gammal {name}", encoding="utf-8")
    old = {p.name: p.read_bytes() for p in sorted((desk / "clean").glob("*.csv"))}
    moves, real = [], os.replace

    def replace(source: Path, place: Path) -> None:
        moves.append(place)
        if len(moves) > 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(place))
        real(source, place)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(InputError, match="unwritable"), staged(desk / "clean") as folders:
        write(folders, *(f"0/{name}" for name in old))
    standing = {p.name: p.read_bytes() for p in sorted((desk / "clean").glob("*.csv"))}
    kept = {p.name: p.read_bytes() for p in (desk / "clean").glob(".staging-*/old/*")}
    assert all(data in (standing[name], kept.get(name)) for name, data in old.items())
