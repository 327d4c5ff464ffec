"""`overkalix report` and `build` beside a process that only imports the four heavy libraries: the ratios of time and of peak memory.

The client's limits, set when a report was tables, checks, a chart and one workbook: 1.5 times the time, 1.3 times the memory.
Since then a report draws eight charts and writes two workbooks, eight pages, two letters and their PDF. Seconds do not travel
between machines; ratios do, so all are run in turn, in the same minute.  Run: .venv/bin/python benchmarks/whole_command.py [RUNS]
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMPORTS = "import pandas, great_expectations, matplotlib.pyplot, openpyxl"


def measured(words: list[str]) -> tuple[float, float]:
    """Wall seconds and peak memory (MB) of one run, by the operating system's own account."""
    started = time.perf_counter()
    child = os.posix_spawn(
        sys.executable, [sys.executable, *words], dict(os.environ),
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )  # fmt: skip
    _, _, usage = os.wait4(child, 0)
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main(runs: int) -> None:
    """Prints medians and the pairwise ratios."""
    for command in ("report", "build"):
        with tempfile.TemporaryDirectory() as folder:
            places = [
                "--raw",
                str(ROOT / "data/raw"),
                "--curated",
                f"{folder}/curated",
                "--clean",
                f"{folder}/clean",
                "--reports",
                f"{folder}/reports",
            ]
            words = ["-m", "overkalix_data", command, *places]
            pairs = [(measured(["-c", IMPORTS]), measured(words)) for _ in range(runs + 1)][1:]
        for name, n, unit in (("time", 0, "s"), ("memory", 1, "MB")):
            imports, took = (statistics.median(p[side][n] for p in pairs) for side in (0, 1))
            ratio = statistics.median(p[1][n] / p[0][n] for p in pairs)
            print(f"{name}: imports {imports:.2f} {unit}, {command} {took:.2f} {unit}, ratio {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
