"""What a sheet has before its rows and around them: styles, widths, paper, colours beside words, and drop-downs."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, NamedStyle
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from overkalix_data.book import BODY, LINE, LINK, TONES, UNKNOWN
from overkalix_data.sheets.sheet import Sheet, SheetColumn
from overkalix_data.words import say

FORMATS = {"int": "0", "money": "#,##0", "percent": "0.0"}
"""As files write it: a Swedish Excel shows the comma as a space. A space here would part a million once, `1234 567`."""


def add_styles(book: Workbook) -> None:
    """The theme's named styles: a style a cell is far quicker to write, and a person can change it in one place."""
    wrapped = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)
    single = Alignment(horizontal="left", vertical="top", indent=1)
    number = Alignment(horizontal="right", vertical="top", indent=1)
    styles = {
        "words": (BODY, wrapped, "General"), "word": (BODY, single, "General"),
        "unknown": (UNKNOWN, wrapped, "General"), "link": (LINK, wrapped, "General"),
        "int": (BODY, number, FORMATS["int"]), "money": (BODY, number, FORMATS["money"]),
        "percent": (BODY, number, FORMATS["percent"]),
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
            rule = Rule(type="cellIs", operator="equal", formula=[f'"{words}"'], dxf=DifferentialStyle(fill=fill, font=font))
            page.conditional_formatting.add(cells, rule)
        if column.choices:
            words = ",".join([*column.choices, say("unknown", lang)])
            choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, errorStyle="warning", sqref=cells)
            choice.showErrorMessage, choice.errorTitle, choice.error = True, column.heading[:32], say("form.error.choice", lang)
            page.data_validations.append(choice)


def set_up(page: Any, sheet: Sheet, blocks: Sequence[Sequence[SheetColumn]], lang: str) -> None:
    """Widths, frozen header and paper: all that must be said before the first row is written."""
    widths: dict[int, int] = defaultdict(int)
    for columns in blocks:
        for n, column in enumerate(columns, start=1):
            widths[n] = max(widths[n], column.width)
    for n, width in widths.items():
        page.column_dimensions[get_column_letter(n)].width = width
    header = sheet.header_rows()[0]
    if len(sheet.blocks) == 1:
        page.freeze_panes = f"B{header + 1}"
        page.print_title_rows = f"{header}:{header}"
    if sheet.printed:
        page.print_area = f"A1:{get_column_letter(sheet.printed)}{sheet.header_rows()[-1] + max(len(sheet.blocks[-1].frame), 1)}"
    page.page_setup.orientation, page.page_setup.paperSize = "portrait" if sheet.is_portrait else "landscape", Worksheet.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.75, header=0.3, footer=0.3)
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=say("book.page", lang, page="&P", pages="&N")))
    page.sheet_view.zoomScale = 90
