"""The report as one HTML file: no foreign host, a list without JavaScript, contacts only in the internal edition."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from overkalix_data.analyse import source_names
from overkalix_data.base.files import written
from overkalix_data.base.words import say
from overkalix_data.checks import to_do as quality
from overkalix_data.outputs.charts import Chart
from overkalix_data.outputs.charts.style import inlined
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.facts import Material
from overkalix_data.outputs.council.method import fetched, method, publicity_lines, publisher, source_rows
from overkalix_data.outputs.council.projects import ProjectCard, choices
from overkalix_data.outputs.pages.render import render
from overkalix_data.outputs.workbook.sheet import BOOK
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables

TALL = 8
"""A picture of more inches than these is too small to read where it shares a printed page: there it is a list too."""
ANSWERS = {
    "how_many": prose.how_many,
    "who_pays": prose.who_pays,
    "what_changed": prose.what_changed,
    "what_is_unknown": prose.what_is_unknown,
}
"""A councillor's question (`report.<question>`) → its sentences."""


def write_report_page(m: Material, charts: Sequence[tuple[Chart, str]], path: Path) -> Path:
    """Writes the page of an edition: the internal one tells contacts, the public one names nobody.

    `charts` are charts with their SVG.
    """
    tables, lang = m.tables, m.lang
    answers = [(say(f"report.{question}", lang), answer(m.facts, lang)) for question, answer in ANSWERS.items()]
    text = render(
        "rapport.html",
        lang,
        as_of=m.as_of,
        fetched=fetched(tables, lang, remedy=True),
        publisher=publisher(tables, lang),
        source=source_names(tables),
        internal=m.internal,
        answers=[(question, sentences) for question, sentences in answers if sentences],
        charts=[_chart(chart, svg, lang) for chart, svg in charts],
        cards=m.cards,
        about=say("report.list.about.pages" if len(tables["sources"]) > 1 else "report.list.about", lang),
        filters=_filters(m.cards, lang),
        findings=prose.findings(m.facts, lang),
        rules=_rules(tables, lang, with_remedy=m.internal),
        book=BOOK,
        method=method(tables, m.as_of, lang),
        sources=source_rows(tables, lang),
        publicity=publicity_lines(tables, lang),
    )
    return written(path, text)


def _chart(chart: Chart, svg: str, lang: str) -> Mapping[str, Any]:
    headings, *rows = chart.numbers
    # The picture is ours: matplotlib has escaped the words in it.
    picture, topic = Markup(inlined(svg, chart.stem)), say(f"chart.topic.{chart.stem}", lang)
    words = {"topic": topic, "title": chart.title, "subtitle": chart.subtitle}
    words |= {"kind": "chart tall" if chart.height > TALL else "chart"}
    return words | {"foot": chart.foot, "svg": picture, "bars": chart.bars, "headings": headings, "rows": rows}


def _rules(tables: Tables, lang: str, *, with_remedy: bool) -> Mapping[str, Any]:
    """The table of rules that failed, empty where none did; what to do is told to those who can."""
    columns = ("report.quality.what", "report.quality.severity", "report.quality.share", "quality.remedy")
    headings = [say(key, lang).rstrip(":") for key in columns]
    rows = [
        [
            r["title"],
            r["severity"],
            say("check.share", lang, count=r["failed"], applicable=r["applicable"]),
            r["remedy"],
        ]
        for r in quality.failed(tables, lang)
    ]
    return {"headings": headings[: 3 + with_remedy], "rows": [row[: 3 + with_remedy] for row in rows]} if rows else {}


def _filters(cards: Sequence[ProjectCard], lang: str) -> list[tuple[str, str, list[str]]]:
    """Name, heading and choices of each filter: that of municipalities only where there are several."""
    headings = {
        "publisher": say("book.municipality", lang),
        "status": TABLES["projects"].column("status_code").title(lang),
        "funder": say("book.funder", lang),
        "theme": TABLES["themes"].column("name").title(lang),
        "group": TABLES["target_groups"].column("name").title(lang),
    }
    names = [name for name in headings if name != "publisher" or (cards and name in cards[0].filters)]
    return [(name, headings[name], choices(cards, name)) for name in names]
