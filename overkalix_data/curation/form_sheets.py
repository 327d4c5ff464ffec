"""The form `komplettering.xlsx`: which sheets and columns it has, and what stands in them when it is made."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cache

from overkalix_data.base.codelist import code_label, codelist, codes
from overkalix_data.base.words import LANGUAGES, say
from overkalix_data.curation.addition import Correction
from overkalix_data.curation.form import Form, FormColumn, FormRow
from overkalix_data.curation.form_fields import fields
from overkalix_data.schema import TABLES
from overkalix_data.schema.pack_fields import pack_of
from overkalix_data.schema.records import Records, Row, id_of

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
CORRECTABLE = tuple(
    f for f, row in fields().items() if row.table == "projects" or f in ("funder", "target_group", "theme")
)
BLANK = 60
"""Empty rows for a funder, group, theme, detail or correction that the page lacks."""
WIDTHS = {"project_id": 32, "label": 44, "first_line": 8, "funder": 34, "funder_id": 22, "role": 24, "kind": 14, "item": 34, "detail": 40, "value": 60,
          "original": 36, "replacement": 36, "reason": 34, "source": 34,
          "note": 26, "earlier": 34, "who": 18, "date": 14}  # fmt: skip
PARENTS = {"funder": "funders", "target_group": "target_groups", "theme": "themes"}


def form_sheets(records: Records, corrections: Iterable[Correction], lang: str = "sv") -> list[Form]:
    """The form's sheets, with all that is known filled in; what the page itself states is locked."""
    stated = records.stated()
    earlier = _earlier(records)
    rows = {
        "projects": [_project_row(r, stated, earlier) for r in _in_order(records)],
        "funding": [_funding_row(records, r, stated, earlier, lang) for r in _links(records, "project_funders")],
        "groups": [*_group_rows(records, earlier, lang)],
        "details": [*_detail_rows(records, earlier, lang)],
        "corrections": [_correction_row(n, c, lang) for n, c in enumerate(corrections, start=1)],
    }
    rows["projects"] = [_labelled(row, lang) for row in rows["projects"]]
    ids = tuple(str(r["project_id"]) for r in _in_order(records))
    forms = [
        Form(key, say(f"form.{key}", lang), say(f"form.{key}.title", lang), say(f"form.{key}.intro", lang), list(_columns(key, ids, lang)),
             rows[key], 0 if key == "projects" else BLANK)
        for key in SHEETS
    ]  # fmt: skip
    told = say("form.readme.text", lang).split("|")
    lines = [FormRow("", {"told": words.strip()}, frozenset({"told"})) for words in told]
    column = FormColumn("told", say("form.readme.heading", lang), width=110)
    return [
        *forms,
        Form(
            "readme", say("form.readme", lang), say("form.title", lang), say("form.readme.intro", lang), [column], lines
        ),
    ]


def field_label(field: str, lang: str = "sv") -> str:
    """What a person calls a field: its column's heading, or the list's where it adds a row."""
    named = fields().get(field)
    if named is None or not named.column:
        return say(f"field.{field}", lang) if named else field
    return TABLES[PARENTS[field]].title(lang) if field in PARENTS else named.declared.title(lang)


def value_label(field: str, value: str, lang: str = "sv") -> str:
    """The words that a person sees for a value of a field: those of its codelist where it has one, else the value as it is."""
    named = fields().get(field)
    return (
        code_label(named.declared.codelist, value, lang)
        if named and named.column and named.declared.codelist
        else value
    )


@cache
def form_headings() -> Mapping[str, Mapping[str, str]]:
    """Form → folded heading, in either language → column key: how a saved form is read back."""
    return {key: {_folded(c.heading): c.key for lang in LANGUAGES for c in _columns(key, (), lang)} for key in SHEETS}


def _columns(key: str, ids: tuple[str, ...], lang: str) -> Iterable[FormColumn]:
    """Keys, fields, corrections' own columns, and who says so: each heading is the schema's where the schema has one."""
    for name in KEYS[key]:
        choices = {"project_id": ids, "role": _labels("role", lang), "funder": tuple(r["name"] for r in codelist("funders")),
                   "detail": _labels("detail", lang), "kind": (say("form.kind.target_group", lang), say("form.kind.theme", lang))}.get(name, ())  # fmt: skip
        yield FormColumn(
            name,
            _heading(key, name, lang),
            "int" if name == "first_line" else "text",
            WIDTHS.get(name, 16),
            choices,
            name != "funder",
        )
    if key == "corrections":
        for name in CORRECTED:
            listed = {"action_code": _labels("correction_action", lang), "status_code": _labels("correction_status", lang),
                      "field": tuple(field_label(f, lang) for f in CORRECTABLE)}  # fmt: skip
            yield FormColumn(name, say(f"form.column.{name}", lang), "text", WIDTHS.get(name, 16), listed.get(name, ()))
    for name in form_fields(key):
        column = fields()[name].declared
        choices = _labels(column.codelist, lang) if column.codelist else ()
        yield FormColumn(name, column.title(lang), column.type, column.form_width, choices)
    if key == "details":
        yield FormColumn("value", TABLES["project_details"].column("value").title(lang), "text", WIDTHS["value"])
    if key == "groups":
        yield FormColumn("action", say("form.column.action", lang), "text", 16, _labels("listing", lang))
    if key in ("projects", "funding", "details"):
        yield FormColumn("currency", say("form.column.currency", lang), "text", 10)
        yield FormColumn("rate", say("form.column.rate", lang), "text", 12)
    for name in TOLD_BY if key != "corrections" else TOLD_BY[:-1]:
        yield FormColumn(
            name,
            TABLES["additions"].column(name).title(lang),
            "date" if name == "date" else "text",
            WIDTHS.get(name, 16),
        )
    if key != "corrections":
        yield FormColumn("earlier", say("form.column.earlier", lang), "text", WIDTHS["earlier"])


def form_fields(key: str) -> list[str]:
    """The fields that a sheet has a column for."""
    return (
        []
        if key == "details"
        else [
            f
            for f, row in fields().items()
            if row.sheet == key and row.column and f not in ("funder", "target_group", "theme")
        ]
    )


def _heading(key: str, name: str, lang: str) -> str:
    if name in ("funder", "role", "kind"):
        return say(f"form.column.{name}", lang)
    if name == "item":
        return say(f"form.column.item.{key}", lang)
    if name == "detail":
        return TABLES["project_details"].column("detail_code").title(lang)
    return TABLES["project_funders" if name == "funder_id" else "projects"].column(name).title(lang)


def _labels(name: str, lang: str) -> tuple[str, ...]:
    return tuple(row[lang] for row in codes(name).values())


def _folded(heading: str) -> str:
    return " ".join(heading.casefold().split())


def _in_order(records: Records) -> list[Row]:
    return sorted(records.rows["projects"].values(), key=lambda r: (str(r["source_id"]), r["first_line"]))


def _links(records: Records, table: str) -> list[Row]:
    place = {r["project_id"]: n for n, r in enumerate(_in_order(records))}
    rows = records.rows[table].values()
    return sorted(rows, key=lambda r: (place.get(r["project_id"], 0), r.get("position") or 0, str(r.get("role_code"))))


def _earlier(records: Records) -> dict[tuple[str, str], str]:
    """(table, row id) → who added what from where, for the eye: it is kept in the CSV files."""
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in records.table("additions"):
        if row["outcome_code"] == "applied" and row.get("table"):
            words = ", ".join(str(row[c]) for c in ("field", "source", "who", "date") if row.get(c))
            told[str(row["table"]), str(row.get("row_id"))].append(words)
    return {key: "; ".join(words) for key, words in told.items()}


def _project_row(row: Row, stated: Set[tuple[str, str, str]], earlier: Mapping[tuple[str, str], str]) -> FormRow:
    key = str(row["project_id"])
    values = {name: row[name] for name in (*KEYS["projects"], *form_fields("projects")) if row.get(name) is not None}
    locked = {
        n
        for n in form_fields("projects")
        if n in values and fields()[n].is_on_page(row, is_stated=("projects", key, n) in stated)
    }
    if told := earlier.get(("projects", key)):
        values["earlier"] = told
    return FormRow(key, _shown(values), frozenset({*KEYS["projects"], *locked, "earlier"}))


def _funding_row(
    records: Records, row: Row, stated: Set[tuple[str, str, str]], earlier: Mapping[tuple[str, str], str], lang: str
) -> FormRow:
    key = id_of("project_funders", row)
    named, project = (
        records.rows["funders"][(str(row["funder_id"]),)],
        records.rows["projects"][(str(row["project_id"]),)],
    )
    values = {
        "project_id": row["project_id"], "label": project.get("label"), "funder": named["name"], "funder_id": row["funder_id"],
        "role": code_label("role", str(row["role_code"]), lang),
    } | {name: row.get(name) for name in form_fields("funding")}  # fmt: skip
    if row.get("contribution_code"):
        values["contribution_code"] = code_label("contribution", str(row["contribution_code"]), lang)
    locked = {
        n
        for n in form_fields("funding")
        if row.get(n) is not None and fields()[n].is_on_page(row, is_stated=("project_funders", key, n) in stated)
    }
    values["earlier"] = earlier.get(("project_funders", key))
    return FormRow(key, _shown(values), frozenset({*KEYS["funding"], *locked, "earlier"}))


def _group_rows(records: Records, earlier: Mapping[tuple[str, str], str], lang: str) -> Iterable[FormRow]:
    name = "name" if lang == "sv" else "name_en"
    for table, parent, key, kind in (
        ("project_target_groups", "target_groups", "target_group_id", "target_group"),
        ("project_themes", "themes", "theme_code", "theme"),
    ):
        for row in _links(records, table):
            named = records.rows[parent][(str(row[key]),)]
            project, category = (
                records.rows["projects"][(str(row["project_id"]),)],
                str(named.get("category_code") or ""),
            )
            values = {
                "project_id": row["project_id"], "label": project.get("label"), "kind": say(f"form.kind.{kind}", lang),
                "item": named.get(name) if kind == "theme" else named["name"],
                "category_code": code_label("target_group_category", category, lang) if category else None,
                "earlier": earlier.get((table, id_of(table, row))),
            }  # fmt: skip
            yield FormRow(
                f"{row['project_id']}|{kind}|{row[key]}", _shown(values), frozenset({*KEYS["groups"], "earlier"})
            )


def _detail_rows(records: Records, earlier: Mapping[tuple[str, str], str], lang: str) -> Iterable[FormRow]:
    """What is filled in, and a row for everything that the packs of a project's funders ask for."""
    known = records.rows["project_details"]
    asked: set[tuple[str, ...]] = set(known)
    for link in _links(records, "project_funders"):
        funder = records.rows["funders"][(str(link["funder_id"]),)]
        details = pack_of(str(funder["funder_id"]), str(funder.get("funder_type_code") or "")).details
        asked |= {(str(link["project_id"]), detail, "") for detail in details}
    place = {r["project_id"]: n for n, r in enumerate(_in_order(records))}
    order = {code: n for n, code in enumerate(codes("detail"))}
    for key in sorted(asked, key=lambda k: (place.get(k[0], 0), order.get(k[1], 0), k[2])):
        project_id, detail, item = key
        row, field = known.get(key, {}), fields()[detail]
        label = records.rows["projects"][(project_id,)].get("label")
        value = row.get("value")
        values = {
            "project_id": project_id, "label": label, "detail": code_label("detail", detail, lang), "item": _item_words(records, field.items, item, lang),
            "value": code_label(field.codelist, str(value), lang) if value and field.codelist else value,
            "earlier": earlier.get(("project_details", "|".join(key))),
        }  # fmt: skip
        yield FormRow("|".join(key), _shown(values), frozenset({*KEYS["details"], "earlier"}))


def _item_words(records: Records, items: str, item: str, lang: str) -> str:
    """A cost type or an indicator in words, a funder by its name."""
    if items == "funder":
        return str(records.rows["funders"].get((item,), {}).get("name", item))
    return code_label(items, item, lang) if items else ""


def _correction_row(number: int, correction: Correction, lang: str) -> FormRow:
    values = {name: getattr(correction, name) for name in ("project_id", *CORRECTED, *TOLD_BY[:-1])}
    values["field"] = field_label(correction.field, lang)
    values["action_code"] = code_label("correction_action", correction.action_code, lang)
    values["status_code"] = code_label("correction_status", correction.status_code, lang)
    return FormRow(str(number), _shown(values), frozenset())


def _labelled(row: FormRow, lang: str) -> FormRow:
    """The codes of a project as the words of the drop-downs."""
    shown = dict(row.values)
    for name in form_fields("projects"):
        if (listed := fields()[name].declared.codelist) and name in shown:
            shown[name] = code_label(listed, str(shown[name]), lang)
    return FormRow(row.key, shown, row.locked)


def _shown(values: Mapping[str, object]) -> dict[str, str | int | float]:
    return {name: value for name, value in values.items() if isinstance(value, str | int | float) and value != ""}
