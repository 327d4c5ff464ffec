"""When the projects run: a bar each, its ends as exact as they are known."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from overkalix_data.base.codelist import code_label
from overkalix_data.base.wording import inside
from overkalix_data.base.words import say
from overkalix_data.outputs.charts.style import BAR, EDGE, OWN_BAR, Chart, chart_of, finding, wrapped
from overkalix_data.schema.frames import rows_of
from overkalix_data.schema.records import Row

UNSURE_DAYS = {"month": 30, "year": 365}
"""Days that an end known to the month or the year may be off."""


def timeline_chart(frame: pd.DataFrame, total: int, foot: str, lang: str = "sv") -> Chart:
    """The chart of `timeline`, of `total` projects."""
    rows, unknown = rows_of(frame), say("unknown", lang)

    def draw(ax: Axes) -> None:
        box = ax.get_position()
        # Room to the right of the bars for their dates.
        ax.set_position((box.x0, box.y0 + 0.12 * box.height, box.width * 0.72, box.height * 0.88))
        timeline_bars(frame, ax)

    status = {code: code_label("status", code, lang) for code in frame["status_code"]}
    cells = [(r["label"], status[r["status_code"]], r["start"] or unknown, r["end"] or unknown) for r in rows]
    listed = [f"{label} ({inside(code)}) {inside(start)} – {inside(end)}" for label, code, start, end in cells]
    title, height = finding("time", lang, {"count": len(rows), "total": total}), 0.55 * max(len(rows), 1) + 0.5
    left, right = _years(frame)
    spans = [(start - _new_year(left), end - _new_year(left)) for start, end in _spans(rows, left, right)]
    return chart_of("time", lang, title, foot, cells, draw, height, listed=listed, spans=spans)


def timeline_bars(frame: pd.DataFrame, ax: Axes) -> None:
    """Bars of `timeline`: dated ends closed, paler over the days that an end may be off; an unknown end is open."""
    first, last = _years(frame)
    left, right, rows = _new_year(first), _new_year(last + 1), rows_of(frame)
    for place, (row, (start, end)) in enumerate(zip(rows, _spans(rows, first, last), strict=True)):
        colour = BAR if row["status_code"] == "ongoing" else OWN_BAR
        ax.barh([place], [end - start], left=start, height=0.5, color=colour, **EDGE)
        for day, which, at, sign in (("first_day", "start", start, 1), ("last_day", "end", end, -1)):
            width = UNSURE_DAYS.get(row[f"{which}_precision"], 0) if row[day] else (right - left) * 0.06
            if width:
                ax.barh([place], [sign * width], left=at, height=0.5, color="white", hatch="///", **EDGE)
        period = f"{row['start'] or '?'} – {row['end'] or '?'}"
        ax.annotate(period, (right, place), (8, 0), textcoords="offset points", va="center", fontsize=9)
    ax.set_yticks(range(len(frame)), [wrapped(str(label), 40) for label in frame["label"]])
    ax.set_ylim(max(len(frame), 1) - 0.4, -0.6)
    ax.set_xlim(left, right)
    ticks = range(first, last + 2, max(1, (last - first) // 8))
    ax.set_xticks([_new_year(year) for year in ticks], [str(year) for year in ticks])
    ax.grid(axis="x", color="#d0d0d0", linewidth=0.6)
    ax.set_axisbelow(True)
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(left=False)


def _years(frame: pd.DataFrame) -> tuple[int, int]:
    """The first and the last year of the time axis."""
    years = [int(day[:4]) for column in ("first_day", "last_day") for day in frame[column].dropna()]
    return min(years, default=2000), max(years, default=2000)


def _spans(rows: Sequence[Row], first: int, last: int) -> list[tuple[float, float]]:
    """Where each bar begins and ends on the axis; an unknown end is the axis' own."""
    starts = (_day_number(str(row["first_day"])) if row["first_day"] else _new_year(first) for row in rows)
    ends = (_day_number(str(row["last_day"])) + 1 if row["last_day"] else _new_year(last + 1) for row in rows)
    return list(zip(starts, ends, strict=True))


def _new_year(year: int) -> float:
    return _day_number(f"{year}-01-01")


def _day_number(day: str) -> float:
    """Where a day stands on a time axis."""
    return float(date2num(date.fromisoformat(day)))  # type: ignore[no-untyped-call]
