"""Several files are one commit: killed, refused or raced at any step, the folders hold the old or the new, whole."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from overkalix_data import pipeline
from overkalix_data.base.commit import atomic, settle
from overkalix_data.base.errors import InputError
from overkalix_data.base.lock import STAGE, Lock
from overkalix_data.base.recovery_journal import COPIES, COPY_STAMP
from overkalix_data.cli import main
from overkalix_data.documents.source import Source
from overkalix_data.identity.read_projects import ReadProjects
from overkalix_data.outputs import reports as outputs
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records
from tests.conftest import AS_OF, ROOT
from tests.made.desk import Desk, fill, row_of
from tests.made.kills import Deaths, failed_at, killed_at, needs_fork, steps_of
from tests.made.refusal import Refused, furnished, refusing, snapshot

TINY = "Pågående projekt\n\nProvprojektet\nMål: Att prova.\nFinansiärer: Tillväxtverket\nProjektperiod: 2024-2025\n"
Held = dict[str, bytes | None]
Command = Callable[[], int]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return furnished(tmp_path / "desk")


@pytest.fixture
def refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    return refusing(desk, capsys)


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch, source: Source, records: Records) -> None:
    """The checks take seconds and are not what is tested here: the real tables come as they are."""
    monkeypatch.setattr(
        "overkalix_data.identity.read_projects.read_projects", lambda *_: ReadProjects([source], records, [])
    )
    monkeypatch.setattr(pipeline, "_check", lambda *_: None)


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


# Killed at every step.


def without_copies(folder: Path) -> Held:
    """What stands there, the dated copies left out: their names are the clock's."""
    return {name: data for name, data in snapshot(folder).items() if COPIES not in Path(name).parts}


def files_only(held: Held) -> Held:
    return {name: data for name, data in held.items() if data is not None}


def settled(desk: Path) -> Held:
    """What stands there when the next command has put it right."""
    for name in ("curated", "clean", "reports"):
        settle(desk / name)
    assert not list(desk.rglob(STAGE))
    return files_only(without_copies(desk))


def every_death(desk: Path, run: Command, *, nth: int = 1) -> int:
    """Puts right what a death before each step of the command leaves, or every nth of those states; how many steps."""
    old = files_only(without_copies(desk))
    deaths = Deaths(desk, desk.with_name("states"), run)
    new, stood = files_only(without_copies(desk)), []
    assert new != old
    for state in [*deaths.left[:-1:nth], deaths.left[-1]]:
        deaths.put(state)
        stood.append(stands := settled(desk))
        assert stands in (old, new), [name for name in old.keys() | new if stands.get(name) != new.get(name)]
    assert (stood[0], stood[-1]) == (old, new)
    assert nth > 1 or 1 < stood.count(new) < 20
    return deaths.steps


@needs_fork
def test_a_small_commit_killed_at_every_step_and_its_mending_too(desk: Path) -> None:
    """These deaths are real ones; of every fourth the mending dies too, at each of its steps."""

    def run() -> int:
        with atomic() as commit:
            stage = commit.folder(desk / "curated", keeps_copies=True)
            (stage / "values.csv").write_text("ny", encoding="utf-8")
            commit.remove(desk / "curated" / "komplettering-eva.xlsx")
            (commit.folder(desk / "clean") / "projects.csv").write_text("ny", encoding="utf-8")
        return 0

    def again(folder: Path) -> None:
        shutil.rmtree(desk)
        shutil.copytree(folder, desk)

    (desk / "curated").mkdir()
    for name in ("values.csv", "komplettering-eva.xlsx"):
        (desk / "curated" / name).write_text("gammal", encoding="utf-8")
    saved = shutil.copytree(desk, desk.with_name("sparat"))
    old, steps = files_only(without_copies(desk)), steps_of(desk, run)
    new, deaths, news = files_only(without_copies(desk)), 0, 0
    assert new != old
    for nth in range(1, steps + 1):
        again(saved)
        assert killed_at(nth, desk, run), nth
        deaths += 1
        if nth % 4 == 0:
            half = shutil.copytree(desk, desk.with_name(f"halvt-{nth}"))
            for second in range(1, 1 + steps_of(desk, lambda: settled(desk))):
                again(half)
                assert killed_at(second, desk, lambda: settled(desk))
                deaths += 1
                assert settled(desk) in (old, new), (nth, second)
        stands = settled(desk)
        assert stands in (old, new), (nth, [name for name in old.keys() | new if stands.get(name) != new.get(name)])
        news += stands == new
    assert deaths > 100
    assert 0 < news < 20


@needs_fork
@pytest.mark.usefixtures("checked")
@pytest.mark.parametrize("command", ["build", "report"])
def test_build_and_report_killed_at_every_step(
    desk: Path, monkeypatch: pytest.MonkeyPatch, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ledger is entered too. The tables are one column each, the reports two small files: the steps are what is tested."""

    def small(tables: object, folder: Path) -> list[Path]:
        files = [folder / f"{name}.csv" for name in ("contacts", "funders", "projects")]
        for file in files:
            file.write_text("ny", encoding="utf-8")
        return files

    def pages(tables: object, folder: Path, curated: Path, **more: object) -> list[Path]:
        files = [folder / edition / "overkalix-projekt.xlsx" for edition in ("internal", "public")]
        for file in files:
            file.parent.mkdir()
            file.write_text("ny", encoding="utf-8")
        return files

    monkeypatch.setattr("overkalix_data.schema.frames.write_tables", small)
    monkeypatch.setattr(outputs, "write_reports", pages)
    monkeypatch.setattr("overkalix_data.outputs.terminal.summary.summary", lambda result, lang: ["klart"])
    (desk / "curated").mkdir()
    (desk / "curated" / "ledger.csv").write_text(
        "project_id,version,match_code,likeness,candidates,page,source_id,retrieved_on,title,text\n", encoding="utf-8"
    )
    folders = [w for name in ("clean", "curated", "reports") for w in (f"--{name}", str(desk / name))]
    assert every_death(desk, lambda: main([command, *folders, "--as-of", AS_OF])) > 40


def strategist(folder: Path) -> Desk:
    """A desk with a form in which a value has been filled in, and a colleague's copy of it."""
    desk = Desk(folder, TINY.replace("Projektperiod: 2024-2025\n", ""))
    assert desk.run("template") == 0

    def change(book: object) -> None:
        page = book["Projekt"]  # type: ignore[index]
        fill(page, row_of(page, project), Start="2021")

    from openpyxl import load_workbook

    page = load_workbook(desk.form)["Projekt"]
    project = str(page.cell(5, 1).value)
    shutil.copy(desk.form, desk.curated / "komplettering-eva.xlsx")
    desk.edit(change)
    return desk


@needs_fork
def test_template_killed_at_every_step_loses_nothing(tmp_path: Path) -> None:
    desk = strategist(tmp_path / "desk")
    assert every_death(tmp_path / "desk", lambda: desk.run("template")) > 40


REGISTER = "Operation Name;Beneficiary name;Startdatum\nProvprojektet;Överkalix kommun;2023-09-04\n"


@needs_fork
@pytest.mark.parametrize("command", ["match", "publish"])
def test_every_fourth_state_that_a_death_leaves_is_put_right(tmp_path: Path, command: str) -> None:
    """As `benchmarks/kills.py` does with every command on the real page."""
    desk, folder = Desk(tmp_path / "desk", TINY.replace("Projektperiod: 2024-2025\n", "")), tmp_path / "desk"
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    words = {"match": [str(folder / "register.csv")], "publish": ["--reports", str(folder / "reports")]}[command]
    assert command == "match" or desk.run("build") == 0
    assert every_death(folder, lambda: desk.run(command, *words), nth=4) > 20


CANDIDATE = (
    "candidate_id,project_id,field,item,value,source,source_date,certainty_code,status_code,who,date,note\n"
    "K1,att-prova,title,,En titel,registret,2026-01-01,certain,open,,,\n"
)


@needs_fork
def test_an_accepted_candidate_killed_at_every_step_is_accepted_with_its_value_or_not_at_all(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", TINY)
    (desk.curated / "candidates.csv").write_text(CANDIDATE, encoding="utf-8")
    assert every_death(tmp_path / "desk", lambda: desk.run("review", "--accept", "K1", "--who", "Eva")) > 25


@needs_fork
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_an_error_at_any_step_is_one_line_and_leaves_the_old(
    tmp_path: Path, error: int, capfd: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path / "desk", TINY)
    (desk.curated / "candidates.csv").write_text(CANDIDATE, encoding="utf-8")
    saved, old = shutil.copytree(tmp_path / "desk", tmp_path / "sparat"), snapshot(tmp_path / "desk")

    def run() -> int:
        return desk.run("review", "--accept", "K1", "--who", "Eva")

    refusals, steps = 0, steps_of(tmp_path / "desk", run)
    for nth in range(1, steps + 1):
        shutil.rmtree(tmp_path / "desk")
        shutil.copytree(saved, tmp_path / "desk")
        capfd.readouterr()
        code = failed_at(nth, error, tmp_path / "desk", run)
        told = capfd.readouterr().err
        settle(desk.curated)
        if code == 0:  # a folder that is there already, and what is tidied up when all stands, are no reason to fail
            assert told == ""
            assert (desk.curated / "values.csv").is_file()
            continue
        assert code == 2, (nth, told)
        assert len(told.splitlines()) == 1, told
        assert os.strerror(error) in told
        assert ".staging" not in told, nth
        assert snapshot(tmp_path / "desk") == old, nth
        refusals += 1
    assert refusals > 20


@needs_fork
def test_killed_at_random_moments(tmp_path: Path) -> None:
    """`OVERKALIX_KILLS=200 pytest tests/test_commit.py -k random` runs more of them."""
    desk = Desk(tmp_path / "desk", TINY)
    words = [w for n in ("raw", "curated", "clean", "reports") for w in (f"--{n}", str(tmp_path / "desk" / n))]
    command = [sys.executable, "-m", "overkalix_data", "build", *words, "--as-of", AS_OF]
    before = files_only(without_copies(tmp_path / "desk"))
    started = time.monotonic()
    assert desk.run("build") == 0
    after = files_only(without_copies(tmp_path / "desk"))
    longest, random = max(2.0, 2 * (time.monotonic() - started)), Random(7)
    for _ in range(int(os.environ.get("OVERKALIX_KILLS", "2"))):
        for name in after.keys() - before:
            (tmp_path / "desk" / name).unlink(missing_ok=True)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(ROOT)})
        time.sleep(random.random() * longest)
        process.send_signal(random.choice([signal.SIGKILL, signal.SIGTERM]))
        process.wait()
        assert main(["show", *words]) == 0
        assert files_only(without_copies(tmp_path / "desk")) in (before, after)
