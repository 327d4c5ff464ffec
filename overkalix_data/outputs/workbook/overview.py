"""The first sheet: key figures computed in the book from its own tables, three charts with their numbers, and the contents."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from overkalix_data.analyse import completeness, known_counts, projects_per_funder, themes
from overkalix_data.analyse.counts import counted_projects
from overkalix_data.analyse.sums import Total, cost_total, granted_total
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.workbook.evidence import contents
from overkalix_data.outputs.workbook.parts import book_title, own, plain_block
from overkalix_data.outputs.workbook.sheet import BarChart, Block, Formula, Sheet, SheetColumn
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of

MOST_BARS = 12
"""Bars that a chart shows, the longest: more than this nobody reads."""
KNOWN = (
    ("goal", "projects", "goal"), ("target_group", "projects", "target_group_text"), ("theme", "projects", "themes"), ("funder", "projects", "funders"),
    ("title", "projects", "title"), ("start", "projects", "start"), ("end", "projects", "end"), ("results", "projects", "results"),
    ("total_cost_sek", "projects", "total_cost_sek"),
)  # fmt: skip
"""Field of `analyse.completeness` → the table and column of the book that has it."""


def overview_sheet(tables: Tables, sheets: Sequence[Sheet], lang: str) -> Sheet:
    """Key figures, charts and contents of the sheets that follow."""
    blocks = [
        _figures(tables, sheets, lang),
        _by_funder(tables, lang),
        replace(_by_theme(tables, lang), new_page=True),
        _known(tables, lang),
        replace(_contents(sheets, lang), new_page=True),
    ]
    return Sheet(
        say("book.overview", lang),
        book_title(tables, lang),
        say("book.overview.about", lang),
        blocks,
        [say("book.overview.note", lang)],
    )


def _figures(tables: Tables, sheets: Sequence[Sheet], lang: str) -> Block:
    yes, none, unknown = code_label("yes_no", "yes", lang), "–", say("unknown", lang)
    known, status = known_counts(tables), counted_projects(tables)["status_code"]
    severity = tables["findings"]["severity"]
    count, funders, parts = (Formula(f"COUNTA({{{table}.{key}}})", len(tables[table])) for table, key in
                             (("projects", "project_id"), ("funders", "funder_id"), ("project_funders", "project_id")))  # fmt: skip
    projects = _all(count)
    missing = next((len(b.frame) for s in sheets for b in s.blocks if b.table == "missing"), 0)
    rows = [
        [say("figure.projects", lang), *projects, say("figure.projects.how", lang)],
        [say("figure.texts", lang), Formula(f'COUNTIF({{projects.duplicate_of}},"{none}")', known["texts"]), *projects[1:], say("figure.texts.how", lang)],
        *([say(f"figure.status.{code}", lang), Formula(f'COUNTIF({{projects.status_code}},"{code_label("status", code, lang)}")', int((status == code).sum())),
           *projects[1:], say("figure.status.how", lang)] for code in codes("status") if (status == code).any()),
        [say("figure.funders", lang), *_all(funders), say("figure.funders.how", lang)],
        [say("figure.parts", lang), *_all(parts), say("figure.parts.how", lang)],
        [say("figure.cost", lang), *_sum("projects", "total_cost_sek", "cost_counted", cost_total(tables), yes, unknown), say("figure.cost.how", lang)],
        [say("figure.granted", lang), *_sum("project_funders", "granted_sek", "amount_counted", granted_total(tables), yes, unknown),
         say("figure.granted.how", lang)],
        *([say(f"figure.{code}", lang), *_all(Formula(f'COUNTIF({{findings.severity}},"{code_label("severity", code, lang)}")', int((severity == code).sum()))),
           say("figure.findings.how", lang)] for code in ("critical", "warning")),
        [say("figure.missing", lang), *_all(Formula("COUNTA({missing.project_id})", missing)), say("figure.missing.how", lang)],
    ]  # fmt: skip
    columns = [
        own("figure", lang, 46),
        own("figure_value", lang, 18, "money"),
        own("known", lang, 12, "int"),
        own("of", lang, 12, "int"),
        own("how", lang, 70),
    ]
    return plain_block("figures", columns, rows, say("book.figures", lang))


def _all(value: Formula) -> list[Formula]:
    """A figure that is known for all that it counts: the value, known, of."""
    return [value, value, value]


def _sum(table: str, money: str, mark: str, total: Total, yes: str, unknown: str) -> list[Formula]:
    """A sum over the amounts that count, known for how many of how many; without one it is unknown, not nought."""
    known = f'COUNTIFS({{{table}.{mark}}},"{yes}",{{{table}.{money}}},">=0")'
    value = f'IF({known}=0,"{unknown}",SUMIFS({{{table}.{money}}},{{{table}.{mark}}},"{yes}"))'
    return [Formula(value, unknown if total.sek is None else total.sek), Formula(known, total.known),
            Formula(f'COUNTIF({{{table}.{mark}}},"{yes}")', total.of)]  # fmt: skip


def _by_funder(tables: Tables, lang: str) -> Block:
    """Counted by equality, not by a criterion: a funder's name may hold signs that a criterion reads as a pattern."""
    counted = projects_per_funder(tables).head(MOST_BARS)
    text = f'SUMPRODUCT(({{project_funders.name}}=A{{row}})*({{project_funders.counted}}="{code_label("yes_no", "yes", lang)}"))'
    rows = [[str(r["name"]), Formula(text, int(r["projects"]))] for r in rows_of(counted)]
    return _chart_block("by_funder", say("book.funder", lang), rows, lang)


def _by_theme(tables: Tables, lang: str) -> Block:
    name = "name" if lang == "sv" else "name_en"
    counted = themes(tables).head(MOST_BARS)
    text = f"SUMPRODUCT(--({{project_themes.{name}}}=A{{row}}))"
    rows = [[str(r[name]), Formula(text, int(r["projects"]))] for r in rows_of(counted)]
    return _chart_block("by_theme", TABLES["themes"].column("name").title(lang), rows, lang)


def _known(tables: Tables, lang: str) -> Block:
    filled = completeness(tables).set_index("field")["filled"]
    unknown = say("unknown", lang)
    rows = [
        [
            say(f"known.{field}", lang),
            Formula(f'COUNTA({{{table}.{column}}})-COUNTIF({{{table}.{column}}},"{unknown}")', int(filled[field])),
        ]
        for field, table, column in KNOWN
    ]
    return _chart_block("known_fields", say("book.field", lang), rows, lang)


def _chart_block(table: str, heading: str, rows: Sequence[Sequence[Any]], lang: str) -> Block:
    told = ", ".join(f"{name} {decimal(cell.value, lang)}" for name, cell in rows)
    title = say(f"book.{table}", lang)
    columns = [SheetColumn("name", heading, width=46), own("projects", lang, 18, "int")]
    return plain_block(
        table, columns, rows, title, BarChart(title, say("book.chart.alt", lang, title=title, rows=told), "projects")
    )


def _contents(sheets: Sequence[Sheet], lang: str) -> Block:
    columns = [own("contents.sheet", lang, 46, "link"), own("contents.rows", lang, 12, "int")]
    return plain_block("contents", columns, contents(sheets), say("book.contents", lang))
