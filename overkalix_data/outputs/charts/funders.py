"""Who takes part in most projects: bars, the publishing municipality paler and named so in words."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.charts.frame import BAR, INK, OWN_BAR, Chart, bare, drawn, numbers, rows_of, wrapped


def funder_bars(frame: pd.DataFrame, ax: Axes, total: int, lang: str = "sv") -> None:
    """Bars of `projects_per_funder`, the most first; the publishing municipality paler and named so in words."""
    names = [wrapped(_named(*row, lang=lang), 44) for row in zip(frame["name"], frame["is_own"], strict=True)]
    places = list(range(len(frame)))
    colours = [OWN_BAR if own else BAR for own in frame["is_own"]]
    ax.barh(places, frame["projects"], color=colours, edgecolor=INK, linewidth=0.6, height=0.72)
    longest = max(total, 1, *frame["projects"])
    for place, count in zip(places, frame["projects"], strict=True):
        ax.text(count + 0.01 * longest, place, f" {decimal(count, lang)}", va="center", fontweight="bold")
    ax.set_yticks(places, names)
    ax.set_ylim(max(len(frame), 1) - 0.4, -0.6)
    ax.set_xlim(0, longest * 1.08)
    bare(ax)


def funder_figure(frame: pd.DataFrame, known: dict[str, int], source: str, lang: str = "sv") -> Figure:
    """The whole picture of `funder_chart`."""
    return drawn(funder_chart(frame, known, source, lang))


def funder_chart(frame: pd.DataFrame, known: dict[str, int], source: str, lang: str = "sv") -> Chart:
    """The chart of `projects_per_funder`."""
    total = known["projects"]
    return Chart(
        "projekt-per-finansiar", funder_title(frame, total, lang), say("chart.funders.subtitle", lang),
        say("chart.foot", lang, source=source, known=known["funded"], amounts=known["amounts"], total=total),
        funder_alt_text(frame, lang), lambda ax: funder_bars(frame, ax, total, lang), 0.46 * max(len(frame), 1) + 0.2,
        nothing="" if len(frame) else say("chart.nothing", lang),
        numbers=numbers((say("book.funder", lang), say("book.projects", lang)),
                        ((_named(r.name, r.is_own, lang), decimal(r.projects, lang)) for r in rows_of(frame))),
    )  # fmt: skip


def funder_title(frame: pd.DataFrame, total: int, lang: str = "sv") -> str:
    """The finding in a sentence: the funder, other than the municipality itself, that takes part in most projects."""
    others = frame[~frame["is_own"].astype(bool)]
    if others.empty:
        return say("chart.funders.title_none", lang)
    first = others.iloc[0]
    return say(
        "chart.funders.title",
        lang,
        funder=first["name"],
        count=decimal(first["projects"], lang),
        total=decimal(total, lang),
    )


def funder_alt_text(frame: pd.DataFrame, lang: str = "sv") -> str:
    """The chart in words, every number told."""
    told = ", ".join(
        f"{name} {decimal(count, lang)}" for name, count in zip(frame["name"], frame["projects"], strict=True)
    )
    return say("chart.funders.alt", lang, list=told)


def _named(name: str, is_own: bool, lang: str) -> str:
    return f"{name} ({say('chart.funders.own', lang)})" if is_own else name
