"""The council's workbook: which sheets, in which order, and the first of them: key figures, charts, contents."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from overkalix_data.analyse import completeness, known_counts, projects_per_funder, source_names, themes
from overkalix_data.analyse.counts import counted_projects
from overkalix_data.analyse.kronor import Total, cost_total, granted_total
from overkalix_data.analyse.one_per_project import joined
from overkalix_data.analyse.settled import settled
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.workbook.evidence import about_sheet, changes_sheet, contents, quality_sheet, sources_sheet
from overkalix_data.outputs.workbook.funding import funders_sheet, funding_sheet, matrix_sheet
from overkalix_data.outputs.workbook.parts import book_title, one_sheet, own, plain_block
from overkalix_data.outputs.workbook.projects import missing_sheet, projects_sheet, subjects_sheet, timeline_sheet
from overkalix_data.outputs.workbook.sheet import (
    BarChart,
    Book,
    Formula,
    Sheet,
    SheetColumn,
    SheetTable,
    without_personal,
)
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of


def council_book(tables: Tables, *, as_of: str, lang: str = "sv", edition: str = "internal") -> Book:
    """The workbook of an edition's tables: `internal` has contacts, `public` leaves out what is marked personal.

    A project that stands on several pages is one row, as it is one in every figure that counts the rows.
    """
    tables = settled(joined(tables))
    own_sheets = (projects_sheet, funding_sheet, matrix_sheet, funders_sheet, subjects_sheet)
    of_origin = [
        *(sheet(tables, lang) for sheet in (changes_sheet, timeline_sheet, sources_sheet)),
        about_sheet(tables, source_names(tables), lang),
    ]
    sheets = [
        *(sheet(tables, lang) for sheet in own_sheets),
        missing_sheet(tables, as_of, lang),
        quality_sheet(tables, lang),
        one_sheet(say("book.sources", lang), say("book.sources.lead", lang), of_origin, printed=5),
    ]
    shown = without_personal(sheets) if edition == "public" else sheets
    overview = overview_sheet(tables, shown, lang)
    line = source_line(tables, as_of, lang)
    return Book(book_title(tables, lang), say("book.subject", lang), line, [overview, *shown])


def source_line(tables: Tables, as_of: str, lang: str) -> str:
    """Address, day of the checks, file and day of retrieval: what a reader needs to find the same page again."""
    sources = tables["sources"]
    parts = [say("book.source", lang, source=source_names(tables), as_of=as_of)]
    for name in ("path", "retrieved_on"):
        values = sources[name].fillna(say("unknown", lang)).unique()
        parts.append(f"{TABLES['sources'].column(name).title(lang)}: {', '.join(values)}.")
    return " ".join(parts)


MOST_BARS = 12
"""Bars that a chart shows, the longest: more than this nobody reads."""
KNOWN = {
    name: name
    for name in ("goal", "target_group", "theme", "funder", "title", "start", "end", "results", "total_cost_sek")
}
KNOWN |= {"target_group": "target_group_text", "theme": "themes", "funder": "funders"}
"""Field of `analyse.completeness` → the column of the sheet of projects that has it."""


def overview_sheet(tables: Tables, sheets: Sequence[Sheet], lang: str) -> Sheet:
    """Key figures, charts and contents of the sheets that follow."""
    columns = [own("contents.sheet", lang, 46, "link"), own("contents.rows", lang, 12, "int")]
    listed = plain_block("contents", columns, contents(sheets), say("book.contents", lang))
    blocks = [
        _figures(tables, sheets, lang),
        _by_funder(tables, lang),
        replace(_by_theme(tables, lang), new_page=True),
        _known(tables, lang),
        replace(listed, on_paper=0),
    ]
    name, about, note = (say(key, lang) for key in ("book.overview", "book.overview.about", "book.overview.note"))
    return Sheet(name, book_title(tables, lang), about, blocks, [note])


def _figures(tables: Tables, sheets: Sequence[Sheet], lang: str) -> SheetTable:
    counts, status = known_counts(tables), counted_projects(tables)["status_code"]
    severity = tables["findings"]["severity"]

    def count(table: str, key: str, number: int) -> list[Formula]:
        return _all(Formula(f"COUNTA({{{table}.{key}}})", number))

    def equal(table: str, key: str, text: str, number: int) -> Formula:
        return Formula(f'COUNTIF({{{table}.{key}}},"{text}")', number)

    projects = count("projects", "project_id", len(tables["projects"]))
    missing = next((len(b.frame) for s in sheets for b in s.blocks if b.table == "missing"), 0)
    words = {code: code_label("status", code, lang) for code in codes("status") if (status == code).any()}
    ongoing = {
        f"status.{code}": [equal("projects", "status_code", text, int((status == code).sum())), *projects[1:]]
        for code, text in words.items()
    }
    worst = {
        code: _all(equal("findings", "severity", code_label("severity", code, lang), int((severity == code).sum())))
        for code in ("critical", "warning")
    }
    figures = {
        "projects": projects,
        "texts": [equal("projects", "duplicate_of", "–", counts["texts"]), *projects[1:]],
        **ongoing,
        "funders": count("funders", "funder_id", len(tables["funders"])),
        "parts": count("project_funders", "project_id", len(tables["project_funders"])),
        "cost": _sum("projects", "total_cost_sek", "cost_counted", cost_total(tables), lang),
        "granted": _sum("project_funders", "granted_sek", "amount_counted", granted_total(tables), lang),
        **worst,
        "missing": count("missing", "project_id", missing),
    }
    how = dict.fromkeys(worst, "findings") | dict.fromkeys(ongoing, "status")
    rows = [
        [say(f"figure.{name}", lang), *values, say(f"figure.{how.get(name, name)}.how", lang)]
        for name, values in figures.items()
    ]
    numbers = [own("figure_value", lang, 18, "money"), own("known", lang, 12, "int"), own("of", lang, 12, "int")]
    columns = [own("figure", lang, 46), *numbers, own("how", lang, 100)]
    return plain_block("figures", columns, rows, say("book.figures", lang))


def _all(value: Formula) -> list[Formula]:
    """A figure that is known for all that it counts: the value, known, of."""
    return [value, value, value]


def _sum(table: str, money: str, mark: str, total: Total, lang: str) -> list[Formula]:
    """A sum over the amounts that count, known for how many of how many; without one it is unknown, not nought."""
    unknown, column = say("unknown", lang), f"{{{table}.{mark}}}"
    yes, repeat = (f'{column},"{code_label("in_sums", code, lang)}"' for code in ("yes", "repeat"))
    with_amount = "+".join(f'COUNTIFS({listed},{{{table}.{money}}},">=0")' for listed in (yes, repeat))
    value = f'IF({with_amount}=0,"{unknown}",SUMIFS({{{table}.{money}}},{yes}))'
    shown = unknown if total.sek is None else total.sek
    of = f"COUNTIF({yes})+COUNTIF({repeat})"
    return [Formula(value, shown), Formula(with_amount, total.known), Formula(of, total.of)]


def _by_funder(tables: Tables, lang: str) -> SheetTable:
    """Counted by equality, not by a criterion: a funder's name may hold signs that a criterion reads as a pattern."""
    counted = projects_per_funder(tables).head(MOST_BARS)
    yes = code_label("yes_no", "yes", lang)
    text = f'SUMPRODUCT(({{project_funders.name}}=A{{row}})*({{project_funders.counted}}="{yes}"))'
    rows = [[str(r["name"]), Formula(text, int(r["projects"]))] for r in rows_of(counted)]
    return _chart_block("by_funder", say("book.funder", lang), rows, lang)


def _by_theme(tables: Tables, lang: str) -> SheetTable:
    name = "name" if lang == "sv" else "name_en"
    counted = themes(tables).head(MOST_BARS)
    text = f"SUMPRODUCT(--({{project_themes.{name}}}=A{{row}}))"
    rows = [[str(r[name]), Formula(text, int(r["projects"]))] for r in rows_of(counted)]
    return _chart_block("by_theme", TABLES["themes"].column("name").title(lang), rows, lang)


def _known(tables: Tables, lang: str) -> SheetTable:
    filled = completeness(tables).set_index("field")["filled"]
    unknown = say("unknown", lang)
    counts = {field: f'COUNTA({{projects.{c}}})-COUNTIF({{projects.{c}}},"{unknown}")' for field, c in KNOWN.items()}
    rows = [[say(f"known.{field}", lang), Formula(text, int(filled[field]))] for field, text in counts.items()]
    return _chart_block("known_fields", say("book.field", lang), rows, lang)


def _chart_block(table: str, heading: str, rows: Sequence[Sequence[Any]], lang: str) -> SheetTable:
    numbers = ", ".join(f"{name} {decimal(cell.value, lang)}" for name, cell in rows)
    title = say(f"book.{table}", lang)
    columns = [SheetColumn("name", heading, width=46), own("projects", lang, 18, "int")]
    alt = say("book.chart.alt", lang, title=title, rows=numbers)
    return plain_block(table, columns, rows, title, BarChart(title, alt, "projects"))
