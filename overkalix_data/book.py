"""What every workbook of ours shares: one theme, words that stay words, and the same bytes every time."""

import os
import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Border, Font, PatternFill, Side

TITLE = Font(name="Calibri", size=16, bold=True, color="1A1A1A")
SUBTITLE = Font(name="Calibri", size=12, color="404040")
BODY = Font(name="Calibri", size=12)
UNKNOWN = Font(name="Calibri", size=12, italic=True, color="595959")
HEADER = Font(name="Calibri", size=12, bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="1F4E78")
"""The header's own fill: programs that do not draw table styles show white words on nothing without it."""
LINE = Border(bottom=Side(style="thin", color="BFBFBF"))
LINK = Font(name="Calibri", size=12, underline="single", color="0B4F8A")
"""Text of 12 points or more, at least 7:1 on white and 6:1 on the stripes (WCAG 2.1 asks 4.5:1)."""
AnyCell = Cell | MergedCell
"""What openpyxl gives for a place on a sheet; no sheet of ours merges any."""
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML may not hold: openpyxl lets lone surrogates and U+FFFE–FFFF through, and the book could not be opened."""
LONGEST_CELL = 32_767
"""In UTF-16 units, as Excel counts."""
LONGEST_SHEET_NAME = 31
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def put_words(cell: AnyCell, text: str) -> AnyCell:
    """Words as words: a text from a source that looks like a formula stays a text when the book is opened or edited."""
    cell.value = clean(text)
    cell.data_type = "s"
    return cell


def clean(text: str) -> str:
    """The text without what XML or Excel refuses; a character of two units is never cut in half."""
    text = ILLEGAL.sub("", text)[:LONGEST_CELL]
    return text.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")


def sheet_name(name: str) -> str:
    """A name that Excel takes for a sheet."""
    return "".join("-" if c in r"[]:*?/\'" else c for c in name)[:LONGEST_SHEET_NAME]


def moment_of(as_of: str) -> datetime:
    """The time stamped in the file: SOURCE_DATE_EPOCH where it is set, else the day the report is as of."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    return datetime.fromisoformat(as_of)


def same_bytes(book: Workbook, moment: datetime) -> bytes:
    """The saved book zipped again with one date: openpyxl stamps the clock into the archive and the properties."""
    saved, fixed = BytesIO(), BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                start = data.index(b">", data.index(b"<dcterms:modified")) + 1
                data = data[:start] + stamp + data[data.index(b"</dcterms:modified") :]
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            new.writestr(info, data)
    return fixed.getvalue()
