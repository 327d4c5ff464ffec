"""What the board's paper rests on, to go with the summons: Bilaga 1. And, for the municipality alone, whom to ask."""

from collections.abc import Sequence
from pathlib import Path

from overkalix_data.analyse import completeness, themes
from overkalix_data.analyse.kronor import listed_amounts
from overkalix_data.analyse.typed import field_name
from overkalix_data.base.codelist import codes
from overkalix_data.base.words import say
from overkalix_data.outputs.charts import Chart
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.document import Document, Items, LetterPart, LetterTable, Picture
from overkalix_data.outputs.council.facts import Material
from overkalix_data.outputs.council.letter import changed_projects, document, paragraph, section
from overkalix_data.outputs.council.method import background, publicity_lines
from overkalix_data.outputs.council.projects import ProjectCard
from overkalix_data.outputs.council.tables import GRANTED, funder_table, granted_column, granted_words, letter_table
from overkalix_data.outputs.workbook.parts import of, own
from overkalix_data.outputs.workbook.sheet import SheetColumn
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
    columns = [own("project", m.lang, 38, key="label"), of("projects", "contact_text", m.lang, 62)]
    rows = [{"label": card.label, "contact_text": card.words("contact_text", "; ")} for card in m.cards]
    table = letter_table(say("letter.contacts.title", m.lang), columns, rows, m.lang, is_whole=False)
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
    lang = m.lang
    parts = listed_amounts(m.tables).groupby("project_id")["granted_sek"]
    money = parts.agg(known="count", of="size").join(parts.sum(min_count=1)).reset_index()
    granted = {row["project_id"]: granted_words(row, lang) for row in rows_of(money)}
    cost = m.tables["projects"].dropna(subset=["total_cost_sek"]).set_index("project_id")["total_cost_sek"].to_dict()
    columns = [
        own("project", lang, 22, key="label"), SheetColumn("goal", say("letter.goal", lang), width=36),
        own("funders", lang, 28), SheetColumn("period", say("report.period", lang), width=20),
        granted_column(lang, 18), of("projects", "total_cost_sek", lang, 14),
    ]  # fmt: skip
    rows = [
        {"label": card.label, "goal": next(filter(None, map(card.first, GOALS)), ""),
         "funders": ", ".join(card.filters["funder"]), "period": card.words("period", "\n"),
         GRANTED: granted.get(card.project_id), "total_cost_sek": cost.get(card.project_id)}
        for card in cards
    ]  # fmt: skip
    return letter_table(f"{caption}. {say('letter.goal.about', lang)}", columns, rows, lang, is_whole=False)


def _theme_table(m: Material) -> LetterTable:
    name = of("themes", "name", m.lang, 46, key="name" if m.lang == "sv" else "name_en")
    columns = [name, *(own(count, m.lang, 18, "int") for count in ("projects", "ongoing", "completed"))]
    return letter_table(say("letter.by_theme", m.lang), columns, rows_of(themes(m.tables)), m.lang)


def _known_table(m: Material) -> LetterTable:
    counts = [own("known", m.lang, 20, "int", key="filled"), own("of", m.lang, 20, "int")]
    rows = [row | {"field": field_name(row["field"], m.lang)} for row in rows_of(completeness(m.tables))]
    return letter_table(say("letter.known", m.lang), [own("field", m.lang, 60), *counts], rows, m.lang)


def _changed_table(m: Material) -> LetterTable:
    headings = say("book.project", m.lang), say("changes.what", m.lang)
    return LetterTable(say("letter.changed", m.lang), headings, changed_projects(m), (50, 50), False)
