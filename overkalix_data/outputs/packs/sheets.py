"""The sheets of a funder's pack: what is ready, the projects, their money, a card a project, and what must be asked."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from overkalix_data.analyse.origins import Origins
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.words import decimal, say
from overkalix_data.curation.form_fields import fields as form_fields
from overkalix_data.outputs.packs.account import PAGEFUL, continued, titles
from overkalix_data.outputs.packs.answers import ASK, DERIVED, FILLED, Answer
from overkalix_data.outputs.packs.money import FundingPart, funding_parts
from overkalix_data.outputs.packs.pack import OWN_ID, FunderPack, PackProject
from overkalix_data.outputs.workbook.parts import LABEL_WIDTH, NARROW_LABEL, TONES, of, own, plain_block
from overkalix_data.outputs.workbook.sheet import Formula, Link, Sheet, SheetColumn, SheetTable
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables
from overkalix_data.schema.pack_fields import SOURCES, PackField

WIDE_TEXT, SHORT_TEXT = 50, 22
CARD_WIDTH = 58
ON_PAPER = 9
"""Columns of the projects that go on paper; the field cards are for printing."""
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
        own("project", lang, LABEL_WIDTH, key="label"),
        *(SheetColumn(code, say(f"pack.count.{code}", lang), "int", 12) for code in codes("readiness")),
        own("of", lang, 10, "int"),
        *(SheetColumn(f"r:{f.field}", f.title(lang), width=18, tones=_tones(lang)) for f in fields),
        _id_column(lang),
    ]
    return _sheet("readiness", columns, rows, lang, printed=5)


def projects_sheet(pack: FunderPack, origins: Origins, lang: str) -> Sheet:
    """One row a project, the funder's fields in the funder's order and words."""
    links = _links_to_cards(pack, origins, lang)
    rows = [
        [link, *(answer.value for answer in project.answers)]
        for link, project in zip(links, pack.projects, strict=True)
    ]
    columns = [own("project", lang, NARROW_LABEL, key="label"), *(_column(field, lang) for field in pack.fields)]
    return _sheet("pack_projects", columns, rows, lang, printed=ON_PAPER)


def funding_sheet(pack: FunderPack, tables: Tables, lang: str) -> Sheet:
    """One row a financier and form; then each project's total beside the sum of its parts, never corrected."""
    parts, labels = funding_parts(tables, pack.project_ids), {p.project_id: p.label for p in pack.projects}
    asked, yes_no = (
        pack.spec.funding,
        {True: code_label("yes_no", "yes", lang), False: code_label("yes_no", "no", lang)},
    )

    def own_to_funder(part: FundingPart) -> Any:
        """What this funder alone asks for: what its form calls the part, or its appropriation."""
        leader = asked == "leader_funding"
        return _label(asked, part.kind_code, lang) if leader else _detail(pack, part, "appropriation_code")

    rows = [
        [
            labels[part.project_id],
            part.funder,
            code_label("role", part.role_code, lang),
            _label("publicness", part.publicness_code, lang),
            *([own_to_funder(part)] if asked else []),
            _label("contribution", part.form_code, lang),
            part.amount,
            _detail(pack, part, "paid_sek"),
            part.decision_date,
            part.reference_number,
            yes_no[part.is_counted],
            part.project_id,
        ]
        for part in parts
    ]
    columns = [
        own("project", lang, NARROW_LABEL, key="label"),
        own("funder", lang, 34),
        of("project_funders", "role_code", lang, 22),
        _coded("publicness", lang, 14),
        *([_coded(asked, lang, 30)] if asked else []),
        of("project_funders", "contribution_code", lang, 20, key="form"),
        own("amount", lang, 16, "money"),
        own("paid", lang, 16, "money"),
        of("project_funders", "decision_date", lang, 14),
        of("project_funders", "reference_number", lang, 20),
        own("in_total", lang, 14),
        _id_column(lang),
    ]
    blocks = [plain_block("pack_funding", columns, rows, say("pack.parts", lang)), _totals(pack, parts, lang)]
    notes = [say("pack.pack_funding.note", lang)]
    return Sheet(*titles("pack_funding", lang), blocks, notes, printed=len(columns) - 1)


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
        own("readiness", lang, 16, tones=_tones(lang)),
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
        (project, answer.field.title(lang), answer.field.sheet)
        for project in pack.projects
        for answer in project.asked
        if answer.readiness == ASK
    ]
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
        own("project", lang, LABEL_WIDTH, key="label"),
        own("question", lang, 50),
        of("projects", "unit", lang, 26),
        own("whom", lang, 28, personal=True),
        own("filled_in_on", lang, 34),
        _id_column(lang),
    ]
    return _sheet("pack_questions", columns, rows, lang, printed=5, nothing=say("pack.no_questions", lang))


def _totals(pack: FunderPack, parts: Sequence[FundingPart], lang: str) -> SheetTable:
    """Live: the sum of the parts that are in the total, known for how many of how many, and what the total is more."""
    yes, unknown = code_label("yes_no", "yes", lang), say("unknown", lang)
    mine = f'{{pack_funding.project_id}},A{{row}},{{pack_funding.in_total}},"{yes}"'
    known = f'COUNTIFS({mine},{{pack_funding.amount}},">=0")'
    summed = f'IF({known}=0,"{unknown}",SUMIFS({{pack_funding.amount}},{mine}))'
    left = f'IF(AND(ISNUMBER(C{{row}}),ISNUMBER(D{{row}})),C{{row}}-D{{row}},"{unknown}")'
    rows = []
    for project in pack.projects:
        counted = [part for part in parts if part.project_id == project.project_id and part.is_counted]
        amounts = [part.amount for part in counted if part.amount is not None]
        total = pack.answers.projects[project.project_id]["total_cost_sek"]
        is_known = bool(amounts) and total is not None
        formulas = [
            Formula(summed, sum(amounts) if amounts else unknown),
            Formula(known, len(amounts)),
            Formula(f"COUNTIFS({mine})", len(counted)),
            Formula(left, total - sum(amounts) if is_known else unknown),
        ]
        rows.append([project.project_id, project.label, total, *formulas])
    columns = [
        _id_column(lang),
        own("project", lang, 34, key="label"),
        of("projects", "total_cost_sek", lang, 16),
        own("sum_of_parts", lang, 16, "money"),
        own("known", lang, 12, "int"),
        own("of", lang, 10, "int"),
        own("difference", lang, 16, "money"),
    ]
    block = plain_block("pack_totals", columns, rows, say("pack.totals", lang))
    return replace(block, new_page=len(parts) > PAGEFUL)


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
    framed = [own("project", lang, LABEL_WIDTH, key="label"), *columns, _id_column(lang)]
    return _sheet(f"pack_{kind}", framed, rows, lang, printed=4, nothing=say(f"pack.no_{kind}", lang))


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
        return [place if sheet in ("", SOURCES) else say("pack.fill_in", lang, sheet=place)]
    places = [
        say("pack.on_line", lang, line=o.line, source=o.source) if o.line else o.source
        for o in origins.of(answer.cells)
    ]
    is_derived = answer.readiness == DERIVED
    if not places or (is_derived and answer.field.comes_from.startswith("derived.")):
        places.append(say("pack.by_rule" if is_derived else "pack.by_list", lang))
    return places


def _place(sheet: str, lang: str) -> str:
    """Where what is not known is filled in: a sheet of the form, the list of sources, or the page itself."""
    return say("pack.in_sources" if sheet == SOURCES else f"form.{sheet}" if sheet else "pack.on_page", lang)


def _indicators(pack: FunderPack, project: PackProject, lang: str) -> dict[str, str]:
    """Item → name of each indicator of a project."""
    listed = {field.field: field.title(lang) for field in pack.spec.part("indicator")}
    details = [(code, item) for project_id, code, item in pack.answers.details if project_id == project.project_id]
    items = [item for code, item in details if code.startswith("indicator_") and item not in listed]
    return listed | {item: code_label("indicator", item, lang) for item in items}


def _detail(pack: FunderPack, part: FundingPart, code: str) -> Any:
    return pack.answers.detail(part.project_id, code, part.funder_id)[0]


def _tones(lang: str) -> tuple[tuple[str, str], ...]:
    return tuple((code_label("readiness", code, lang), tone) for code, tone in TONES["readiness"].items())


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


def _id_column(lang: str) -> SheetColumn:
    return of("projects", "project_id", lang, 40)


def _coded(codelist: str, lang: str, width: int) -> SheetColumn:
    """A column of codes that only packs have: its heading is the words', its drop-down the list's."""
    labels = tuple(row[lang] for row in codes(codelist).values())
    fits = len(",".join(labels)) <= 255 and not any("," in words for words in labels)
    return own(codelist, lang, width, choices=labels if fits else ())


def _label(codelist: str, code: str, lang: str) -> str | None:
    return code_label(codelist, code, lang) if code else None


def _sheet(
    key: str, columns: list[SheetColumn], rows: Sequence[Sequence[Any]], lang: str, printed: int = 0, nothing: str = ""
) -> Sheet:
    return Sheet(*titles(key, lang), [plain_block(key, columns, rows, nothing=nothing)], printed=printed)
