"""Raw and curated folders → records: pages read, ids recognised, what people added laid over, what changed told."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from overkalix_data.curation.apply import put_additions
from overkalix_data.documents.source import Source, read_sources
from overkalix_data.identity.changes import put_changes, put_labels
from overkalix_data.identity.ledger import Entry, read_ledger
from overkalix_data.identity.rows import interpret_with
from overkalix_data.identity.several_pages import put_same_projects
from overkalix_data.reading.layouts import parse_page
from overkalix_data.schema.records import Records


@dataclass(frozen=True)
class ReadProjects:
    """What was read: the sources, the rows, and the ledger with the wordings that are new in it."""

    sources: Sequence[Source]
    records: Records
    ledger: Sequence[Entry]


def read_projects(raw: str, curated: Path) -> ReadProjects:
    """The current pages with what people added. Raises InputError where a page or a curated file cannot be read."""
    sources = read_sources(raw)
    reading = read_pages(sources, read_ledger(curated))
    put_additions(reading.records, curated)
    put_labels(reading.records)
    put_same_projects(reading.records, curated)
    return reading


def read_pages(sources: Sequence[Source], ledger: Sequence[Entry]) -> ReadProjects:
    """The pages alone. A source's earlier fetch is read first, so that ids last and changes are told."""
    earlier = [source.previous for source in sources if source.previous]
    old, entries = interpret_with([parse_page(source) for source in earlier], ledger)
    records, entries = interpret_with([parse_page(source) for source in sources], entries)
    if earlier:
        put_changes(old, records)
    return ReadProjects(sources, records, entries)
