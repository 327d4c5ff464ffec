"""One project of a page → its rows: columns, details, funding, target groups, places, themes and links."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from overkalix_data.base.codelist import codelist, codes
from overkalix_data.base.wording import fold, key_of, squeeze
from overkalix_data.curation.form_fields import NoValueError, typed
from overkalix_data.reading.project_fields import TEXT_FIELDS, ProjectText
from overkalix_data.reading.project_money import total_cost, unread
from overkalix_data.reading.title_form import without_form
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records, Value
from overkalix_data.values.funders_field import Mention, find_publicity
from overkalix_data.values.mentions import find_links, find_project_type, short_label
from overkalix_data.values.place import find_places, without_countries
from overkalix_data.values.target_groups import split_target_groups
from overkalix_data.values.theme import find_themes

DEFAULT_STATUS = "ongoing"
"""A section whose heading says no status holds what is going on now (contract §4, rule 1): basis `assumed`."""

FILLED = [(column, column.filled_by.split()) for column in TABLES["projects"].columns if column.filled_by]
"""The columns whose values are the words of a field, or of several, and those fields."""

RULED = ("status_code", "description", "total_cost_sek")
"""Those of them that rules of their own read."""

COLUMN_OF = {name: column.name for column, names in FILLED for name in names}
COLUMN_OF |= dict.fromkeys(("co_financing", "granted"), "funder_text")
COLUMN_OF |= dict.fromkeys(("period", "start", "end"), "period_text")
"""Field → the column that holds its words, or accounts for them where none holds them as they stand."""

DETAILS = {"owner": "beneficiary", "partners": "partner_organisations"}
"""Labelled fields that are facts for funders (`project_details`), beside those that are named as their fact is."""

_NUMBER = re.compile(r"[\s:]*(?P<number>\S.*)", re.DOTALL)


def put_project(
    records: Records, project_id: str, text: ProjectText, mentions: Sequence[Mention], publisher: str, twin: str
) -> None:
    """The row of a project and its details, each value with its place; `twin` is the first project of the same text."""
    source, section, cell = text.source, text.block.section, ("projects", project_id)
    title, goal, purpose = text.value("title"), text.value("goal"), text.value("purpose")
    status, cost = text.status(), total_cost(text)
    left_over = unread(text, mentions, cost)
    own_words = text.value(*TABLES["projects"].column("description").filled_by.split())
    left_words = (squeeze(source.text[a:b]) for _, (a, b) in left_over)
    description = "\n\n".join(filter(None, (own_words, *left_words)))
    kind = next(((k, o) for t, o in text.slices(*TEXT_FIELDS) if (k := find_project_type(t, text.lists))), None)
    period = text.period()
    records.put(
        "projects",
        **_filled(text),
        project_id=project_id,
        title_basis="published" if title else "",
        label=title
        or text.value("label")
        or short_label(goal or purpose or description or text.value("target_group", "funder")),
        status_code=(status[0] if status else "")
        or (section.status_code if section else "")
        or source.profile.default_status
        or DEFAULT_STATUS,
        status_basis="published" if status else "heading" if section and section.status_code else "assumed",
        unit=section.unit if section else "",
        section_text=squeeze(source.text[section.start : section.end]) if section else "",
        project_type_code=kind[0][0] if kind else "",
        description=description,
        publicity_text="; ".join(_publicity(text)),
        start=period[0].start if period else "",
        end=period[0].end if period else "",
        period_basis=period[0].basis if period else "",
        total_cost_sek=cost.sek if cost else None,
        total_cost_basis="published" if cost else "",
        duplicate_of=twin,
        publisher_code=publisher,
        source_id=source.source_id,
        first_line=text.first_line,
        last_line=text.last_line,
    )
    _cite_fields(records, project_id, text, [name for name, _ in left_over])
    for span in text.block.title_rest:
        records.cite(source, span, "ignored", "title_sign", *cell, "title")
    if cost:
        records.cite(source, cost.span, "value", "amount", *cell, "total_cost_sek")
    _put_details(records, project_id, text)
    if kind:
        records.cite(
            source, (kind[1] + kind[0][2], kind[1] + kind[0][3]), "value", "project_type", *cell, "project_type_code"
        )
    if period:
        for column in (c for c in ("start", "end") if getattr(period[0], c)):
            records.cite(source, period[1:], "value", "period", *cell, column)
    if section:
        said = {"unit": section.unit, "status_code": section.status_code, "section_text": "yes"}
        for column in (name for name, value in said.items() if value):
            records.cite(source, (section.start, section.end), "heading", "heading", *cell, column)


def _cite_fields(records: Records, project_id: str, text: ProjectText, left_over: Iterable[str]) -> None:
    """Each labelled part of the project, as the column that it fills; what fills none stands in the description."""
    column_of = COLUMN_OF | dict.fromkeys(left_over, "description")
    unread_dates = text.unread_dates()
    for name, parts in text.parts.items():
        cell = ("projects", project_id, column_of.get(name, name))
        for part in parts:
            if part.label:
                records.cite(text.source, part.label, "label", part.rule, *cell)
            if part.end > part.start:
                rule = "unread_date" if part.start in unread_dates else part.rule
                records.cite(text.source, (part.start, part.end), "value", rule, *cell)


def _put_details(records: Records, project_id: str, text: ProjectText) -> None:
    """The facts for funders. Who applied is a detail of its own only where no owner is named."""
    details = {code: text.parts[name] for name in text.parts if (code := DETAILS.get(name, name)) in codes("detail")}
    owners = details.get("beneficiary", [])
    for surer in ([p for p in owners if p.label], [p for p in owners if "ägare" in p.words]):
        details |= {"beneficiary": surer} if surer else {}  # a line under the title may be the place
    # A note keeps its label among its words: the number is what stands behind it.
    for note in (part for part in text.parts.get("note", []) if text.lists.case_labels.same(part.words)):
        if number := _NUMBER.match(text.source.text, note.start + len(note.words), note.end):
            details.setdefault("case_number", [replace(note, start=number.start("number"))])
    for code, parts in details.items():
        if value := without_countries(text.listed(code, parts), text.lists):
            if code in DETAILS.values() and without_form(value) == value:
                value = value.removesuffix(".")  # the sentence's stop, and none of a name's
            row = records.put(
                "project_details", project_id=project_id, detail_code=code, item="", value=value, basis="published"
            )
            for part in parts:
                records.cite(text.source, (part.start, part.end), "value", "label", "project_details", row, "value")


def _filled(text: ProjectText) -> dict[str, Value]:
    """Column → the words of its fields, or the value that they are; what is no value of its type is unknown."""
    values: dict[str, Value] = {}
    for column, names in FILLED:
        if column.name in RULED or not (words := text.value(*names)):
            continue
        with suppress(NoValueError):
            values[column.name] = typed(column, words) if column.type != "text" else words
        if column.name.endswith("_text"):
            values[column.name] = squeeze(words)
    return values


def put_funding(records: Records, project_id: str, text: ProjectText, mentions: list[Mention], own: str) -> None:
    """A row for each funder that the project names; `own` is the name of the municipality that publishes it."""
    channels = {m.via.funder_id for m in mentions if m.via}
    for position, m in enumerate(mentions, start=1):
        funder = m.funder
        if funder.name == own:
            role = "own"
        elif funder.funder_type_code == "eu_fund":
            role = "fund"
        else:
            role = "intermediary" if funder.funder_id in channels else "co_funder"
        records.put("funders", **{c: getattr(funder, c) for c in type(funder).__dataclass_fields__})
        span = (m.start, m.end)
        row = records.put(
            "project_funders", project_id=project_id, funder_id=funder.funder_id, role_code=role, position=position,
            via_funder_id=m.via.funder_id if m.via else "", as_published=squeeze(text.source.text[slice(*span)]),
            granted_sek=m.sek, amount_basis="published" if m.sek is not None else "",
        )  # fmt: skip
        records.cite(text.source, span, "value", m.rule, "project_funders", row, "funder_id")
        if m.sek is not None:
            records.cite(text.source, m.sek_at, "value", "amount", "project_funders", row, "granted_sek")
    for t, offset in text.slices("funder"):
        for a, b in find_publicity(t, text.lists):
            span = (offset + a, offset + b)
            records.cite(text.source, span, "boilerplate", "publicity", "projects", project_id, "publicity_text")


def put_target_groups(records: Records, project_id: str, text: ProjectText) -> None:
    """A row for each group that the field names."""
    groups = [(g, o) for t, o in text.slices("target_group") for g in split_target_groups(t, text.lists)]
    for position, (group, offset) in enumerate(groups, start=1):
        span = (offset + group.start, offset + group.end)
        key = key_of(fold(group.name))
        records.put("target_groups", target_group_id=key, name=group.name, category_code=group.category_code)
        row = records.put(
            "project_target_groups", project_id=project_id, target_group_id=key,
            as_published=squeeze(text.source.text[slice(*span)]), position=position,
        )  # fmt: skip
        records.cite(text.source, span, "value", "target_group", "project_target_groups", row, "target_group_id")


def put_places_and_themes(records: Records, project_id: str, text: ProjectText) -> None:
    """A row for each place and theme that the texts name."""
    slices = text.slices(*TEXT_FIELDS)
    for t, offset in slices:
        for place, a, b in find_places(t, text.lists):
            records.put("places", **{c: getattr(place, c) for c in type(place).__dataclass_fields__})
            row = records.put(
                "project_places", project_id=project_id, place_id=place.place_id, as_published=squeeze(t[a:b])
            )
            records.cite(
                text.source, (offset + a, offset + b), "value", "place_name", "project_places", row, "place_id"
            )
    for position, theme in enumerate(find_themes(text.masked(*TEXT_FIELDS), text.lists), start=1):
        named = next(r for r in codelist("themes") if r["theme_code"] == theme.theme_code)
        records.put("themes", scheme_code="local", **named)
        spans = [(text.span[0] + a, text.span[0] + b) for a, b in theme.spans]
        row = records.put(
            "project_themes", project_id=project_id, theme_code=theme.theme_code, scheme_code="local", basis="derived",
            matched_text="; ".join(squeeze(text.source.text[a:b]) for a, b in spans), position=position,
        )  # fmt: skip
        for span in spans:
            records.cite(text.source, span, "value", "theme_word", "project_themes", row, "matched_text")


def put_links(records: Records, project_id: str, text: ProjectText, twin: str) -> None:
    """A row for each document and follow-up that the texts lead to, and for the twin."""
    for t, offset in text.slices("goal", "purpose", "description", "prose", "late"):
        for relation, words, a, b in find_links(t, text.lists):
            row = records.put("project_links", project_id=project_id, relation_code=relation, target=words)
            records.cite(text.source, (offset + a, offset + b), "value", relation, "project_links", row, "target")
    if twin:
        records.put("project_links", project_id=project_id, relation_code="duplicate", target=twin)


def _publicity(text: ProjectText) -> list[str]:
    return [squeeze(t[a:b]) for t, _ in text.slices("funder") for a, b in find_publicity(t, text.lists)]
