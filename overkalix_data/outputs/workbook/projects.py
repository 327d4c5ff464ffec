"""The sheets of projects: the list, when they run, for whom and on what, whom to ask, and what is not known."""

from dataclasses import replace
from typing import Any

import pandas as pd

from overkalix_data.analyse import timeline
from overkalix_data.analyse.kronor import cost_counts
from overkalix_data.analyse.pivot import linked_names
from overkalix_data.analyse.typed import in_words
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.words import counts, decimal, say
from overkalix_data.checks.to_do import questions
from overkalix_data.outputs.workbook.funding import funding_in_order
from overkalix_data.outputs.workbook.parts import (
    columns_of,
    label_column,
    municipality_names,
    of,
    one_sheet,
    other_places,
    own,
    plain_block,
    project_links,
    projects_in_order,
    table_sheet,
    with_project,
)
from overkalix_data.outputs.workbook.sheet import Link, Sheet, SheetColumn
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of
from overkalix_data.values.phone_email import national_form

ON_PAPER = 8
"""Columns of the list of projects that go on paper."""
ON_PAGE = 25
"""Rows of what is missing that go on paper: to those who are asked it goes as letters."""
MOST_YEARS = 20
"""Years that the timeline has a column for: the latest, where the projects span more."""


def projects_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a project, ongoing first, in the page's order; its label leads to the page, its funders to their rows."""
    frame = projects_in_order(tables)
    ids = frame["project_id"]
    urls = tables["sources"].set_index("source_id")["url"].dropna().to_dict()
    labels = [Link(r["label"], url=urls.get(r["source_id"], "")) for r in rows_of(frame[["label", "source_id"]])]
    municipalities, elsewhere = municipality_names(tables, lang), other_places(tables, lang)
    frame = frame.assign(
        label=pd.Series(labels, dtype=object),
        funders=ids.map(_joined(tables, "funders", lang)),
        funding_rows=ids.map(_to_funding(tables, lang)).astype(object),
        themes=ids.map(_joined(tables, "themes", lang)),
        municipality=ids.map({p: ", ".join(of) for p, of in municipalities.items()}),
        also_on=ids.map({p: "; ".join(of.values()) for p, of in elsewhere.items()}),
        cost_counted=[code_label("in_sums", code, lang) for code in cost_counts(tables | {"projects": frame})],
    )
    leading = ("status_code", "start", "end", "total_cost_sek", "unit", "goal")
    others = [
        c.name
        for c in TABLES["projects"].shown("sheet", "eu_rate_percent")
        if c.name not in (*leading, "target_group_text")
    ]
    columns = [
        label_column(lang), *([own("municipality", lang, 22)] if municipalities else []),
        of("projects", "status_code", lang), own("funders", lang, 36), of("projects", "target_group_text", lang, 30),
        own("themes", lang, 28), *columns_of("projects", lang, *leading[1:]),
        own("funding_rows", lang, 14, none_applies=True), own("cost_counted", lang, 14),
        *columns_of("projects", lang, *others, "project_id"),
    ]  # fmt: skip
    if elsewhere:
        columns.insert([c.key for c in columns].index("duplicate_of") + 1, own("also_on", lang, 30, none_applies=True))
    return table_sheet("projects", frame, columns, lang, printed=ON_PAPER + bool(municipalities))


def timeline_sheet(tables: Tables, lang: str) -> Sheet:
    """The projects whose start or end is known, with a column a year that says what is told of that year."""
    dated = timeline(tables)
    starts, ends = (dated[day].str[:4] for day in ("first_day", "last_day"))
    bounds = list(zip(starts.fillna(ends).astype(int), ends.fillna(starts).astype(int), strict=True))
    last = max((b for _, b in bounds), default=0)
    years = range(max(min((a for a, _ in bounds), default=1), last - MOST_YEARS + 1), last + 1)
    running, labels = say("book.running", lang), project_links(tables, lang)
    rows = [
        [labels[str(r.project_id)], code_label("status", str(r.status_code), lang), r.start, r.end,
         code_label("basis", str(r.period_basis), lang), *(running if a <= year <= b else None for year in years),
         r.project_id]
        for r, (a, b) in zip(dated.itertuples(index=False), bounds, strict=True)
    ]  # fmt: skip
    tones = ((running, "good"),)
    columns = [
        label_column(lang), of("projects", "status_code", lang),
        *columns_of("projects", lang, "start", "end", width=16),
        of("projects", "period_basis", lang, 24),
        *(SheetColumn(f"y{year}", str(year), "text", 11, none_applies=True, tones=tones) for year in years),
        of("projects", "project_id", lang),
    ]  # fmt: skip
    title, total = say("book.timeline", lang), len(tables["projects"])
    about = say("book.timeline.about", lang, known=decimal(len(dated), lang), total=decimal(total, lang))
    block = plain_block("timeline", columns, rows, nothing=say("book.nothing.timeline", lang))
    return Sheet(title, title, about, [block])


def missing_sheet(tables: Tables, as_of: str, lang: str) -> Sheet:
    """One row for each thing that is not known of a project: what, whom to ask, and where the answer is filled in."""
    labels = project_links(tables, lang)
    rows = [
        [labels[q.project_id], q.words, q.unit or None, q.contact or None, say(f"form.{q.sheet}", lang), q.line,
         q.project_id]
        for q in questions(tables, as_of, lang)
    ]  # fmt: skip
    columns = [
        label_column(lang), own("question", lang, 50), of("projects", "unit", lang, 26),
        own("whom", lang, 28, personal=True), own("filled_in_on", lang, 26),
        *columns_of("projects", lang, "first_line", "project_id"),
    ]  # fmt: skip
    title = say("book.missing", lang)
    numbers, lacking = counts(lang, facts=len(rows), projects=len(tables["projects"])), len({row[-1] for row in rows})
    about = say("book.missing.about", lang, known=decimal(lacking, lang), **numbers)
    block = plain_block(
        "missing", columns, rows, say("book.missing.rows", lang), nothing=say("book.nothing.missing", lang)
    )
    block = replace(block, on_paper=min(len(rows), ON_PAGE) or None)
    return one_sheet(title, about, [Sheet(title, title, about, [block]), contacts_sheet(tables, lang)], printed=6)


def _to_funding(tables: Tables, lang: str) -> dict[str, Link]:
    """project_id → how many rows it has on the sheet of funding, leading to the first of them."""
    sheet, counts = TABLES["project_funders"].title(lang), tables["project_funders"]["project_id"].value_counts()
    links: dict[str, Link] = {}
    for row, project_id in enumerate(funding_in_order(tables, lang)["project_id"], start=1):
        count = int(counts[project_id])
        links.setdefault(str(project_id), Link(say("book.rows", lang, count=count), sheet=sheet, row=row))
    return links


def _joined(tables: Tables, table: str, lang: str) -> dict[Any, str]:
    """project_id → the names that it is linked to, in the page's order."""
    return linked_names(tables, table, lang).groupby("project_id")["name"].agg(", ".join).to_dict()


def subjects_sheet(tables: Tables, lang: str) -> Sheet:
    """For whom the projects are, and on what."""
    title, about = (say(key, lang) for key in ("book.subjects", "book.subjects.about"))
    return one_sheet(title, about, [themes_sheet(tables, lang), target_groups_sheet(tables, lang)], printed=4)


def target_groups_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a target group of a project."""
    links = tables["project_target_groups"].merge(tables["target_groups"], on="target_group_id", validate="m:1")
    frame = with_project(tables, links, lang)
    words = in_words(frame[["category_code"]], lang, "target_groups")
    columns = [
        of("target_groups", "name", lang, 48), label_column(lang),
        of("project_target_groups", "as_published", lang, 80), of("target_groups", "category_code", lang, 30),
        of("projects", "first_line", lang, 10),
        of("project_target_groups", "project_id", lang),
    ]  # fmt: skip
    name = TABLES["target_groups"].title(lang)
    return table_sheet("project_target_groups", frame.assign(**words), columns, lang, name=name, on_paper=0)


def themes_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a theme of a project, with the regional strategy and the global goals that the theme belongs to."""
    name = "name" if lang == "sv" else "name_en"
    areas = ("rus_area", "agenda_2030_goals", "leader_polaris_area", "cofog")
    parents = tables["themes"][["theme_code", name, *areas]]
    frame = with_project(tables, tables["project_themes"].merge(parents, on="theme_code", validate="m:1"), lang)
    columns = [
        SheetColumn(name, TABLES["themes"].column("name").title(lang), width=48), label_column(lang),
        of("project_themes", "matched_text", lang, 80), of("project_themes", "basis", lang, 30),
        *columns_of("themes", lang, *areas),
        of("projects", "first_line", lang, 10), of("project_themes", "project_id", lang),
    ]  # fmt: skip
    return table_sheet("project_themes", frame, columns, lang, name=TABLES["themes"].title(lang))


def contacts_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a contact, with its numbers as people here write them: for the internal edition alone."""
    points, links = tables["contact_points"], tables["project_contacts"]
    frame = tables["contacts"].copy()
    for kind in codes("contact_point"):
        of_kind = points[points["kind_code"] == kind]
        written = of_kind["value"].map(national_form).groupby(of_kind["contact_id"]).agg(", ".join)
        frame[kind] = frame["contact_id"].map(written)
    frame["projects"] = frame["contact_id"].map(links.groupby("contact_id").size()).fillna(0).astype("Int64")
    frame = frame.sort_values(["projects", "name"], ascending=[False, True])
    kinds = {kind: code_label("contact_point", kind, lang) for kind in codes("contact_point")}
    columns = [
        *columns_of("contacts", lang, "name", "other_names", "role_title", "organisation"),
        *(SheetColumn(kind, heading, width=30, personal=True) for kind, heading in kinds.items()),
        own("projects", lang, 12, "int"), of("contacts", "contact_id", lang),
    ]  # fmt: skip
    return table_sheet("contacts", frame, columns, lang)
