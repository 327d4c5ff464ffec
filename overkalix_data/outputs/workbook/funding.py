"""The sheets of money: who takes part in which project, as rows and as a matrix, and each funder."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from overkalix_data.analyse import funding_mix, projects_per_funder
from overkalix_data.analyse.kronor import amount_counts
from overkalix_data.base.codelist import code_label
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.workbook.frames import pairs_and_levels, themes_by_funder
from overkalix_data.outputs.workbook.parts import (
    columns_of,
    label_column,
    of,
    own,
    plain_block,
    project_links,
    projects_in_order,
    table_sheet,
    with_project,
)
from overkalix_data.outputs.workbook.sheet import Sheet, SheetColumn
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables

MOST_FUNDERS, MOST_ON_PAPER = 24, 6
"""Funders that the matrix has a column for, those with most projects, and as many of them as a page of paper holds."""


def funding_in_order(tables: Tables, lang: str) -> pd.DataFrame:
    """The rows of funding as their sheet lists them: in the page's order."""
    funding = tables["project_funders"]
    is_first = ~funding.duplicated(["project_id", "funder_id"])
    return with_project(tables, funding.assign(amount_counted=amount_counts(tables), counted=is_first), lang)


def funding_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a part of a project's funding."""
    names = tables["funders"].set_index("funder_id")["name"]
    frame = funding_in_order(tables, lang)
    frame = frame.assign(name=frame["funder_id"].map(names), via_funder_id=frame["via_funder_id"].map(names))
    frame["counted"] = [code_label("yes_no", "yes" if is_counted else "no", lang) for is_counted in frame["counted"]]
    frame["amount_counted"] = [code_label("in_sums", code, lang) for code in frame["amount_counted"]]
    asked = [c.name for c in TABLES["project_funders"].shown("form")]
    columns = [
        label_column(lang), own("funder", lang, 44, key="name"),
        *columns_of("project_funders", lang, "role_code", "via_funder_id", *asked, "amount_basis", "as_published"),
        own("counted", lang, 12), own("amount_counted", lang, 12), of("projects", "first_line", lang, 10),
        *columns_of("project_funders", lang, "project_id", "funder_id"),
    ]  # fmt: skip
    return table_sheet("project_funders", frame, columns, lang, printed=8)


def matrix_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a project, one column a funder: the role, where it takes part."""
    shown = projects_per_funder(tables).head(MOST_FUNDERS)
    roles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in tables["project_funders"][["project_id", "funder_id", "role_code"]].itertuples(index=False):
        roles[str(row.project_id), str(row.funder_id)].append(code_label("role", str(row.role_code), lang))
    counted = tables["project_funders"].groupby("project_id")["funder_id"].nunique().to_dict()
    labels = project_links(tables, lang)
    ids = [str(f) for f in shown["funder_id"]]
    rows = [
        [labels[p], counted.get(p, 0), *(", ".join(roles[p, f]) if (p, f) in roles else None for f in ids), p]
        for p in map(str, projects_in_order(tables)["project_id"])
    ]
    columns = [
        label_column(lang), own("count_funders", lang, 14, "int"), *_funder_columns(shown),
        of("projects", "project_id", lang),
    ]  # fmt: skip
    title, total = say("book.matrix", lang), len(tables["funders"])
    about = say("book.matrix.about", lang, shown=decimal(len(shown), lang), total=decimal(total, lang))
    matrix = plain_block("matrix", columns, rows, say("book.projects_by_funder", lang))
    return Sheet(title, title, about, [matrix, themes_by_funder(tables, lang)], printed=2 + MOST_ON_PAPER)


def funders_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a funder: how many projects it takes part in, and what it is known to have granted."""
    frame = projects_per_funder(tables)[["funder_id", "projects", "ongoing", "completed"]]
    money = funding_mix(tables)[["key", "granted_sek", "known", "of"]].rename(columns={"key": "funder_id"})
    for more in (tables["funders"], money):
        frame = frame.merge(more, on="funder_id", validate="1:1")
    columns = [
        *columns_of("funders", lang, "name", "funder_type_code", "level_code"),
        *(own(c, lang, 12, "int") for c in ("projects", "ongoing", "completed")),
        of("project_funders", "granted_sek", lang, 18),
        own("known", lang, 12, "int"), own("of", lang, 12, "int"),
        of("funders", "abbreviation", lang, none_applies=True),
        *columns_of("funders", lang, "org_number", "name_en", "funder_id"),
    ]  # fmt: skip
    sheet = table_sheet("funders", frame, columns, lang, notes=[say("book.funders.note", lang)])
    listed = replace(sheet.blocks[0], heading=say("book.per_funder", lang))
    return replace(sheet, blocks=[listed, *pairs_and_levels(tables, lang)], printed=9)


def _funder_columns(shown: pd.DataFrame) -> Sequence[SheetColumn]:
    """A column a funder; where two funders have one name the id tells them apart."""
    twice = set(shown.loc[shown["name"].duplicated(keep=False), "name"])
    rows: list[Any] = list(shown.itertuples(index=False))
    names = {r.funder_id: f"{r.name} ({r.funder_id})" if r.name in twice else str(r.name) for r in rows}
    return [SheetColumn(f"f:{funder_id}", name, width=22, none_applies=True) for funder_id, name in names.items()]
