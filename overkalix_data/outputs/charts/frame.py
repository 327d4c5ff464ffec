"""What every chart shares: one style, a title that says the finding, a foot with source and coverage, the same bytes every time."""

import re
import textwrap
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

INK = "#1a1a1a"
MUTED = "#4d4d4d"
"""Text colours: at least 8:1 on white (WCAG 2.1 asks 4.5:1)."""
BAR = "#1f5a7a"
OWN_BAR = "#9fb8c6"
SHADES = ("#ffffff", "#e3edf3", "#bcd3df", "#7fa9be", "#1f5a7a")
"""Light to dark, told apart in grey; the number stands in every cell, so that no meaning hangs on the shade."""
HATCHES = ("", "//", "..", "xx", "\\\\", "oo")
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "hatch.linewidth": 0.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "overkalix_data",
}
WIDTH = 9.0
"""Inches: two thirds of an A4 page's width in a report."""


@dataclass(frozen=True)
class Chart:
    """A picture described: the words around it, how to draw it, and how tall (inches) and how far in (of 1) the drawing is."""

    stem: str
    title: str
    subtitle: str
    foot: str
    alt: str
    draw: Callable[[Axes], None]
    height: float
    left: float = 0.42
    nothing: str = ""
    """What stands in the picture's place where there is nothing to draw."""
    numbers: tuple[tuple[str, ...], ...] = ()
    """The picture as a table, for those who do not see it and those who copy from it: headings, then rows."""

    def _repr_html_(self) -> str:
        """The picture in a notebook, with its words for those who do not see it."""
        picture = BytesIO()
        with mpl.rc_context(STYLE):
            drawn(self).savefig(picture, format="png", metadata={"Software": None})
        data = b64encode(picture.getvalue()).decode()
        return f'<img src="data:image/png;base64,{data}" alt="{escape(f"{self.title}. {self.alt}")}" style="max-width: 100%; width: 56rem">'


def drawn(chart: Chart) -> Figure:
    """The whole picture: the finding as title, what is counted, the drawing, and the source with what is known."""
    title, told, foot = (
        textwrap.wrap(chart.title, 66),
        textwrap.wrap(chart.subtitle, 105),
        textwrap.wrap(chart.foot, 120),
    )
    head_height, foot_height = 0.45 + 0.27 * len(title) + 0.2 * len(told), 0.3 + 0.17 * len(foot)
    height = head_height + chart.height + foot_height
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), dpi=150)
        ax = figure.add_axes(
            (chart.left, foot_height / height, 0.95 - chart.left, 1 - (head_height + foot_height) / height)
        )
        if chart.nothing:
            ax.axis("off")
            ax.text(0.5, 0.5, chart.nothing, ha="center", va="center", color=MUTED, transform=ax.transAxes)
        else:
            chart.draw(ax)
        figure.text(0.02, 1 - 0.15 / height, "\n".join(title), fontsize=15, fontweight="bold", va="top")
        below = 0.25 + 0.27 * len(title)
        figure.text(0.02, 1 - below / height, "\n".join(told), color=MUTED, va="top", fontsize=10)
        figure.text(0.02, 0.12 / height, "\n".join(foot), color=MUTED, fontsize=9, va="bottom")
    return figure


def save(figure: Figure, stem: Path, title: str, alt: str, lang: str = "sv", *, png: bool = True) -> list[Path]:
    """Writes `stem`.svg (text stays text, with title and description for screen readers) and, if asked, `stem`.png. Gives the files."""
    svg, picture = stem.with_suffix(".svg"), stem.with_suffix(".png")
    with mpl.rc_context(STYLE):
        figure.savefig(svg, metadata={"Date": None, "Creator": None})
        if png:
            # The least packing: drawing pictures costs more than all else of a report.
            figure.savefig(
                picture,
                metadata={"Software": None, "Title": title, "Description": alt},
                pil_kwargs={"compress_level": 1},
            )
    text = svg.read_text(encoding="utf-8")
    start = text.index("<svg ")
    head = f'<svg role="img" lang="{lang}" aria-labelledby="chart-title chart-desc" '
    end = text.index(">", start) + 1
    told = f'\n <title id="chart-title">{escape(title)}</title>\n <desc id="chart-desc">{escape(alt)}</desc>'
    svg.write_text(
        text[:start] + head + text[start + len("<svg ") : end] + told + text[end:], encoding="utf-8", newline="\n"
    )
    return [svg, picture] if png else [svg]


def inlined(svg: str, stem: str) -> str:
    """A saved picture as part of a page: without its XML head, every id of its own, so that several can stand on one page."""
    picture = svg[svg.index("<svg ") :]
    picture = re.sub(r"\s*<metadata>.*?</metadata>", "", picture, flags=re.DOTALL)
    ids = {m: f"{stem}-{m}" for m in re.findall(r'\bid="([^"]+)"', picture)}
    picture = re.sub(r'\b(id=")([^"]+)', lambda m: m[1] + ids[m[2]], picture)
    picture = re.sub(r'(href="#|url\(#)([^")]+)', lambda m: m[1] + ids.get(m[2], m[2]), picture)
    return re.sub(
        r'(aria-labelledby=")([^"]+)', lambda m: m[1] + " ".join(ids.get(i, i) for i in m[2].split()), picture
    )


def numbers(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """A chart's table."""
    return (tuple(headings), *(tuple(row) for row in rows))


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """The rows with their columns as attributes."""
    return list(frame.itertuples(index=False))


def is_known(value: Any) -> bool:
    """Whether a cell holds a value."""
    return bool(pd.notna(value))


def day_number(day: date) -> float:
    """Where a day stands on a time axis."""
    return float(date2num(day))  # type: ignore[no-untyped-call]


def wrapped(words: str, width: int, most: int | None = None) -> str:
    """Words on lines of at most `width` characters; of more than `most` lines the rest is `…`, and stands in the alt text."""
    return "\n".join(textwrap.wrap(words, width, max_lines=most, placeholder=" …"))


def bare(ax: Axes, *sides: str) -> None:
    """Takes away the scale and these sides of the frame: the numbers stand at the bars."""
    ax.set_xticks([])
    ax.tick_params(left=False)
    for side in sides or ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)
