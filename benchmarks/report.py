"""Results → `results.md`, and a chart of them: how many times as long as what stands beside, and how the phases grow."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.__main__ import Result

TITLES = {
    "commands": "Whole commands on the real page, beside a process that only imports",
    "reading": "Reading, with evidence for every value, beside a naive script of regular expressions and pandas",
    "checks": "Checks, beside engines that are asked only what the schema declares",
    "workbook": "The council's workbook, beside the frame of projects written bare",
    "page": "The report's page, beside the frame of projects as HTML",
    "lake": "Many pages",
}
ABOUT = """# Results of the benchmarks

`make bench` measures and writes this file, `results.csv` (the same figures) and the chart; `make bench-check` measures the quick rows again and fails where a
ratio of processor seconds has grown by more than 15 %. Medians; each ratio is the median of the ratios of runs in turn, one side after the other. Seconds are
of this machine and hour, ratios travel. Wall time is told, with the load when the row began: above the number of processors it is others' time too, and
the ratio of processor seconds says more. An engine that is not installed (pandera is in no lock file) is left out; rows of fewer rounds than their own were
made with `--rounds`. "MB" is the peak of the largest process. What is asked is asked of wall time on a machine at rest.

{machine}.

![Ratios, and growth by phase](results.svg)
"""


def write_report(results: Sequence["Result"], machine: str, folder: Path) -> None:
    """Writes both files."""
    parts = [ABOUT.format(machine=machine)]
    for group, title in TITLES.items():
        rows = [row for row in results if row.group == group]
        if rows:
            parts += [f"## {title}\n", *map(_line, [_HEAD, ["---"] * len(_HEAD), *map(_cells, rows)]), ""]
    grown = [row for row in results if row.group == "growth"]
    if grown:
        parts += _growth(grown)
    (folder / "results.md").write_text("\n".join(parts), encoding="utf-8")
    _draw(results, folder / "results.svg")


_HEAD = [
    "what",
    "size",
    "beside",
    "s",
    "beside s",
    "ratio",
    "of processor",
    "asked",
    "MB",
    "beside MB",
    "rounds",
    "load",
    "date",
]


def _cells(row: "Result") -> list[object]:
    return [row.name, row.size, f"`{row.beside}`", f"{row.seconds:.2f}", f"{row.beside_seconds:.2f}", f"{row.ratio:.2f}",
            f"{row.processor_ratio:.2f}", row.asked, f"{row.mb:.0f}", f"{row.beside_mb:.0f}", row.rounds, row.load, row.measured_on]  # fmt: skip


def _line(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _growth(rows: Sequence["Result"]) -> list[str]:
    """A line a phase: processor seconds at each size, and the slope from the size before."""
    sizes = list(dict.fromkeys(row.size for row in rows))
    by_name: dict[str, dict[str, Result]] = {}
    for row in rows:
        by_name.setdefault(row.name, {})[row.size] = row
    head = ["phase", *(f"{size}, s" for size in sizes), *(f"slope to {size}" for size in sizes[1:])]
    lines = [
        [name, *(f"{found[s].seconds:.2f}" if s in found else "–" for s in sizes),
         *(f"{found[s].ratio:.2f}" if s in found else "–" for s in sizes[1:])]
        for name, found in by_name.items()
    ]  # fmt: skip
    peaks = {(row.name.partition(":")[0], row.size): row.mb for row in rows}
    memory = "; ".join(f"{kind} {size}: {mb:.0f} MB" for (kind, size), mb in peaks.items())
    return [
        "## Growth, phase by phase\n",
        f"Processor seconds of one run, {rows[0].measured_on}; a slope is log-log to the size before (1 is linear, asked ≤ 1.05; below a tenth of a second it is noise).",
        f"Peak of the process, Great Expectations in it: {memory}.\n",
        *map(_line, [head, ["---"] * len(head), *lines]),
        "",
    ]


def _draw(results: Sequence["Result"], path: Path) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    plt.rcParams["svg.hashsalt"] = "overkalix"
    pairs, grown = [r for r in results if r.group != "growth"], [r for r in results if r.group == "growth"]
    figure, (left, right) = plt.subplots(1, 2, figsize=(15, max(5.0, 0.19 * len(pairs) + 2)), layout="constrained")
    right.set_visible(bool(grown))
    names = [f"{r.name}, {r.size} / {r.beside}"[:72] for r in pairs]
    left.barh(range(len(pairs)), [r.ratio for r in pairs], color="#2a6f97")
    left.axvline(1, color="#333333", linewidth=0.8)
    left.set(
        xscale="log", yticks=range(len(pairs)), yticklabels=names, title="Wall time, times what stands beside (log)"
    )
    left.tick_params(axis="y", labelsize=7)
    left.invert_yaxis()
    for name in dict.fromkeys(r.name for r in grown):
        points = [
            (int(r.size.split()[0].replace(",", "")), r.seconds) for r in grown if r.name == name and r.seconds > 0
        ]
        right.plot(
            *zip(*points, strict=True),
            marker="o",
            markersize=3,
            label=name,
            linestyle="-" if name.startswith("csv") else "--",
        )
    if grown:
        right.set(xscale="log", yscale="log", xlabel="projects", ylabel="processor seconds", title="Growth by phase")
        right.legend(fontsize=7)
    figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(figure)
