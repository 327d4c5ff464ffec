"""A page as it was read: each piece of its text with what it was read as and by which rule, and the layouts that
competed for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from overkalix_data.base.codelist import code_label
from overkalix_data.base.wording import squeeze
from overkalix_data.documents.source import Source
from overkalix_data.identity.project_rows import DETAILS
from overkalix_data.reading.layouts import Reading, readings, weights
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records, Row

SILENT = frozenset({"markup", "site", "separator", "title_sign"})
"""Rules of characters that say nothing of themselves: tags, signs between facts and around titles."""


@dataclass(frozen=True)
class ReadPiece:
    """Characters of one line that were read as one thing."""

    line: int
    quote: str
    project: str
    what: str
    rule: str


def read_pieces(records: Records, lang: str) -> Iterator[ReadPiece]:
    """Every piece of the page in its order; what stands inside another piece (an amount, a place) is told with that."""
    rows = [row for row in records.table("evidence") if row.get("rule_id") not in SILENT]
    last = -1
    for row in sorted(rows, key=lambda row: (int(row["start"] or 0), -int(row["end"] or 0), _rank(row))):
        if int(row["start"] or 0) >= last:
            last = int(row["end"] or 0)
            project = str(row.get("row_id", "")) if row.get("table") == "projects" else ""
            rule = code_label("reading_rule", str(row.get("rule_id", "")), lang)
            yield ReadPiece(int(row["line"] or 0), squeeze(str(row["quote"])), project, _what(row, lang), rule)


def _rank(row: Row) -> int:
    """What a project says comes before what is made of it."""
    return ("projects", "", None).index(row.get("table")) if row.get("table") in ("projects", "", None) else 3


def _what(row: Row, lang: str) -> str:
    """The use, and the column where it is a value or the label of one."""
    use = code_label("use", str(row["use_code"]), lang)
    table, name = str(row.get("table") or ""), str(row.get("column") or "")
    columns = (column.title(lang) for column in (TABLES[table].columns if table else ()) if column.name == name)
    said = next(columns, code_label("detail", DETAILS.get(name, name), lang))
    return f"{use}: {said}" if said else use


@dataclass(frozen=True)
class Layout:
    """A way to read the page: its code and words, how many projects it gives, its score, and what speaks for and
    against it."""

    code: str
    title: str
    projects: int
    score: float
    terms: str
    sure: bool
    """Whether no other way comes near it."""


def layouts_of(source: Source, lang: str) -> list[Layout]:
    """The layouts that the page can be read in, the best first."""
    found = readings(source)
    margin = found[0].score - found[1].score if len(found) > 1 else weights()["uncertain"]
    return [_layout(r, lang, sure=margin >= weights()["uncertain"]) for r in found]


def _layout(reading: Reading, lang: str, *, sure: bool) -> Layout:
    terms = ", ".join(
        f"{code_label('layout_term', name, lang)} {weights()[name] * value:+.1f}"
        for name, value in reading.terms.items()
        if round(weights()[name] * value, 1)
    )
    title = code_label("layout", reading.layout, lang) + f" {reading.look}".rstrip()
    return Layout(reading.layout, title, len(reading.page.blocks), reading.score, terms, sure)
