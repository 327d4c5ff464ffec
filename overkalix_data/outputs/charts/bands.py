"""The way of EU money: bands from each fund through its intermediary to the municipality."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Shape

from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.charts.style import EDGE, HATCHES, SHADES, Chart, boxed, chart_of, finding, wrapped
from overkalix_data.schema.frames import rows_of

Chain = tuple[str, str, int]
"""A fund, its intermediary, and their number of projects."""


def chain_chart(chains: pd.DataFrame, to: str, foot: str, lang: str = "sv") -> Chart:
    """The chart of `funding_chains`; `to` is the publishing municipality's name."""
    unnamed = say("chart.chains.unnamed", lang)
    rows = [(row["fund"], row["via"] or unnamed, row["projects"]) for row in rows_of(chains)]
    total = sum(projects for *_, projects in rows)
    title = finding("chains", lang, {"via": rows[0][1], "count": rows[0][2], "total": total} if rows else None)
    cells = [(fund, via, decimal(projects, lang)) for fund, via, projects in rows]
    draw, height = partial(_bands, rows, to, lang), 0.9 * max(len(rows), 1) + 1.2
    listed = [f"{fund} – {via} {projects}" for fund, via, projects in cells]
    sizes = [projects for *_, projects in rows]
    return chart_of("chains", lang, title, foot, cells, draw, height, left=0.03, listed=listed, sizes=sizes)


def _bands(chains: Sequence[Chain], to: str, lang: str, ax: Axes) -> None:
    """Bands from each EU fund through its intermediary to the municipality, as wide as their number of projects."""
    funds = list(dict.fromkeys(fund for fund, *_ in chains))
    # The bands of a fund together, so that as few as can be cross.
    rows = sorted(chains, key=lambda row: funds.index(row[0]))
    total = sum(n for *_, n in rows)
    gap = 0.06 * max(total, 1)
    spans = [_spans(rows, side, gap) for side in (0, 1)]
    at = [{name: start for name, (start, _) in side.items()} for side in spans]
    lowered = gap * (len(at[1]) - 1) / 2
    ends, labels = 0.0 + lowered, []
    for n, (fund, via, projects) in enumerate(rows):
        colour, hatch = SHADES[1 + n % 3], HATCHES[n % len(HATCHES)]
        _band(ax, (0.18, at[0][fund]), (0.4, at[1][via]), projects, colour, hatch)
        _band(ax, (0.64, at[1][via]), (0.82, ends), projects, colour, hatch)
        labels.append((at[0][fund] + at[1][via] + projects) / 2)
        at[0][fund] += projects
        at[1][via] += projects
        ends += projects
    for (*_, projects), y in zip(rows, labels, strict=True):
        boxed(ax, 0.29, y, decimal(projects, lang), fontweight="bold")
    for side, x, align in zip(spans, (0.17, 0.52), ("right", "center"), strict=True):
        for name, (start, size) in side.items():
            ax.text(x, start + size / 2, wrapped(name, 22), ha=align, va="center", fontsize=10)
    ax.text(0.83, total / 2 + lowered, wrapped(to, 20), ha="left", va="center", fontsize=10)
    ax.set_xlim(-0.02, 1)
    ax.set_ylim(max(total, 1) + gap * max(len(at[0]), len(at[1]), 1), -gap)
    ax.axis("off")


def _spans(rows: list[Chain], side: int, gap: float) -> dict[str, tuple[float, float]]:
    """Fund (side 0) or intermediary (1) → where its bands start, and how many projects they hold together."""
    sizes: Counter[str] = Counter()
    for row in rows:
        sizes[str(row[side])] += row[2]
    spans, at = {}, 0.0
    for name, size in sizes.items():
        spans[name] = (at, float(size))
        at += size + gap
    return spans


def _band(ax: Axes, start: tuple[float, float], end: tuple[float, float], size: float, colour: str, hatch: str) -> None:
    (x0, y0), (x1, y1) = start, end
    middle = (x0 + x1) / 2
    upper = [(x0, y0), (middle, y0), (middle, y1), (x1, y1)]
    lower = [(x, y + size) for x, y in reversed(upper)]
    codes = [Shape.MOVETO, *[Shape.CURVE4] * 3, Shape.LINETO, *[Shape.CURVE4] * 3, Shape.CLOSEPOLY]
    ax.add_patch(PathPatch(Shape([*upper, *lower, upper[0]], codes), facecolor=colour, hatch=hatch, **EDGE))
