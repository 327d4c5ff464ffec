"""What people did to the forms in `data/curated`: each cell that changed, with its row's source and person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from overkalix_data.base.files import files_like
from overkalix_data.base.wording import code_named, fold, key_of, paragraphs
from overkalix_data.base.words import LANGUAGES, say
from overkalix_data.curation.addition import FORM_FILES, Addition, Correction, FilledIn
from overkalix_data.curation.apply_lists import named_theme
from overkalix_data.curation.form import FilledBook, FilledCell, FilledSheet
from overkalix_data.curation.form_fields import fields
from overkalix_data.curation.form_sheets import (
    CORRECTABLE,
    KEYS,
    MONEY,
    SHEETS,
    TOLD_BY,
    field_label,
    form_fields,
    form_headings,
)
from overkalix_data.curation.form_xlsx import read_form
from overkalix_data.schema.curated_files import COLUMNS


def filled_in(folder: Path) -> FilledIn:
    """What the forms of a folder hold that differs from when they were made; none where there is no form.

    Raises InputError where a form cannot be read.
    """
    filled = FilledIn()
    for path in files_like(folder, FORM_FILES):
        book = read_form(path, form_headings())
        for key in SHEETS[:-1]:
            filled.additions += _edits(book, key, book.sheets[key])
        filled.corrections += _corrected(book, book.sheets["corrections"], filled.additions)
        filled.additions += [_problem(book, name, "", name, "no_field") for name in book.foreign]
    return filled


def _problem(book: FilledBook, place: str, project_id: str, field: str, outcome: str, value: str = "") -> Addition:
    """What cannot be tried, and why."""
    return Addition(book.file, place, project_id, field, value=value, outcome=outcome, is_edit=True)


def _bases(book: FilledBook, key: str) -> dict[str, dict[str, str]]:
    """Row key → column → what the cells of a sheet held when the form was made."""
    bases: dict[str, dict[str, str]] = defaultdict(dict)
    for (form, row, column), text in book.base.items():
        if form == key:
            bases[row][column] = text
    return bases


def _edits(book: FilledBook, key: str, sheet: FilledSheet) -> Iterable[Addition]:
    """Every cell of a sheet that no longer holds what it held, as an addition with the row's source, person and day."""
    bases = _bases(book, key)
    present: set[str] = set()
    for number, cells in sheet.rows.items():
        row = _row_key(key, {name: cell.text for name, cell in cells.items()})
        present.add(row)
        yield from _row_edits(
            book, key, f"{sheet.name}!{number}", cells, bases.get(row, {}), row if row in bases else ""
        )
    for row in bases.keys() - present:
        yield _problem(book, f"{sheet.name}:{row}", row.split("|")[0], key, "cleared")
    for cell in sheet.stray:
        yield _problem(book, f"{sheet.name}!{cell.place}", "", cell.place, "no_field", cell.text)


def _row_edits(
    book: FilledBook, key: str, place: str, cells: Mapping[str, FilledCell], base: Mapping[str, str], row: str
) -> Iterable[Addition]:
    """The edits of one row; `row` is its key, empty for a row that a person added."""
    text = {name: cell.text for name, cell in cells.items()}
    origin: dict[str, Any] = {name: text.get(name, "") for name in (*MONEY, *TOLD_BY)}
    start = Addition(book.file, place, text.get("project_id", ""), key, **origin, is_edit=True)
    start = replace(start, date=start.date[:10])

    def edit(name: str, field: str, **changes: Any) -> Addition:
        where = f"{place.partition('!')[0]}!{cells[name].place}" if name in cells else f"{place}:{name}"
        return replace(start, place=where, field=field, value=text.get(name, ""), base=base.get(name, ""), **changes)

    def differs(name: str) -> bool:
        return paragraphs(text.get(name, "")) != paragraphs(base.get(name, ""))

    for name in sorted(KEYS[key]) if base else ():
        if differs(name) and (text.get(name) or name != "label"):
            yield edit(name, name, outcome="locked")
    added = [] if row else _added(key, text)
    if not (row or _is_whole(key, text, added)):
        yield replace(start, value="; ".join(text.values()), outcome="half_written")
        return
    for name, value in added:
        named = text.get("funder" if key == "funding" else "item", "")
        yield replace(start, place=f"{place}:{name}", field=name, item=named, value=value)
    asked = {name: name for name in form_fields(key)}
    if key == "groups" and row:
        asked["action"] = "target_group" if row.split("|")[1] == "target_group" else "theme"
    if key == "details":
        asked["value"] = code_named("detail", text.get("detail", "")) or text.get("detail", "")
    for name, field in asked.items():
        if differs(name):
            is_formula = name in cells and cells[name].is_formula
            yield edit(name, field, item=_item(key, text, row), outcome="formula" if is_formula else "")


def _is_whole(key: str, text: Mapping[str, str], added: Sequence[tuple[str, str]]) -> bool:
    """Whether a row that a person added says what it must: the project, and what of it."""
    needed = ("project_id", "detail", "value") if key == "details" else ("project_id",)
    is_about = key == "details" or (key != "projects" and bool(_item(key, text, "") or added))
    return is_about and all(text.get(name) for name in needed)


def _row_key(key: str, text: Mapping[str, str]) -> str:
    """Which row of the form it is; for one that a person added, something no row of the form is called."""
    project_id = text.get("project_id", "")
    if key == "projects":
        return project_id
    if key == "funding":
        return "|".join((project_id, text.get("funder_id", ""), _code("role", text.get("role", ""))))
    if key == "details":
        detail = code_named("detail", text.get("detail", ""))
        return "|".join((project_id, detail, (fields()[detail].item_of(text.get("item", "")) or "") if detail else ""))
    item = text.get("item", "")
    if not _is_theme(text):
        return "|".join((project_id, "target_group", key_of(fold(item))))
    theme = named_theme(item)
    return "|".join((project_id, "theme", theme["theme_code"] if theme else item))


def _item(key: str, text: Mapping[str, str], row: str) -> str:
    if key == "funding":
        funder = row.split("|")[1] if row else text.get("funder", "")
        return "|".join(filter(None, (funder, _code("role", text.get("role", "")))))
    return text.get("item", "")


def _added(key: str, text: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a row that a person added says of the project, beside its values: a new funder, group or theme."""
    if key == "funding" and text.get("funder"):
        return [("funder", text.get("role", ""))]
    if key == "groups" and text.get("item") and text.get("kind"):
        return [("theme" if _is_theme(text) else "target_group", text.get("action", ""))]
    return []


def _is_theme(text: Mapping[str, str]) -> bool:
    return text.get("kind") in {say("form.kind.theme", lang) for lang in LANGUAGES}


def _corrected(book: FilledBook, sheet: FilledSheet, problems: list[Addition]) -> Iterable[Correction]:
    """The rows of corrections that are new or changed; one that is not finished goes to `problems`."""
    made = {c.key: c for c in (_correction(book.file, "", base) for base in _bases(book, "corrections").values())}
    for number, cells in sheet.rows.items():
        row = _correction(book.file, f"{sheet.name}!{number}", {name: cell.text for name, cell in cells.items()})
        base = made.get(row.key)
        if base and base.written == row.written:
            continue
        is_formula = any(cell.is_formula for cell in cells.values())
        if is_formula or not all((row.field, row.original, row.action_code, row.reason, row.who)):
            outcome = "formula" if is_formula else "half_written"
            problems.append(_problem(book, row.place, row.project_id, "corrections", outcome, row.original))
        else:
            yield replace(row, base=base.written if base else ())


def _correction(file: str, place: str, text: Mapping[str, str]) -> Correction:
    labels = {fold(label): f for f in CORRECTABLE for label in (f, *(field_label(f, lang) for lang in LANGUAGES))}
    row = {name: text.get(name, "") for name in COLUMNS["corrections"]}
    row["field"] = labels.get(fold(row["field"]), row["field"])
    row["action_code"] = _code("correction_action", row["action_code"])
    row["status_code"] = _code("correction_status", row["status_code"]) or "active"
    row["date"] = row["date"][:10]
    return Correction(file, place, *row.values())


def _code(name: str, words: str) -> str:
    return code_named(name, words) or words
