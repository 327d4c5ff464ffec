"""The report to the council as a document: the municipality's skeleton, with figures; to judge is the officer's."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from overkalix_data.analyse import completeness, funding_mix, projects_per_funder, themes
from overkalix_data.base.codelist import codes
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.charts import Chart
from overkalix_data.outputs.charts.bars import field_name
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.document import (
    Document,
    Items,
    LetterHeading,
    LetterLine,
    LetterPart,
    LetterTable,
    Paragraph,
    Picture,
    Prompt,
    Turn,
)
from overkalix_data.outputs.council.material import Material
from overkalix_data.outputs.council.method import background, publicity_lines, publisher
from overkalix_data.outputs.council.projects import ProjectCard
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import rows_of

TO_FILL_IN = ("department", "officer", "case_number")
FULFILMENT = "goal_fulfilment"
"""The fact that a person has filled in about a project's goals (`project_details`)."""
GOALS = ("goal", "purpose", "description")
"""What a project is to reach, in the order in which one stands for another that the page lacks."""
LetterColumn = tuple[str, int, Callable[[Any], str]]
"""A column of a table: its heading, its width, and the cell that it makes of a row."""


def council_letter(m: Material, chart: Chart, picture: Path) -> Document:
    """The document of an edition, with a chart of funders and the file of its picture."""
    f, lang = m.facts, m.lang
    prompt = Prompt(say("letter.prompt", lang))
    parts: list[LetterPart] = [
        *_head(m),
        *_section(1, "proposal", lang, Paragraph(say("letter.proposal.text", lang))),
        *_section(1, "summary", lang, Items(prose.summary(f, lang))),
        *_section(1, "background", lang, *_paragraph(background(m.tables, m.as_of, lang))),
        Turn(is_wide=True),
        *_section(1, "account", lang, *_by_status(m)),
        Turn(is_wide=False),
        *_section(2, "by_funder", lang, *_paragraph(prose.by_funder(f, lang)), _funder_table(m)),
        Picture(picture, f"{chart.title}. {chart.foot}", chart.alt),
        *_section(2, "by_theme", lang, *_paragraph(prose.by_theme(f, lang)), _theme_table(m)),
        *_section(1, "assessment", lang, *_assessment(m)),
        *_section(1, "economy", lang, *_paragraph(prose.economy(f, lang))),
        *_section(1, "consequences", lang),
        *(part for key in ("children", "equality", "sustainability") for part in _section(2, key, lang, prompt)),
        *_section(1, "missing", lang, *_paragraph(prose.what_is_unknown(f, lang)), _known_table(m)),
        *_section(
            1, "material", lang, Items([say(f"letter.material.{key}", lang) for key in ("page", "book", "quality")])
        ),
        *_section(1, "attachments", lang, Items([say(f"letter.attachment.{key}", lang) for key in ("list", "book")])),
        *_section(1, "sent_to", lang, prompt),
    ]
    if lines := publicity_lines(m.tables, lang):
        parts += [LetterHeading(1, say("report.publicity", lang)), Items(lines)]
    edition, title = say("report.internal", lang) if m.internal else "", say("letter.title", lang)
    return Document(title, publisher(m.tables, lang), say("book.subject", lang), edition, parts)


def _head(m: Material) -> list[LetterPart]:
    values = {
        "municipality": publisher(m.tables, m.lang),
        "date": m.as_of,
        "recipient": say("letter.recipient.text", m.lang),
    }
    return [
        LetterLine(say(f"letter.{key}", m.lang), values.get(key) or say("letter.blank", m.lang), key in TO_FILL_IN)
        for key in ("municipality", *TO_FILL_IN, "date", "recipient")
    ]


def _section(level: int, key: str, lang: str, *parts: LetterPart) -> list[LetterPart]:
    return [LetterHeading(level, say(f"letter.{key}", lang)), *parts]


def _paragraph(sentences: Sequence[str]) -> list[LetterPart]:
    return [Paragraph(" ".join(sentences))] if sentences else []


def _by_status(m: Material) -> list[LetterPart]:
    """A heading a status that occurs; ongoing and completed always."""
    status = dict(zip(m.tables["projects"]["project_id"], m.tables["projects"]["status_code"], strict=True))
    parts: list[LetterPart] = []
    for code in codes("status"):
        cards = [card for card in m.cards if status[card.project_id] == code]
        if cards or code in ("ongoing", "completed"):
            parts += _section(2, code, m.lang, *_paragraph(prose.of_status(m.facts, code, m.lang)))
            parts += [_project_table(cards, say(f"letter.{code}", m.lang), m)] if cards else []
    return parts


def _table(caption: str, columns: Sequence[LetterColumn], rows: Iterable[Any]) -> LetterTable:
    headings, widths, cells = zip(*columns, strict=True)
    return LetterTable(caption, headings, [[cell(row) for cell in cells] for row in rows], widths)


def _project_table(cards: Sequence[ProjectCard], caption: str, m: Material) -> LetterTable:
    lang, unknown, projects = m.lang, say("unknown", m.lang), TABLES["projects"]

    def goal(card: ProjectCard) -> str:
        return next(filter(None, map(card.first, GOALS)), unknown)

    def fact(name: str) -> Callable[[ProjectCard], str]:
        return lambda card: card.words(name) or unknown

    columns: list[LetterColumn] = [
        (say("book.project", lang), 21, lambda card: card.label),
        (say("letter.goal", lang), 31, goal),
        (TABLES["funders"].title(lang), 22, lambda card: ", ".join(card.filters["funder"]) or unknown),
        (say("report.period", lang), 13, fact("period")),
        (projects.column("total_cost_sek").title(lang), 13, fact("total_cost_sek")),
    ]
    if m.internal:
        columns.append((projects.column("contact_text").title(lang), 28, fact("contact_text")))
    return _table(f"{caption}. {say('letter.goal.about', lang)}", columns, cards)


def _numbers(lang: str, **widths: int) -> list[LetterColumn]:
    """Columns of numbers, by their words in `book.<name>`."""

    def number(name: str) -> Callable[[Mapping[str, Any]], str]:
        return lambda row: decimal(row[name], lang)

    return [(say(f"book.{name}", lang), width, number(name)) for name, width in widths.items()]


def _funder_table(m: Material) -> LetterTable:
    """A row a funder: projects, of which ongoing and completed, what it has granted, and how much of that is known."""
    lang, money = m.lang, {row["key"]: row for row in rows_of(funding_mix(m.tables))}

    def granted(row: Mapping[str, Any]) -> str:
        amount = money[row["funder_id"]]["granted_sek"]
        return say("unknown", lang) if amount is None else decimal(amount, lang)

    def known(row: Mapping[str, Any]) -> str:
        counts = {name: decimal(money[row["funder_id"]][name], lang) for name in ("known", "of")}
        return say("letter.known_for", lang, **counts)

    columns: list[LetterColumn] = [
        (say("book.funder", lang), 30, lambda row: row["name"]),
        *_numbers(lang, projects=11, ongoing=15, completed=17),
        (TABLES["project_funders"].column("granted_sek").title(lang), 20, granted),
        (say("book.known", lang), 13, known),
    ]
    return _table(say("letter.by_funder", lang), columns, rows_of(projects_per_funder(m.tables)))


def _theme_table(m: Material) -> LetterTable:
    name, heading = "name" if m.lang == "sv" else "name_en", TABLES["themes"].column("name").title(m.lang)
    columns = [(heading, 46, lambda row: row[name]), *_numbers(m.lang, projects=18, ongoing=18, completed=18)]
    return _table(say("letter.by_theme", m.lang), columns, rows_of(themes(m.tables)))


def _known_table(m: Material) -> LetterTable:
    lang = m.lang
    columns: list[LetterColumn] = [
        (say("book.field", lang), 60, lambda row: field_name(row["field"], lang)),
        (say("book.known", lang), 20, lambda row: decimal(row["filled"], lang)),
        *_numbers(lang, of=20),
    ]
    return _table(say("letter.known", lang), columns, rows_of(completeness(m.tables)))


def _assessment(m: Material) -> list[LetterPart]:
    """The officer's own words; goal fulfilment only where a person has filled it in."""
    details, labels = m.tables["project_details"], {card.project_id: card.label for card in m.cards}
    filled = rows_of(details[details["detail_code"] == FULFILMENT])
    items = [f"{labels[row['project_id']]}: {row['value']}" for row in filled]
    return [Prompt(say("letter.assessment.prompt", m.lang)), *([Items(items)] if items else [])]
