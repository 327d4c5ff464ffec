"""A list that is new to us: what of it is understood; drafts of its row in `sources.csv` and of its site's profile."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

from overkalix_data.base.codelist import code_label, codes, csv_text
from overkalix_data.base.errors import InputError
from overkalix_data.base.lists import lists_for
from overkalix_data.base.page_names import host_of
from overkalix_data.base.paths import PROFILES
from overkalix_data.base.wording import DASHES, squeeze
from overkalix_data.base.words import decimal, say
from overkalix_data.documents.html_tag_kinds import Markup, readable
from overkalix_data.documents.source import HTML, Source, read_sources
from overkalix_data.identity.project_rows import DETAILS
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.reading.layouts import readings, weights
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records, Row
from overkalix_data.values.funder import Funder, municipality_named, named_funder
from overkalix_data.values.place import municipality, municipality_code

SHOWN = 8
"""How many examples are told of each kind."""
COLUMNS = ("source_id", "path", "publisher_code", "url", "retrieved_on", "media_type", "encoding", "sha256", "licence",
           "note")  # fmt: skip
"""Of `sources.csv`, in their order."""
LINE, SHORT = 90, 50
PIECES = 60
"""Pieces of the page that the terminal shows; the HTML file has them all."""
SILENT = frozenset({"markup", "site", "separator", "title_sign"})
"""Rules of characters that say nothing of themselves: tags, signs between facts and around titles."""
NO_HOST = "WEBBPLATS"
"""Stands for the site where the list does not tell its own address."""


class ReadPiece(NamedTuple):
    """Characters of one line that were read as one thing."""

    line: int
    what: str
    rule: str
    project: str
    quote: str


@dataclass(frozen=True)
class SourceReport:
    """What a new list was read as: the layouts that competed for it, every piece of its text, and the report."""

    layouts: Sequence[str]
    pieces: Sequence[ReadPiece]
    lines: Sequence[str]


def source_report(file: str, lang: str) -> SourceReport:
    """The report on one file. Raises InputError where the file cannot be read."""
    if Path(file).is_dir():
        raise InputError("not_a_file", file=file)
    (source,) = read_sources(file)
    records = read_pages([source], []).records
    layouts, pieces = list(_layouts(source, lang)), list(_pieces(records, lang))
    report = (_understood(records, lang), layouts, _page(pieces, lang), _not_understood(records, lang))
    drafts = (_draft(source, records, lang), _profile(source, records, lang))
    return SourceReport(layouts, pieces, list(chain(*report, *drafts)))


def _layouts(source: Source, lang: str) -> Iterator[str]:
    """The layout that won, how sure that is, and those that lost: projects, score, what speaks for and against each."""
    candidates = readings(source)
    is_sure = len(candidates) < 2 or candidates[0].score - candidates[1].score >= weights()["uncertain"]
    for n, reading in enumerate(candidates):
        points = {name: round(weights()[name] * value, 1) for name, value in reading.terms.items()}
        told_of = ((code_label("layout_term", name, lang), n) for name, n in points.items() if n)
        terms = ", ".join(f"{term} {'+' * (n > 0)}{decimal(n, lang, 1)}" for term, n in told_of)
        title = code_label("layout", reading.layout, lang) + f" {reading.look}".rstrip()
        facts = {"layout": title, "code": reading.layout, "count": len(reading.page.blocks), "terms": terms}
        key = "new_source.lost" if n else "new_source.won" if is_sure else "new_source.unsure"
        yield say(key, lang, score=decimal(reading.score, lang, 1), **facts).rstrip(": ")


def _page(pieces: Sequence[ReadPiece], lang: str) -> Iterator[str]:
    """The first lines of the page: number, what was read, by which rule, and the words."""
    yield say("new_source.lines", lang, shown=min(len(pieces), PIECES), count=len(pieces))
    shown = pieces[:PIECES]
    what, rule = (max((len(getattr(p, name)) for p in shown), default=0) for name in ("what", "rule"))
    for piece in shown:
        quote = shorten(piece.quote, SHORT, placeholder=" …")
        yield f"{piece.line:>5}  {piece.what:{what}}  {piece.rule:{rule}}  {quote}"


def _understood(records: Records, lang: str) -> Iterator[str]:
    projects = list(records.rows["projects"].values())
    yield say("new_source.projects", lang, count=len(projects))
    for column in TABLES["projects"].shown("new_source"):
        filled = sum(row.get(column.name) is not None for row in projects)
        yield say("new_source.field", lang, field=column.title(lang), known=filled, total=len(projects))


def _not_understood(records: Records, lang: str) -> Iterator[str]:
    evidence = [row for row in records.table("evidence") if row["use_code"] == "unplaced"]
    labels = [row for row in evidence if row.get("rule_id") == "unknown_label"]
    rest = [row for row in evidence if row.get("rule_id") != "unknown_label"]
    unknown = [row for row in records.table("funders") if not row.get("funder_type_code")]
    for key, rows, column in (("labels", labels, "quote"), ("unplaced", rest, "quote"), ("funders", unknown, "name")):
        yield say(f"new_source.{key}", lang, count=len(rows))
        yield from (f"  {squeeze(str(row[column]))[:LINE]}" for row in rows[:SHOWN])


def _draft(source: Source, records: Records, lang: str) -> Iterator[str]:
    """The row, with what the list itself tells of its publisher; address, day and licence are a person's to fill in."""
    publishers = {str(row.get("publisher_code", "")) for row in records.rows["projects"].values()}
    head = _head(source)
    titled = _publisher_of(head.title)
    code = titled or (publishers.pop() if len(publishers) == 1 else "")
    url = source.url or head.address
    row = {name: getattr(source, name) for name in COLUMNS} | {"publisher_code": code, "url": url}
    key = "titled" if titled else "publisher" if code else "no_publisher"
    yield say(f"new_source.{key}", lang, name=municipality(code))
    yield say("new_source.draft", lang)
    yield from csv_text([row], row).splitlines()


def _profile(source: Source, records: Records, lang: str) -> Iterator[str]:
    """What the list does not tell and a profile may: a status where none is said, and the labels that no list knows."""
    assumed = sum(row.get("status_basis") == "assumed" for row in records.rows["projects"].values())
    labels = (row for row in records.table("evidence") if row.get("rule_id") == "unknown_label")
    unknown = sorted({squeeze(str(row["quote"]).partition(":")[0]) for row in labels})
    host = (host_of(source.url or _head(source).address) or NO_HOST).removeprefix("www.")
    yield say("new_source.profile", lang, file=(PROFILES / f"{host}.toml").relative_to(PROFILES.parents[1]).as_posix())
    yield 'publisher_code = ""'
    yield f'# layout = "labelled"  # {say("new_source.which_layout", lang, codes=", ".join(codes("layout")))}'
    if assumed:
        yield f'default_status = "ongoing"  # {say("new_source.assumed", lang, count=assumed)}'
    for label in unknown[:SHOWN]:
        field = f'field = ""  # {say("new_source.which_field", lang)}'
        yield from ("", "[[labels]]", f"words = {json.dumps(label[:LINE], ensure_ascii=False)}", field)


class _Head(Markup):
    """Reads what a page's head says of it: its canonical address and its title."""

    address = title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes the address that the page gives as its own."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel", "").lower() == "canonical":
            self.address = self.address or given.get("href", "")

    def handle_data(self, data: str) -> None:
        """Takes the words of the page's own title: the first, since pictures (SVG) have titles too."""
        if self.lasttag == "title":
            self.title = self.title or data.strip()


def _head(source: Source) -> _Head:
    """What the head of an HTML page says; nothing of any other source."""
    head = _Head()
    if source.media_type == HTML:
        head.feed(readable(source.whole))
    head.address = head.address if head.address.startswith("http") else ""
    return head


def _publisher_of(title: str) -> str:
    """The SCB code of the one municipality that a part of a page's title is: `Projekt - Överkalix kommun`."""
    parts = [part.strip() for part in re.split(rf"\s[{DASHES}|]\s|\|", title)]
    named = {municipality_code(m.name) for part in parts if (m := _municipality(part))}
    return named.pop() if len(named) == 1 else ""


def _municipality(name: str) -> Funder | None:
    funder = named_funder(name, lists_for()) or municipality_named(name, lists_for())
    return funder if funder and municipality_code(funder.name) else None


def _pieces(records: Records, lang: str) -> Iterator[ReadPiece]:
    """Every piece of the page in its order; what stands inside another piece (an amount, a place) is told with that."""
    rows = [row for row in records.table("evidence") if row.get("rule_id") not in SILENT]
    last = -1
    for row in sorted(rows, key=lambda row: (int(row["start"] or 0), -int(row["end"] or 0), _rank(row))):
        if int(row["start"] or 0) >= last:
            last = int(row["end"] or 0)
            project = str(row.get("row_id", "")) if row.get("table") == "projects" else ""
            rule = code_label("reading_rule", str(row.get("rule_id", "")), lang)
            yield ReadPiece(int(row["line"] or 0), _what(row, lang), rule, project, squeeze(str(row["quote"])))


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
