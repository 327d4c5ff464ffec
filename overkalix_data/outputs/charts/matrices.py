"""What goes with what: funders together, and themes and funders, as matrices of numbers of projects."""

from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd
from matplotlib.axes import Axes

from overkalix_data.base.words import counted, decimal, say
from overkalix_data.outputs.charts.style import INK, SHADES, Chart, chart_of, finding, wrapped
from overkalix_data.schema.frames import rows_of

MOST = 12
"""Funders in a matrix: more names than these cannot be read on an A4 page; the foot says how many are left out."""


def pair_chart(pairs: pd.DataFrame, foot: str, lang: str = "sv", own: Sequence[str] = ()) -> Chart:
    """The chart of `co_funding`: a triangle of the funders that fund together most.

    `own` are the names of the publishing municipality: that it takes part in its own projects is no finding.
    """
    rows = [row for row in rows_of(pairs) if row["name_a"] != row["name_b"]]  # two whose names are masked are no pair
    order = _ranked((row[side], row["projects"]) for row in rows for side in ("name_a", "name_b"))
    names = order[:MOST]
    place = {name: n for n, name in enumerate(order)}
    values = pd.DataFrame(0, index=names[:-1], columns=names[1:])
    for row in rows:
        first, second = sorted((row["name_a"], row["name_b"]), key=place.__getitem__)
        if place[second] < len(names):
            values.at[first, second] = row["projects"]
    values = values.loc[values.any(axis=1), values.any()]
    title = finding("pairs", lang)
    if rows:
        best = next((row for row in rows if not {row["name_a"], row["name_b"]} & set(own)), rows[0])
        title = counted("chart.pairs.title", best["projects"], lang, a=best["name_a"], b=best["name_b"])
    counts = [(row["name_a"], row["name_b"], row["projects"]) for row in rows]
    height = 0.34 * max(min(len(order), MOST), 2) + 2.6
    return _matrix_chart("pairs", values, title, foot, height, counts, order, lang)


def theme_chart(crossed: pd.DataFrame, foot: str, lang: str = "sv", own: Sequence[str] = ()) -> Chart:
    """The chart of `themes_by_funder`: themes down, the funders with most projects across.

    `own` are the names of the publishing municipality: that it takes part in its own themes is no finding.
    """
    rows, theme = rows_of(crossed), "name" if lang == "sv" else "name_en"
    order = _ranked((row["funder"], row["projects"]) for row in rows)
    values = crossed.pivot_table(index=theme, columns="funder", values="projects", fill_value=0, aggfunc="sum")
    values = values.reindex(columns=order[:MOST])
    by_size = values.sum(axis=1).sort_values(ascending=False, kind="stable")
    values = values.loc[by_size.index].astype(int)
    widths = Counter(funder for funder, _ in {(row["funder"], row[theme]) for row in rows} if funder not in own)
    total, widest = crossed[theme].nunique(), _ranked(widths.items())[:1]
    words = {"funder": widest[0], "count": widths[widest[0]], "total": total} if widest else None
    title = finding("themes", lang, words)
    counts = [(row[theme], row["funder"], row["projects"]) for row in rows]
    height = 0.42 * max(len(values), 1) + 2.7
    return _matrix_chart("themes", values, title, foot, height, counts, order, lang)


def matrix(values: pd.DataFrame, ax: Axes, lang: str = "sv") -> None:
    """A heat map of whole numbers with the number in every cell; rows and columns are named, an empty cell is none."""
    most = max(1, int(values.max().max())) if values.size else 1
    for y, row in enumerate(values.to_numpy()):
        for x, value in enumerate(row):
            shade = SHADES[0 if not value else 1 + min(3, int(4 * (value - 1) / most))]
            ax.fill([x, x + 1, x + 1, x], [y, y, y + 1, y + 1], facecolor=shade, edgecolor="#d0d0d0", linewidth=0.6)
            if value:
                ink = "white" if shade == SHADES[4] else INK
                ax.text(x + 0.5, y + 0.5, decimal(value, lang), ha="center", va="center", color=ink)
    down, across = values.shape
    ax.set_xlim(0, max(across, 1))
    ax.set_ylim(max(down, 1), 0)
    ax.set_yticks([n + 0.5 for n in range(down)], [wrapped(str(n), 42, 2) for n in values.index])
    columns = [wrapped(str(name), 30, 2) for name in values.columns]
    ax.set_xticks([n + 0.5 for n in range(across)], columns, rotation=90, fontsize=10)
    ax.xaxis.tick_top()
    ax.tick_params(left=False, top=False)
    ax.spines[:].set_visible(False)


def _matrix_chart(
    subject: str, values: pd.DataFrame, title: str, foot: str, height: float, counts: Sequence[tuple[str, str, int]],
    funders: Sequence[str], lang: str,
) -> Chart:  # fmt: skip
    """A matrix with room above it for its turned column names; its foot begins with how many funders it shows."""

    def draw(ax: Axes) -> None:
        box = ax.get_position()
        names = 2.3 / ax.figure.get_figheight()  # type: ignore[union-attr]
        ax.set_position((box.x0, box.y0, box.width, max(box.height - names, 0.05)))
        matrix(values, ax, lang)

    if len(funders) > MOST:
        foot = f"{say('chart.shown', lang, shown=decimal(MOST, lang), total=decimal(len(funders), lang))} {foot}"
    cells = [(row, column, decimal(count, lang)) for row, column, count in counts]
    listed = [f"{row} – {column} {count}" for row, column, count in cells]
    sizes = [count for *_, count in counts]
    return chart_of(subject, lang, title, foot, cells, draw, height, listed=listed, sizes=sizes, is_empty=values.empty)


def _ranked(counts: Iterable[tuple[str, int]]) -> list[str]:
    """Names by the sums of their counts, the highest first; those of the same sum in the order of their letters."""
    sums: Counter[str] = Counter()
    for name, count in counts:
        sums[name] += count
    return sorted(sums, key=lambda name: (-sums[name], name))
