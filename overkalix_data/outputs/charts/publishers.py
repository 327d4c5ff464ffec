"""Whose the projects are, where the list is of several municipalities: bars, the part that others list too paler and hatched."""

import pandas as pd
from matplotlib.axes import Axes

from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.charts.frame import (
    BAR,
    HATCHES,
    INK,
    OWN_BAR,
    Chart,
    bare,
    is_known,
    numbers,
    rows_of,
    wrapped,
)
from overkalix_data.values.place import municipality


def publisher_bars(frame: pd.DataFrame, ax: Axes, lang: str = "sv") -> None:
    """Bars of `projects_per_publisher`, the most first: alone on its page, then what stands on another's too."""
    longest = max(1, *frame["projects"])
    for place, row in enumerate(rows_of(frame)):
        alone = row.projects - row.shared
        ax.barh([place], [alone], color=BAR, edgecolor=INK, linewidth=0.6, height=0.6)
        ax.barh(
            [place], [row.shared], left=alone, color=OWN_BAR, hatch=HATCHES[1], edgecolor=INK, linewidth=0.6, height=0.6
        )
        words = _words(row, lang) if row.shared else decimal(row.projects, lang)
        ax.text(row.projects + 0.01 * longest, place, f" {words}", va="center", fontweight="bold")
    ax.set_yticks(range(len(frame)), [wrapped(_name(r.publisher_code, lang), 44) for r in rows_of(frame)])
    ax.set_ylim(len(frame) - 0.4, -0.6)
    ax.set_xlim(0, longest * 1.6)
    bare(ax)


def publisher_chart(frame: pd.DataFrame, total: int, foot: str, lang: str = "sv", joint: int = 0) -> Chart:
    """The chart of `projects_per_publisher`; `total` is the projects, `joint` those of them that stand on several pages."""
    told = ", ".join(f"{_name(r.publisher_code, lang)} {_words(r, lang)}" for r in rows_of(frame))
    first = rows_of(frame)[0]
    counts = {"count": decimal(first.projects, lang), "total": decimal(total, lang), "shared": decimal(joint, lang)}
    title = say(
        f"chart.publishers.title{'_shared' if joint else ''}", lang, name=_name(first.publisher_code, lang), **counts
    )
    rows = (
        (_name(r.publisher_code, lang), *(decimal(n, lang) for n in (r.projects, r.projects - r.shared, r.shared)))
        for r in rows_of(frame)
    )
    headings = (
        say("book.municipality", lang),
        say("book.projects", lang),
        *(say(f"chart.publishers.{part}", lang) for part in ("alone", "shared")),
    )
    return Chart("projekt-per-kommun", title, say("chart.publishers.subtitle", lang), foot, say("chart.publishers.alt", lang, list=told),
                 lambda ax: publisher_bars(frame, ax, lang), 0.5 * len(frame) + 0.2, numbers=numbers(headings, rows))  # fmt: skip


def _words(row: object, lang: str) -> str:
    shared = int(getattr(row, "shared", 0))
    key = f"chart.publishers.bar.{min(shared, 2)}"
    return say(key, lang, count=decimal(int(getattr(row, "projects", 0)), lang), shared=decimal(shared, lang))


def _name(code: object, lang: str) -> str:
    return (municipality(str(code)) if is_known(code) else "") or say("report.no_publisher", lang)
