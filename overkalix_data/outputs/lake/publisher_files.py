"""One municipality's fetches → its files in the lake: what a worker does, alone and as often as it is asked."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from overkalix_data.base.errors import InputError
from overkalix_data.documents.source import Source, read_sources
from overkalix_data.identity.ledger import Entry
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.identity.several_pages import SeenProject, put_first, seen_projects
from overkalix_data.outputs.lake.page_folders import Publisher
from overkalix_data.outputs.open_data.parquet import write_rows
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records, Row, id_of

NOT_OF_A_PAGE = ("findings", "checks", "additions")
"""Tables that the lake leaves out: `check` and the curated folder make them, of one municipality at a time."""
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True)
class WrittenPublisher:
    """What of a municipality the others must know of."""

    files: Mapping[str, str]
    """source_id → its file's place under each table."""
    current: tuple[str, ...]
    """The files of the newest fetch."""
    seen: tuple[SeenProject, ...]
    """The projects of the newest fetch, as little of each as tells whether another page has it too."""


def write_publisher(publisher: Publisher, out: str) -> WrittenPublisher:
    """Reads the fetches, oldest first, so that ids last, and writes their rows. Raises InputError as reading does."""
    ledger: Sequence[Entry] = ()
    files: dict[str, str] = {}
    for fetch in publisher.fetches:
        folders = ((part, source) for part, folder in fetch.folders for source in read_sources(folder))
        named = (_named(source, publisher, fetch.day, part) for part, source in folders)
        sources = sorted(named, key=lambda source: source.source_id)
        ids = Counter([*files, *(source.source_id for source in sources)])
        if twice := next((one for one, times in ids.items() if times > 1), ""):
            raise InputError("lake_twice", file=fetch.folders[0][1], value=twice)
        reading = read_pages(sources, ledger)
        records, ledger = reading.records, reading.ledger
        if publisher.name:  # two of one id in two municipalities are two
            records.rename(f"{publisher.name}-{{}}".format, f"{publisher.name}-{{}}".format)
        seen = seen_projects(records)
        if fetch is not publisher.fetches[-1]:
            put_first(records, seen)
        of_fetch = _write(records, sources, Path(out))
        files |= of_fetch
    return WrittenPublisher(files, tuple(sorted(of_fetch.values())), tuple(_without_names(seen, records)))


def _named(source: Source, publisher: Publisher, day: str, part: str) -> Source:
    """The source with what its folder tells and it does not, and an id that no other in the lake has."""
    retrieved_on = source.retrieved_on or (day if len(day) == len("2026-11-23") else "")
    return replace(
        source, source_id="-".join(filter(None, (publisher.name, retrieved_on or day, part, source.source_id))),
        publisher_code=source.publisher_code or publisher.code, retrieved_on=retrieved_on,
        previous=_named(source.previous, publisher, day, part) if source.previous else None,
    )  # fmt: skip


def _without_names(seen: Sequence[SeenProject], records: Records) -> list[SeenProject]:
    """A contact is known by number and address alone: one name in two municipalities is two people."""
    points: defaultdict[str, set[str]] = defaultdict(set)
    for row in records.rows["contact_points"].values():
        points[str(row["contact_id"])].add(str(row["value"]))
    return [replace(one, contacts=frozenset(p for c in one.contacts for p in points[c])) for one in seen]


def _write(records: Records, sources: Sequence[Source], out: Path) -> dict[str, str]:
    """One file a table and source; gives the source's place under each table."""
    codes = {str(row["source_id"]): row.get("publisher_code", "") for row in records.rows["projects"].values()}
    places = {}
    for source in sources:
        code = source.publisher_code or codes.get(source.source_id, "")
        partition = {"publisher_code": code, "retrieved_on": source.retrieved_on}
        folders = [f"{name}={quote(str(value), safe='') or UNKNOWN}" for name, value in partition.items()]
        places[source.source_id] = "/".join((*folders, f"{quote(source.source_id, safe='')}.parquet"))
    for (table, source_id), rows in _by_source(records, [s.source_id for s in sources]).items():
        write_rows(rows, TABLES[table], out / table / places[source_id])
    return places


def _by_source(records: Records, source_ids: Sequence[str]) -> dict[tuple[str, str], list[Row]]:
    """(table, source_id) → its rows, sorted by key. What several sources have (a funder, a contact) is each one's."""
    of_project = {key[0]: str(row["source_id"]) for key, row in records.rows["projects"].items()}
    of_row: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    rows_of: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for source_id, kind, row_id in records.evidence.cells():
        of_row[kind.table, row_id].add(source_id)
        if kind.table == "contact_points":
            of_row["contacts", row_id.partition("|")[0]].add(source_id)
    shared = []
    for name, table in TABLES.items():
        columns = {column.name for column in table.columns}
        if name in NOT_OF_A_PAGE:
            continue
        if not columns & {"project_id", "source_id"}:
            shared.append(name)
            continue
        for row in records.table(name):
            owner = str(row.get("source_id") or of_project.get(str(row.get("project_id")), ""))
            owner = owner if owner in source_ids else source_ids[0]
            rows_of[name, owner].append(row)
            for column in table.columns:
                if column.refers_to and row.get(column.name):
                    of_row[column.refers_to, str(row[column.name])].add(owner)
    for name in shared:
        for row in records.table(name):
            owners = of_row[name, id_of(name, row)] or of_row["contacts", str(row.get("contact_id"))]
            for owner in sorted(owners or {source_ids[0]}):
                rows_of[name, owner].append(row)
    return rows_of
