"""What every chart shares: one style, a title that says the finding, a foot with its source, the same bytes always."""

import re
import textwrap
import warnings
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from overkalix_data.base.codelist import code_label
from overkalix_data.base.words import decimal, say
from overkalix_data.schema import TABLES

Draw = Callable[[Axes], None]

INK = "#1a1a1a"
MUTED = "#4d4d4d"
"""Text colours: at least 8:1 on white (WCAG 2.1 asks 4.5:1)."""
BAR = "#1f5a7a"
OWN_BAR = "#9fb8c6"
SHADES = ("#ffffff", "#e3edf3", "#bcd3df", "#7fa9be", "#1f5a7a")
"""Light to dark, told apart in grey; the number stands in every cell, so that no meaning hangs on the shade."""
HATCHES = ("", "//", "..", "xx", "\\\\", "oo")
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans", "font.size": 11, "text.color": INK, "axes.edgecolor": MUTED, "hatch.linewidth": 0.6,
    "svg.fonttype": "none", "svg.hashsalt": "overkalix_data", "timezone": "UTC",
}  # fmt: skip

WIDTH = 9.0
"""Inches: two thirds of an A4 page's width in a report."""
EDGE: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.6}
"""The outline of every bar and band."""
SUBJECTS = {
    "funders": ("projekt-per-finansiar", ("book.funder", "book.projects")),
    "granted": ("beviljat-per-finansiar", ("book.funder", "project_funders.granted_sek", "book.known")),
    "publishers": (
        "projekt-per-kommun",
        ("book.municipality", "book.projects", "chart.publishers.alone", "chart.publishers.shared"),
    ),
    "level": ("finansiering-per-niva", ("funders.level_code", "book.share")),
    "level_sek": ("kronor-per-niva", ("funders.level_code", "book.share", "project_funders.granted_sek", "book.known")),
    "pairs": ("finansierar-tillsammans", ("book.funder", "chart.pairs.with", "book.projects")),
    "chains": ("eu-medlens-vag", ("funder_type:eu_fund", "role:intermediary", "book.projects")),
    "themes": ("teman-och-finansiarer", ("themes.name", "book.funder", "book.projects")),
    "groups": ("malgrupper", ("target_groups.category_code", "book.projects")),
    "time": ("tidslinje", ("book.project", "projects.status_code", "projects.start", "projects.end")),
    "complete": ("kanda-uppgifter", ("book.field", "book.known", "book.of")),
}
"""What a chart is about (its words are `chart.<subject>.…`, legend behind ` | `) → its file, its table's headings."""


@contextmanager
def styled() -> Iterator[None]:
    """The style of every chart, whatever a `matplotlibrc` of the machine, the user or the working folder says."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        yield


@dataclass(frozen=True)
class Chart:
    """A picture described: the words around it, how to draw it, how tall (inches) and how far in (of 1) that is."""

    stem: str
    title: str
    subtitle: str
    """What is counted."""
    legend: str
    """What only who sees the picture needs to be told; empty where it explains itself."""
    foot: str
    alt: str
    draw: Draw
    height: float
    left: float = 0.42
    nothing: str = ""
    """What stands in the picture's place where there is nothing to draw."""
    bars: tuple[tuple[str, float, float], ...] = ()
    """The picture as a list, for a narrow screen: each row's words, where its bar begins and how long it is, of 100."""
    numbers: tuple[tuple[str, ...], ...] = ()
    """The picture as a table, for those who do not see it and those who copy from it: headings, then rows."""

    def _repr_html_(self) -> str:
        """The picture in a notebook, with its words for those who do not see it."""
        picture = BytesIO()
        with styled():
            drawn(self).savefig(picture, format="png", metadata={"Software": None})
        data = b64encode(picture.getvalue()).decode()
        alt = escape(f"{self.title}. {self.alt}")
        return f'<img src="data:image/png;base64,{data}" alt="{alt}" style="max-width: 100%; width: 56rem">'


def chart_of(
    subject: str, lang: str, title: str, foot: str, cells: Iterable[Sequence[str]], draw: Draw, height: float, *,
    left: float = 0.42, listed: Iterable[str] | None = None, is_empty: bool | None = None,
    sizes: Iterable[float] = (), spans: Sequence[tuple[float, float]] = (), **counts: str,
) -> Chart:  # fmt: skip
    """A chart of a table of words.

    Its alt text tells every row, as it is or as `listed` has it; without rows, or where `is_empty`, nothing is drawn.
    `sizes` are how long the rows' bars are, in any unit, or `spans` where they begin and end.
    """
    stem, headings = SUBJECTS[subject]
    rows = [tuple(row) for row in cells]
    items = [" ".join(row) for row in rows] if listed is None else list(listed)
    subtitle, _, legend = say(f"chart.{subject}.subtitle", lang, **counts).partition(" | ")
    alt = say(f"chart.{subject}.alt", lang, list=", ".join(items) or "–", **counts)
    nothing = say("chart.nothing", lang) if (not rows if is_empty is None else is_empty) else ""
    numbers, bars = (tuple(_heading(name, lang) for name in headings), *rows), spans or [(0, size) for size in sizes]
    return Chart(stem, title, subtitle, legend, foot, alt, draw, height, left, nothing, _bars(items, bars), numbers)


def _bars(items: Sequence[str], spans: Sequence[tuple[float, float]]) -> tuple[tuple[str, float, float], ...]:
    """The bars of a narrow screen, the longest reach being 100."""
    part = 100 / (max((end for _, end in spans), default=0) or 1)
    return tuple(
        (words, round(start * part, 1), round(max(end - start, 0) * part, 1))
        for words, (start, end) in zip(items, spans, strict=bool(spans))
    )


def finding(subject: str, lang: str, values: Mapping[str, Any] | None = None, form: str = "") -> str:
    """The title: the finding in a sentence, its numbers as people write them; without values, that there is none."""
    if not values:
        return say(f"chart.{subject}.title_none", lang)
    words = {name: value if isinstance(value, str) else decimal(value, lang) for name, value in values.items()}
    return say(f"chart.{subject}.title{form}", lang, **words)


def _heading(name: str, lang: str) -> str:
    table, _, column = name.partition(".")
    if table in TABLES:
        return TABLES[table].column(column).title(lang)
    codelist, _, code = name.partition(":")
    return code_label(codelist, code, lang) if code else say(name, lang)


def drawn(chart: Chart) -> Figure:
    """The whole picture: the finding as title, what is counted, the drawing, and the source with what is known."""
    title, subtitle = textwrap.wrap(chart.title, 66), textwrap.wrap(f"{chart.subtitle} {chart.legend}", 105)
    foot = textwrap.wrap(chart.foot, 120)
    head_height, foot_height = 0.45 + 0.27 * len(title) + 0.2 * len(subtitle), 0.3 + 0.17 * len(foot)
    height = head_height + chart.height + foot_height
    with styled():
        figure = Figure(figsize=(WIDTH, height), dpi=150)
        room = 1 - (head_height + foot_height) / height
        ax = figure.add_axes((chart.left, foot_height / height, 0.95 - chart.left, room))
        if chart.nothing:
            ax.axis("off")
            ax.text(0.5, 0.5, chart.nothing, ha="center", va="center", color=MUTED, transform=ax.transAxes)
        else:
            chart.draw(ax)
        figure.text(0.02, 1 - 0.15 / height, "\n".join(title), fontsize=15, fontweight="bold", va="top")
        below = 0.25 + 0.27 * len(title)
        figure.text(0.02, 1 - below / height, "\n".join(subtitle), color=MUTED, va="top", fontsize=10)
        figure.text(0.02, 0.12 / height, "\n".join(foot), color=MUTED, fontsize=9, va="bottom")
    return figure


def save(figure: Figure, stem: Path, title: str, alt: str, lang: str = "sv", *, png: bool = True) -> list[Path]:
    """Writes `stem`.svg (text stays text; title and description are for screen readers) and, if asked, `stem`.png."""
    svg, picture = stem.with_suffix(".svg"), stem.with_suffix(".png")
    with styled(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # a sign that the font lacks is a box in the picture
        figure.savefig(svg, metadata={"Date": None, "Creator": None})
        if png:
            about = {"Software": None, "Title": title, "Description": alt}
            # The least packing: drawing pictures costs more than all else of a report.
            figure.savefig(picture, metadata=about, pil_kwargs={"compress_level": 1})
    before, attributes, rest = re.split(r"<svg ([^>]*>)", svg.read_text(encoding="utf-8"), maxsplit=1)
    opening = f'<svg role="img" lang="{lang}" aria-labelledby="chart-title chart-desc" {attributes}'
    names = f'\n <title id="chart-title">{escape(title)}</title>\n <desc id="chart-desc">{escape(alt)}</desc>'
    svg.write_text(f"{before}{opening}{names}{rest}", encoding="utf-8", newline="\n")
    return [svg, picture] if png else [svg]


def inlined(svg: str, stem: str) -> str:
    """A saved picture as part of a page that has several: without its XML head, every id of its own, and each colour
    a variable of the page's style sheet, which has others for a dark screen."""
    picture = re.sub(r"(?<!\s)\s*+<metadata>.*?</metadata>", "", svg[svg.index("<svg ") :], flags=re.DOTALL)
    ids = {name: f"{stem}-{name}" for name in re.findall(r'\bid="([^"]+)"', picture)}

    def renamed(match: re.Match[str]) -> str:
        return match[1] + " ".join(ids.get(name, name) for name in match[2].split())

    picture = re.sub(r'(\bid="|href="#|url\(#|aria-labelledby=")([^")]+)', renamed, picture)
    coloured = re.sub(r'((?:fill|stroke)(?:: |="))#([0-9a-f]{6})', r"\1var(--c\2, #\2)", picture)
    return _without_style_attributes(coloured, stem)


def _without_style_attributes(picture: str, stem: str) -> str:
    """The styles of the elements as classes: a page's policy can name a style sheet by its checksum, not attributes."""
    styles = {style: f"{stem}-{n}" for n, style in enumerate(dict.fromkeys(re.findall(r' style="([^"]*)"', picture)))}
    if not styles:
        return picture
    sheet = "".join(f".{name}{{{style}}}" for style, name in styles.items())
    classed = re.sub(r' style="([^"]*)"', lambda match: f' class="{styles[match[1]]}"', picture)
    at = classed.index(">") + 1
    return f"{classed[:at]}<style>{sheet}</style>{classed[at:]}"


def boxed(ax: Axes, x: float, y: float, words: str, **style: Any) -> None:
    """Words in the middle of a place, on white, so that they are read on any hatching."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    ax.text(x, y, words, ha="center", va="center", bbox=box, **style)


def wrapped(words: str, width: int, most: int | None = None) -> str:
    """Words on lines of at most `width` characters; of more than `most` lines the rest is `…` (the alt text has it)."""
    return "\n".join(textwrap.wrap(words, width, max_lines=most, placeholder=" …"))


def bare(ax: Axes, *sides: str) -> None:
    """Takes away the scale and these sides of the frame: the numbers stand at the bars."""
    ax.set_xticks([])
    ax.tick_params(left=False)
    ax.spines[list(sides or ("top", "right", "bottom"))].set_visible(False)
