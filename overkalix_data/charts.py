"""Frames → charts: direct labels, Swedish numbers, a source line, readable in grey, the same bytes every time."""

import textwrap
from html import escape
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from overkalix_data.words import decimal, say

INK = "#1a1a1a"
MUTED = "#4d4d4d"
"""Text colours: at least 8:1 on white (WCAG 2.1 asks 4.5:1)."""
BAR = "#1f5a7a"
OWN_BAR = "#9fb8c6"
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "svg.fonttype": "none",
    "svg.hashsalt": "overkalix_data",
}
WIDTH = 9.0
"""Inches: two thirds of an A4 page's width in a report."""


def funder_bars(frame: pd.DataFrame, ax: Axes, total: int, lang: str = "sv") -> None:
    """Bars of `projects_per_funder`, the most first; the publishing municipality paler and named so in words."""
    names = ["\n".join(textwrap.wrap(_named(*row, lang=lang), 44)) for row in zip(frame["name"], frame["is_own"], strict=True)]
    places = list(range(len(frame)))
    colours = [OWN_BAR if own else BAR for own in frame["is_own"]]
    ax.barh(places, frame["projects"], color=colours, edgecolor=INK, linewidth=0.6, height=0.72)
    longest = max(total, 1, *frame["projects"])
    for place, count in zip(places, frame["projects"], strict=True):
        ax.text(count + 0.01 * longest, place, f" {decimal(count, lang)}", va="center", fontweight="bold")
    ax.set_yticks(places, names)
    ax.set_ylim(max(len(frame), 1) - 0.4, -0.6)
    ax.set_xlim(0, longest * 1.08)
    ax.set_xticks([])
    ax.tick_params(left=False)
    for side in ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)


def funder_figure(frame: pd.DataFrame, known: dict[str, int], source: str, lang: str = "sv") -> Figure:
    """The whole picture: the finding as title, what is counted, the bars, and the source with what is known."""
    total = known["projects"]
    title = textwrap.wrap(funder_title(frame, total, lang), 66)
    told = textwrap.wrap(say("chart.funders.subtitle", lang), 105)
    foot = textwrap.wrap(say("chart.foot", lang, source=source, known=known["funded"], amounts=known["amounts"], total=total), 120)
    head_height, foot_height = 0.45 + 0.27 * len(title) + 0.2 * len(told), 0.3 + 0.17 * len(foot)
    height = head_height + 0.46 * max(len(frame), 1) + 0.2 + foot_height
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), dpi=150)
        ax = figure.add_axes((0.42, foot_height / height, 0.53, 1 - (head_height + foot_height) / height))
        funder_bars(frame, ax, total, lang)
        figure.text(0.02, 1 - 0.15 / height, "\n".join(title), fontsize=15, fontweight="bold", va="top")
        below = 0.25 + 0.27 * len(title)
        figure.text(0.02, 1 - below / height, "\n".join(told), color=MUTED, va="top", fontsize=10)
        figure.text(0.02, 0.12 / height, "\n".join(foot), color=MUTED, fontsize=9, va="bottom")
    return figure


def funder_title(frame: pd.DataFrame, total: int, lang: str = "sv") -> str:
    """The finding in a sentence: the funder, other than the municipality itself, that takes part in most projects."""
    others = frame[~frame["is_own"].astype(bool)]
    if others.empty:
        return say("chart.funders.title_none", lang)
    first = others.iloc[0]
    return say("chart.funders.title", lang, funder=first["name"], count=decimal(first["projects"], lang), total=decimal(total, lang))


def funder_alt_text(frame: pd.DataFrame, lang: str = "sv") -> str:
    """The chart in words, every number told."""
    told = ", ".join(f"{name} {decimal(count, lang)}" for name, count in zip(frame["name"], frame["projects"], strict=True))
    return say("chart.funders.alt", lang, list=told)


def save(figure: Figure, stem: Path, title: str, alt: str, lang: str = "sv") -> list[Path]:
    """Writes `stem`.svg (text stays text, with title and description for screen readers) and `stem`.png."""
    svg, png = stem.with_suffix(".svg"), stem.with_suffix(".png")
    with mpl.rc_context(STYLE):
        figure.savefig(svg, metadata={"Date": None, "Creator": None})
        figure.savefig(png, metadata={"Software": None, "Title": title, "Description": alt})
    text = svg.read_text(encoding="utf-8")
    start = text.index("<svg ")
    head = f'<svg role="img" lang="{lang}" aria-labelledby="chart-title chart-desc" '
    end = text.index(">", start) + 1
    told = f'\n <title id="chart-title">{escape(title)}</title>\n <desc id="chart-desc">{escape(alt)}</desc>'
    svg.write_text(text[:start] + head + text[start + len("<svg ") : end] + told + text[end:], encoding="utf-8", newline="\n")
    return [svg, png]


def _named(name: str, is_own: bool, lang: str) -> str:
    return f"{name} ({say('chart.funders.own', lang)})" if is_own else name
