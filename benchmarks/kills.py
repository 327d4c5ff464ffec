"""A whole report, killed: at each rename and fsync, and at random moments, by SIGKILL or SIGTERM. What stands afterwards?

After each death the next command (`show`) puts the folders right; every file must then be the old one or the new one, all
of one kind, and the curated files whole. `kills.py [STEPS [MOMENTS]]`: every STEPS-th rename and fsync (default 1), and so
many random moments (default 40). Run: .venv/bin/python benchmarks/kills.py 20 5
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
COUNTED = """
import os, signal, sys
nth, seen = int(sys.argv[1]), [0]
def counted(real):
    def step(*given, **more):
        seen[0] += 1
        if seen[0] == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **more)
    return step
os.replace, os.fsync = counted(os.replace), counted(os.fsync)
from overkalix_data.cli import main
code = main(sys.argv[2:])
print(seen[0], file=sys.stderr)
sys.exit(code)
"""
Held = dict[str, bytes]


def held(desk: Path) -> Held:
    """What stands there; the dated copies have the clock in their names."""
    files = (p for name in ("clean", "curated", "reports") for p in sorted((desk / name).rglob("*")) if p.is_file())
    return {p.relative_to(desk).as_posix(): p.read_bytes() for p in files if "kopior" not in p.parts}


def main(every: int, moments: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="overkalix-kills-"))
    desk, saved = folder / "desk", folder / "saved"
    shutil.copytree(ROOT / "data" / "raw", saved / "raw")
    shutil.copytree(ROOT / "data" / "curated", saved / "curated")
    for name in ("clean", "reports/public"):
        (saved / name).mkdir(parents=True)
        (saved / name / "projects.csv").write_text("gammal", encoding="utf-8")
    ledger = saved / "curated" / "ledger.csv"
    ledger.write_text("".join(ledger.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    words = [w for n in ("raw", "curated", "clean", "reports") for w in (f"--{n}", str(desk / n))]
    command = ["report", *words, "--as-of", "2026-11-23"]

    def run(nth: int) -> "subprocess.Popen[str]":
        shutil.rmtree(desk, ignore_errors=True)
        shutil.copytree(saved, desk)
        told = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen([sys.executable, "-c", COUNTED, str(nth), *command], **told)  # type: ignore[call-overload, no-any-return]

    started = time.monotonic()
    whole = run(0)
    steps, lasted = int(whole.communicate()[1].split()[-1]), time.monotonic() - started
    new = held(desk)
    shutil.rmtree(desk)
    shutil.copytree(saved, desk)
    old, tally, left = held(desk), {"old": 0, "new": 0, "mixed": 0}, set[str]()
    pick = random.Random(7)
    deaths = [(nth, 0.0) for nth in range(1, steps + 1, every)]
    deaths += [(0, pick.random() * lasted) for _ in range(moments)]
    for nth, moment in deaths:
        process = run(nth)
        if moment:
            time.sleep(moment)
            process.send_signal(pick.choice([signal.SIGKILL, signal.SIGTERM]))
        process.communicate()
        subprocess.run([sys.executable, "-m", "overkalix_data", "show", *words], stdout=subprocess.DEVNULL, check=True)
        stands = held(desk)
        kind = "old" if stands == old else "new" if stands == new else "mixed"
        tally[kind] += 1
        left |= {p.name for p in desk.rglob(".staging")}
        if kind == "mixed":
            differs = [name for name in old.keys() | new.keys() | stands.keys() if stands.get(name) != old.get(name)]
            print(nth or f"{moment:.1f} s", sorted(differs)[:5], file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    print(f"{steps} renames and fsyncs; {len(deaths)} deaths: {tally}; left behind: {sorted(left) or 'nothing'}")


if __name__ == "__main__":
    os.environ["PYTHONPATH"] = str(ROOT)
    steps, moments = [*map(int, sys.argv[1:]), 1, 40][:2] if len(sys.argv) != 2 else (int(sys.argv[1]), 40)
    main(steps, moments)
