"""What a page holds besides its projects → rows and evidence: source, snapshot, headings, logotypes, cards, cells."""

from collections.abc import Mapping

from overkalix_data.base.wording import squeeze
from overkalix_data.documents.source import Source
from overkalix_data.reading.page import LABELLED, Page
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records
from overkalix_data.values.funder import funder_within

USES = {
    "column": "label",
    "year_row": "heading",
    "sheet_name": "heading",
    "unknown_column": "unplaced",
    "unread_table": "unplaced",
}

RULES = {"unknown_column": "unknown_label", "unread_table": "unplaced"}
"""Why characters of a source are no text → their use, and the rule that says so; else they are ignored, by that
very rule."""


def put_source(records: Records, source: Source) -> None:
    """The row of a source, as it was read."""
    records.put("sources", **{c.name: getattr(source, c.name) for c in TABLES["sources"].columns})


def put_snapshot(records: Records, page: Page, known: Mapping[str, int], previous: Page | None = None) -> None:
    """What was read of a fetch, and `known` of how many of its projects: enough to see that the page has shrunk,
    changed its labels or become better."""
    labels = {
        part.words for block in page.blocks for parts in block.parts.values() for part in parts if part.rule in LABELLED
    }
    records.put(
        "snapshots", source_id=page.source.source_id, previous_id=previous.source.source_id if previous else "",
        retrieved_on=page.source.retrieved_on, projects=len(page.blocks), label_text="; ".join(sorted(labels - {""})),
        **known,
    )  # fmt: skip


def put_page(records: Records, page: Page) -> None:
    """What stands on the page outside its projects: each character accounted for, logotypes and cells as rows."""
    source = page.source
    _put_logotypes(records, page)
    cards = [line for card in page.cards for line in ([card.heading] if card.heading else []) + list(card.lines)]
    for use, rule, places in (
        ("heading", "heading", page.sections), ("heading", "page_heading", page.headings),
        ("ignored", "furniture", page.furniture), ("boilerplate", "address", page.addresses),
        ("boilerplate", "card", cards), ("unplaced", "unknown_label", page.unknown_labels),
        ("unplaced", "unplaced", page.unplaced),
    ):  # fmt: skip
        for place in places:
            records.cite(source, (place.start, place.end), use, rule)
    for rule, spans in (("separator", source.separators), ("other_layout", page.other_starts)):
        for span in spans:
            records.cite(source, span, "ignored", rule)
    for at in source.wrong:
        records.cite_source(source, (at, at + 1), source.line_of(at), "ignored", "wrong_byte")
    for start, end, why in source.rendered.silent if source.rendered else ():
        records.cite_source(source, (start, end), source.line_of(start), USES.get(why, "ignored"), RULES.get(why, why))
    for cell in source.cells:
        records.put(
            "cells", source_id=source.source_id, start=cell.start, end=cell.end, sheet=cell.sheet, address=cell.address
        )


def _put_logotypes(records: Records, page: Page) -> None:
    source = page.source
    for line in page.logotypes:
        funder = funder_within(line.text, source.lists)
        row = records.put(
            "logotypes", source_id=source.source_id, line=source.line_at(line.start),
            as_published=squeeze(line.text), name=funder.name if funder else "",
        )  # fmt: skip
        records.cite(source, (line.start, line.end), "boilerplate", "logotype", "logotypes", row, "as_published")
