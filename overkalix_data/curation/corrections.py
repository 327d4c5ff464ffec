"""Corrections: words of the page that are wrong, each with what it expects to find; where that is gone it says so."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from overkalix_data.base.codelist import code_label
from overkalix_data.base.errors import InputError
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold, squeeze
from overkalix_data.curation.addition import Addition, Correction, put_addition
from overkalix_data.curation.form_fields import NoValueError, fields, typed
from overkalix_data.curation.links import LISTED, Links
from overkalix_data.schema.curated_files import COLUMNS, LINE, curated_rows
from overkalix_data.schema.records import Records, id_of
from overkalix_data.values.funder import any_funder
from overkalix_data.values.mentions import short_label

CORRECTIONS = "corrections"
MOST_EVERYWHERE = 500
"""Corrections of words that name no project: each is looked for in all of them."""
LABELLED = ("title", "goal", "purpose", "description", "target_group_text", "funder_text")
"""The columns that a project's label is taken from, in their order."""


def given_corrections(folder: Path) -> list[Correction]:
    """The rows of `corrections.csv`. Raises InputError where one lacks a cell that it must have."""
    rows = curated_rows(folder, CORRECTIONS)
    return [
        Correction(f"{CORRECTIONS}.csv", row[LINE], *(row[column] for column in COLUMNS[CORRECTIONS])) for row in rows
    ]


def put_corrections(records: Records, corrections: Sequence[Correction]) -> None:
    """Corrects the records' values; the evidence goes on quoting the page as it stands.

    Raises InputError (`too_many_corrections`) where more than `MOST_EVERYWHERE` are to be looked for in every project.
    """
    everywhere = [c for c in corrections if not c.project_id and c.field not in LISTED]
    if len(everywhere) > MOST_EVERYWHERE:
        last = everywhere[MOST_EVERYWHERE]
        raise InputError("too_many_corrections", file=f"{last.file}, {last.place}", limit=MOST_EVERYWHERE)
    links = {field: Links(records, field) for field in {c.field for c in corrections} & set(LISTED)}
    for correction in settled(corrections):
        if correction.outcome or correction.status_code != "active":
            _tell(records, correction, correction.outcome or "inactive")
            continue
        of = links.get(correction.field)
        cells = _correct_link(records, of, correction) if of else _correct_text(records, correction)
        if isinstance(cells, str):
            _tell(records, correction, cells)
        for cell in [] if isinstance(cells, str) else cells or [("", "", "")]:
            _tell(records, correction, "applied" if cells else "original_gone", cell)


def settled(corrections: Iterable[Correction]) -> list[Correction]:
    """One of each: the workbook's over the row it was made from, else two that differ are a conflict, both kept."""
    by_key: dict[tuple[str, str, str], list[Correction]] = {}
    for correction in corrections:
        by_key.setdefault(correction.key, []).append(correction)
    kept: list[Correction] = []
    for same in by_key.values():
        edits = [c for c in same if c.base is not None]
        rows = [c for c in same if c.base is None]
        differing = {c.written for c in edits or same}
        fresh = edits and len(differing) == 1 and all(row.written == edits[0].base for row in rows)
        if len(differing) == 1 and (fresh or not edits):
            kept.append((edits or rows)[0])
        else:
            kept += [replace(c, outcome="conflict") for c in same]
    return kept


def _correct_text(records: Records, correction: Correction) -> list[tuple[str, str, str]] | str:
    """The cells that were corrected (none where no value holds the original), or why the correction cannot be tried."""
    asked = fields().get(correction.field)
    if asked is None or asked.table != "projects":
        return "no_field"
    column, cells = asked.column, []
    projects = records.rows["projects"]
    only = [projects[key] for key in [(correction.project_id,)] if key in projects]
    for row in only if correction.project_id else projects.values():
        value = str(row.get(column, ""))
        if asked.declared.codelist:
            is_code = fold(correction.original) == fold(value)
            value = correction.original if is_code else code_label(asked.declared.codelist, value)
        if not value or squeeze(correction.original) not in squeeze(value):
            continue
        words = _replaced(value, correction) if asked.declared.type == "text" else correction.replacement
        try:
            row[column] = typed(asked.declared, words) if words and correction.action_code == "replace" else None
        except NoValueError as error:
            return error.outcome
        if row[column] is None:
            del row[column]
        if asked.basis:
            row[asked.basis] = "curated"
        row["label"] = row.get("title") or short_label(str(next((row[c] for c in LABELLED if row.get(c)), "")))
        cells.append(("projects", str(row["project_id"]), column))
    return cells


def _correct_link(records: Records, links: Links, correction: Correction) -> list[tuple[str, str, str]] | str:
    """The same of a funder, target group or theme, told by the words that stand on the page."""
    if correction.action_code == "replace" and correction.field != "funder":
        return "no_field"
    linked = links.found(correction.project_id, correction.original)
    links.remove(linked)
    if correction.action_code != "replace":
        return [(links.table, id_of(links.table, link), links.key) for link in linked]
    funder = any_funder(correction.replacement, lists_for())
    if linked:
        records.put(links.parent, **vars(funder))
    kept = ("project_id", "as_published", "position", "role_code")
    return [
        (links.table, links.put(funder_id=funder.funder_id, **{k: link.get(k) for k in kept}), links.key)
        for link in linked
    ]


def _replaced(value: str, correction: Correction) -> str:
    if correction.action_code == "clear":
        return ""
    if correction.original in value:
        return value.replace(correction.original, correction.replacement)
    return squeeze(value).replace(squeeze(correction.original), correction.replacement)


def _tell(records: Records, correction: Correction, outcome: str, cell: tuple[str, str, str] = ("", "", "")) -> None:
    """A row of `additions`; a correction of several projects has one for each."""
    place = f"{correction.place}:{cell[1]}" if cell[1] and not correction.project_id else correction.place
    entry = Addition(
        correction.file, place, correction.project_id, correction.field, value=correction.replacement,
        source=correction.source, who=correction.who, date=correction.date, note=correction.reason, outcome=outcome,
    )  # fmt: skip
    put_addition(records, entry, cell, correction.original)
