"""Raw and curated folders → records: pages read, ids recognised, what people added laid over, what changed told."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from overkalix_data.base.pool import pooled
from overkalix_data.curation.apply import put_additions
from overkalix_data.documents.source import Source, WaitingSource, waiting_sources
from overkalix_data.identity.changes import put_changes, put_labels
from overkalix_data.identity.ledger import Entry, read_ledger
from overkalix_data.identity.rows import PageRows, ReadSource, page_rows, with_ids
from overkalix_data.identity.several_pages import put_same_projects
from overkalix_data.reading.layouts import parse_page
from overkalix_data.schema.records import Records

ENOUGH_FOR_TWO = 2 * 2**20
"""Bytes of the sources: what more take to read is longer than a process takes to start."""


@dataclass(frozen=True)
class ReadProjects:
    """What was read: the sources, the rows, and the ledger with the wordings that are new in it."""

    sources: Sequence[ReadSource]
    records: Records
    ledger: Sequence[Entry]


def read_projects(raw: str, curated: Path) -> ReadProjects:
    """The current pages with what people added. Raises InputError where a page or a curated file cannot be read.

    Many or long files are read side by side.
    """
    waiting = waiting_sources(raw)
    workers = min(os.cpu_count() or 1, len(waiting)) if sum(one.size for one in waiting) > ENOUGH_FOR_TWO else 1
    read = pooled(_read, waiting, workers, "read_worker") if workers > 1 else [_read(one) for one in waiting]
    reading = _of_pages(sorted(read, key=lambda fetches: fetches[-1].source.source_id), read_ledger(curated))
    put_additions(reading.records, curated)
    put_labels(reading.records)
    put_same_projects(reading.records, curated)
    return reading


def read_pages(sources: Sequence[Source], ledger: Sequence[Entry]) -> ReadProjects:
    """The pages alone. A source's earlier fetch is read first, so that ids last and changes are told."""
    return _of_pages([_fetches(source) for source in sources], ledger)


def _read(waiting: WaitingSource) -> list[PageRows]:
    return _fetches(waiting.read())


def _fetches(source: Source) -> list[PageRows]:
    """The rows of the page as it was fetched before, where it was, and now."""
    return [page_rows(parse_page(fetch)) for fetch in (source.previous, source) if fetch]


def _of_pages(fetches: Sequence[Sequence[PageRows]], ledger: Sequence[Entry]) -> ReadProjects:
    earlier = [before for *before_now, _ in fetches for before in before_now]
    old, entries = with_ids(earlier, ledger)
    records, entries = with_ids([now for *_, now in fetches], entries)
    if earlier:
        put_changes(old, records)
    return ReadProjects([now.source for *_, now in fetches], records, entries)
