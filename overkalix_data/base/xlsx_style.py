"""What every workbook of ours shares: one theme, words that stay words, and the same bytes every time."""

import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from tempfile import TemporaryFile
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Border, Font, PatternFill, Side

from overkalix_data.base.cell_text import clean
from overkalix_data.base.files import ZIP_DATE

TITLE = Font(name="Calibri", size=16, bold=True, color="1A1A1A")
HEADING = Font(name="Calibri", size=14, bold=True, color="1A1A1A")
SUBTITLE = Font(name="Calibri", size=12, color="404040")
BODY_POINTS = 12
BODY = Font(name="Calibri", size=BODY_POINTS)
UNKNOWN = Font(name="Calibri", size=12, italic=True, color="595959")
HEADER = Font(name="Calibri", size=12, bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="1F4E78")
"""The header's own fill: programs that do not draw table styles show white words on nothing without it."""
LINE = Border(bottom=Side(style="thin", color="BFBFBF"))
LINK = Font(name="Calibri", size=12, underline="single", color="0B4F8A")
"""Text of 12 points or more, at least 7:1 on white and 6:1 on the stripes (WCAG 2.1 asks 4.5:1)."""
TONES = {
    "bad": (PatternFill(bgColor="F8D7DA"), Font(color="6B1220", bold=True)),
    "warn": (PatternFill(bgColor="FFF0C2"), Font(color="5C3D00")),
    "good": (PatternFill(bgColor="D8EFDC"), Font(color="14491F")),
}
"""Fill and letters of what the words of a cell already say; at least 7:1 between the two."""
AnyCell = Cell | MergedCell
"""What openpyxl gives for a place on a sheet; no sheet of ours merges any."""
LONGEST_SHEET_NAME = 31
MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
COMPUTED = re.compile(r'(?P<start><c r="(?P<at>[A-Z]+\d+)"[^>]*)>(?P<formula><f>[^<]*</f>)<v ?/?>(?:</v>)?</c>')
CHART_NAME = re.compile(r'(<(?:xdr:)?cNvPr id="\d+" )name="Chart \d+"')


def put_words(cell: AnyCell, text: str) -> AnyCell:
    """Words as words: a text from a source that looks like a formula stays a text when the book is opened or edited."""
    cell.value = clean(text)
    cell.data_type = "s"
    return cell


def sheet_name(name: str) -> str:
    """A name that Excel takes for a sheet."""
    return "".join("-" if c in r"[]:*?/\'" else c for c in name)[:LONGEST_SHEET_NAME]


@dataclass
class Unsaid:
    """What openpyxl has no place for: what formulas give now, by sheet (from 1) and cell, and the charts' alt texts."""

    values: dict[int, dict[str, str | int | float]] = field(default_factory=dict)
    alts: list[list[tuple[str, str]]] = field(default_factory=list)
    """For each sheet with charts, in order: (title, alt text) of each chart."""


def same_bytes(book: Workbook, moment: datetime, unsaid: Unsaid | None = None) -> bytes:
    """The saved book zipped again with one date: openpyxl stamps the clock into the archive and the properties."""
    fixed, said = BytesIO(), unsaid or Unsaid()
    with TemporaryFile() as saved:
        book.save(saved)
        with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                info = zipfile.ZipInfo(name, ZIP_DATE)
                info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
                if edit := _edit(name, moment, said):
                    new.writestr(info, edit(old.read(name).decode()))
                else:  # a sheet of thousands of rows goes through in pieces
                    with old.open(name) as part, new.open(info, "w") as copy:
                        shutil.copyfileobj(part, copy)
    return fixed.getvalue()


def _edit(name: str, moment: datetime, said: Unsaid) -> Callable[[str], str] | None:
    """What is done to a part of the archive, where anything is."""
    if name == "docProps/core.xml":
        stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        return lambda xml: MODIFIED.sub(rf"\g<1>{stamp}\g<2>", xml)
    if (sheet := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)) and (values := said.values.get(int(sheet[1]))):
        return lambda xml: COMPUTED.sub(lambda cell: _with_value(cell, values), xml)
    if drawing := re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", name):
        alts = iter(said.alts[int(drawing[1]) - 1])
        return lambda xml: CHART_NAME.sub(lambda m: m[1] + "name={} descr={}".format(*map(quoteattr, next(alts))), xml)
    return None


def _with_value(cell: re.Match[str], values: dict[str, str | int | float]) -> str:
    value = values[cell["at"]]
    kind = ' t="str"' if isinstance(value, str) else ""
    return f"{cell['start']}{kind}>{cell['formula']}<v>{escape(str(value))}</v></c>"
