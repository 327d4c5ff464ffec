"""`projekt.json`: one object a project, with all that is linked to it and where each value stands on the page."""

from collections import defaultdict
from typing import Any

from overkalix_data.outputs.open_data.annotations import annotations
from overkalix_data.outputs.open_data.dataset import OPEN_TABLES, Dataset
from overkalix_data.schema.frames import known_rows

Json = dict[str, Any]
LINKED = {
    "funders": ("project_funders", "funders", "funder_id"),
    "places": ("project_places", "places", "place_id"),
    "themes": ("project_themes", "themes", "theme_code"),
    "target_groups": ("project_target_groups", "target_groups", "target_group_id"),
    "links": ("project_links", "", ""),
}
"""Name in the object → the table of what is linked, the table that tells more of it, and the key between them."""
PERIOD = {"start": "start", "end": "end", "basis": "period_basis"}


def project_objects(dataset: Dataset) -> list[Json]:
    """The projects by id; what is not known is left out, and never 0."""
    rows = {name: known_rows(dataset.tables[name]) for name in OPEN_TABLES}
    linked = {name: _linked(rows, *tables) for name, tables in LINKED.items()}
    evidence = annotations(rows)
    return [_object(row, linked, evidence) for row in rows["projects"]]


def _object(row: Json, linked: dict[str, dict[str, list[Json]]], evidence: dict[str, list[Json]]) -> Json:
    project_id = row["project_id"]
    own = {name: value for name, value in row.items() if name not in PERIOD.values()}
    period = {name: row[column] for name, column in PERIOD.items() if column in row}
    more = {name: of[project_id] for name, of in linked.items() if project_id in of}
    return own | ({"period": period} if period else {}) | more | {"evidence": evidence.get(project_id, [])}


def _linked(rows: dict[str, list[Json]], table: str, other: str, key: str) -> dict[str, list[Json]]:
    """project_id → its rows of a table, each with what the other table says of its key."""
    told = {row[key]: row for row in rows.get(other, [])}
    of: dict[str, list[Json]] = defaultdict(list)
    for row in sorted(rows[table], key=lambda row: row.get("position", 0)):
        mine = {name: value for name, value in row.items() if name != "project_id"}
        of[row["project_id"]].append(told.get(row.get(key), {}) | mine)
    return of
