"""Evidence as W3C Web Annotations: which characters of which source a value came from."""

from base64 import urlsafe_b64encode
from collections import defaultdict
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from overkalix_data.analyse.public_edition import MASK
from overkalix_data.outputs.open_data.dataset import OPEN_TABLES
from overkalix_data.schema.records import id_of

Json = dict[str, Any]
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
