"""The report to the council as a document: the municipality's skeleton filled with figures; what is judgement is left to the officer."""

from collections.abc import Sequence
from pathlib import Path

from overkalix_data.analyse import completeness, funding_mix, projects_per_funder, themes
from overkalix_data.base.codelist import codes
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.charts import Chart
from overkalix_data.outputs.charts.bars import field_name
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.document import (
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Part,
    Picture,
    Prompt,
    Table,
    Turn,
)
from overkalix_data.outputs.council.facts import Facts
from overkalix_data.outputs.council.material import Material
from overkalix_data.outputs.council.method import background, publicity_lines, publisher
from overkalix_data.outputs.council.projects import Card
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of

TO_FILL_IN = ("department", "officer", "case_number")
FULFILMENT = "goal_fulfilment"
"""The fact that a person has filled in about a project's goals (`project_details`)."""


def council_letter(m: Material, chart: Chart, picture: Path) -> Document:
    """The document of an edition, with a chart of funders and the file of its picture."""
    tables, f, made, lang = m.tables, m.facts, m.cards, m.lang
    parts: list[Part] = [
        *_head(tables, m.as_of, lang), *_section("proposal", [Paragraph(say("letter.proposal.text", lang))], lang),
        *_section("summary", [Items(prose.summary(f, lang))], lang), *_section("background", _paragraphs(background(tables, m.as_of, lang)), lang),
        Turn(is_wide=True), Heading(1, say("letter.account", lang)), *_by_status(f, made, tables, lang, contacts=m.internal), Turn(is_wide=False),
        Heading(2, say("letter.by_funder", lang)), *_paragraphs(prose.by_funder(f, lang)), _funder_table(tables, lang),
        Picture(picture, f"{chart.title}. {chart.foot}", chart.alt),
        Heading(2, say("letter.by_theme", lang)), *_paragraphs(prose.by_theme(f, lang)), _theme_table(tables, lang),
        *_section("assessment", _assessment(tables, made, lang), lang), *_section("economy", _paragraphs(prose.economy(f, lang)), lang),
        Heading(1, say("letter.consequences", lang)),
        *(part for key in ("children", "equality", "sustainability") for part in (Heading(2, say(f"letter.{key}", lang)), Prompt(say("letter.prompt", lang)))),
        *_section("missing", [*_paragraphs(prose.what_is_unknown(f, lang)), _known_table(tables, lang)], lang),
        *_section("material", [Items([say(f"letter.material.{key}", lang) for key in ("page", "book", "quality")])], lang),
        *_section("attachments", [Items([say(f"letter.attachment.{key}", lang) for key in ("list", "book")])], lang),
        *_section("sent_to", [Prompt(say("letter.prompt", lang))], lang),
    ]  # fmt: skip
    if lines := publicity_lines(tables, lang):
        parts += [Heading(1, say("report.publicity", lang)), Items(lines)]
    told = say("report.internal", lang) if m.internal else ""
    return Document(
        say("letter.title", lang, as_of=m.as_of), publisher(tables, lang), say("book.subject", lang), told, parts
    )


def _head(tables: Tables, as_of: str, lang: str) -> list[Part]:
    blank = say("letter.blank", lang)
    first = [
        Line(say("letter.municipality", lang), publisher(tables, lang)),
        *(Line(say(f"letter.{key}", lang), blank, True) for key in TO_FILL_IN),
    ]
    return [
        *first,
        Line(say("letter.date", lang), as_of),
        Line(say("letter.recipient", lang), say("letter.recipient.text", lang)),
    ]


def _section(key: str, parts: Sequence[Part], lang: str) -> list[Part]:
    return [Heading(1, say(f"letter.{key}", lang)), *parts]


def _paragraphs(sentences: Sequence[str]) -> list[Part]:
    return [Paragraph(" ".join(sentences))] if sentences else []


def _by_status(f: Facts, made: Sequence[Card], tables: Tables, lang: str, *, contacts: bool) -> list[Part]:
    """A heading a status that occurs; ongoing and completed always."""
    status = dict(zip(tables["projects"]["project_id"], tables["projects"]["status_code"], strict=True))
    told: list[Part] = []
    for code in codes("status"):
        mine = [card for card in made if status[card.project_id] == code]
        if mine or code in ("ongoing", "completed"):
            told += [Heading(2, say(f"letter.{code}", lang)), *_paragraphs(prose.of_status(f, code, lang))]
            told += [_project_table(mine, say(f"letter.{code}", lang), lang, contacts=contacts)] if mine else []
    return told


def _project_table(made: Sequence[Card], caption: str, lang: str, *, contacts: bool) -> Table:
    columns = TABLES["projects"]
    headings = [say("book.project", lang), say("letter.goal", lang), TABLES["funders"].title(lang), say("report.period", lang),
                columns.column("total_cost_sek").title(lang), *([columns.column("contact_text").title(lang)] if contacts else [])]  # fmt: skip
    unknown = say("unknown", lang)
    names = ("goal", "purpose", "description")
    rows = [
        [card.label, next((w for name in names if (w := card.first(name))), unknown), ", ".join(card.filters["funder"]) or unknown,
         *(card.words(name) or unknown for name in ("period", "total_cost_sek", *(["contact_text"] if contacts else [])))]
        for card in made
    ]  # fmt: skip
    return Table(
        f"{caption}. {say('letter.goal.about', lang)}",
        headings,
        rows,
        [21, 31, 22, 13, 13, *([28] if contacts else [])],
    )


def _funder_table(tables: Tables, lang: str) -> Table:
    """A row a funder: projects, of which ongoing and completed, and what it has granted with how much of that is known."""
    money = {r["key"]: r for r in rows_of(funding_mix(tables))}
    rows = []
    for r in rows_of(projects_per_funder(tables)):
        part = money[r["funder_id"]]
        granted = say("unknown", lang) if part["granted_sek"] is None else decimal(part["granted_sek"], lang)
        rows.append([r["name"], *(decimal(r[c], lang) for c in ("projects", "ongoing", "completed")), granted,
                     say("letter.known_for", lang, known=decimal(part["known"], lang), of=decimal(part["of"], lang))])  # fmt: skip
    headings = [say("book.funder", lang), say("book.projects", lang), *(say(f"book.{c}", lang) for c in ("ongoing", "completed")),
                TABLES["project_funders"].column("granted_sek").title(lang), say("book.known", lang)]  # fmt: skip
    return Table(say("letter.by_funder", lang), headings, rows, [30, 11, 15, 17, 20, 13])


def _theme_table(tables: Tables, lang: str) -> Table:
    name = "name" if lang == "sv" else "name_en"
    rows = [
        [r[name], *(decimal(r[c], lang) for c in ("projects", "ongoing", "completed"))] for r in rows_of(themes(tables))
    ]
    headings = [
        TABLES["themes"].column("name").title(lang),
        say("book.projects", lang),
        *(say(f"book.{c}", lang) for c in ("ongoing", "completed")),
    ]
    return Table(say("letter.by_theme", lang), headings, rows, [46, 18, 18, 18])


def _known_table(tables: Tables, lang: str) -> Table:
    rows = [
        [field_name(r["field"], lang), decimal(r["filled"], lang), decimal(r["of"], lang)]
        for r in rows_of(completeness(tables))
    ]
    return Table(
        say("letter.known", lang),
        [say("book.field", lang), say("book.known", lang), say("book.of", lang)],
        rows,
        [60, 20, 20],
    )


def _assessment(tables: Tables, made: Sequence[Card], lang: str) -> list[Part]:
    """The officer's own words; goal fulfilment only where a person has filled it in."""
    details = tables["project_details"]
    told = details[details["detail_code"] == FULFILMENT]
    labels = {card.project_id: card.label for card in made}
    parts: list[Part] = [Prompt(say("letter.assessment.prompt", lang))]
    if len(told):
        parts.append(Items([f"{labels[r['project_id']]}: {r['value']}" for r in rows_of(told)]))
    return parts
