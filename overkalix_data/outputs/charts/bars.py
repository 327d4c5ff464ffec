"""Bars: who pays, whose the projects are, whose level pays, which groups are meant, how much of each field is known."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from overkalix_data.analyse.typed import field_name
from overkalix_data.base.codelist import code_label
from overkalix_data.base.words import decimal, percent, say
from overkalix_data.outputs.charts.style import (
    BAR,
    EDGE,
    HATCHES,
    INK,
    OWN_BAR,
    SHADES,
    Chart,
    bare,
    boxed,
    chart_of,
    finding,
    wrapped,
)
from overkalix_data.schema.frames import rows_of
from overkalix_data.values.place import municipality

NARROW_SHARE = 0.12
"""Parts smaller than this have their label under the bar, where there is room."""


def funder_chart(frame: pd.DataFrame, known: dict[str, int], source: str, lang: str = "sv", note: str = "") -> Chart:
    """The chart of `projects_per_funder`: the publishing municipality paler and named so in words.

    The finding is the funder, other than the municipality itself, that takes part in most projects.
    """
    rows, total, own = rows_of(frame), known["projects"], say("chart.funders.own", lang)
    foot = say("chart.foot", lang, source=source, known=known["funded"], amounts=known["amounts"], total=total) + note
    first = next((row for row in rows if not row["is_own"]), None)
    title = finding("funders", lang, first and {"funder": first["name"], "count": first["projects"], "total": total})
    cells = [
        (f"{row['name']} ({own})" if row["is_own"] else row["name"], decimal(row["projects"], lang)) for row in rows
    ]
    listed = [f"{row['name']} {count}" for row, (_, count) in zip(rows, cells, strict=True)]
    counts, colours = [row["projects"] for row in rows], [OWN_BAR if row["is_own"] else BAR for row in rows]
    return _bar_chart("funders", lang, title, foot, cells, counts, listed=listed, most=total, room=1.08, color=colours)


def publisher_chart(frame: pd.DataFrame, total: int, foot: str, lang: str = "sv", joint: int = 0) -> Chart:
    """The chart of `projects_per_publisher`, of `total` projects, of which `joint` stand on several pages.

    A bar is what stands on that municipality's page alone, then, paler and hatched, what stands on another's too.
    """
    codes = frame["publisher_code"].fillna("")
    names = [(code and municipality(code)) or say("report.no_publisher", lang) for code in codes]
    pairs = list(zip(frame["projects"].tolist(), frame["shared"].tolist(), strict=True))
    values = {"name": names[0], "count": pairs[0][0], "total": total, "shared": joint}
    title = finding("publishers", lang, values, "_shared" if joint else "")
    counts = [[decimal(n, lang) for n in (count, count - shared, shared)] for count, shared in pairs]
    keys = [f"chart.publishers.bar.{min(shared, 2)}" for _, shared in pairs]
    labels = [say(key, lang, count=count, shared=shared) for key, (count, _, shared) in zip(keys, counts, strict=True)]

    def draw(ax: Axes) -> None:
        for place, (count, shared) in enumerate(pairs):
            ax.barh([place], [count - shared], color=BAR, height=0.6, **EDGE)
            ax.barh([place], [shared], left=count - shared, color=OWN_BAR, hatch=HATCHES[1], height=0.6, **EDGE)
        _labelled(names, [count for count, _ in pairs], labels, ax, room=1.6)

    cells = [(name, *words) for name, words in zip(names, counts, strict=True)]
    listed = [f"{name} {label}" for name, label in zip(names, labels, strict=True)]
    height, sizes = 0.5 * len(names) + 0.2, [count for count, _ in pairs]
    return chart_of("publishers", lang, title, foot, cells, draw, height, listed=listed, sizes=sizes)


def granted_chart(mix: pd.DataFrame, foot: str, lang: str = "sv") -> Chart:
    """The chart of `funding_mix`: the kronor of each funder that is known to have granted any, the most first."""
    rows = rows_of(mix[mix["granted_sek"].notna()].sort_values("granted_sek", ascending=False, kind="stable"))
    title = finding("granted", lang, {"funder": rows[0]["name"], "sek": rows[0]["granted_sek"]} if rows else None)
    cells = [(row["name"], *_money(row, lang)) for row in rows]
    labels = [say("chart.granted.bar", lang, sek=sek, known=share) for _, sek, share in cells]
    sums = [row["granted_sek"] for row in rows]
    return _bar_chart("granted", lang, title, foot, cells, sums, labels, room=2.3)


def level_chart(mix: pd.DataFrame, foot: str, lang: str = "sv", note: str = "", *, is_kronor: bool = False) -> Chart:
    """The chart of `funding_mix(by="level")`: one bar of the levels' shares, of numbers of funders or of kronor.

    A level of which no kronor are known has no part of that bar; the table under it tells so. `note` (`level_note`) is
    what stands under the title of the EU's level besides.
    """
    subject, frame = "level", mix
    if is_kronor:
        subject, frame = "level_sek", mix.assign(share=mix["granted_sek"] / mix["granted_sek"].sum())
    parts = rows_of(frame[frame["share"].fillna(0) > 0])
    names = {row["key"]: _named("level", row["key"], "unknown", lang) for row in rows_of(frame)}
    percents = {row["key"]: percent(row["share"], lang, 1) for row in parts}
    largest = min(parts, key=lambda row: (-row["share"], str(row["key"])), default=None)
    title = finding(subject, lang, largest and {"level": names[largest["key"]], "share": 100 * largest["share"]})
    cells, listed = [], []
    for row in rows_of(frame):
        words = (percents.get(row["key"], say("unknown", lang)), *(_money(row, lang) if is_kronor else ()))
        cells.append((names[row["key"]], *words))
        listed.append(f"{names[row['key']]} {words[0]}")
        if is_kronor and row["share"]:
            listed[-1] += f" ({say('chart.granted.bar', lang, sek=words[1], known=words[2])})"
    labels = [f"{names[row['key']]}\n{percents[row['key']]}" for row in parts]
    draw = partial(_shares, [row["share"] for row in parts], labels)
    sizes = [row["share"] or 0 for row in rows_of(frame)]
    said = f" {note}" if note else ""
    return chart_of(subject, lang, title, foot, cells, draw, 2.2, left=0.03, listed=listed, sizes=sizes, note=said)


def group_chart(frame: pd.DataFrame, total: int, foot: str, lang: str = "sv") -> Chart:
    """The chart of `target_groups`, of `total` projects: the most first."""
    counts = frame["projects"].tolist()
    names = [_named("target_group_category", code, "chart.no_category", lang) for code in frame["category_code"]]
    first = [say("quoted", lang, text=name) for name, n in zip(names, counts, strict=True) if n == max(counts)]
    words = {"group": f" {say('chart.and', lang)} ".join(first), "count": max(counts, default=0), "total": total}
    cells = [(name, decimal(n, lang)) for name, n in zip(names, counts, strict=True)]
    return _bar_chart("groups", lang, finding("groups", lang, words if first else None), foot, cells, counts, thick=0.4)


def completeness_chart(frame: pd.DataFrame, foot: str, lang: str = "sv") -> Chart:
    """The chart of `completeness`: how many of the projects have each field, the best known first."""
    rows = [(field_name(r["field"], lang), decimal(r["filled"], lang), decimal(r["of"], lang)) for r in rows_of(frame)]
    filled, total = frame["filled"].tolist(), int(frame["of"].max())
    title = finding("complete", lang, {"count": filled.count(0), "total": len(rows)})
    labels, listed = [f"{n} {say('chart.of', lang)} {of}" for _, n, of in rows], [f"{name} {n}" for name, n, _ in rows]
    out_of = decimal(total, lang)
    return _bar_chart(
        "complete", lang, title, foot, rows, filled, labels, listed=listed, thick=0.36, total=out_of, most=total
    )


def _bar_chart(
    subject: str, lang: str, title: str, foot: str, cells: Sequence[Sequence[str]], sizes: Sequence[float],
    labels: Sequence[str] = (), *, listed: Sequence[str] = (), thick: float = 0.46, total: str = "",
    **axis: Any,
) -> Chart:  # fmt: skip
    """A bar a row, named by its first cell, `thick` inches each; at its end stands its label, else its second cell."""
    names, labels = [row[0] for row in cells], labels or [row[1] for row in cells]
    items = listed or [f"{name} {label}" for name, label in zip(names, labels, strict=True)]
    draw, height = partial(_bars, names, sizes, labels, **axis), thick * max(len(cells), 1) + 0.2
    return chart_of(subject, lang, title, foot, cells, draw, height, listed=items, sizes=sizes, total=total)


def _money(row: Mapping[str, Any], lang: str) -> tuple[str, str]:
    """The kronor of a row of `funding_mix`, and for how many of how many parts they are known."""
    sek = say("unknown", lang) if row["granted_sek"] is None else decimal(row["granted_sek"], lang)
    return sek, f"{decimal(row['known'], lang)} {say('chart.of', lang)} {decimal(row['of'], lang)}"


def _named(codelist: str, code: Any, unknown: str, lang: str) -> str:
    return say(unknown, lang) if pd.isna(code) else code_label(codelist, code, lang)


def _shares(shares: Sequence[float], labels: Sequence[str], ax: Axes) -> None:
    """One bar of shares of 1, each named; hatched, so that it is read in grey too."""
    at, below = 0.0, 0
    for n, (share, label) in enumerate(zip(shares, labels, strict=True)):
        colour, hatch, middle = SHADES[1 + n % 3], HATCHES[n % len(HATCHES)], at + share / 2
        ax.barh([0], [share], left=at, color=colour, hatch=hatch, height=0.5, **EDGE)
        if share >= NARROW_SHARE:
            boxed(ax, middle, 0, label)
        else:
            # Every other label further down: two narrow parts beside each other have no room for both on one line.
            foot = -0.42 - 0.42 * (below % 2)
            ax.plot([middle] * 2, [-0.25, foot], color=INK, linewidth=0.6)
            ax.text(min(middle, 0.97), foot - 0.03, label, ha="center", va="top")
            below += 1
        at += share
    ax.set_xlim(0, 1)
    ax.set_ylim(-1.25, 0.3)
    ax.set_yticks([])
    bare(ax, "top", "right", "bottom", "left")


def _bars(
    names: Sequence[str], counts: Sequence[float], labels: Sequence[str], ax: Axes, *, color: Any = BAR, **axis: float
) -> None:
    """A bar for each count."""
    ax.barh(range(len(counts)), counts, color=color, height=0.72, **EDGE)
    _labelled(names, counts, labels, ax, **axis)


def _labelled(
    names: Sequence[str],
    counts: Sequence[float],
    labels: Sequence[str],
    ax: Axes,
    *,
    most: float = 1,
    room: float = 1.2,
) -> None:
    """The names beside the bars and a label at the end of each; the axis has `room` times the longest."""
    longest = max(most, 1, *counts)
    for place, (count, label) in enumerate(zip(counts, labels, strict=True)):
        ax.text(count + 0.01 * longest, place, f" {label}", va="center", fontweight="bold")
    ax.set_yticks(range(len(names)), [wrapped(name, 44) for name in names])
    ax.set_ylim(max(len(names), 1) - 0.4, -0.6)
    ax.set_xlim(0, longest * room)
    bare(ax)
