"""The whole commands on the real page, each beside a process that only imports what it cannot do without: time and peak memory.

Seconds do not travel between machines; ratios do, so the two are run in turn, in the same minute, and the ratio is taken pair by pair.
Memory is of the largest process of each. The results, with their date, stand in `benchmarks/results.md`.
Run: .venv/bin/python benchmarks/whole_command.py [RUNS]
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
GX = "import great_expectations"
BESIDE = {
    "report": ("import pandas, matplotlib.pyplot, openpyxl, great_expectations", 1.4),
    "build": (GX, 1.2),
    "check": (GX, 1.2),
    "show": ("import pandas", 1.1),
}
"""Command → the imports that it is held against, and the ratio of wall time that is asked of it."""


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
    """Prints a row a command: medians of both sides, and of the ratios."""
    print("| command | beside | command s | imports s | ratio | asked | command MB | imports MB |")
    print("|---|---|---|---|---|---|---|---|")
    for command, (imports, asked) in BESIDE.items():
        with tempfile.TemporaryDirectory() as folder:
            places = [w for name in ("curated", "clean", "reports") for w in (f"--{name}", f"{folder}/{name}")]
            words = ["-m", "overkalix_data", command, "--raw", str(ROOT / "data" / "raw"), *places]
            pairs = [(measured(words), measured(["-c", imports])) for _ in range(runs + 1)][1:]
        ratio = statistics.median(ours[0] / theirs[0] for ours, theirs in pairs)
        seconds, memory = (
            [statistics.median(side[n] for side in sides) for sides in zip(*pairs, strict=True)] for n in (0, 1)
        )
        print(f"| `{command}` | `{imports}` | {seconds[0]:.2f} | {seconds[1]:.2f} | {ratio:.2f} | ≤ {asked} | "
              f"{memory[0]:.0f} | {memory[1]:.0f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
