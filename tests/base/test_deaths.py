"""A command killed or refused at any of its steps: the next one finds the old or the new, whole."""

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

from overkalix_data.base.commit import atomic, settle
from overkalix_data.base.lock import STAGE
from overkalix_data.base.recovery_journal import COPIES
from overkalix_data.cli import main
from overkalix_data.outputs import reports as outputs
from tests.base.test_commit import TINY
from tests.conftest import AS_OF, ROOT
from tests.made.desk import OF_SIX, Desk, fill, row_of
from tests.made.kills import Deaths, failed_at, killed_at, needs_fork, steps_of
from tests.made.refusal import snapshot

pytestmark = pytest.mark.whole
Held = dict[str, bytes | None]
Command = Callable[[], int]


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


def every_death(desk: Path, run: Command, *, nth: int = 1, first: int = 0) -> int:
    """Puts right what a death before each step of the command leaves, or every nth of those states; how many steps."""
    old = files_only(without_copies(desk))
    deaths = Deaths(desk, desk.with_name("states"), run)
    new, stood = files_only(without_copies(desk)), []
    assert new != old
    for state in [deaths.left[0], *deaths.left[1 + first : -1 : nth], deaths.left[-1]]:
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
@pytest.mark.parametrize(
    ("command", "first", "nth", "steps"),
    [("match", 0, 4, 20), ("publish", 1, 5, 200), ("build", 2, 6, 150), ("report", 3, 12, 300)],
)
def test_a_whole_command_is_put_right_after_every_nth_death(
    tmp_path: Path, command: str, first: int, nth: int, steps: int
) -> None:
    """Whole commands with all that they write, over files of an earlier run; `benchmarks/kills.py`: every state, of the real page."""
    folder = tmp_path / "desk"
    desk = Desk(folder, TINY.replace("Projektperiod: 2024-2025\n", "") if command == "match" else OF_SIX)
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    words = [str(folder / "register.csv")] if command == "match" else []
    words += ["--reports", str(folder / "reports")] if command in ("publish", "report") else []
    assert command != "publish" or desk.run("build") == 0
    for name in ("clean/themes.csv", "reports/public/rapport.html", "reports/public/oppna-data/projects.csv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("gammal", encoding="utf-8")
    assert every_death(folder, lambda: desk.run(command, *words), nth=nth, first=first) > steps


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
    """`OVERKALIX_KILLS=200 pytest tests/base/test_deaths.py -k random` runs more of them."""
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
