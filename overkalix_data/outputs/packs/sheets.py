"""The sheets of a funder's pack: what is ready, the projects, a card a project, and what must be asked."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from overkalix_data.analyse.origins import Origins
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.words import decimal, say
from overkalix_data.curation.form_fields import fields as form_fields
from overkalix_data.outputs.packs.account import continued, titles
from overkalix_data.outputs.packs.answers import ASK, DERIVED, FILLED, Answer
from overkalix_data.outputs.packs.funding import ID_WIDTH, funding_parts
from overkalix_data.outputs.packs.pack import OWN_ID, FunderPack, PackProject
from overkalix_data.outputs.workbook.parts import NARROW_LABEL, label_column, of, own, plain_block, tones_of
from overkalix_data.outputs.workbook.sheet import Link, Sheet, SheetColumn
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables
from overkalix_data.schema.pack_fields import PUBLICATION, SOURCES, PackField

WIDE_TEXT, SHORT_TEXT = 50, 22
CARD_WIDTH = 58
ON_PAPER = 5
"""Columns of the projects that go on paper; the field cards are for printing."""
PLACES = {"": "pack.on_page", SOURCES: "pack.in_sources", PUBLICATION: "pack.in_publication"}
"""Where what is no sheet of the form is told, by a field's `sheet`."""
LONG = frozenset({
    "purpose", "goal", "description", "results", "activities", "goal_fulfilment", "lessons", "problem", "summary",
    "legal_list",
})  # fmt: skip
"""Fields whose answers are paragraphs."""


def readiness_sheet(pack: FunderPack, origins: Origins, lang: str) -> Sheet:
    """One row a project: how many fields are filled in, can be derived, must be asked; and which."""
    rows = [
        [
            link,
            *(project.count(code) for code in (FILLED, DERIVED, ASK)),
            len(project.asked),
            *(code_label("readiness", answer.readiness, lang) for answer in project.asked),
            project.project_id,
        ]
        for link, project in zip(_links_to_cards(pack, origins, lang), pack.projects, strict=True)
    ]
    fields = [field for field in pack.fields if field.field != OWN_ID]
    columns = [
        *(SheetColumn(code, say(f"pack.count.{code}", lang), "int", 12) for code in codes("readiness")),
        own("of", lang, 10, "int"),
        *(SheetColumn(f"r:{f.field}", f.title(lang), width=18, tones=tones_of("readiness", lang)) for f in fields),
    ]
    return _sheet("readiness", _framed(columns, lang), rows, lang, printed=5)


def projects_sheet(pack: FunderPack, origins: Origins, lang: str) -> Sheet:
    """One row a project, the funder's fields in the funder's order and words."""
    links = _links_to_cards(pack, origins, lang)
    rows = [
        [link, *(answer.value for answer in project.answers)]
        for link, project in zip(links, pack.projects, strict=True)
    ]
    columns = [own("project", lang, NARROW_LABEL, key="label"), *(_column(field, lang) for field in pack.fields)]
    return _sheet("pack_projects", columns, rows, lang, printed=ON_PAPER)


def costs_sheet(pack: FunderPack, lang: str) -> Sheet:
    """One row a project and cost type of the funder: by budget and by outcome."""
    columns = [own("cost_type", lang, 40), own("budget", lang, 16, "money"), own("outcome_sek", lang, 16, "money")]
    items = [(p, f.field, f.title(lang)) for p in pack.projects for f in pack.spec.part("cost")]
    return _items_sheet("costs", pack, columns, items, ("cost_budget_sek", "cost_outcome_sek"), lang)


def indicators_sheet(pack: FunderPack, lang: str) -> Sheet:
    """One row a project and indicator: those of the funder, then those of the decision that a person filled in."""
    columns = [own("indicator", lang, 44), own("target", lang, 18), own("outcome", lang, 18)]
    items = [(p, item, name) for p in pack.projects for item, name in _indicators(pack, p, lang).items()]
    return _items_sheet("indicators", pack, columns, items, ("indicator_target", "indicator_outcome"), lang)


def cards_sheet(pack: FunderPack, origins: Origins, lang: str) -> Sheet:
    """Paper of its own for each project: each field in the e-service's order, its readiness, where it comes from."""
    columns = [
        own("card_field", lang, 36),
        own("card_value", lang, CARD_WIDTH),
        own("readiness", lang, 18, tones=tones_of("readiness", lang)),
        own("comes_from", lang, 44),
    ]
    blocks = [
        replace(plain_block(f"card_{n}", columns, rows, project.label), new_page=n > 1)
        for n, (project, rows) in enumerate(zip(pack.projects, _cards(pack, origins, lang), strict=True), start=1)
    ]
    return Sheet(*titles("pack_cards", lang), blocks, is_portrait=True)


def questions_sheet(pack: FunderPack, tables: Tables, lang: str) -> Sheet:
    """One row for each thing to ask, by whom to ask; with the form's sheet in which the answer is filled in."""
    by_id = {project.project_id: project for project in pack.projects}
    questions = [
        (project, answer.field.title(lang), _asked_on(pack, project, answer.field))
        for project in pack.projects
        for answer in project.asked
        if answer.readiness == ASK
    ]
    # What the municipality is asked is one question, whatever the number of its projects.
    repeated = [question for question in questions if question[2] == PUBLICATION][1:]
    questions = [question for question in questions if question not in repeated]
    questions += [
        (by_id[part.project_id], say("pack.amount_of", lang, funder=part.funder), "funding")
        for part in funding_parts(tables, pack.project_ids)
        if part.amount is None and part.is_counted
    ]
    place = {project_id: n for n, project_id in enumerate(pack.project_ids)}
    questions.sort(key=lambda question: (question[0].contact or question[0].unit, place[question[0].project_id]))
    rows = [
        [p.label, words, p.unit or None, p.contact or None, _place(sheet, lang), p.project_id]
        for p, words, sheet in questions
    ]
    columns = [
        own("question", lang, 50), of("projects", "unit", lang, 26), own("whom", lang, 28, personal=True),
        own("filled_in_on", lang, 34),
    ]  # fmt: skip
    nothing = say("pack.no_questions", lang)
    return _sheet("pack_questions", _framed(columns, lang), rows, lang, printed=5, nothing=nothing)


def _items_sheet(
    kind: str,
    pack: FunderPack,
    columns: list[SheetColumn],
    items: Sequence[tuple[PackProject, str, str]],
    details: Sequence[str],
    lang: str,
) -> Sheet:
    """A row a project and item (a cost type, an indicator), with the numbers that a person filled in for it."""
    rows = [
        [p.label, name, *(pack.answers.detail(p.project_id, detail, item)[0] for detail in details), p.project_id]
        for p, item, name in items
    ]
    nothing = say(f"pack.no_{kind}", lang)
    return _sheet(f"pack_{kind}", _framed(columns, lang), rows, lang, printed=4, nothing=nothing)


def _framed(columns: Sequence[SheetColumn], lang: str) -> list[SheetColumn]:
    """The project's label before these columns, and its id behind them."""
    return [label_column(lang), *columns, of("projects", "project_id", lang, ID_WIDTH)]


def _cards(pack: FunderPack, origins: Origins, lang: str) -> list[list[list[Any]]]:
    """The rows of each project's card; a text that no row can show goes on in the next one."""
    return [
        [row for answer in p.answers for row in continued(_card_row(answer, origins, lang), 1, CARD_WIDTH, 0, lang)]
        for p in pack.projects
    ]


def _card_row(answer: Answer, origins: Origins, lang: str) -> list[Any]:
    field, value = answer.field, answer.value
    if isinstance(value, int) and _type(field) == "money":
        value = decimal(value, lang)
    readiness = code_label("readiness", answer.readiness, lang)
    where = "; ".join(dict.fromkeys(_where(answer, origins, lang)))
    return [field.title(lang), None if value is None else str(value), readiness, where]


def _where(answer: Answer, origins: Origins, lang: str) -> list[str]:
    """Where a value stands, by what rule it was made, or where it is to be filled in."""
    sheet = answer.field.sheet
    if answer.readiness == ASK:
        place = _place(sheet, lang)
        return [place if sheet in PLACES else say("pack.fill_in", lang, sheet=place)]
    places = [
        say("pack.on_line", lang, line=o.line, source=o.source) if o.line else o.source
        for o in origins.of(answer.cells)
    ]
    is_derived = answer.readiness == DERIVED
    if not places or (is_derived and answer.field.comes_from.startswith("derived.")):
        places.append(say("pack.by_rule" if is_derived else "pack.by_list", lang))
    return places


def _asked_on(pack: FunderPack, project: PackProject, field: PackField) -> str:
    """The sheet where a field is asked for; of an owner that is not the municipality, that of each project."""
    is_own = bool(pack.answers.owner(project.project_id))
    return "details" if field.sheet == PUBLICATION and not is_own else field.sheet


def _place(sheet: str, lang: str) -> str:
    """Where what is not known is filled in: a sheet of the form, a file of `PLACES`, or the page itself."""
    return say(PLACES.get(sheet, f"form.{sheet}"), lang)


def _indicators(pack: FunderPack, project: PackProject, lang: str) -> dict[str, str]:
    """Item → name of each indicator of a project."""
    listed = {field.field: field.title(lang) for field in pack.spec.part("indicator")}
    details = [(code, item) for project_id, code, item in pack.answers.details if project_id == project.project_id]
    items = [item for code, item in details if code.startswith("indicator_") and item not in listed]
    return listed | {item: code_label("indicator", item, lang) for item in items}


def _column(field: PackField, lang: str) -> SheetColumn:
    width = WIDE_TEXT if field.field in LONG else SHORT_TEXT
    return SheetColumn(f"p:{field.field}", field.title(lang), _type(field), width)


def _type(field: PackField) -> str:
    """What a field holds: the type of the schema's column, or of the detail."""
    where, _, what = field.comes_from.partition(".")
    if where in ("projects", "funding", "funding_total"):
        table = "projects" if where == "projects" else "project_funders"
        return TABLES[table].column(what).type
    return form_fields()[what.partition(":")[0]].type or "text" if where == "detail" else "text"


def _links_to_cards(pack: FunderPack, origins: Origins, lang: str) -> list[Link]:
    """A link a project; between two cards stand an empty row, the next one's label and its header."""
    starts = accumulate((len(rows) + 3 for rows in _cards(pack, origins, lang)), initial=1)
    return [
        Link(project.label, sheet=titles("pack_cards", lang)[0], row=row)
        for project, row in zip(pack.projects, starts, strict=False)
    ]


def _sheet(
    key: str, columns: list[SheetColumn], rows: Sequence[Sequence[Any]], lang: str, printed: int = 0, nothing: str = ""
) -> Sheet:
    return Sheet(*titles(key, lang), [plain_block(key, columns, rows, nothing=nothing)], printed=printed)
