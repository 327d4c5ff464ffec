"""`datapackage.json`: the tables described as a Data Package (v2, https://datapackage.org), all of it from the schema.

`fieldsMatch` is left out: the published profile types it as a list, the standard as a word.
"""

import hashlib
from pathlib import Path
from typing import Any

from overkalix_data.base.codelist import codes
from overkalix_data.base.words import say
from overkalix_data.outputs.open_data.dataset import NAME, OPEN_TABLES, Dataset
from overkalix_data.schema.column import PATTERNS, Column, ColumnType, Table

Json = dict[str, Any]
PROFILES = "https://datapackage.org/profiles/2.0/"
STANDARD = "https://datapackage.org/standard/data-package/"
TYPES: dict[ColumnType, Json] = {
    "int": {"type": "integer"}, "money": {"type": "integer"}, "percent": {"type": "number"}, "date": {"type": "date"},
    "url": {"type": "string", "format": "uri"},
}  # fmt: skip
"""Type of column → type of field; the others are strings."""


def data_package(dataset: Dataset, folder: Path) -> Json:
    """The package whose tables stand as `<folder>/data/<table>.csv`; what is not known is left out."""
    decided, licence = dataset.publication, dataset.publication.licence_row
    package = {
        "$schema": f"{PROFILES}datapackage.json",
        "name": NAME,
        "title": say("open.title"),
        "description": say("open.description", publisher=dataset.publisher or say("unknown")),
        "homepage": decided.homepage,
        "version": dataset.version,
        "keywords": say("open.keywords").split("; "),
        "licenses": licence and [{"name": licence["licence"], "path": licence["url"], "title": licence["title"]}],
        "contributors": dataset.publisher and [{"title": dataset.publisher, "roles": ["publisher"]}],
        "sources": [
            {"title": path, **({"path": url} if isinstance(url, str) else {})}
            for path, url in dataset.tables["sources"][["path", "url"]].itertuples(index=False)
        ],
        "resources": [_resource(table, (folder / _path(table)).read_bytes()) for table in OPEN_TABLES.values()],
    }
    return {key: value for key, value in package.items() if value}


def _path(table: Table) -> str:
    return f"data/{table.name}.csv"


def _resource(table: Table, data: bytes) -> Json:
    references = [_reference(column, table) for column in table.columns if column.refers_to]
    return {
        "$schema": f"{PROFILES}dataresource.json",
        "name": table.name,
        "type": "table",
        "path": _path(table),
        "title": table.title(),
        "description": table.description(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"$schema": f"{PROFILES}tabledialect.json", "delimiter": ",", "lineTerminator": "\n"},
        "schema": {
            "$schema": f"{PROFILES}tableschema.json",
            "fields": [_field(column, is_key=table.key == (column.name,)) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            **({"foreignKeys": references} if references else {}),
        },
    }


def _field(column: Column, *, is_key: bool) -> Json:
    labels = codes(column.codelist) if column.codelist else {}
    constraints = {
        "required": column.required or column.key,
        "unique": is_key,
        "pattern": PATTERNS.get(column.type) if column.type not in TYPES else None,
        "enum": list(labels),
        "minimum": None if column.type not in ("int", "money", "percent") else 0,
    }
    held = {key: value for key, value in constraints.items() if value or (key == "minimum" and value is not None)}
    return {
        "name": column.name,
        **TYPES.get(column.type, {"type": "string"}),
        "title": column.title(),
        "description": column.description(),
        **({"constraints": held} if held else {}),
        **({"categories": [{"value": code, "label": row["sv"]} for code, row in labels.items()]} if labels else {}),
    }


def _reference(column: Column, table: Table) -> Json:
    """A foreign key; a table that refers to itself is the empty name."""
    other = "" if column.refers_to == table.name else column.refers_to
    return {
        "fields": [column.name],
        "reference": {"resource": other, "fields": list(OPEN_TABLES[column.refers_to].key)},
    }
