"""Whole commands on the real page, killed: at each step they take on the disk, and at random moments. What stands then?

A step is a rename, an fsync, a file opened for writing or removed, a folder made. Before each the disk is kept as a
death would leave it, and `settle`, the first thing the next command does, puts it right (every 25th: the command
`show`). The random deaths are real ones, by SIGKILL and SIGTERM. Every file must then be the old one or the new one,
all of one kind. Run: .venv/bin/python benchmarks/kills.py [MOMENTS [COMMAND ...]] (40 moments of each command)
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from openpyxl import load_workbook  # noqa: E402

from overkalix_data.base.commit import settle  # noqa: E402
from overkalix_data.cli import main  # noqa: E402
from tests.made.desk import fill  # noqa: E402
from tests.made.kills import Deaths  # noqa: E402

AS_OF = "2026-11-23"
REGISTER = "Operation Name;Beneficiary name;Startdatum\nMove on Up;Överkalix kommun;2023-09-04\n"
COMMANDS = {
    "report": (), "build": (), "template": (), "review": ("--accept", "c08", "--who", "Eva Exempel"),
    "match": ("REGISTER", "--giver", "Jordbruksverket"), "publish": (),
}  # fmt: skip
FOLDERS = ("raw", "curated", "clean", "reports")


def held(desk: Path) -> dict[str, bytes]:
    """What stands there; the dated copies have the clock in their names."""
    files = (p for name in FOLDERS[1:] for p in sorted((desk / name).rglob("*")) if p.is_file())
    return {p.relative_to(desk).as_posix(): p.read_bytes() for p in files if "kopior" not in p.parts}


def furnished(desk: Path, command: str, words: list[str]) -> None:
    """A desk on which the command has something to do."""
    for name in ("raw", "curated"):
        shutil.copytree(ROOT / "data" / name, desk / name)
    for name in ("clean", "reports/public"):
        (desk / name).mkdir(parents=True)
        (desk / name / "projects.csv").write_text("gammal", encoding="utf-8")
    (desk / "register.csv").write_text(REGISTER, encoding="utf-8")
    ledger = desk / "curated" / "ledger.csv"
    ledger.write_text("".join(ledger.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    with redirect_stdout(StringIO()):
        if command == "publish":
            main(["build", *words])
        if command == "template":
            main(["template", *words])
            book = load_workbook(form := desk / "curated" / "komplettering.xlsx")
            fill(book["Projekt"], 5, Start="2021")
            book.save(form)
            shutil.copy(form, form.with_name("komplettering-eva.xlsx"))


def judged(stands: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes], when: str) -> str:
    if stands in (old, new):
        return "old" if stands == old else "new"
    differs = [name for name in old.keys() | new.keys() | stands.keys() if stands.get(name) != old.get(name)]
    print(when, sorted(differs)[:5], file=sys.stderr)
    return "mixed"


def killed(command: str, moments: int, folder: Path) -> str:
    desk, saved = folder / "desk", folder / "saved"
    words = [w for n in FOLDERS for w in (f"--{n}", str(desk / n))] + ["--as-of", AS_OF]
    furnished(desk, command, words)
    shutil.copytree(desk, saved)
    given = [command, *(str(desk / "register.csv") if w == "REGISTER" else w for w in COMMANDS[command]), *words]
    tally = {"old": 0, "new": 0, "mixed": 0}
    left, old, started = set[str](), held(desk), time.monotonic()

    def run() -> None:
        with redirect_stdout(StringIO()):
            assert main(given) in (0, 1)

    deaths, lasted = Deaths(desk, folder / "store", run), time.monotonic() - started
    new = held(desk)
    assert new != old
    for n, state in enumerate(deaths.left):
        deaths.put(state)
        if n % 25:
            for name in FOLDERS[1:]:
                settle(desk / name)
        else:
            with redirect_stdout(StringIO()):
                assert main(["show", *words]) in (0, 1, 2)
        tally[judged(held(desk), old, new, f"{command}: state {n}")] += 1
        left |= {p.name for p in desk.rglob(".staging")}
    pick, at_random = random.Random(f"{command} {moments}"), {"old": 0, "new": 0, "mixed": 0}
    for _ in range(moments):
        shutil.rmtree(desk)
        shutil.copytree(saved, desk)
        process = subprocess.Popen([sys.executable, "-m", "overkalix_data", *given], stdout=subprocess.DEVNULL)
        time.sleep(moment := pick.random() * (lasted + 1))
        process.send_signal(pick.choice([signal.SIGKILL, signal.SIGTERM]))
        process.communicate()
        show = [sys.executable, "-m", "overkalix_data", "show", *words]
        assert subprocess.run(show, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode in (0, 1, 2)
        at_random[judged(held(desk), old, new, f"{command}: {moment:.1f} s")] += 1
        left |= {p.name for p in desk.rglob(".staging")}
    return (
        f"{command}: {deaths.steps} steps, {len(deaths.left)} states {tally}; "
        f"{moments} random deaths {at_random}; left behind: {sorted(left) or 'nothing'}"
    )


if __name__ == "__main__":
    os.environ["PYTHONPATH"] = str(ROOT)
    for command in sys.argv[2:] or COMMANDS:
        with tempfile.TemporaryDirectory(prefix="overkalix-kills-") as place:
            print(killed(command, int(sys.argv[1]) if len(sys.argv) > 1 else 40, Path(place)), flush=True)
