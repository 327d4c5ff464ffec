"""What people did to the forms in `data/curated`: each cell that no longer holds what it held, with its row's source and person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from overkalix_data.base.codelist import codelist
from overkalix_data.base.wording import code_named, fold, paragraphs, slug
from overkalix_data.base.words import LANGUAGES, say
from overkalix_data.curation.addition import FORM_FILES, Addition, Correction, FilledIn
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
    found = FilledIn()
    for path in sorted(folder.glob(FORM_FILES)):
        book = read_form(path, form_headings())
        for key in SHEETS[:-1]:
            found.additions += _edits(book, key, book.sheets[key])
        found.corrections += _corrected(book, book.sheets["corrections"], found.additions)
        found.additions += [
            Addition(book.file, name, "", name, outcome="no_field", is_edit=True) for name in book.foreign
        ]
    return found


def _edits(book: FilledBook, key: str, sheet: FilledSheet) -> Iterable[Addition]:
    """Every cell of a sheet that no longer holds what it held, as an addition with the row's source, person and day."""
    bases: dict[str, dict[str, str]] = defaultdict(dict)
    for (form, row, column), text in book.base.items():
        if form == key:
            bases[row][column] = text
    present: set[str] = set()
    for number, cells in sheet.rows.items():
        row = _row_key(key, cells)
        known = row in bases
        present.add(row)
        yield from _row_edits(book, key, f"{sheet.name}!{number}", cells, bases.get(row, {}), row if known else "")
    for row in bases.keys() - present:
        yield Addition(book.file, f"{sheet.name}:{row}", row.split("|")[0], key, outcome="cleared", is_edit=True)
    for cell in sheet.stray:
        yield Addition(
            book.file, f"{sheet.name}!{cell.place}", "", cell.place, value=cell.text, outcome="no_field", is_edit=True
        )


def _row_edits(
    book: FilledBook, key: str, place: str, cells: Mapping[str, FilledCell], base: Mapping[str, str], row: str
) -> Iterable[Addition]:
    text = {name: cell.text for name, cell in cells.items()}
    sheet = place.partition("!")[0]
    item, extra = _item(key, text, row), [] if row else _added(key, text)
    start = Addition(
        book.file,
        place,
        text.get("project_id", ""),
        key,
        "",
        "",
        *(text.get(name, "") for name in (*MONEY, *TOLD_BY)),
        is_edit=True,
    )
    start = replace(start, date=start.date[:10])
    wrong = {
        c
        for c in KEYS[key]
        if base and (text.get(c) or c != "label") and paragraphs(text.get(c, "")) != paragraphs(base.get(c, ""))
    }
    changed = [
        n
        for n in (
            *form_fields(key),
            *(["action"] if key == "groups" and row else []),
            *(["value"] if key == "details" else []),
        )
        if paragraphs(text.get(n, "")) != paragraphs(base.get(n, ""))
    ]
    for name in sorted(wrong):
        where = f"{sheet}!{cells[name].place}" if name in cells else f"{place}:{name}"
        yield replace(
            start, place=where, field=name, value=text.get(name, ""), base=base.get(name, ""), outcome="locked"
        )
    if key == "details" and not row:
        is_whole = bool(text.get("project_id") and text.get("detail") and text.get("value"))
    else:
        is_whole = bool(row or (text.get("project_id") and key != "projects" and (item or extra)))
    if not is_whole:
        yield replace(start, value="; ".join(text.values()), outcome="half_written")
        return
    for name, value in extra:
        yield replace(
            start,
            place=f"{place}:{name}",
            field=name,
            item=text.get("funder" if key == "funding" else "item", ""),
            value=value,
        )
    for name in changed:
        cell = cells.get(name)
        outcome = "formula" if cell and cell.is_formula else ""
        where = f"{sheet}!{cell.place}" if cell else f"{place}:{name}"
        if name == "value":
            name = code_named("detail", text.get("detail", "")) or text.get("detail", "")
        if name == "action":
            name = "target_group" if "|target_group|" in f"|{row}|" else "theme"
        yield replace(
            start,
            place=where,
            field=name,
            item=item,
            value=cell.text if cell else "",
            base=base.get(name, ""),
            outcome=outcome,
        )


def _row_key(key: str, cells: Mapping[str, FilledCell]) -> str:
    """Which row of the form it is; for one that a person added, something no row of the form is called."""
    text = {name: cell.text for name, cell in cells.items()}
    if key == "projects":
        return text.get("project_id", "")
    if key == "funding":
        return "|".join((text.get("project_id", ""), text.get("funder_id", ""), _code("role", text.get("role", ""))))
    if key == "details":
        detail = code_named("detail", text.get("detail", ""))
        return "|".join((text.get("project_id", ""), detail, _detail_item(detail, text.get("item", ""))))
    kind = "theme" if text.get("kind") in {say("form.kind.theme", lang) for lang in LANGUAGES} else "target_group"
    return "|".join((text.get("project_id", ""), kind, _item_key(kind, text.get("item", ""))))


def _item(key: str, text: Mapping[str, str], row: str) -> str:
    if key == "funding":
        role = _code("role", text.get("role", ""))
        return "|".join(filter(None, (row.split("|")[1] if row else text.get("funder", ""), role)))
    return text.get("item", "")


def _added(key: str, text: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a row that a person added says of the project, beside its values: a new funder, group or theme."""
    if key == "funding":
        return [("funder", text.get("role", ""))] if text.get("funder") else []
    if key == "groups" and text.get("item"):
        is_theme = text.get("kind") in {say("form.kind.theme", lang) for lang in LANGUAGES}
        return [("theme" if is_theme else "target_group", text.get("action", ""))] if text.get("kind") else []
    return []


def _corrected(book: FilledBook, sheet: FilledSheet, problems: list[Addition]) -> Iterable[Correction]:
    """The rows of corrections that are new or changed; one that is not finished goes to `problems`."""
    bases = {
        row: {c: t for (f, r, c), t in book.base.items() if (f, r) == ("corrections", row)}
        for row in {r for f, r, _ in book.base if f == "corrections"}
    }
    told = [
        _correction(book.file, f"{sheet.name}!{n}", {k: c.text for k, c in cells.items()})
        for n, cells in sheet.rows.items()
    ]
    made = {c.key: c for c in (_correction(book.file, "", base) for base in bases.values())}
    for correction, cells in zip(told, sheet.rows.values(), strict=True):
        base = made.get(correction.key)
        if base and base.told == correction.told:
            continue
        if any(c.is_formula for c in cells.values()) or not all(
            (correction.field, correction.original, correction.action_code, correction.reason, correction.who)
        ):
            outcome = "formula" if any(c.is_formula for c in cells.values()) else "half_written"
            problems.append(
                Addition(
                    book.file,
                    correction.place,
                    correction.project_id,
                    "corrections",
                    value=correction.original,
                    outcome=outcome,
                    is_edit=True,
                )
            )
            continue
        yield replace(correction, base=base.told if base else ())


def _correction(file: str, place: str, text: Mapping[str, str]) -> Correction:
    labels = {fold(label): f for f in CORRECTABLE for label in (f, *(field_label(f, lang) for lang in LANGUAGES))}
    told = {name: text.get(name, "") for name in COLUMNS["corrections"]}
    told["field"] = labels.get(fold(told["field"]), told["field"])
    told["action_code"] = _code("correction_action", told["action_code"])
    told["status_code"] = _code("correction_status", told["status_code"]) or "active"
    told["date"] = told["date"][:10]
    return Correction(file, place, *(told[name] for name in COLUMNS["corrections"]))


def _detail_item(detail: str, words: str) -> str:
    return fields()[detail].item_of(words) or "" if detail else ""


def _code(name: str, words: str) -> str:
    return code_named(name, words) or words


def _item_key(kind: str, item: str) -> str:
    if kind == "theme":
        return next(
            (r["theme_code"] for r in codelist("themes") if fold(item) in (fold(r["name"]), fold(r["name_en"]))), item
        )
    return slug(fold(item))
