"""A list that is new to us: what of it is understood; drafts of its row in `sources.csv` and of its site's profile."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from overkalix_data.base.errors import InputError
from overkalix_data.base.page_names import host_of
from overkalix_data.base.paths import PROFILES
from overkalix_data.base.wording import squeeze
from overkalix_data.base.words import say
from overkalix_data.documents.html_elements import Markup, readable
from overkalix_data.documents.source import HTML, Source, read_sources
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records
from overkalix_data.values.place import municipality

SHOWN = 8
"""How many examples are told of each kind."""
LINE = 90
NO_HOST = "WEBBPLATS"
"""Stands for the site where the list does not tell its own address."""


def source_lines(file: str, lang: str) -> list[str]:
    """The report on one file, line by line. Raises InputError where the file cannot be read."""
    if Path(file).is_dir():
        raise InputError("not_a_file", file=file)
    (source,) = read_sources(file)
    records = read_pages([source], []).records
    report = (_understood(records, lang), _not_understood(records, lang))
    drafts = (_draft(source, records, lang), _profile(source, records, lang))
    return list(chain(*report, *drafts))


def _understood(records: Records, lang: str) -> Iterator[str]:
    projects = list(records.rows["projects"].values())
    yield say("new_source.projects", lang, count=len(projects))
    for column in TABLES["projects"].shown("new_source"):
        known = sum(row.get(column.name) is not None for row in projects)
        yield say("new_source.field", lang, field=column.title(lang), known=known, count=len(projects))


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
    codes = {str(row.get("publisher_code", "")) for row in records.rows["projects"].values()}
    code = codes.pop() if len(codes) == 1 else ""
    url = source.url or _own_address(source)
    columns = (
        "source_id",
        "path",
        "publisher_code",
        "url",
        "retrieved_on",
        "media_type",
        "encoding",
        "sha256",
        "licence",
        "note",
    )
    row = {name: getattr(source, name) for name in columns} | {"publisher_code": code, "url": url}
    out = io.StringIO()
    writer = csv.DictWriter(out, row, lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    yield say("new_source.publisher", lang, name=municipality(code)) if code else say("new_source.no_publisher", lang)
    yield say("new_source.draft", lang)
    yield from out.getvalue().splitlines()


def _profile(source: Source, records: Records, lang: str) -> Iterator[str]:
    """What the list does not tell and a profile may: a status where none is said, and the labels that no list knows."""
    assumed = sum(row.get("status_basis") == "assumed" for row in records.rows["projects"].values())
    labels = (row for row in records.table("evidence") if row.get("rule_id") == "unknown_label")
    unknown = sorted({squeeze(str(row["quote"]).partition(":")[0]) for row in labels})
    host = (host_of(source.url or _own_address(source)) or NO_HOST).removeprefix("www.")
    yield say("new_source.profile", lang, file=(PROFILES / f"{host}.toml").relative_to(PROFILES.parents[1]).as_posix())
    yield 'publisher_code = ""'
    if assumed:
        yield f'default_status = "ongoing"  # {say("new_source.assumed", lang, count=assumed)}'
    for label in unknown[:SHOWN]:
        field = f'field = ""  # {say("new_source.which_field", lang)}'
        yield from ("", "[[labels]]", f"words = {json.dumps(label[:LINE], ensure_ascii=False)}", field)


class _Head(Markup):
    """Reads a page's canonical address."""

    address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes the address that the page gives as its own."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel", "").lower() == "canonical":
            self.address = self.address or given.get("href", "")


def _own_address(source: Source) -> str:
    """The address that an HTML page says is its own, where it does."""
    head = _Head()
    if source.media_type == HTML:
        head.feed(readable(source.whole))
    return head.address if head.address.startswith("http") else ""
