"""Several files are one commit: killed, refused or raced at any step, the folders hold the old or the new, whole."""

import errno
import getpass
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from overkalix_data import pipeline
from overkalix_data.base.commit import atomic, settle
from overkalix_data.base.errors import InputError
from overkalix_data.base.lock import STAGE, Lock
from overkalix_data.base.recovery_journal import COPIES, COPY_STAMP, Move, write_journal
from overkalix_data.cli import main
from overkalix_data.schema import TABLES
from tests.conftest import AS_OF, ROOT
from tests.made.desk import Desk
from tests.made.kills import killed_at, needs_fork
from tests.made.refusal import Refused, refusing, snapshot

TINY = "Pågående projekt\n\nProvprojektet\nMål: Att prova.\nFinansiärer: Tillväxtverket\nProjektperiod: 2024-2025\n"


@pytest.fixture
def refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    return refusing(desk, capsys)


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


def test_a_file_where_a_folder_of_the_outputs_is_to_be_leaves_all_as_it_was(tmp_path: Path) -> None:
    """It was found when the other files were in place, and what could not be undone stopped every later command."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "public").write_text("mitt", encoding="utf-8")
    before = snapshot(tmp_path)

    def write() -> None:
        with atomic() as commit:
            for name in ("internal", "public"):
                (commit.folder(reports) / name).mkdir()
                (commit.folder(reports) / name / "sida.html").write_text("ny", encoding="utf-8")

    with pytest.raises(InputError, match="unwritable"):
        write()
    assert snapshot(tmp_path) == before


def test_a_folder_that_became_a_file_after_a_death_does_not_stop_the_next_command(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("mitt", encoding="utf-8")
    (tmp_path / STAGE).mkdir()
    write_journal(tmp_path, [Move("public/sida.html", f"{STAGE}/old/public/sida.html", is_new=True, digest="x")], [])
    settle(tmp_path)
    assert snapshot(tmp_path) == {"public": b"mitt"}


def full_disk_at(monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    """The nth move into a place fails as on a full disk; those before and after are real."""
    moves, real = [], os.replace

    def replace(old: Path, new: Path) -> None:
        moves.extend([new] if STAGE not in new.parts else [])
        if len(moves) == nth and STAGE not in new.parts:
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


def write(folders: list[Path], *names: str) -> None:
    with atomic() as commit:
        stages = [commit.folder(folder) for folder in folders]
        for name in names:
            file = stages[int(name[0])] / name[2:]
            file.parent.mkdir(exist_ok=True)
            file.write_text("ny", encoding="utf-8")


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_folders_made_for_a_failed_write_are_gone(desk: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    before = snapshot(desk)
    full_disk_at(monkeypatch, nth)
    with pytest.raises(InputError, match="unwritable"):
        write([desk / "clean", desk / "ny" / "reports"], "0/projects.csv", "1/internal/bok.xlsx", "1/public/bok.xlsx")
    assert snapshot(desk) == before


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError])
def test_whatever_breaks_the_work_leaves_the_outputs(desk: Path, error: type[BaseException]) -> None:
    before = snapshot(desk)

    def broken() -> None:
        with atomic():
            write([desk / "clean"], "0/projects.csv")
            assert (desk / "clean" / "projects.csv").read_bytes() == b"ny"  # in place, but not for good
            raise error

    with pytest.raises(error):
        broken()
    assert snapshot(desk) == before


def test_old_files_are_never_lost_even_if_nothing_can_be_put_back(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcd":
        (desk / "clean" / f"{name}.csv").write_text(f"gammal {name}", encoding="utf-8")
    old, before = {p.name: p.read_bytes() for p in sorted((desk / "clean").glob("*.csv"))}, snapshot(desk)
    moves, real = [], os.replace

    def replace(source: Path, place: Path) -> None:
        moves.append(place)
        if len(moves) > 3:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(place))
        real(source, place)

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", replace)
        with pytest.raises(InputError, match="unwritable"):
            write([desk / "clean"], *(f"0/{name}" for name in old))
    standing = {p.name: p.read_bytes() for p in sorted((desk / "clean").glob("*.csv"))}
    kept = {p.name: p.read_bytes() for p in (desk / "clean" / STAGE / "old").iterdir()}
    assert standing != old
    assert all(data in (standing[name], kept.get(name)) for name, data in old.items())
    settle(desk / "clean")
    assert snapshot(desk) == before


# One owner at a time.


def test_a_second_run_says_who_has_the_folder_and_since_when(
    desk: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "eva")
    lock = Lock(desk / "clean")
    try:
        line = refused("build")
        assert f"{desk / 'clean'}: används av eva (process {os.getpid()}) sedan 20" in line
        assert "in use by eva" in refused("build", "--lang", "en")
    finally:
        lock.release()
    assert not (desk / "clean" / STAGE).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a user has a name in the environment")
def test_a_run_that_the_environment_names_no_user_of_is_told_by_the_machine_s_name(
    desk: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    lock = Lock(desk / "clean")
    try:
        assert f"används av {getpass.getuser()} (process" in refused("build")
    finally:
        lock.release()


@needs_fork
def test_a_lock_dies_with_its_process_and_what_it_left_is_cleared(desk: Path) -> None:
    before = snapshot(desk)

    def die() -> None:
        with atomic() as commit:
            (commit.folder(desk / "reports") / "internal.docx").write_text("personuppgifter", encoding="utf-8")
            os.kill(os.getpid(), signal.SIGKILL)

    killed_at(10**6, desk, die)
    assert (desk / "reports" / STAGE / "new" / "internal.docx").exists()
    assert main(["show", "--reports", str(desk / "reports")]) == 0
    assert snapshot(desk) == before


def test_a_ledger_that_another_run_has_added_to_is_not_overwritten(tmp_path: Path) -> None:
    """Two builds of different pages with one ledger: the second to write has not seen what the first entered."""
    desk = Desk(tmp_path, TINY)
    options = pipeline.Options(AS_OF, str(desk.raw), desk.curated, desk.clean)
    from overkalix_data.base.progress import Progress

    stale = pipeline.check(options, Progress())
    desk.publish(TINY.replace("Provprojektet", "Något annat").replace("Att prova", "Att bygga en bro över älven"))
    assert desk.run("build") == 0
    ledger = (desk.curated / "ledger.csv").read_bytes()
    with pytest.raises(InputError, match="changed_meanwhile"), atomic() as commit:
        pipeline._write_ledger(stale, options, commit)
    assert (desk.curated / "ledger.csv").read_bytes() == ledger


@needs_fork
def test_two_at_once_are_one_after_the_other_or_one_refused(desk: Path) -> None:
    """Eight processes write both folders whole, with a text of their own: what stands is one of theirs."""
    code = (
        "import sys; from pathlib import Path; from overkalix_data.base.commit import atomic\n"
        "from overkalix_data.base.errors import InputError\n"
        "for _ in range(20):\n"
        "    try:\n"
        "        with atomic() as c:\n"
        "            for f in ('clean', 'reports'):\n"
        "                for n in 'abc': (c.folder(Path(f)) / n).write_text(sys.argv[1])\n"
        "    except InputError as e: assert e.key == 'locked', e\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(n)], cwd=desk, env=os.environ | {"PYTHONPATH": str(ROOT)})
        for n in range(4)
    ]
    assert [process.wait() for process in running] == [0] * 4
    assert len({(desk / f / n).read_text() for f in ("clean", "reports") for n in "abc"}) == 1
    assert not list(desk.rglob(STAGE))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no inodes")
def test_a_power_cut_finds_on_the_disk_whatever_a_rename_has_named(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rename may reach the disk before the bytes of the file: what is renamed, and the old copy, are flushed first."""
    flushed, replaced = set[int](), list[str]()
    fsync, replace = os.fsync, os.replace

    def note(descriptor: int) -> None:
        flushed.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def checked_replace(old: Path, new: Path) -> None:
        kept = [file for file in desk.rglob(f"{STAGE}/old/*.csv") if file.is_file()]
        assert {old.stat().st_ino, *(file.stat().st_ino for file in kept)} <= flushed, new
        replaced.append(new.name)
        replace(old, new)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(os, "replace", checked_replace)
    write([desk / "clean"], "0/funders.csv", "0/projects.csv", "0/ny.csv")
    assert replaced == ["journal", "funders.csv", "ny.csv", "projects.csv"]
    assert (desk / "clean").stat().st_ino in flushed


# What people have written.


def test_curated_files_keep_their_last_ten_copies(desk: Path) -> None:
    place = desk / "curated" / "values.csv"
    place.parent.mkdir()
    for n in range(13):
        with atomic() as commit:
            (commit.folder(place.parent, keeps_copies=True) / "values.csv").write_text(str(n), encoding="utf-8")
        with atomic() as commit:  # the same bytes again are no reason for a copy
            (commit.folder(place.parent, keeps_copies=True) / "values.csv").write_text(str(n), encoding="utf-8")
    copies = sorted((place.parent / COPIES).iterdir())
    assert [copy.read_text(encoding="utf-8") for copy in copies] == [str(n) for n in range(2, 12)]
    assert {COPY_STAMP.sub("", copy.name) for copy in copies} == {"values.csv"}


@needs_fork
def test_what_a_person_wrote_between_a_death_and_the_next_command_is_kept(desk: Path) -> None:
    files = [desk / "clean" / name for name in ("projects.csv", "funders.csv")]
    before = [file.read_bytes() for file in files]

    def run() -> None:
        write([desk / "clean"], *(f"0/{file.name}" for file in files))

    nth = next(n for n in range(1, 99) if killed_at(n, desk, run) and files[1].read_bytes() == b"ny")
    assert nth
    edited = next(file for file in files if file.read_bytes() == b"ny")
    edited.write_bytes(b"en kv\xc3\xa4lls arbete")
    settle(desk / "clean")
    assert [file.read_bytes() for file in files] == before
    assert [copy.read_bytes() for copy in (desk / "clean" / COPIES).iterdir()] == [b"en kv\xc3\xa4lls arbete"]
