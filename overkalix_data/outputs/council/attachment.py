"""What the board's paper rests on, to go with the summons: Bilaga 1. And, for the municipality alone, whom to ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from overkalix_data.analyse import completeness, funding_mix, projects_per_funder, themes
from overkalix_data.analyse.kronor import listed_amounts
from overkalix_data.base.codelist import codes
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.charts import Chart
from overkalix_data.outputs.charts.bars import field_name
from overkalix_data.outputs.council import prose
from overkalix_data.outputs.council.document import Document, Items, LetterPart, LetterTable, Picture
from overkalix_data.outputs.council.letter import changed_projects, document, paragraph, section
from overkalix_data.outputs.council.material import Material
from overkalix_data.outputs.council.method import background, publicity_lines
from overkalix_data.outputs.council.projects import ProjectCard
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import rows_of

GOALS = ("goal", "purpose", "description")
"""What a project is to reach, in the order in which one stands for another that the page lacks."""
GRANTED = TABLES["project_funders"].column("granted_sek")
LetterColumn = tuple[str, int, Callable[[Any], str]]
"""A column of a table: its heading, its width, and the cell that it makes of a row."""


def attachment(m: Material, chart: Chart, picture: Path) -> Document:
    """Bilaga 1: the tables without contacts, a chart with the file of its picture, the publicity lines."""
    f, lang = m.facts, m.lang
    parts: list[LetterPart] = [
        *paragraph(background(m.tables, m.as_of, lang)),
        *_by_status(m),
        *(section("changed", lang, _changed_table(m)) if changed_projects(m) else []),
        *section("by_funder", lang, *paragraph(prose.by_funder(f, lang), leads=True), _funder_table(m)),
        Picture(picture, f"{chart.title}. {chart.foot}", chart.alt),
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
        (say("book.project", m.lang), 45, lambda card: card.label),
        (projects.column("contact_text").title(m.lang), 55, lambda card: card.words("contact_text") or unknown),
    ]
    table = _table(say("letter.contacts.title", m.lang), columns, m.cards, m.lang, is_whole=False)
    return document("letter.contacts", m, [table])


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


def _table(
    caption: str, columns: Sequence[LetterColumn], rows: Iterable[Any], lang: str, *, is_whole: bool = True
) -> LetterTable:
    """A table without the columns in which nothing is known: the caption names them."""
    headings, widths, cells = zip(*columns, strict=True)
    texts = [[cell(row) for cell in cells] for row in rows]
    unknown = [bool(texts) and {row[n] for row in texts} == {say("unknown", lang)} for n in range(len(columns))]

    def known(values: Iterable[Any]) -> list[Any]:
        return [value for value, is_unknown in zip(values, unknown, strict=True) if not is_unknown]

    if any(unknown):
        names = [heading for heading, is_unknown in zip(headings, unknown, strict=True) if is_unknown]
        caption = f"{caption.rstrip('.')}. {say('letter.columns_unknown', lang, names=prose.joined(names, lang))}"
    return LetterTable(caption, known(headings), [known(row) for row in texts], known(widths), is_whole)


def _project_table(cards: Sequence[ProjectCard], caption: str, m: Material) -> LetterTable:
    lang, unknown, projects = m.lang, say("unknown", m.lang), TABLES["projects"]

    def goal(card: ProjectCard) -> str:
        return next(filter(None, map(card.first, GOALS)), unknown)

    def fact(name: str) -> Callable[[ProjectCard], str]:
        return lambda card: card.words(name) or unknown

    parts = listed_amounts(m.tables).groupby("project_id")["granted_sek"]
    money = parts.agg(known="count", of="size").join(parts.sum(min_count=1)).reset_index()
    granted = {row["project_id"]: _granted(row, lang) for row in rows_of(money)}
    columns: list[LetterColumn] = [
        (say("book.project", lang), 22, lambda card: card.label),
        (say("letter.goal", lang), 36, goal),
        (TABLES["funders"].title(lang), 30, lambda card: ", ".join(card.filters["funder"]) or unknown),
        (say("report.period", lang), 15, fact("period")),
        (GRANTED.title(lang), 18, lambda card: granted.get(card.project_id, unknown)),
        (projects.column("total_cost_sek").title(lang), 14, fact("total_cost_sek")),
    ]
    return _table(f"{caption}. {say('letter.goal.about', lang)}", columns, cards, lang, is_whole=False)


def _granted(row: Mapping[str, Any], lang: str) -> str:
    """What is granted, known for how many of how many parts."""
    if row["granted_sek"] is None:
        return say("unknown", lang)
    return say("letter.known_for", lang, **{name: decimal(row[name], lang) for name in ("granted_sek", "known", "of")})


def _numbers(lang: str, **widths: int) -> list[LetterColumn]:
    """Columns of numbers, by their words in `book.<name>`."""

    def number(name: str) -> Callable[[Mapping[str, Any]], str]:
        return lambda row: decimal(row[name], lang)

    return [(say(f"book.{name}", lang), width, number(name)) for name, width in widths.items()]


def _funder_table(m: Material) -> LetterTable:
    """A row a funder: projects, of which ongoing and completed, and what it has granted, known for how many."""
    lang, money = m.lang, {row["key"]: row for row in rows_of(funding_mix(m.tables))}
    columns: list[LetterColumn] = [
        (say("book.funder", lang), 40, lambda row: row["name"]),
        *_numbers(lang, projects=14, ongoing=14, completed=14),
        (GRANTED.title(lang), 30, lambda row: _granted(money[row["funder_id"]], lang)),
    ]
    return _table(say("letter.by_funder", lang), columns, rows_of(projects_per_funder(m.tables)), lang)


def _theme_table(m: Material) -> LetterTable:
    name, heading = "name" if m.lang == "sv" else "name_en", TABLES["themes"].column("name").title(m.lang)
    columns = [(heading, 46, lambda row: row[name]), *_numbers(m.lang, projects=18, ongoing=18, completed=18)]
    return _table(say("letter.by_theme", m.lang), columns, rows_of(themes(m.tables)), m.lang)


def _known_table(m: Material) -> LetterTable:
    lang = m.lang
    columns: list[LetterColumn] = [
        (say("book.field", lang), 60, lambda row: field_name(row["field"], lang)),
        (say("book.known", lang), 20, lambda row: decimal(row["filled"], lang)),
        *_numbers(lang, of=20),
    ]
    return _table(say("letter.known", lang), columns, rows_of(completeness(m.tables)), lang)


def _changed_table(m: Material) -> LetterTable:
    headings = say("book.project", m.lang), say("changes.what", m.lang)
    return LetterTable(say("letter.changed", m.lang), headings, changed_projects(m), (50, 50), False)
