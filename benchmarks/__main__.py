"""`python -m benchmarks [GROUP …]`: measures, and writes `results.csv`, `results.md` and `results.svg`; groups that are not named keep what they had.

`--check` writes nothing: it measures what takes less than a minute or so, and fails where a ratio is more than a seventh worse than the committed one.
"""

import argparse
import csv
import math
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import ROOT, Words, in_turn, median, task
from benchmarks.report import write_report

FILE = Path(__file__).parent / "results.csv"
WORSE = 1.15
"""A ratio that has grown by more is a regression."""
GX = "import great_expectations"
COMMANDS = {
    "report": ("import pandas, matplotlib.pyplot, openpyxl, great_expectations", 1.4),
    "build": (GX, 1.2),
    "check": (GX, 1.2),
    "show": ("import pandas", 1.1),
}
"""Command → the imports that it is held against, and the ratio of wall time that is asked of it."""
ENGINES = ("pandas", "duckdb", "pandera", "great_expectations", "frictionless")


@dataclass(frozen=True)
class Pair:
    """What is measured beside what."""

    group: str
    name: str
    size: str
    beside: str
    ours: Words
    theirs: Words
    rounds: int
    asked: str = ""
    is_quick: bool = True
    """Whether `--check` measures it."""


@dataclass(frozen=True)
class Result:
    """A row of `results.csv`: medians, and the median of the ratios pair by pair. Of a phase that grows, `ratio` is its slope."""

    group: str
    name: str
    size: str
    beside: str
    seconds: float
    beside_seconds: float
    ratio: float
    processor_ratio: float
    mb: float
    beside_mb: float
    asked: str
    rounds: int
    measured_on: str
    load: float
    """How many processes wanted a processor when it began: above the number of processors, wall time is others' too."""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from the others."""
        return self.group, self.name, self.size, self.beside


def commands(folder: str) -> Iterator[Pair]:
    """The whole commands on the real page, each beside a process that only imports what it cannot do without."""
    places = [w for name in ("curated", "clean", "reports") for w in (f"--{name}", f"{folder}/{name}")]
    for command, (imports, asked) in COMMANDS.items():
        words = ("-m", "overkalix_data", command, "--raw", str(ROOT / "data" / "raw"), *places)
        yield Pair("commands", f"overkalix {command}", "25 projects", imports, words, ("-c", imports), 3, f"≤ {asked}")
    load = ("-c", "import overkalix_data as od; od.load().tables")
    yield Pair("commands", "od.load().tables", "25 projects", "import pandas", load, ("-c", "import pandas"), 5)


def reading(_: str) -> Iterator[Pair]:
    for kind in ("txt", "html", "csv", "xlsx", "json"):
        for count in (1000, 5000):
            ours, theirs = (task(f"reading.{side}", kind, count) for side in ("ours", "by_hand"))
            yield Pair(
                "reading",
                kind,
                f"{count:,} projects",
                "re + pandas",
                ours,
                theirs,
                3 if count < 5000 else 1,
                is_quick=count < 5000,
            )


def checks(_: str) -> Iterator[Pair]:
    for rows in (10_000, 100_000, 1_000_000):
        rounds, size = 3 if rows < 50_000 else 1, f"{rows:,} rows"
        yield Pair(
            "checks",
            "rules, in words",
            size,
            "rules in pandas",
            task("checks.rules", rows),
            task("checks.rules_by_pandas", rows),
            rounds,
            is_quick=rounds > 1,
        )
        for engine in ENGINES:
            theirs = task(f"checks.schema_by_{engine}", rows)
            if find_spec(engine):
                yield Pair(
                    "checks",
                    "all",
                    size,
                    f"schema in {engine}",
                    task("checks.whole", rows),
                    theirs,
                    rounds,
                    is_quick=rounds > 1,
                )


def workbook(_: str) -> Iterator[Pair]:
    for name, beside in (("whole", "by_openpyxl"), ("sheet", "by_openpyxl"), ("sheet", "by_xlsxwriter")):
        for count in (1000, 10_000):
            ours, theirs = task(f"workbook.{name}", count), task(f"workbook.{beside}", count)
            rounds = 3 if count < 5000 else 1
            yield Pair(
                "workbook",
                name,
                f"{count:,} projects",
                beside.replace("_", " "),
                ours,
                theirs,
                rounds,
                is_quick=rounds > 1,
            )


def page(_: str) -> Iterator[Pair]:
    yield Pair(
        "page",
        "rapport.html",
        "5,000 projects",
        "DataFrame.to_html",
        task("page.ours", 5000),
        task("page.by_to_html", 5000),
        1,
    )


def lake(_: str) -> Iterator[Pair]:
    for count in (29, 290):
        ours, theirs = task("lake.pages", count), task("lake.one_page", count)
        yield Pair(
            "lake",
            "overkalix lake",
            f"{count} pages",
            "the real page read as often in one process",
            ours,
            theirs,
            3 if count < 100 else 1,
            "" if count < 100 else "≤ 30 s",
            count < 100,
        )


PAIRS: dict[str, Callable[[str], Iterator[Pair]]] = {
    "commands": commands, "reading": reading, "checks": checks, "workbook": workbook, "page": page,
    "lake": lake,
}  # fmt: skip
GROWTH = (1000, 10_000, 100_000)


def of_pair(pair: Pair) -> Result:
    """Both sides in turn."""
    load, (ours, theirs) = os.getloadavg()[0], in_turn((pair.ours, pair.theirs), pair.rounds)
    ratios = [
        statistics.median(getattr(a, name) / getattr(b, name) for a, b in zip(ours, theirs, strict=True))
        for name in ("wall", "processor")
    ]
    one, other = median(ours), median(theirs)
    return Result(pair.group, pair.name, pair.size, pair.beside, round(one.wall, 3), round(other.wall, 3),
                  *(round(r, 3) for r in ratios), round(one.mb), round(other.mb), pair.asked, pair.rounds,
                  date.today().isoformat(), round(load, 1))  # fmt: skip


def growth() -> Iterator[Result]:
    """The phases of `build`, each size in a process of its own."""
    for kind in ("csv", "txt"):
        before: dict[str, float] = {}
        for count in GROWTH:
            load = os.getloadavg()[0]
            took = phases_of(kind, count)
            mb = took.pop("MB")
            for name, seconds in took.items():
                slope = math.log(seconds / before[name]) / math.log(10) if before else math.nan
                yield Result("growth", f"{kind}: {name}", f"{count:,} projects", "", round(seconds, 4), math.nan,
                             round(slope, 2), math.nan, round(mb), math.nan, "≤ 1.05" if before else "", 1,
                             date.today().isoformat(), round(load, 1))  # fmt: skip
            before = took


def phases_of(kind: str, count: int) -> dict[str, float]:
    import json

    words = [sys.executable, "-m", "benchmarks.growth", kind, str(count)]
    return dict(json.loads(subprocess.run(words, cwd=ROOT, check=True, capture_output=True).stdout))


def stored() -> dict[tuple[str, str, str, str], Result]:
    """The committed results."""
    if not FILE.exists():
        return {}
    kinds = {f.name: f.type for f in fields(Result)}
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            Result(**{n: kinds[n](v) if v or kinds[n] is str else math.nan for n, v in r.items()})
            for r in csv.DictReader(file)
        ]
    return {row.key: row for row in rows}


def keep(row: Result) -> None:
    """At once: a run that is broken off keeps what it had measured."""
    ordered = sorted((stored() | {row.key: row}).values(), key=lambda one: [*PAIRS, "growth"].index(one.group))
    store(ordered)
    write_report(ordered, machine(), FILE.parent)


def store(results: Sequence[Result]) -> None:
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [f.name for f in fields(Result)], lineterminator="\n")
        writer.writeheader()
        for row in results:
            writer.writerow({n: "" if isinstance(v, float) and math.isnan(v) else v for n, v in asdict(row).items()})


def machine() -> str:
    """What it was measured on, with versions."""
    names = (
        "pandas",
        "great-expectations",
        "matplotlib",
        "openpyxl",
        "xlsxwriter",
        "duckdb",
        "pandera",
        "frictionless",
        "pyarrow",
    )
    told = []
    for name in names:
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, {', '.join(told)}"


def regressed(folder: str, groups: Sequence[str]) -> list[str]:
    """The quick pairs whose ratio of processor seconds is worse than the committed one, twice over: a moment's noise is not a regression.

    Wall seconds depend on what else the machine does; processor seconds, both sides in turn, do so less.
    """
    known, told = stored(), []
    for pair in (pair for group in groups for pair in PAIRS[group](folder) if pair.is_quick):
        row = known.get((pair.group, pair.name, pair.size, pair.beside))
        if row is None:
            continue
        now = of_pair(pair)
        if now.processor_ratio > WORSE * row.processor_ratio:
            now = min(now, of_pair(pair), key=lambda one: one.processor_ratio)
        worse = now.processor_ratio / row.processor_ratio
        said = f"{pair.group}: {pair.name} ({pair.size}) beside {pair.beside}: {row.processor_ratio} → {now.processor_ratio}"
        print(f"{'WORSE' if worse > WORSE else 'ok':6}{said}", flush=True)
        told += [said] if worse > WORSE else []
    return told


def main() -> int:
    """0, or 1 where a ratio is worse."""
    asked = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    asked.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join([*PAIRS, "growth"]))
    asked.add_argument("--check", action="store_true")
    asked.add_argument("--rounds", type=int, default=0, help="instead of each row's own")
    asked.add_argument("--quick", action="store_true", help="only the rows that --check measures again")
    given = asked.parse_args()
    if unknown := set(given.groups) - {*PAIRS, "growth"}:
        asked.error(f"no such group: {', '.join(sorted(unknown))}")
    groups = given.groups or [*PAIRS, "growth"]
    with TemporaryDirectory(prefix="overkalix-bench-") as folder:
        if given.check:
            return bool(regressed(folder, [g for g in groups if g in PAIRS]))
        for group in groups:
            pairs = (
                replace(pair, rounds=given.rounds or pair.rounds)
                for pair in (PAIRS[group](folder) if group in PAIRS else ())
                if pair.is_quick or not given.quick
            )
            for row in growth() if group == "growth" else map(of_pair, pairs):
                print(row.name, row.size, row.beside, row.seconds, row.beside_seconds, row.ratio, flush=True)
                keep(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
