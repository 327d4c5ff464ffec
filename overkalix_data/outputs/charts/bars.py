"""Bars of one number: whose level pays, which groups are meant, when it runs, and how much of each field is known."""

from collections.abc import Callable
from datetime import date

import pandas as pd
from matplotlib.axes import Axes

from overkalix_data.base.codelist import code_label
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.charts.frame import (
    BAR,
    HATCHES,
    INK,
    OWN_BAR,
    SHADES,
    Chart,
    bare,
    day_number,
    is_known,
    numbers,
    rows_of,
    wrapped,
)
from overkalix_data.schema import TABLES

NARROW_SHARE = 0.06
"""Parts smaller than this have their label under the bar, where there is room."""


def level_bar(frame: pd.DataFrame, ax: Axes, lang: str = "sv") -> None:
    """One bar of `funding_mix(by="level")`: shares of 1, each named; hatched, so that it is read in grey too."""
    at, below = 0.0, 0
    for n, row in enumerate(rows_of(frame)):
        share = float(row.share)
        ax.barh(
            [0],
            [share],
            left=at,
            color=SHADES[1 + n % 3],
            edgecolor=INK,
            hatch=HATCHES[n % len(HATCHES)],
            height=0.5,
            linewidth=0.6,
        )
        words = f"{_level(row.key, lang)}\n{decimal(100 * share, lang, 1)} %"
        if share >= NARROW_SHARE * 2:
            ax.text(
                at + share / 2,
                0,
                words,
                ha="center",
                va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
            )
        else:
            # Every other label further down: two narrow parts beside each other have no room for both on one line.
            foot = -0.42 - 0.42 * (below % 2)
            ax.plot([at + share / 2] * 2, [-0.25, foot], color=INK, linewidth=0.6)
            ax.text(min(at + share / 2, 0.97), foot - 0.03, words, ha="center", va="top")
            below += 1
        at += share
    ax.set_xlim(0, 1)
    ax.set_ylim(-1.25, 0.3)
    ax.set_yticks([])
    bare(ax, "top", "right", "bottom", "left")


def level_chart(frame: pd.DataFrame, foot: str, lang: str = "sv") -> Chart:
    """The chart of `funding_mix(by="level")`."""
    told = ", ".join(f"{_level(r.key, lang)} {decimal(100 * float(r.share), lang, 1)} %" for r in rows_of(frame))
    first = frame.sort_values(["share", "key"], ascending=[False, True]).head(1)
    title = say("chart.level.title_none", lang)
    if len(first):
        title = say(
            "chart.level.title",
            lang,
            level=_level(first["key"].iloc[0], lang),
            share=decimal(100 * float(first["share"].iloc[0]), lang),
        )
    return Chart("finansiering-per-niva", title, say("chart.level.subtitle", lang), foot, say("chart.level.alt", lang, list=told or "–"),
                 lambda ax: level_bar(frame, ax, lang), 2.2, 0.03, nothing="" if len(frame) else say("chart.nothing", lang),
                 numbers=numbers((TABLES["funders"].column("level_code").title(lang), say("book.share", lang)),
                                 ((_level(r.key, lang), f"{decimal(100 * float(r.share), lang, 1)} %") for r in rows_of(frame))))  # fmt: skip


def group_bars(frame: pd.DataFrame, ax: Axes, lang: str = "sv") -> None:
    """Bars of `target_groups`: projects for each category, the most first."""
    _bars(
        ax,
        [wrapped(_group(c, lang), 40) for c in frame["category_code"]],
        frame["projects"].tolist(),
        [decimal(n, lang) for n in frame["projects"]],
    )


def group_chart(frame: pd.DataFrame, total: int, foot: str, lang: str = "sv") -> Chart:
    """The chart of `target_groups`, of `total` projects."""
    told = ", ".join(f"{_group(r.category_code, lang)} {decimal(r.projects, lang)}" for r in rows_of(frame))
    title = say("chart.groups.title_none", lang)
    if len(frame):
        most = frame[frame["projects"] == frame["projects"].max()]
        names = f" {say('chart.and', lang)} ".join(
            say("quoted", lang, text=_group(c, lang)) for c in most["category_code"]
        )
        title = say(
            "chart.groups.title",
            lang,
            group=names,
            count=decimal(most["projects"].iloc[0], lang),
            total=decimal(total, lang),
        )
    return Chart("malgrupper", title, say("chart.groups.subtitle", lang), foot, say("chart.groups.alt", lang, list=told or "–"),
                 lambda ax: group_bars(frame, ax, lang), 0.4 * max(len(frame), 1) + 0.2, nothing="" if len(frame) else say("chart.nothing", lang),
                 numbers=numbers((TABLES["target_groups"].column("category_code").title(lang), say("book.projects", lang)),
                                 ((_group(r.category_code, lang), decimal(r.projects, lang)) for r in rows_of(frame))))  # fmt: skip


def completeness_bars(frame: pd.DataFrame, ax: Axes, lang: str = "sv") -> None:
    """Bars of `completeness`: how many of the projects have each field, the best known first."""
    labels = [
        f"{decimal(f, lang)} {say('chart.of', lang)} {decimal(of, lang)}"
        for f, of in zip(frame["filled"], frame["of"], strict=True)
    ]
    _bars(
        ax,
        [field_name(f, lang) for f in frame["field"]],
        frame["filled"].tolist(),
        labels,
        most=int(frame["of"].max() or 1),
    )


def completeness_chart(frame: pd.DataFrame, foot: str, lang: str = "sv") -> Chart:
    """The chart of `completeness`."""
    told = ", ".join(f"{field_name(r.field, lang)} {decimal(r.filled, lang)}" for r in rows_of(frame))
    unknown = frame.loc[frame["filled"] == 0, "field"]
    total = int(frame["of"].max())
    title = say("chart.complete.title", lang, count=decimal(len(unknown), lang), total=decimal(len(frame), lang))
    return Chart("kanda-uppgifter", title, say("chart.complete.subtitle", lang, total=decimal(total, lang)), foot,
                 say("chart.complete.alt", lang, list=told, total=decimal(total, lang)), lambda ax: completeness_bars(frame, ax, lang), 0.36 * len(frame) + 0.2,
                 numbers=numbers((say("book.field", lang), say("book.known", lang), say("book.of", lang)),
                                 ((field_name(r.field, lang), decimal(r.filled, lang), decimal(r.of, lang)) for r in rows_of(frame))))  # fmt: skip


def timeline_bars(frame: pd.DataFrame, ax: Axes) -> None:
    """Bars of `timeline`: dated ends closed; an end known to the month or year is paler over the days it may be; an unknown end is open."""
    days = [date.fromisoformat(d) for column in ("first_day", "last_day") for d in frame[column].dropna()]
    first, last = (min(days).year, max(days).year) if days else (2000, 2000)
    left, right = day_number(date(first, 1, 1)), day_number(date(last + 1, 1, 1))
    for place, row in enumerate(rows_of(frame)):
        start = day_number(date.fromisoformat(row.first_day)) if is_known(row.first_day) else left
        end = day_number(date.fromisoformat(row.last_day)) + 1 if is_known(row.last_day) else right
        ax.barh(
            [place],
            [end - start],
            left=start,
            height=0.5,
            color=BAR if row.status_code == "ongoing" else OWN_BAR,
            edgecolor=INK,
            linewidth=0.6,
        )
        for known, precision, at, sign in (
            (row.first_day, row.start_precision, start, 1),
            (row.last_day, row.end_precision, end, -1),
        ):
            width = {"month": 30, "year": 365}.get(str(precision), 0) if is_known(known) else (right - left) * 0.06
            if width:
                ax.barh(
                    [place],
                    [sign * width],
                    left=at,
                    height=0.5,
                    color="white",
                    edgecolor=INK,
                    hatch="///",
                    linewidth=0.6,
                )
        begins, ends = (d if is_known(d) else "?" for d in (row.start, row.end))
        ax.text(right, place, f"  {begins} – {ends}", va="center", fontsize=9)
    ax.set_yticks(range(len(frame)), [wrapped(str(label), 40) for label in frame["label"]])
    ax.set_ylim(max(len(frame), 1) - 0.4, -0.6)
    ax.set_xlim(left, right)
    years = range(first, last + 2, max(1, (last - first) // 8))
    ax.set_xticks([day_number(date(year, 1, 1)) for year in years], [str(year) for year in years])
    ax.grid(axis="x", color="#d0d0d0", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.tick_params(left=False)


def timeline_chart(frame: pd.DataFrame, total: int, foot: str, lang: str = "sv") -> Chart:
    """The chart of `timeline`, of `total` projects."""
    told = ", ".join(
        f"{r.label} {r.start if is_known(r.start) else '?'}–{r.end if is_known(r.end) else '?'}" for r in rows_of(frame)
    )
    title = say("chart.time.title", lang, count=decimal(len(frame), lang), total=decimal(total, lang))
    return Chart("tidslinje", title, say("chart.time.subtitle", lang), foot, say("chart.time.alt", lang, list=told or "–"),
                 lambda ax: _narrower(ax, lambda: timeline_bars(frame, ax)), 0.55 * max(len(frame), 1) + 0.5, nothing="" if len(frame) else say("chart.nothing", lang),
                 numbers=numbers((say("book.project", lang), *(TABLES["projects"].column(c).title(lang) for c in ("status_code", "start", "end"))),
                                 ((str(r.label), code_label("status", str(r.status_code), lang), *(str(d) if is_known(d) else say("unknown", lang) for d in (r.start, r.end)))
                                  for r in rows_of(frame))))  # fmt: skip


def _narrower(ax: Axes, draw: Callable[[], None]) -> None:
    """Room to the right of the bars for their dates."""
    box = ax.get_position()
    ax.set_position((box.x0, box.y0 + 0.12 * box.height, box.width * 0.72, box.height * 0.88))
    draw()


def _bars(ax: Axes, names: list[str], counts: list[int], labels: list[str], most: int = 0) -> None:
    longest = max(most, 1, *counts) if counts else max(most, 1)
    ax.barh(range(len(counts)), counts, color=BAR, edgecolor=INK, linewidth=0.6, height=0.72)
    for place, (count, label) in enumerate(zip(counts, labels, strict=True)):
        ax.text(count + 0.01 * longest, place, f" {label}", va="center", fontweight="bold")
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(max(len(names), 1) - 0.4, -0.6)
    ax.set_xlim(0, longest * 1.2)
    bare(ax)


def _level(code: object, lang: str) -> str:
    return say("unknown", lang) if not is_known(code) else code_label("level", str(code), lang)


def _group(code: object, lang: str) -> str:
    return (
        say("chart.no_category", lang) if not is_known(code) else code_label("target_group_category", str(code), lang)
    )


def field_name(name: str, lang: str) -> str:
    """What a reader calls a field of `completeness`."""
    tables = {
        "funder": "funders",
        "target_group": "target_groups",
        "theme": "themes",
        "place": "places",
        "contact": "contacts",
    }
    if name in tables:
        return TABLES[tables[name]].title(lang)
    return TABLES["project_funders" if name == "granted_sek" else "projects"].column(name).title(lang)
