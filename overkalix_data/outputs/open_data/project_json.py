"""`projekt.json`: one object a project, with all that is linked to it and, as W3C Web Annotations, which characters of
which source each value came from."""

from base64 import urlsafe_b64encode
from collections import defaultdict
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from overkalix_data.analyse.public_edition import MASK
from overkalix_data.outputs.open_data.dataset import OPEN_TABLES, Dataset
from overkalix_data.schema.frames import known_rows
from overkalix_data.schema.records import id_of

Json = dict[str, Any]
LINKED = ("funders", "places", "themes", "target_groups", "links")
"""What the object has under these names; `project_<name>` are the tables of the links."""
PERIOD = {"start": "start", "end": "end", "basis": "period_basis"}


def project_objects(dataset: Dataset) -> list[Json]:
    """The projects by id; what is not known is left out, and never 0."""
    rows = {name: known_rows(dataset.tables[name]) for name in OPEN_TABLES}
    linked = {name: _linked(rows, f"project_{name}") for name in LINKED}
    evidence = annotations(rows)
    return [_object(row, linked, evidence) for row in rows["projects"]]


def _object(row: Json, linked: dict[str, dict[str, list[Json]]], evidence: dict[str, list[Json]]) -> Json:
    project_id = row["project_id"]
    own = {name: value for name, value in row.items() if name not in PERIOD.values()}
    period = {name: row[column] for name, column in PERIOD.items() if column in row}
    more = {name: of[project_id] for name, of in linked.items() if project_id in of}
    return own | ({"period": period} if period else {}) | more | {"evidence": evidence.get(project_id, [])}


def _linked(rows: dict[str, list[Json]], table: str) -> dict[str, list[Json]]:
    """project_id → its rows of a table, each with what the table that it leads to says of its key."""
    other, key = OPEN_TABLES[table].leads_to
    parents = {row[key]: row for row in rows.get(other, [])}
    of: dict[str, list[Json]] = defaultdict(list)
    for row in sorted(rows[table], key=lambda row: row.get("position", 0)):
        mine = {name: value for name, value in row.items() if name != "project_id"}
        of[row["project_id"]].append(parents.get(row.get(key), {}) | mine)
    return of


CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotations(rows: dict[str, list[Json]]) -> dict[str, list[Json]]:
    """project_id → its cells (table, row_id, column), each with the annotation of the characters that gave its value.

    A quote in which a person is masked is no longer the page's own words: then the place alone is told.
    """
    sources = {row["source_id"]: row for row in rows["sources"]}
    cells = {
        (name, id_of(name, row)): row
        for name, table in OPEN_TABLES.items() if table.key[0] == "project_id"
        for row in rows[name]
    }  # fmt: skip
    of: dict[str, list[Json]] = defaultdict(list)
    for evidence in rows["evidence"]:
        cell = evidence["table"], evidence["row_id"], evidence["column"]
        value = cells.get(cell[:2], {}).get(cell[2])
        if value is not None and evidence["use_code"] in ("value", "heading"):
            annotation = _annotation(evidence, sources[evidence["source_id"]], value)
            named = dict(zip(("table", "row_id", "column"), cell, strict=True))
            of[evidence["row_id"].partition("|")[0]].append({**named, "annotation": annotation})
    return of


def _annotation(evidence: Json, source: Json, value: object) -> Json:
    place = {"type": "TextPositionSelector", "start": evidence["start"], "end": evidence["end"]}
    quote = {"type": "TextQuoteSelector", "exact": evidence["quote"]}
    file = _file_iri(source["sha256"])
    cell = "/".join(map(str, (file, *(evidence[k] for k in ("start", "end", "table", "row_id", "column")))))
    return {
        "@context": CONTEXT,
        "id": uuid5(NAMESPACE_URL, cell).urn,
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": str(value)},
        "target": {
            "type": "SpecificResource",
            "source": source.get("url", file),
            "selector": [place] if MASK in evidence["quote"] else [place, quote],
        },
    }


def _file_iri(sha256: str) -> str:
    """The name of exactly these bytes (RFC 6920), where the file has no address."""
    return "ni:///sha-256;" + urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
