"""What a sheet has before its rows and around them: styles, widths, paper, colours, drop-downs and charts."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, NamedStyle
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from overkalix_data.base.words import say
from overkalix_data.base.xlsx_fit import WIDEST, set_paper
from overkalix_data.base.xlsx_style import BODY, LINE, LINK, TONES, UNKNOWN
from overkalix_data.outputs.workbook.sheet import CHART_ROWS, Sheet, SheetColumn, SheetTable

PLAIN_ROW = 15
"""Points that a row without a height of its own takes."""
MOST_WIDTH = 255
"""Characters that Excel lets a column be wide."""
FORMATS = {"int": "0", "money": "#,##0", "percent": "0.0", "number": "0.00", "share": "0.0%"}
"""As files write it: a Swedish Excel shows the comma as a space. A space here would part a million once, `1234 567`."""


def add_styles(book: Workbook) -> None:
    """The theme's named styles: quicker to write than a style a cell, and a person can change one in one place."""
    wrapped = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)
    single = Alignment(horizontal="left", vertical="top", indent=1)
    number = Alignment(horizontal="right", vertical="top", indent=1)
    styles = {
        "words": (BODY, wrapped, "General"), "word": (BODY, single, "General"),
        "unknown": (UNKNOWN, wrapped, "General"), "nothing": (UNKNOWN, single, "General"),
        "link": (LINK, wrapped, "General"),
        **{name: (BODY, number, form) for name, form in FORMATS.items()},
        "day": (BODY, single, "yyyy-mm-dd"),
    }  # fmt: skip
    for name, (font, alignment, form) in styles.items():
        book.add_named_style(NamedStyle(name=name, font=font, alignment=alignment, border=LINE, number_format=form))


def add_rules(page: Any, columns: Sequence[SheetColumn], first: int, last: int, lang: str) -> None:
    """Colours beside words, and drop-downs for whoever edits a copy."""
    for n, column in enumerate(columns, start=1):
        cells = f"{get_column_letter(n)}{first}:{get_column_letter(n)}{last}"
        for words, tone in column.tones:
            fill, font = TONES[tone]
            look = DifferentialStyle(fill=fill, font=font)
            rule = Rule(type="cellIs", operator="equal", formula=[f'"{words}"'], dxf=look)
            page.conditional_formatting.add(cells, rule)
        if column.choices:
            words = ",".join([*column.choices, say("unknown", lang)])
            choice = DataValidation(
                type="list", formula1=f'"{words}"', allow_blank=True, errorStyle="warning", sqref=cells,
                showErrorMessage=True, errorTitle=column.heading[:32], error=say("form.error.choice", lang),
            )  # fmt: skip
            page.data_validations.append(choice)


def set_up(page: Any, sheet: Sheet, blocks: Sequence[Sequence[SheetColumn]], source: str, lang: str) -> None:
    """Widths, frozen header and paper: all that must be said before the first row is written."""
    widths = _widths(sheet, blocks, source)
    for n, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(n)].width = width
    header = sheet.header_rows()[0]
    # Under the header of one table the rows of another would scroll: there what names the rows stands still alone.
    page.freeze_panes = f"B{header + 1}" if len(sheet.blocks) == 1 else "B1"
    if len(sheet.blocks) == 1:
        page.print_title_rows = f"{header}:{header}"
    if sheet.printed or any(block.on_paper is not None for block in sheet.blocks):
        page.print_area = f"A1:{get_column_letter(sheet.printed or len(widths))}{sheet.last_on_paper()}"
    set_paper(page, widths[: sheet.printed or None], lang, is_portrait=sheet.is_portrait)
    page.sheet_view.zoomScale = 90


def _widths(sheet: Sheet, blocks: Sequence[Sequence[SheetColumn]], source: str) -> list[int]:
    """The width of each column of the sheet; the first so wide that paper does not cut the lines above the tables."""
    widths = [min(max(c.width for c in of_all if c), MOST_WIDTH) for of_all in zip_longest(*blocks)]
    if sheet.printed:
        lines = max(map(len, (sheet.subtitle, source, *sheet.notes)))
        widths[0] = max(widths[0], min(widths[0] + lines - sum(widths[: sheet.printed]), WIDEST))
    return widths


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
