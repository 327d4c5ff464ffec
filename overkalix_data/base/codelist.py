"""The lists that grow: names, aliases, categories, words to ignore. CSV that a municipal officer edits in Excel.

A file may be saved by a Swedish Excel: semicolon or comma, UTF-8 with or without BOM, or Windows-1252.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from io import StringIO
from pathlib import Path

from overkalix_data.base.errors import InputError
from overkalix_data.base.files import file_bytes
from overkalix_data.base.paths import CODELISTS

Row = dict[str, str]


def decode_csv(data: bytes, line: str = "") -> list[Row]:
    """Rows of a CSV file as a person's Excel writes it; cells are stripped, empty lines skipped.

    With `line`, each row has under that key the number of the line it ends on.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter, strict=False)
    rows = []
    for row in reader:
        cells = {(k or "").strip(): (v or "").strip() for k, v in row.items() if k is not None}
        if any(cells.values()):
            rows.append(cells | ({line: str(reader.line_num)} if line else {}))
    return rows


def read_csv(path: Path, line: str = "") -> list[Row]:
    """The rows of a CSV file (`decode_csv`). Raises InputError where it cannot be read, or is no table."""
    try:
        return decode_csv(file_bytes(path), line)
    except csv.Error as error:
        raise InputError("not_a_table", file=str(path)) from error


def csv_text(rows: Iterable[Mapping[str, object]], columns: Iterable[str]) -> str:
    """Rows as a CSV file of these columns, in their order: comma, LF, a cell that a row lacks is empty."""
    text = StringIO()
    writer = csv.DictWriter(text, list(columns), extrasaction="ignore", restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@cache
def codelist(name: str, *required: str) -> tuple[Row, ...]:
    """The rows of the list `<name>.csv`, whatever its folder. Raises InputError where it lacks a required column."""
    path = _files()[name]
    rows = read_csv(path)
    for column in required:
        if rows and column not in rows[0]:
            raise InputError("codelist", file=str(path), column=column)
    return tuple(rows)


@cache
def _files() -> dict[str, Path]:
    """Name → file: the folders tell who edits a list, and no two lists share a name."""
    return {path.stem: path for path in CODELISTS.rglob("*.csv")}


@cache
def codes(name: str) -> dict[str, Row]:
    """One small list of `codes.csv`: code → its row (`sv`, `en`), in the order of the file."""
    return {r["code"]: r for r in codelist("codes", "codelist", "code", "sv", "en") if r["codelist"] == name}


def code_label(name: str, code: str, lang: str = "sv") -> str:
    """The words a person sees for a code; an unknown code is shown as it is."""
    return codes(name).get(code, {}).get(lang, code)
