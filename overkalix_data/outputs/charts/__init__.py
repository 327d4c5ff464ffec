"""Frames → charts: direct labels, Swedish numbers, a source line, readable in grey, the same bytes every time."""

from overkalix_data.outputs.charts.bars import completeness_chart, group_chart, level_chart, timeline_chart
from overkalix_data.outputs.charts.frame import INK, MUTED, Chart, drawn, save
from overkalix_data.outputs.charts.funders import (
    funder_alt_text,
    funder_bars,
    funder_chart,
    funder_figure,
    funder_title,
)
from overkalix_data.outputs.charts.links import chain_chart, pair_chart, theme_chart
from overkalix_data.outputs.charts.publishers import publisher_chart
from overkalix_data.outputs.charts.series import report_charts

__all__ = [
    "INK", "MUTED", "Chart", "chain_chart", "completeness_chart", "drawn", "funder_alt_text", "funder_bars", "funder_chart", "funder_figure",
    "funder_title", "group_chart", "level_chart", "pair_chart", "publisher_chart", "report_charts", "save", "theme_chart", "timeline_chart",
]  # fmt: skip
