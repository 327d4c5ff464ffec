"""What the board's paper rests on, to go with the summons: Bilaga 1. And, for the municipality alone, whom to ask."""

from collections.abc import Sequence
from pathlib import Path

from overkalix_data.analyse import completeness, themes
from overkalix_data.analyse.kronor import listed_amounts
from overkalix_data.analyse.typed import field_name
from overkalix_data.base.codelist import codes
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.charts import Chart
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.document import Document, Items, LetterPart, LetterTable, Picture
from overkalix_data.outputs.council.facts import Material
from overkalix_data.outputs.council.letter import changed_projects, document, paragraph, section
from overkalix_data.outputs.council.method import background, publicity_lines
from overkalix_data.outputs.council.projects import ProjectCard
from overkalix_data.outputs.council.tables import (
    GRANTED,
    LetterColumn,
    funder_table,
    granted_words,
    letter_table,
    number_columns,
)
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import rows_of

GOALS = ("goal", "purpose", "description")
"""What a project is to reach, in the order in which one stands for another that the page lacks."""


def attachment(m: Material, chart: Chart, picture: Path) -> Document:
    """Bilaga 1: the tables without contacts, a chart with the file of its picture, the publicity lines."""
    f, lang = m.facts, m.lang
    figure = Picture(picture, say("book.by_funder", lang), chart.alt)
    parts: list[LetterPart] = [
        *paragraph([*background(m.tables, m.as_of, lang), *prose.on_the_page(f, lang)]),
        *_by_status(m),
        *(section("changed", lang, _changed_table(m)) if changed_projects(m) else []),
        *section("by_funder", lang, *paragraph(prose.by_funder(f, lang), leads=True), figure, funder_table(m)),
        *section("by_theme", lang, *paragraph(prose.by_theme(f, lang), leads=True), _theme_table(m)),
        *section("missing", lang, *paragraph(prose.what_is_unknown(f, lang), leads=True), _known_table(m)),
    ]
    if lines := publicity_lines(m.tables, lang):
        parts += section("publicity", lang, Items(lines))
    return document("letter.attachment", m, parts, is_wide=True)


def contact_list(m: Material) -> Document:
    """Whom to ask about which project: of the internal edition alone."""
    unknown, projects = say("unknown", m.lang), TABLES["projects"]
    columns: list[LetterColumn] = [
        (say("book.project", m.lang), 38, lambda card: card.label),
        (projects.column("contact_text").title(m.lang), 62, lambda card: card.words("contact_text", "; ") or unknown),
    ]
    table = letter_table(say("letter.contacts.title", m.lang), columns, m.cards, m.lang, is_whole=False)
    return document("letter.contacts", m, [table], is_wide=True)


def _by_status(m: Material) -> list[LetterPart]:
    """A heading a status that occurs; ongoing and completed always."""
    status = dict(zip(m.tables["projects"]["project_id"], m.tables["projects"]["status_code"], strict=True))
    parts: list[LetterPart] = []
    for code in codes("status"):
        cards = [card for card in m.cards if status[card.project_id] == code]
        if cards or code in ("ongoing", "completed"):
            parts += section(code, m.lang, *paragraph(prose.of_status(m.facts, code, m.lang), leads=bool(cards)))
            parts += [_project_table(cards, say(f"letter.{code}", m.lang), m)] if cards else []
    return parts


def _project_table(cards: Sequence[ProjectCard], caption: str, m: Material) -> LetterTable:
    lang, unknown, projects = m.lang, say("unknown", m.lang), TABLES["projects"]

    def goal(card: ProjectCard) -> str:
        return next(filter(None, map(card.first, GOALS)), unknown)

    parts = listed_amounts(m.tables).groupby("project_id")["granted_sek"]
    money = parts.agg(known="count", of="size").join(parts.sum(min_count=1)).reset_index()
    granted = {row["project_id"]: granted_words(row, lang) for row in rows_of(money)}
    costs = m.tables["projects"].dropna(subset=["total_cost_sek"]).set_index("project_id")["total_cost_sek"]
    cost = {project_id: decimal(sek, lang) for project_id, sek in costs.items()}
    columns: list[LetterColumn] = [
        (say("book.project", lang), 22, lambda card: card.label),
        (say("letter.goal", lang), 36, goal),
        (TABLES["funders"].title(lang), 28, lambda card: ", ".join(card.filters["funder"]) or unknown),
        (say("report.period", lang), 20, lambda card: card.words("period", "\n") or unknown),
        (GRANTED.title(lang), 18, lambda card: granted.get(card.project_id, unknown)),
        (projects.column("total_cost_sek").title(lang), 14, lambda card: cost.get(card.project_id, unknown)),
    ]
    return letter_table(f"{caption}. {say('letter.goal.about', lang)}", columns, cards, lang, is_whole=False)


def _theme_table(m: Material) -> LetterTable:
    name, heading = "name" if m.lang == "sv" else "name_en", TABLES["themes"].column("name").title(m.lang)
    columns = [(heading, 46, lambda row: row[name]), *number_columns(m.lang, projects=18, ongoing=18, completed=18)]
    return letter_table(say("letter.by_theme", m.lang), columns, rows_of(themes(m.tables)), m.lang)


def _known_table(m: Material) -> LetterTable:
    lang = m.lang
    columns: list[LetterColumn] = [
        (say("book.field", lang), 60, lambda row: field_name(row["field"], lang)),
        (say("book.known", lang), 20, lambda row: decimal(row["filled"], lang)),
        *number_columns(lang, of=20),
    ]
    return letter_table(say("letter.known", lang), columns, rows_of(completeness(m.tables)), lang)


def _changed_table(m: Material) -> LetterTable:
    headings = say("book.project", m.lang), say("changes.what", m.lang)
    return LetterTable(say("letter.changed", m.lang), headings, changed_projects(m), (50, 50), False)
