"""Pages → rows of every table, each value with the characters it came from (contract §3 and §4)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from overkalix_data.base.wording import squeeze
from overkalix_data.documents.source import Source
from overkalix_data.identity.ids import duplicates
from overkalix_data.identity.ledger import Entry, recognise
from overkalix_data.identity.people import SeenPerson, people_of, people_on_cards, put_contacts
from overkalix_data.identity.project_rows import (
    put_funding,
    put_links,
    put_places_and_themes,
    put_project,
    put_target_groups,
)
from overkalix_data.identity.told_project import ToldProject, told_project
from overkalix_data.reading.layouts import parse_page
from overkalix_data.reading.page import LABELLED, Page
from overkalix_data.reading.project_fields import ProjectText, project_text
from overkalix_data.reading.project_money import funder_mentions
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records
from overkalix_data.values.funder import funder_within
from overkalix_data.values.funders_field import Mention
from overkalix_data.values.place import municipality, municipality_code

OWN_SHARE = 0.5
"""Where nothing says who publishes a page: the municipality that funds more than this share of its projects."""


@dataclass(frozen=True)
class ReadSource:
    """A source that was read, as it is told of."""

    source_id: str
    path: str
    retrieved_on: str
    lines: int


@dataclass(frozen=True)
class PageRows:
    """What one page gives alone: its rows, its projects called by their place on it until they have ids."""

    source: ReadSource
    records: Records
    projects: Sequence[ToldProject]
    people: Sequence[SeenPerson]
    on_cards: Sequence[SeenPerson]


def page_rows(page: Page) -> PageRows:
    """All rows of a page. Nothing is guessed: what is computed or assumed says so in its basis column."""
    records, source, texts = Records(), page.source, {str(n): text for n, text in enumerate(_texts(page))}
    projects = [told_project(key, text) for key, text in texts.items()]
    _put_projects(records, page, texts, duplicates(projects))
    read = ReadSource(source.source_id, source.path, source.retrieved_on, len(source.lines))
    return PageRows(read, records, projects, people_of(texts), people_on_cards(page))


def interpret(pages: Sequence[Page], ledger: Sequence[Entry] = ()) -> Records:
    """All rows that the pages give, with lasting ids."""
    return with_ids([page_rows(page) for page in pages], ledger)[0]


def with_ids(pages: Sequence[PageRows], ledger: Sequence[Entry]) -> tuple[Records, list[Entry]]:
    """The rows of all pages as one, which theirs become, and the ledger with the wordings that are new in it."""
    records = Records()
    people = [seen for page in pages for seen in page.people] + [seen for page in pages for seen in page.on_cards]
    projects = [project for page in pages for project in page.projects]
    identities, entries = recognise(projects, ledger, [seen.person for seen in people])
    ids, with_projects = iter(identities), list[SeenPerson]()
    for page in pages:
        names = {project.key: next(ids).project_id for project in page.projects}
        page.records.rename(names.__getitem__)
        records.take(page.records)
        with_projects += [replace(seen, project=names[seen.project]) for seen in page.people]
    for identity in identities:
        columns = vars(identity) | {"likeness": identity.likeness or None, "candidates": "; ".join(identity.candidates)}
        records.put("identities", **columns)
    put_contacts(records, [*with_projects, *people[len(with_projects) :]])
    return records, entries


def _put_projects(records: Records, page: Page, texts: Mapping[str, ProjectText], twins: Mapping[str, str]) -> None:
    """The rows of one page, its projects' and its own."""
    mentions = {i: funder_mentions(t) for i, t in texts.items()}
    publisher = page.source.publisher_code or _derived_publisher(list(mentions.values()))
    own = municipality(publisher) or publisher
    put_source(records, page.source)
    for project_id, text in texts.items():
        named = publisher if municipality(publisher) else ""
        put_project(records, project_id, text, mentions[project_id], named, twins.get(project_id, ""))
        put_funding(records, project_id, text, mentions[project_id], own)
        put_target_groups(records, project_id, text)
        put_places_and_themes(records, project_id, text)
        put_links(records, project_id, text, twins.get(project_id, ""))
    put_page(records, page)
    before = parse_page(page.source.previous) if page.source.previous else None
    put_snapshot(records, page, _known(records, list(texts)), before)
    if before:
        put_snapshot(records, before, _known_alone(before))


def _known_alone(page: Page) -> dict[str, int]:
    """What a page alone says of how many of its projects: its rows are made for that and left."""
    records, texts = Records(), {str(n): text for n, text in enumerate(_texts(page))}
    for project_id, text in texts.items():
        mentions = funder_mentions(text)
        put_project(records, project_id, text, mentions, "", "")
        put_funding(records, project_id, text, mentions, "")
    return _known(records, list(texts))


def _known(records: Records, ids: Sequence[str]) -> dict[str, int]:
    """For how many of these projects title, period, amount and contact are known, of the rows of their page."""
    rows = [records.rows["projects"][project_id,] for project_id in ids]
    granted = {row["project_id"] for row in records.rows["project_funders"].values() if "granted_sek" in row}
    return {
        "titles": sum("title" in row for row in rows),
        "periods": sum("start" in row or "end" in row for row in rows),
        "amounts": sum("total_cost_sek" in row or row["project_id"] in granted for row in rows),
        "contacts": sum("contact_text" in row for row in rows),
    }


def _texts(page: Page) -> list[ProjectText]:
    return [project_text(page.source, block) for block in page.blocks]


def _derived_publisher(projects: list[list[Mention]]) -> str:
    """The SCB code, or for a name outside the list the name, of the municipality that funds most of the projects."""
    named = Counter(
        n for p in projects for n in {m.funder.name for m in p if m.funder.funder_type_code == "municipality"}
    )
    best = sorted(named, key=lambda n: (-named[n], n))[:1]
    if best and named[best[0]] > OWN_SHARE * len([p for p in projects if p]):
        return municipality_code(best[0]) or best[0]
    return ""


USES = {
    "column": "label",
    "year_row": "heading",
    "sheet_name": "heading",
    "unknown_column": "unplaced",
    "unread_table": "unplaced",
}

RULES = {"unknown_column": "unknown_label", "unread_table": "unplaced"}
"""Why characters of a source are no text → their use, and the rule that says so; else ignored, by that very rule."""


def put_source(records: Records, source: Source) -> None:
    """The row of a source, as it was read."""
    records.put("sources", **{c.name: getattr(source, c.name) for c in TABLES["sources"].columns})


def put_snapshot(records: Records, page: Page, filled: Mapping[str, int], previous: Page | None = None) -> None:
    """What was read of a fetch, and `known` of how many of its projects: enough to see that the page has shrunk,
    changed its labels or become better."""
    labels = {
        part.words for block in page.blocks for parts in block.parts.values() for part in parts if part.rule in LABELLED
    }
    records.put(
        "snapshots", source_id=page.source.source_id, previous_id=previous.source.source_id if previous else "",
        retrieved_on=page.source.retrieved_on, projects=len(page.blocks), label_text="; ".join(sorted(labels - {""})),
        **filled,
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
        records.evidence.put(source.whole_text, (at, at + 1), "ignored", "wrong_byte")
    for start, end, why in source.rendered.silent if source.rendered else ():
        records.evidence.put(source.whole_text, (start, end), USES.get(why, "ignored"), RULES.get(why, why))
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
