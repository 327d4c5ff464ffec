"""Hostile input of every kind, each through the command line: what comes out must be an answer, or one line.

An answer is exit code 0, or 1 with a critical finding; anything else is 2 and one line on standard error that names the
file. No traceback, nothing unforeseen, no more than 10 s of processor time or 1 GB, and after a 2 every folder as it was.
Each command runs in a fork of this process, with the schema tried by pandas and without PDF, as in the tests.
Run: .venv/bin/python benchmarks/hostile.py [WORD ...] (the cases whose name holds one of the words; none: all)
"""

import os
import re
import resource
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from overkalix_data import pipeline  # noqa: E402
from overkalix_data.cli import main  # noqa: E402
from overkalix_data.outputs import reports  # noqa: E402
from tests.conftest import WithoutPdf  # noqa: E402
from tests.made.hostile_inputs import Case, cases  # noqa: E402
from tests.made.refusal import HELD, snapshot  # noqa: E402
from tests.made.schema_by_pandas import SchemaByPandas  # noqa: E402

AS_OF = "2026-11-23"
MOST_SECONDS, MOST_MB, PATIENCE = 10, 1024, 120


def run(words: list[str], desk: Path, case: Case) -> tuple[int, str, str, float, float]:
    """Exit code (-9: still running after two minutes), both outputs, seconds of processor time, peak MB."""
    out, err = desk.parent / "out", desk.parent / "err"
    if not (child := os.fork()):
        code = 99
        try:
            os.setsid()
            for place, number in ((out, 1), (err, 2)):
                os.dup2(opened := os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
                os.close(opened)
            os.chdir(desk)
            case.before()
            code = main(words)
        finally:
            for stream in (sys.stdout, sys.stderr):
                with suppress(OSError, ValueError, AttributeError):  # closed, or none
                    stream.flush()
            os._exit(code)
    ends = time.monotonic() + PATIENCE
    while not (waited := os.wait4(child, os.WNOHANG))[0]:
        if time.monotonic() > ends:
            os.killpg(child, signal.SIGKILL)
            waited = os.wait4(child, 0)
            break
        time.sleep(0.01)
    _, status, used = waited
    told = (p.read_text(encoding="utf-8", errors="replace") for p in (out, err))
    return os.waitstatus_to_exitcode(status), *told, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def faults(code: int, out: str, err: str, seconds: float, memory: float, *, is_whole: bool, spared: str) -> list[str]:
    """What was promised and not kept."""
    said = err.splitlines()
    unforeseen = "oväntat hände" in err or "unforeseen happened" in err or "Traceback" in err + out
    return [
        fault
        for fault, holds in {
            f"exit {code}": code not in (0, 1, 2),
            "nothing critical": code == 1 and not re.search("kriti|critical", out, re.IGNORECASE),
            "unforeseen": unforeseen,
            f"{len(said)} lines": (code == 2 and len(said) != 1 and spared != "told")
            or (code in (0, 1) and bool(said)),
            "no place": code == 2 and ":" not in err and spared != "told",
            f"{seconds:.1f} s": seconds > MOST_SECONDS and spared != "seconds",
            f"{memory:.0f} MB": memory > MOST_MB,
            "not whole": code == 2 and not is_whole and spared != "whole",
        }.items()
        if holds
    ]


def tried(case: Case) -> list[str]:
    """A line a command of the case."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="overkalix-hostile-") as place:
        for n, words in enumerate(case.commands):
            desk = Path(place) / str(n) / "desk"
            for name, content in HELD.items():
                (desk / name).parent.mkdir(parents=True, exist_ok=True)
                (desk / name).write_bytes(content)
            (desk / "curated").mkdir()
            case.arrange(desk)
            before = snapshot(desk)
            folders = [w for f in ("curated", "clean", "reports") for w in (f"--{f}", f) if f"--{f}" not in words]
            day = [] if "--as-of" in words else ["--as-of", AS_OF]
            code, out, err, seconds, memory = run([*words, *folders, *day], desk, case)
            told = faults(code, out, err, seconds, memory, is_whole=snapshot(desk) == before, spared=case.spared)
            lines.append(f"{'FAULT' if told else 'ok':5} {code:3} {seconds:6.2f} s {memory:5.0f} MB  {case.name}: "
                         f"{' '.join(words)[:60]!a}  {'; '.join(told)}  {err.strip()[:300]!r}")  # fmt: skip
    return lines


if __name__ == "__main__":
    pipeline.SchemaRun = SchemaByPandas  # type: ignore[misc, assignment]
    reports.PdfWriter = WithoutPdf  # type: ignore[misc]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(prefix="overkalix-warm-") as warm:  # what each command imports is there already
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
        for command in ("check", "new-source"):
            words = [str(ROOT / "data/raw/overkalix-projekt.txt")]
            main([command, *(words if command == "new-source" else ["--raw", *words]), "--curated", warm])
        sys.stdout = sys.__stdout__
    inputs = count = at_fault = 0
    for case in (case for case in cases() if not sys.argv[1:] or any(word in case.name for word in sys.argv[1:])):
        inputs += 1
        for line in tried(case):
            count, at_fault = count + 1, at_fault + line.startswith("FAULT")
            print(line, flush=True)
    print(f"{inputs} inputs, {count} commands, {at_fault} at fault")
