"""What people filled in, in `values.csv` or the form → the records: applied, noted, or told why not; never dropped."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold, key_of, slug
from overkalix_data.curation.addition import FORM_FILES, Addition, FilledIn, put_addition
from overkalix_data.curation.apply_lists import put_listed
from overkalix_data.curation.corrections import given_corrections, put_corrections
from overkalix_data.curation.form_fields import NoValueError, fields
from overkalix_data.curation.links import LISTED
from overkalix_data.schema.curated_files import COLUMNS, LINE, curated_rows
from overkalix_data.schema.records import Records, Row, Value, id_of
from overkalix_data.values.funder import named_funder

VALUES = "values"


@dataclass
class _Target:
    """A cell that something is filled in for, and what is."""

    row: Row
    cell: tuple[str, str, str]
    given: list[tuple[Addition, Value]] = field(default_factory=list)


def given_values(folder: Path) -> list[Addition]:
    """The rows of `values.csv`, as they stand."""
    rows = curated_rows(folder, VALUES)
    return [Addition(f"{VALUES}.csv", row[LINE], *(row[column] for column in COLUMNS[VALUES])) for row in rows]


def put_additions(records: Records, folder: Path) -> None:
    """Lays corrections, then what was filled in, over the records; each is a row of `additions` with its outcome.

    Raises InputError where a file of the folder cannot be read.
    """
    form = _filled_in(folder)
    put_corrections(records, [*given_corrections(folder), *form.corrections])
    put_values(records, [*given_values(folder), *form.additions])


def _filled_in(folder: Path) -> FilledIn:
    """What the forms hold; openpyxl is imported only where there is one."""
    if not any(folder.glob(FORM_FILES)):
        return FilledIn()
    from overkalix_data.curation.form_read import filled_in

    return filled_in(folder)


def put_values(records: Records, additions: Sequence[Addition]) -> None:
    """The additions in their order: first the funders, groups and themes, then the values that stand on them."""
    open_: list[Addition] = []
    for addition in additions:
        if addition.outcome:
            put_addition(records, addition)
        elif addition.field not in fields():
            put_addition(records, replace(addition, outcome="no_field"))
        elif (addition.project_id,) not in records.rows["projects"]:
            put_addition(records, replace(addition, outcome="no_project"))
        elif not fields()[addition.field].table:
            put_addition(records, replace(addition, outcome="noted"))
        else:
            open_.append(addition)
    for addition, outcome, cell in put_listed(records, [a for a in open_ if a.field in LISTED]):
        put_addition(records, replace(addition, outcome=outcome), cell)
    targets = _targets(records, [a for a in open_ if a.field not in LISTED])
    stated = records.stated() if targets else ()
    for target in targets:
        _settle(records, target, is_stated=target.cell in stated)
    for row in records.rows["project_funders"].values():
        given = [int(str(row[part])) for part in ("cash_sek", "in_kind_sek") if row.get(part) is not None]
        if given and row.get("granted_sek") is None:
            row["granted_sek"] = sum(given)  # every sum reads this column: what is divided is also a whole
    for key in [k for k, row in records.rows["project_details"].items() if "value" not in row]:
        del records.rows["project_details"][key]  # asked for, but nothing holds


def _targets(records: Records, additions: Iterable[Addition]) -> list[_Target]:
    """The cells asked for, in the order they are first asked; what has no cell or no value is told at once."""
    targets: dict[tuple[str, str, str], _Target] = {}
    funding = defaultdict[tuple[str, str], list[Row]](list)
    for link in records.rows["project_funders"].values():
        funding[str(link["project_id"]), str(link["funder_id"])].append(link)
    for addition in additions:
        asked = fields()[addition.field]
        row = _row(records, addition, asked.table, funding)
        if row is None:
            put_addition(records, replace(addition, outcome="no_item"))
            continue
        cell = (asked.table, id_of(asked.table, row), asked.column)
        try:
            value = asked.read(addition.value, addition.currency, addition.rate) if addition.value else None
        except NoValueError as error:
            put_addition(records, replace(addition, outcome=error.outcome), cell)
            continue
        targets.setdefault(cell, _Target(row, cell)).given.append((addition, value))
    return list(targets.values())


def _row(records: Records, addition: Addition, table: str, funding: Mapping[tuple[str, str], list[Row]]) -> Row | None:
    """The row that an addition is about: the project, its funder (`id`, name, `id|role`), a group, or a detail."""
    project_id, item = addition.project_id, addition.item
    if table == "projects":
        return records.rows["projects"][(project_id,)]
    if table == "target_groups":
        return records.rows["target_groups"].get((key_of(fold(item)),))
    if table == "project_details":
        of = fields()[addition.field].item_of(item)
        key = {"project_id": project_id, "detail_code": addition.field, "item": of}
        return None if of is None else records.row(table, **key)
    name, _, role = item.partition("|")
    funder = named_funder(name, lists_for())
    funder_id = funder.funder_id if funder else slug(name)
    rows = [r for r in funding.get((project_id, funder_id), ()) if role in ("", r["role_code"])]
    return rows[0] if len(rows) == 1 else None


def _settle(records: Records, target: _Target, *, is_stated: bool) -> None:
    """Which value of a cell holds: the only one, or the newer form's over the one it was made from; else a conflict."""
    kept, edits = ([(a, v) for a, v in target.given if a.is_edit == is_edit] for is_edit in (False, True))
    before, after = {v for _, v in kept}, {v for _, v in edits}
    differ = before and after and before != after and not all(_base(a) in before for a, _ in edits)
    old = target.row.get(target.cell[2])
    if len(before) > 1 or len(after) > 1 or differ:
        outcomes = ["conflict"] * len(target.given)
    elif after == {None}:
        # An emptied cell takes back what a person had filled in; what the page gave is not unsaid by an empty cell.
        outcomes = ["inactive" if kept else "cleared"] * len(target.given)
    else:
        outcome = _applied(target, next(iter(after or before)), is_stated=is_stated)
        outcomes = ["inactive" if after and before != after and not a.is_edit else outcome for a, _ in target.given]
    for (addition, _), outcome in zip(target.given, outcomes, strict=True):
        put_addition(records, replace(addition, outcome=outcome), target.cell, old)


def _applied(target: _Target, value: Value, *, is_stated: bool) -> str:
    """Puts the value in its cell; gives the outcome. What the page itself states, only a correction changes."""
    table, _, column = target.cell
    asked = next(f for f in fields().values() if (f.table, f.column) == (table, column))
    if target.row.get(column) == value:
        return "applied"
    if asked.is_on_page(target.row, is_stated=is_stated):
        return "published"
    target.row[column] = value
    if asked.basis:
        target.row[asked.basis] = "curated"
    if column == "title":
        target.row["label"] = value
    return "applied"


def _base(edit: Addition) -> Value:
    """The value that stood in the cell when the workbook was made."""
    try:
        return fields()[edit.field].read(edit.base) if edit.base else None
    except NoValueError:
        return edit.base
