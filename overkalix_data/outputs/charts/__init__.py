"""Frames → charts: direct labels, Swedish numbers, a source line, readable in grey, the same bytes every time.

A report's charts stand in the order in which a reader asks: who, (of several municipalities whose,) at what level,
together, through whom, on what, for whom, when, how well known.
"""

import pandas as pd

from overkalix_data import analyse
from overkalix_data.analyse.conclusions import level_note
from overkalix_data.analyse.kronor import granted_total, tells_shares
from overkalix_data.analyse.one_per_project import has_several_publishers, publishers
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.charts.bands import chain_chart
from overkalix_data.outputs.charts.bars import (
    completeness_chart,
    funder_chart,
    granted_chart,
    group_chart,
    level_chart,
    publisher_chart,
)
from overkalix_data.outputs.charts.matrices import pair_chart, theme_chart
from overkalix_data.outputs.charts.style import INK, MUTED, Chart, drawn, save
from overkalix_data.outputs.charts.timeline import timeline_chart
from overkalix_data.schema.frames import Tables

__all__ = [
    "INK", "MUTED", "Chart", "chain_chart", "completeness_chart", "drawn", "funder_chart", "granted_chart",
    "group_chart", "level_chart", "pair_chart", "publisher_chart", "report_charts", "save", "theme_chart",
    "timeline_chart",
]  # fmt: skip


MOST_ROWS = 60
"""Bars that a chart shows: more are no picture, and make of a page several megabytes."""


def report_charts(tables: Tables, lang: str = "sv") -> list[Chart]:
    """Every chart of these tables. Each names its source and for how many of how many projects it knows."""
    numbers, source, funding = analyse.known_counts(tables), analyse.source_names(tables), tables["project_funders"]
    total, project_ids = numbers["projects"], tables["projects"]["project_id"]
    own = funding.loc[funding["role_code"] == "own", "funder_id"]
    to = tables["funders"].loc[tables["funders"]["funder_id"].isin(own), "name"].tolist()

    def foot(subject: str, count: int) -> str:
        counts = {"known": decimal(count, lang), "total": decimal(total, lang)}
        what = say(f"chart.known.{subject}", lang)
        return say("chart.foot_known", lang, source=source, what=what, **counts)

    def linked(table: str) -> int:
        return int(project_ids.isin(tables[table]["project_id"]).sum())

    funded, granted, in_kronor = foot("funders", numbers["funded"]), granted_total(tables), tells_shares(tables)
    counts = {"known": decimal(granted.known, lang), "of": decimal(granted.of, lang)}
    paid = say("chart.foot_parts", lang, source=source, **counts)
    funders, timed = analyse.projects_per_funder(tables), analyse.timeline(tables)
    levels, note = analyse.funding_mix(tables, "level"), level_note(tables, lang, in_kronor=in_kronor)
    municipality = ", ".join(to) or say("chart.chains.municipality", lang)
    return [
        funder_chart(funders.head(MOST_ROWS), numbers, source, lang, _cut(funders, lang)),
        *([granted_chart(analyse.funding_mix(tables), paid, lang)] if granted.known else []),
        *_by_municipality(tables, total, say("chart.foot_source", lang, source=source), lang),
        level_chart(levels, paid if in_kronor else funded, lang, note, is_kronor=in_kronor),
        pair_chart(analyse.co_funding(tables), funded, lang, to),
        chain_chart(analyse.funding_chains(tables), municipality, funded, lang),
        theme_chart(analyse.themes_by_funder(tables), foot("themes", linked("project_themes")), lang, to),
        group_chart(analyse.target_groups(tables), total, foot("groups", linked("project_target_groups")), lang),
        timeline_chart(timed.head(MOST_ROWS), total, foot("periods", numbers["periods"]) + _cut(timed, lang), lang),
        completeness_chart(analyse.completeness(tables), foot("amounts", numbers["amounts"]), lang),
    ]


def _cut(frame: pd.DataFrame, lang: str) -> str:
    """What the foot says of the rows that a chart has no room for."""
    if len(frame) <= MOST_ROWS:
        return ""
    return " " + say("chart.foot_cut", lang, shown=decimal(MOST_ROWS, lang), total=decimal(len(frame), lang))


def _by_municipality(tables: Tables, total: int, foot: str, lang: str) -> list[Chart]:
    """Whose the projects are, where the list is of several municipalities."""
    if not has_several_publishers(tables):
        return []
    joint = int((publishers(tables)["project_id"].value_counts() > 1).sum())
    return [publisher_chart(analyse.projects_per_publisher(tables), total, foot, lang, joint)]
