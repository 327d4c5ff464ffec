"""The workbook described as data: which sheets, which columns, which words. `excel.py` writes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from overkalix_data.analyse import known_counts, projects_per_funder, source_names
from overkalix_data.codelists import code_label, codes
from overkalix_data.comparison import project_changes
from overkalix_data.records import Row
from overkalix_data.redact import Redactor
from overkalix_data.schema import TABLES
from overkalix_data.tables import Tables
from overkalix_data.words import decimal, say

EDITIONS = ("internal", "public")
NONE_APPLIES = frozenset({"duplicate_of", "via_funder_id", "other_names", "accepted_text", "suggestion", "publicity_text", "line"})
"""Columns where an empty cell says "none", not "unknown"."""


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: its heading, its width in characters, and the number format its type asks for."""

    heading: str
    type: str = "text"
    width: int = 16
    none_applies: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet: title in A1, what a row is in A2, the source in A3, then the table. None is unknown."""

    name: str
    title: str
    subtitle: str
    columns: list[SheetColumn]
    rows: list[list[Any]]
    table: str
    printed: int = 0
    """How many columns go on paper, from the left; 0 = all. The rest are for the screen."""
    notes: list[str] = field(default_factory=list)
    """Lines of words above the table, where the sheet has any."""


def council_sheets(tables: Tables, lang: str = "sv", edition: str = "internal") -> list[Sheet]:
    """The first workbook's sheets in their order; contacts only in the internal edition."""
    made = [_projects(tables, lang), _funders(tables, lang), _funding(tables, lang), _target_groups(tables, lang)]
    if edition == "internal":
        made.append(_contacts(tables, lang))
    if len(tables["changes"]):
        made.append(_changes(tables, lang))
    made += [_findings(tables, lang), _checks(tables, lang)]
    if edition == "public":
        made = [_public(sheet, Redactor(tables).mask) for sheet in made]
    return [_about(tables, made, lang), *made]


def _about(tables: Tables, sheets: Sequence[Sheet], lang: str) -> Sheet:
    known = known_counts(tables)
    told = {n: decimal(c, lang) for n, c in known.items()} | {
        "funders": decimal(len(tables["funders"]), lang), "links": decimal(len(tables["project_funders"]), lang),
    }  # fmt: skip
    notes = [say(f"book.about.{key}", lang, **told, source=source_names(tables)) for key in ("what", "known", "unknown", "counted")]
    rows = [[sheet.name, sheet.subtitle, len(sheet.rows)] for sheet in sheets]
    columns = [SheetColumn(say(f"book.contents.{c}", lang), t, w) for c, t, w in (("sheet", "link", 30), ("about", "text", 80), ("rows", "int", 12))]
    return Sheet(say("book.about", lang), say("book.title", lang), say("book.about.subtitle", lang), columns, rows, "Innehall", notes=notes)


def _projects(tables: Tables, lang: str) -> Sheet:
    """One row a project, ongoing first, in the page's order."""
    frame = tables["projects"].sort_values(["status_code", "source_id", "first_line"], ascending=[False, True, True])
    names = tables["funders"].set_index("funder_id")["name"]
    links = tables["project_funders"].sort_values("position").assign(name=lambda t: t["funder_id"].map(names))
    themes = tables["project_themes"].merge(tables["themes"][["theme_code", "name" if lang == "sv" else "name_en"]], on="theme_code")
    frame = frame.assign(
        funders=frame["project_id"].map(links.groupby("project_id")["name"].agg(", ".join)),
        themes=frame["project_id"].map(themes.groupby("project_id")[themes.columns[-1]].agg(", ".join)),
    )
    extra = {"funders": (say("book.funders", lang), 36), "themes": (say("book.themes", lang), 26)}
    order = ["label", "status_code", "unit", "goal", "target_group_text", "funders", "themes", "start", "end", "total_cost_sek",
             "title", "title_basis", "status_basis", "project_type_code", "purpose", "results", "description", "period_basis", "duplicate_of",
             "first_line", "last_line", "project_id"]  # fmt: skip
    widths = {"label": 34, "title": 18, "goal": 60, "purpose": 50, "results": 50, "description": 60, "target_group_text": 30, "duplicate_of": 30,
              "project_id": 58, "first_line": 9, "last_line": 9, "start": 18, "end": 18, "total_cost_sek": 18, "status_code": 14, "unit": 20}  # fmt: skip
    return replace(_sheet("projects", frame, order, lang, widths, extra), printed=order.index("total_cost_sek") + 1)


def _funders(tables: Tables, lang: str) -> Sheet:
    counted = projects_per_funder(tables)
    frame = counted[["funder_id", "projects", "ongoing", "completed"]].merge(tables["funders"], on="funder_id", validate="1:1")
    extra = {c: (say(f"book.{c}", lang), 12) for c in ("projects", "ongoing", "completed")}
    order = ["name", "funder_type_code", "level_code", "projects", "ongoing", "completed", "abbreviation", "org_number", "name_en", "funder_id"]
    return _sheet("funders", frame, order, lang, {"name": 46, "name_en": 44, "funder_id": 24, "org_number": 20}, extra, ints=tuple(extra))


def _funding(tables: Tables, lang: str) -> Sheet:
    names = tables["funders"].set_index("funder_id")["name"]
    frame = _with_label(tables, tables["project_funders"]).sort_values(["first_line", "position"])
    frame = frame.assign(name=frame["funder_id"].map(names), via_funder_id=frame["via_funder_id"].map(names))
    extra = _label_heading(lang) | {"name": (say("book.funder", lang), 44), "first_line": (TABLES["projects"].column("first_line").title(lang), 10)}
    order = ["label", "name", "role_code", "via_funder_id", "granted_sek", "contribution_code", "as_published", "first_line", "project_id"]
    return _sheet("project_funders", frame, order, lang, {"via_funder_id": 26, "as_published": 40, "project_id": 58, "role_code": 26}, extra, ints=("first_line",))


def _target_groups(tables: Tables, lang: str) -> Sheet:
    frame = _with_label(tables, tables["project_target_groups"]).merge(tables["target_groups"], on="target_group_id", validate="m:1")
    frame = frame.sort_values(["first_line", "position"])
    category = TABLES["target_groups"].column("category_code")
    frame["category_code"] = frame["category_code"].map(lambda c: code_label(category.codelist, c, lang), na_action="ignore")
    extra = _label_heading(lang) | {
        "name": (TABLES["target_groups"].column("name").title(lang), 44), "category_code": (category.title(lang), 34),
        "first_line": (TABLES["projects"].column("first_line").title(lang), 10),
    }  # fmt: skip
    order = ["name", "category_code", "label", "as_published", "first_line", "project_id"]
    return _sheet("project_target_groups", frame, order, lang, {"as_published": 44, "project_id": 58}, extra, ints=("first_line",))


def _contacts(tables: Tables, lang: str) -> Sheet:
    points, links = tables["contact_points"], tables["project_contacts"]
    frame = tables["contacts"].copy()
    extra = {}
    for kind in codes("contact_point"):
        of_kind = points[points["kind_code"] == kind].groupby("contact_id")["as_published"].agg(lambda s: ", ".join(dict.fromkeys(s)))
        frame[kind] = frame["contact_id"].map(of_kind)
        extra[kind] = (code_label("contact_point", kind, lang), 34)
    frame["projects"] = frame["contact_id"].map(links.groupby("contact_id").size()).fillna(0).astype("Int64")
    extra["projects"] = (say("book.projects", lang), 12)
    frame = frame.sort_values(["projects", "name"], ascending=[False, True])
    order = ["name", "other_names", "role_title", "organisation", *codes("contact_point"), "projects", "contact_id"]
    return _sheet("contacts", frame, order, lang, {"name": 26, "other_names": 22, "organisation": 26, "role_title": 22}, extra, ints=("projects",))


def _changes(tables: Tables, lang: str) -> Sheet:
    """One row a change, in the words of the page of changes: no codes, no names of columns."""
    rows: list[Row] = [{str(k): None if pd.isna(v) else v for k, v in row.items()} for row in tables["changes"].to_dict("records")]
    told = [
        [project.label, change.what, change.before or None, change.after or None, project.lines, project.project_id]
        for project in project_changes(rows, lang) for change in project.changes
    ]  # fmt: skip
    words = [say("book.project", lang), *(say(f"changes.{key}", lang) for key in ("what", "before", "after")), say("changes.where", lang)]
    headings = [*words, TABLES["projects"].column("project_id").title(lang)]
    columns = [SheetColumn(h, "text", w, none_applies=True) for h, w in zip(headings, (44, 26, 60, 60, 22, 58), strict=True)]
    about = TABLES["changes"]
    subtitle = say("book.subtitle", lang, about=about.description(lang), rows=decimal(len(told), lang))
    return Sheet(about.title(lang), about.title(lang), subtitle, columns, told, "changes", printed=5)


def _findings(tables: Tables, lang: str) -> Sheet:
    rank = {code: n for n, code in enumerate(codes("severity"))}
    titles = tables["checks"].set_index("rule_id")["title"]
    frame = tables["findings"].assign(rank=tables["findings"]["severity"].map(rank), rule=tables["findings"]["rule_id"].map(titles))
    frame = frame.sort_values(["rank", "rule_id", "line"])
    extra = {"rule": (TABLES["checks"].column("title").title(lang), 38)}
    order = ["severity", "rule", "message", "line", "value", "suggestion", "accepted_text", "rule_id"]
    widths = {"severity": 13, "message": 80, "line": 8, "value": 44, "suggestion": 36, "rule_id": 26, "accepted_text": 24}
    return _sheet("findings", frame, order, lang, widths, extra)


def _checks(tables: Tables, lang: str) -> Sheet:
    rank = {code: n for n, code in enumerate(codes("severity"))}
    frame = tables["checks"].assign(rank=tables["checks"]["severity"].map(rank), passed=tables["checks"]["failed"] == 0)
    frame = frame.sort_values(["passed", "rank", "failed"], ascending=[True, True, False])
    order = ["title", "severity", "dimension", "failed", "applicable", "not_applicable", "why", "remedy", "rule_id"]
    return _sheet("checks", frame, order, lang, {"title": 44, "severity": 13, "failed": 9, "applicable": 9, "not_applicable": 9,
                                             "why": 60, "remedy": 60, "rule_id": 26})  # fmt: skip


def _with_label(tables: Tables, links: pd.DataFrame) -> pd.DataFrame:
    return links.merge(tables["projects"][["project_id", "label", "first_line"]], on="project_id", validate="m:1")


def _label_heading(lang: str) -> dict[str, tuple[str, int]]:
    return {"label": (say("book.project", lang), 44)}


def _sheet(
    table: str, frame: pd.DataFrame, order: list[str], lang: str, widths: dict[str, int],
    extra: dict[str, tuple[str, int]] | None = None, ints: tuple[str, ...] = (),
) -> Sheet:  # fmt: skip
    """A sheet of one of the schema's tables: headings, types and code labels from the schema; `extra` columns have their own."""
    declared, extra = {c.name: c for c in TABLES[table].columns}, extra or {}
    columns, shown = [], frame[order].copy()
    for name in order:
        column = None if name in extra else declared[name]
        if column and column.codelist:
            shown[name] = shown[name].map(lambda code, c=column: code_label(c.codelist, code, lang), na_action="ignore")
        heading, width = extra.get(name) or (column.title(lang) if column else name, widths.get(name, 16))
        kind = "int" if name in ints else column.type if column else "text"
        columns.append(SheetColumn(heading, kind, width, name in NONE_APPLIES))
    rows = [[None if pd.isna(v) else v for v in row] for row in shown.itertuples(index=False)]
    about = TABLES[table]
    subtitle = say("book.subtitle", lang, about=about.description(lang), rows=decimal(len(rows), lang))
    return Sheet(about.title(lang), about.title(lang), subtitle, columns, rows, table)


def _public(sheet: Sheet, mask: Callable[[str], str]) -> Sheet:
    rows = [[mask(v) if isinstance(v, str) else v for v in row] for row in sheet.rows]
    return replace(sheet, rows=rows)
