"""The form `komplettering.xlsx`: which sheets and columns it has, and what stands in them when it is made."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from overkalix_data.base.codelist import code_label, codelist, codes
from overkalix_data.base.words import LANGUAGES, say
from overkalix_data.curation.addition import Correction
from overkalix_data.curation.form import Form, FormColumn, FormRow
from overkalix_data.curation.form_fields import fields
from overkalix_data.schema import TABLES
from overkalix_data.schema.pack_fields import pack_of
from overkalix_data.schema.records import Records, Row, Value, id_of

SHEETS = ("projects", "funding", "groups", "details", "corrections")
TOLD_BY = ("source", "who", "date", "note")
"""The columns of a row that say where its values come from."""
MONEY = ("currency", "rate")
KEYS = {
    "projects": ("project_id", "label", "first_line"),
    "funding": ("project_id", "label", "funder", "role", "funder_id"),
    "groups": ("project_id", "label", "kind", "item"),
    "details": ("project_id", "label", "detail", "item"),
    "corrections": ("project_id",),
}
"""The columns that say which row it is."""
CORRECTED = ("field", "original", "action_code", "replacement", "reason", "status_code")
PARENTS = {"funder": "funders", "target_group": "target_groups", "theme": "themes"}
"""Fields that add a row to a project's lists → the table of what they add."""
CORRECTABLE = tuple(f for f, row in fields().items() if row.table == "projects" or f in PARENTS)
BLANK = 60
"""Empty rows for a funder, group, theme, detail or correction that the page lacks."""
WIDTHS = {
    "project_id": 32, "label": 44, "first_line": 8, "funder": 34, "funder_id": 22, "role": 24, "kind": 14, "item": 34,
    "detail": 40, "value": 60, "original": 36, "replacement": 36, "reason": 34, "source": 34, "note": 26, "earlier": 34,
    "who": 18, "date": 14, "currency": 10, "rate": 12,
}  # fmt: skip
"""Characters of a column that is none of the schema's projects or funding; the others are `WIDTH` wide."""
WIDTH = 16
ADDED = (("project_target_groups", "target_group"), ("project_themes", "theme"))
"""The tables of links that the sheet of groups lists, and the kind of each."""


def form_sheets(records: Records, corrections: Iterable[Correction], lang: str = "sv") -> list[Form]:
    """The form's sheets, with all that is known filled in; what the page itself states is locked."""
    filled = _Filled(records, lang)
    rows = {
        "projects": [filled.project(row) for row in filled.projects],
        "funding": [filled.funding(row) for row in filled.links("project_funders")],
        "groups": [filled.group(table, kind, row) for table, kind in ADDED for row in filled.links(table)],
        "details": list(filled.details()),
        "corrections": [_correction_row(n, c, lang) for n, c in enumerate(corrections, start=1)],
    }
    ids = tuple(str(row["project_id"]) for row in filled.projects)
    forms = [
        Form(key, say(f"form.{key}", lang), say(f"form.{key}.title", lang), say(f"form.{key}.intro", lang),
             list(_columns(key, ids, lang)), rows[key], 0 if key == "projects" else BLANK)
        for key in SHEETS
    ]  # fmt: skip
    paragraphs = say("form.readme.text", lang).split("|")
    lines = [FormRow("", {"text": text.strip()}, frozenset({"text"})) for text in paragraphs]
    column = FormColumn("text", say("form.readme.heading", lang), width=110)
    name, title, intro = (say(key, lang) for key in ("form.readme", "form.title", "form.readme.intro"))
    return [*forms, Form("readme", name, title, intro, [column], lines)]


def field_label(field: str, lang: str = "sv") -> str:
    """What a person calls a field: its column's heading, or the list's where it adds a row."""
    named = fields().get(field)
    if named is None or not named.column:
        return say(f"field.{field}", lang) if named else field
    return TABLES[PARENTS[field]].title(lang) if field in PARENTS else named.declared.title(lang)


def value_label(field: str, value: Value, lang: str = "sv") -> Value:
    """What a person sees of a value of a field: the words of its codelist where it has one, else the value as it is."""
    named = fields().get(field)
    listed = named.declared.codelist if named and named.column else ""
    return code_label(listed, str(value), lang) if listed else value


@cache
def form_headings() -> Mapping[str, Mapping[str, str]]:
    """Form → folded heading, in either language → column key: how a saved form is read back."""
    return {key: {_folded(c.heading): c.key for lang in LANGUAGES for c in _columns(key, (), lang)} for key in SHEETS}


def _columns(key: str, ids: tuple[str, ...], lang: str) -> Iterable[FormColumn]:
    """Keys, fields, corrections' own columns, and who says so: a heading is the schema's where the schema has one."""
    choices = {
        "project_id": ids,
        "role": _labels("role", lang),
        "funder": tuple(row["name"] for row in codelist("funders")),
        "detail": _labels("detail", lang),
        "kind": (say("form.kind.target_group", lang), say("form.kind.theme", lang)),
        "field": tuple(field_label(f, lang) for f in CORRECTABLE),
        "action": _labels("listing", lang),
        "action_code": _labels("correction_action", lang),
        "status_code": _labels("correction_status", lang),
    }

    def column(name: str, heading: str, kind: str = "text") -> FormColumn:
        return FormColumn(name, heading, kind, WIDTHS.get(name, WIDTH), choices.get(name, ()), name != "funder")

    for name in KEYS[key]:
        yield column(name, _heading(key, name, lang), "int" if name == "first_line" else "text")
    for name in CORRECTED if key == "corrections" else ():
        yield column(name, say(f"form.column.{name}", lang))
    for name in form_fields(key):
        declared = fields()[name].declared
        listed = _labels(declared.codelist, lang) if declared.codelist else ()
        yield FormColumn(name, declared.title(lang), declared.type, declared.form_width, listed)
    if key == "details":
        yield column("value", TABLES["project_details"].column("value").title(lang))
    own = {"groups": ("action",), "corrections": ()}.get(key, MONEY)
    for name in own:
        yield column(name, say(f"form.column.{name}", lang))
    for name in TOLD_BY if key != "corrections" else TOLD_BY[:-1]:
        yield column(name, TABLES["additions"].column(name).title(lang), "date" if name == "date" else "text")
    if key != "corrections":
        yield column("earlier", say("form.column.earlier", lang))


def form_fields(key: str) -> list[str]:
    """The fields that a sheet has a column for."""
    listed = (f for f, row in fields().items() if row.sheet == key and row.column)
    return [] if key == "details" else [f for f in listed if f not in PARENTS]


def _heading(key: str, name: str, lang: str) -> str:
    if name in ("funder", "role", "kind", "item"):
        return say(f"form.column.{name}.{key}" if name == "item" else f"form.column.{name}", lang)
    if name == "detail":
        return TABLES["project_details"].column("detail_code").title(lang)
    return TABLES["project_funders" if name == "funder_id" else "projects"].column(name).title(lang)


def _labels(name: str, lang: str) -> tuple[str, ...]:
    return tuple(row[lang] for row in codes(name).values())


def _folded(heading: str) -> str:
    return " ".join(heading.casefold().split())


class _Filled:
    """What is known, as rows of the form."""

    def __init__(self, records: Records, lang: str) -> None:
        self.records, self.lang, self.stated = records, lang, records.stated()
        rows = records.rows["projects"].values()
        self.projects = sorted(rows, key=lambda r: (str(r["source_id"]), r["first_line"]))
        self.place = {row["project_id"]: n for n, row in enumerate(self.projects)}
        self.earlier: dict[tuple[str, str], list[str]] = defaultdict(list)
        """(table, row id) → who added what from where, for the eye: it is kept in the CSV files."""
        for row in records.table("additions"):
            if row["outcome_code"] == "applied" and row.get("table"):
                origin = ", ".join(str(row[c]) for c in ("field", "source", "who", "date") if row.get(c))
                self.earlier[str(row["table"]), str(row.get("row_id"))].append(origin)

    def links(self, table: str) -> list[Row]:
        """The rows of a table that belong to projects, in the page's order."""
        rows = self.records.rows[table].values()
        return sorted(
            rows, key=lambda r: (self.place.get(r["project_id"], 0), r.get("position") or 0, str(r.get("role_code")))
        )

    def project(self, row: Row) -> FormRow:
        """A project with all that a person may fill in of it."""
        return self._row("projects", ("projects", id_of("projects", row)), row, {"first_line": row["first_line"]})

    def funding(self, row: Row) -> FormRow:
        """A part of a project's funding."""
        funder = self.records.rows["funders"][(str(row["funder_id"]),)]
        role = code_label("role", str(row["role_code"]), self.lang)
        values = {"funder": funder["name"], "funder_id": row["funder_id"], "role": role}
        return self._row("funding", ("project_funders", id_of("project_funders", row)), row, values)

    def group(self, table: str, kind: str, row: Row) -> FormRow:
        """A target group or a theme of a project."""
        (key,) = TABLES[PARENTS[kind]].key
        named = self.records.rows[PARENTS[kind]][(str(row[key]),)]
        name = "name_en" if kind == "theme" and self.lang != "sv" else "name"
        values = {"kind": say(f"form.kind.{kind}", self.lang), "item": named.get(name)}
        filled = {"project_id": row["project_id"], "category_code": named.get("category_code")}
        return self._row("groups", (table, id_of(table, row)), filled, values, f"{row['project_id']}|{kind}|{row[key]}")

    def details(self) -> Iterable[FormRow]:
        """What is filled in, and a row for everything that the packs of a project's funders ask for."""
        given = self.records.rows["project_details"]
        asked: set[tuple[str, ...]] = set(given)
        for link in self.links("project_funders"):
            funder = self.records.rows["funders"][(str(link["funder_id"]),)]
            details = pack_of(str(funder["funder_id"]), str(funder.get("funder_type_code") or "")).details
            asked |= {(str(link["project_id"]), detail, "") for detail in details}
        order = {code: n for n, code in enumerate(codes("detail"))}
        for key in sorted(asked, key=lambda k: (self.place.get(k[0], 0), order.get(k[1], 0), k[2])):
            project_id, detail, item = key
            field, value = fields()[detail], given.get(key, {}).get("value")
            values = {
                "detail": code_label("detail", detail, self.lang),
                "item": self._item_words(field.items, item),
                "value": code_label(field.codelist, str(value), self.lang) if value and field.codelist else value,
            }
            yield self._row("details", ("project_details", "|".join(key)), {"project_id": project_id}, values)

    def _item_words(self, items: str, item: str) -> str:
        """A cost type or an indicator in words, a funder by its name."""
        if items == "funder":
            return str(self.records.rows["funders"].get((item,), {}).get("name", item))
        return code_label(items, item, self.lang) if items else ""

    def _row(
        self, key: str, cell: tuple[str, str], row: Row, values: Mapping[str, Value], row_key: str = ""
    ) -> FormRow:
        """A row of a sheet: codes as the words of the drop-downs; keys, and what the page itself states, are locked."""
        project = self.records.rows["projects"][(str(row["project_id"]),)]
        filled = {name: row[name] for name in form_fields(key) if row.get(name) is not None}
        locked = {n for n in filled if fields()[n].is_on_page(row, is_stated=(*cell, n) in self.stated)}
        shown = {"project_id": row["project_id"], "label": project.get("label"), **values}
        shown |= {name: value_label(name, value, self.lang) for name, value in filled.items()}
        shown["earlier"] = "; ".join(self.earlier.get(cell, ()))
        return FormRow(row_key or cell[1], _shown(shown), frozenset({*KEYS[key], *locked, "earlier"}))


def _correction_row(number: int, correction: Correction, lang: str) -> FormRow:
    values = {name: getattr(correction, name) for name in ("project_id", *CORRECTED, *TOLD_BY[:-1])}
    values["field"] = field_label(correction.field, lang)
    values["action_code"] = code_label("correction_action", correction.action_code, lang)
    values["status_code"] = code_label("correction_status", correction.status_code, lang)
    return FormRow(str(number), _shown(values), frozenset())


def _shown(values: Mapping[str, object]) -> dict[str, str | int | float]:
    return {name: value for name, value in values.items() if isinstance(value, str | int | float) and value != ""}
