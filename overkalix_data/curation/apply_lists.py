"""Funders, target groups and themes that a person adds to a project, or takes from it."""

from collections.abc import Iterator, Sequence

from overkalix_data.base.codelist import Row as CodeRow
from overkalix_data.base.codelist import codelist
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import code_named, fold, key_of
from overkalix_data.curation.addition import Addition
from overkalix_data.curation.links import LISTED, Links
from overkalix_data.schema.records import Records, Row, id_of
from overkalix_data.values.funder import any_funder

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
    links = {field: Links(records, field) for field in {addition.field for addition in additions}}
    for addition in additions:
        of = links[addition.field]
        actions = wanted[_asked(addition)]
        outcome, row = ("conflict", "") if len(actions) > 1 else _put(records, of, addition, next(iter(actions)))
        yield addition, outcome, (of.table, row, of.key)


def _asked(addition: Addition) -> tuple[str, str, str]:
    return addition.project_id, addition.field, fold(addition.item)


def _action(addition: Addition) -> str:
    """A role, `add` or `remove`; empty where the words are none of them."""
    if not addition.value:
        return "co_funder" if addition.field == "funder" else "add"
    is_removed = code_named("listing", addition.value) == REMOVE
    return REMOVE if is_removed else code_named(ACTIONS[addition.field], addition.value)


def _put(records: Records, links: Links, addition: Addition, action: str) -> tuple[str, str]:
    """The outcome, and the id of the link."""
    named = _named(addition)
    if not action or not named:
        return ("no_item" if action else "bad_value"), ""
    of_it = [r for r in links.found(addition.project_id, str(named[links.key])) if r[links.key] == named[links.key]]
    if action == REMOVE:
        links.remove(of_it)
        return ("applied" if of_it else "no_item"), ""
    if of_it:
        return "applied", id_of(links.table, of_it[0])
    records.put(links.parent, **named)
    own: dict[str, Row] = {
        "funder": {"role_code": action},
        "target_group": {"as_published": addition.item},
        "theme": {"scheme_code": "local", "basis": "curated"},
    }
    return "applied", links.put(
        **own[addition.field], **{"project_id": addition.project_id, links.key: named[links.key]}
    )


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
