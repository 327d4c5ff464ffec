"""Native Excel charts: a bar a row, longest first, each with its number beside it."""

from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties

from overkalix_data.outputs.workbook.sheet import CHART_ROWS, SheetTable

COLOUR = "1F4E78"
ROW_CM, WIDTH_CM = 0.53, 24.0
"""A row of the sheet is this high where nothing makes it higher."""


def bar_chart(block: SheetTable, page: Any, header: int) -> BarChart:
    """The chart of a table whose header stands in that row: its first column names the bars, `values` measures them."""
    described = block.chart
    assert described
    last, values = header + max(len(block.frame), 1), [c.key for c in block.columns].index(described.values) + 1
    chart = BarChart()
    chart.type, chart.gapWidth, chart.legend, chart.title = "bar", 40, None, described.title
    chart.add_data(Reference(page, min_col=values, min_row=header, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=header + 1, max_row=last))
    series = chart.series[0]
    series.graphicalProperties = GraphicalProperties(solidFill=COLOUR)
    series.dLbls = DataLabelList()
    series.dLbls.showVal = True
    series.dLbls.showSerName = series.dLbls.showCatName = series.dLbls.showLegendKey = series.dLbls.showPercent = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete, chart.y_axis.delete = False, True
    chart.y_axis.majorGridlines, chart.y_axis.scaling.min = None, 0
    size: Any = chart  # the stubs take whole centimetres alone
    size.width, size.height = WIDTH_CM, CHART_ROWS * ROW_CM
    return chart
