"""Funders, target groups and themes that a person adds to a project, or takes from it."""

from collections.abc import Iterator, Sequence

from overkalix_data.base.codelist import Row as CodeRow
from overkalix_data.base.codelist import codelist
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import code_named, fold, key_of
from overkalix_data.curation.addition import Addition
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import row_id
from overkalix_data.schema.records import Records, Row, id_of
from overkalix_data.values.funder import any_funder

LISTED = {
    "funder": ("project_funders", "funders", "funder_id"),
    "target_group": ("project_target_groups", "target_groups", "target_group_id"),
    "theme": ("project_themes", "themes", "theme_code"),
}
"""Field → the table of links that it adds a row to, what the link leads to, and the key of that."""
ACTIONS = dict.fromkeys(LISTED, "listing") | {"funder": "role"}
"""Field → the list that its value is of: what is done, or as what a funder is added."""
REMOVE = "remove"
Tried = tuple[Addition, str, tuple[str, str, str]]
"""The addition, its outcome, and the cell it is about."""


def put_listed(records: Records, additions: Sequence[Addition]) -> Iterator[Tried]:
    """Each addition's outcome, as it is tried. A funder's value is its role or `remove`, a group's `add` too."""
    wanted: dict[tuple[str, str, str], set[str]] = {}
    for addition in additions:
        wanted.setdefault(_asked(addition), set()).add(_action(addition))
    for addition in additions:
        table, _, key = LISTED[addition.field]
        actions = wanted[_asked(addition)]
        outcome, row = ("conflict", "") if len(actions) > 1 else _put(records, addition, next(iter(actions)))
        yield addition, outcome, (table, row, key)


def remove_links(records: Records, table: str, links: Sequence[Row]) -> None:
    """Takes links away with their evidence, and what only they led to; the field's own words stay covered."""
    parent, key = next((parent, key) for linking, parent, key in LISTED.values() if linking == table)
    gone = [tuple(str(link.get(k) or "") for k in TABLES[table].key) for link in links]
    for key_ in gone:
        del records.rows[table][key_]
    ids = {row_id(*key_) for key_ in gone}
    for k in [k for k, e in records.rows["evidence"].items() if e.get("table") == table and e.get("row_id") in ids]:
        del records.rows["evidence"][k]
    left = {row[key] for row in records.rows[table].values()}
    for k in [k for k in records.rows[parent] if k[0] not in left]:
        del records.rows[parent][k]


def _asked(addition: Addition) -> tuple[str, str, str]:
    return addition.project_id, addition.field, fold(addition.item)


def _action(addition: Addition) -> str:
    """A role, `add` or `remove`; empty where the words are none of them."""
    if not addition.value:
        return "co_funder" if addition.field == "funder" else "add"
    is_removed = code_named("listing", addition.value) == REMOVE
    return REMOVE if is_removed else code_named(ACTIONS[addition.field], addition.value)


def _put(records: Records, addition: Addition, action: str) -> tuple[str, str]:
    """The outcome, and the id of the link."""
    table, parent, key = LISTED[addition.field]
    named = _named(addition)
    if not action or not named:
        return ("no_item" if action else "bad_value"), ""
    of_project = [r for r in records.rows[table].values() if r["project_id"] == addition.project_id]
    links = [r for r in of_project if r[key] == named[key]]
    if action == REMOVE:
        remove_links(records, table, links)
        return ("applied" if links else "no_item"), ""
    if links:
        return "applied", id_of(table, links[0])
    records.put(parent, **named)
    last = max((p for r in of_project if isinstance(p := r.get("position"), int)), default=0)
    own: dict[str, Row] = {
        "funder": {"role_code": action},
        "target_group": {"as_published": addition.item},
        "theme": {"scheme_code": "local", "basis": "curated"},
    }
    values = own[addition.field] | {"project_id": addition.project_id, key: named[key], "position": last + 1}
    return "applied", records.put(table, **values)


def _named(addition: Addition) -> Row | None:
    """The row of what is named: a listed funder or one of that very name, a target group, a listed theme."""
    if addition.field == "funder":
        funder = any_funder(addition.item, lists_for())
        return {**vars(funder)} if funder.funder_id else None
    if addition.field == "target_group":
        key = key_of(fold(addition.item))
        return {"target_group_id": key, "name": addition.item} if key else None
    row = named_theme(addition.item)
    return {**row, "scheme_code": "local"} if row else None


def named_theme(words: str) -> CodeRow | None:
    """The listed theme of that code or name, in either language."""
    names = ("theme_code", "name", "name_en")
    return next((r for r in codelist("themes") if fold(words) in {fold(r[name]) for name in names}), None)
