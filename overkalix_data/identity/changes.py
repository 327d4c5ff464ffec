"""What changed on a page between two fetches: two readings with the same ids → rows of `changes`, with quotes."""

from collections import defaultdict
from collections.abc import Iterator

from overkalix_data.base.wording import fold, squeeze
from overkalix_data.identity.recognition import SURE, Wording
from overkalix_data.schema.records import Records, Row

TEXTS = ("goal", "purpose", "results", "description")
LINKED = {
    "funder": ("project_funders", "funder_id"),
    "group": ("project_target_groups", "target_group_id"),
    "contact": ("project_contacts", "contact_id"),
}
"""What is linked to a project → its table, and the key of what it leads to."""
Change = tuple[str, str, str, str]
"""change_code, column, before, after."""


def put_changes(old: Records, new: Records) -> None:
    """Enters into `new` what differs from `old`: both were read with one ledger, so that a project has one id in both.

    Only pages that `old` has a fetch of can have changed.
    """
    sides = _Side(old), _Side(new)
    fetched = {row["source_id"] for row in new.rows["snapshots"].values() if row.get("previous_id")}
    watched = {k for (k,), row in new.rows["projects"].items() if row["source_id"] in fetched}
    for project_id in sorted({k for (k,) in old.rows["projects"]} | watched):
        before, after = (r.rows["projects"].get((project_id,)) for r in (old, new))
        counted: dict[str, int] = {}
        for code, column, was, becomes in _changes(project_id, *sides, before, after):
            counted[code] = counted.get(code, 0) + 1
            new.put(
                "changes", project_id=project_id, change_code=code, position=counted[code], column=column,
                label=(after or before or {}).get("label"), old_text=was, new_text=becomes,
                old_line=(before or {}).get("first_line"), new_line=(after or {}).get("first_line"),
            )  # fmt: skip


def put_labels(records: Records) -> None:
    """Calls each changed project what it is called once people have added titles; one that is gone keeps its name."""
    for row in records.rows["changes"].values():
        row["label"] = records.rows["projects"].get((str(row["project_id"]),), row).get("label")


class _Side:
    """One reading, its links by project."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.links: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for kind, (table, key) in LINKED.items():
            for row in records.rows[table].values():
                self.links[kind, str(row["project_id"])][str(row[key])] = str(row.get("as_published") or row[key])
        points: dict[str, list[str]] = defaultdict(list)
        for row in records.table("contact_points"):
            points[str(row["contact_id"])].append(str(row["value"]))
        self.points = {contact: "; ".join(values) for contact, values in points.items()}


def _changes(project_id: str, old: _Side, new: _Side, before: Row | None, after: Row | None) -> Iterator[Change]:
    if before is None or after is None:
        yield _come_or_gone(project_id, new.records, before, after)
        return
    if before["status_code"] != after["status_code"]:
        code = "finished" if after["status_code"] == "completed" else "status"
        yield code, "status_code", str(before["status_code"]), str(after["status_code"])
    yield from _differing("retitled", before, after, "title")
    if _words(before) != _words(after):
        # The same words under another label are the same text: a new layout is no news.
        yield from _differing("reworded", before, after, *TEXTS)
    yield from _differing("period", before, after, "start", "end")
    if after.get("unit") or before["status_code"] == after["status_code"]:
        # The section of finished projects names no unit: that it is gone is part of being finished.
        yield from _differing("unit", before, after, "unit")
    for kind, (_, column) in LINKED.items():
        was, becomes = (side.links[kind, project_id] for side in (old, new))
        for key in sorted(was.keys() - becomes.keys()):
            yield f"{kind}_removed", column, was[key], ""
        for key in sorted(becomes.keys() - was.keys()):
            yield f"{kind}_added", column, "", becomes[key]
    for contact in sorted(old.links["contact", project_id].keys() & new.links["contact", project_id].keys()):
        points = [side.points.get(contact, "") for side in (old, new)]
        if points[0] != points[1]:
            yield "contact_changed", "contact_id", points[0], points[1]


def _come_or_gone(project_id: str, new: Records, before: Row | None, after: Row | None) -> Change:
    if after is None:
        return "removed", "project_id", _text(before or {}), ""
    identity = new.rows["identities"].get((project_id,), {})
    doubt = identity.get("candidates") and identity.get("match_code") not in SURE
    if doubt:
        return "unclear", "project_id", str(identity["candidates"]), _text(after)
    return "added", "project_id", "", _text(after)


def _differing(code: str, before: Row, after: Row, *columns: str) -> Iterator[Change]:
    for column in columns:
        was, becomes = (str(row.get(column) or "") for row in (before, after))
        if fold(was) != fold(becomes):
            yield code, column, squeeze(was), squeeze(becomes)


def _words(row: Row) -> str:
    return Wording("", "\n".join(str(row.get(c) or "") for c in TEXTS)).words


def _text(row: Row) -> str:
    return squeeze(str(next((row[c] for c in ("title", *TEXTS) if row.get(c)), row.get("label") or "")))
