"""Frames → charts: direct labels, Swedish numbers, a source line, readable in grey, the same bytes every time."""

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
from overkalix_data.outputs.charts.series import report_charts
from overkalix_data.outputs.charts.style import INK, MUTED, Chart, drawn, save
from overkalix_data.outputs.charts.timeline import timeline_chart

__all__ = [
    "INK", "MUTED", "Chart", "chain_chart", "completeness_chart", "drawn", "funder_chart", "granted_chart",
    "group_chart", "level_chart", "pair_chart", "publisher_chart", "report_charts", "save", "theme_chart",
    "timeline_chart",
]  # fmt: skip
