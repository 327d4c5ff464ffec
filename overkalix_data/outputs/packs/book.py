"""A funder's pack as a workbook, in both editions; a funder without projects gets a book that says so."""

from overkalix_data.analyse.origins import Origins
from overkalix_data.base.words import counted, decimal, say
from overkalix_data.outputs.packs.account import origins_sheet
from overkalix_data.outputs.packs.answers import ASK, DERIVED, FILLED
from overkalix_data.outputs.packs.funding import funding_sheet
from overkalix_data.outputs.packs.pack import FunderPack, funder_pack
from overkalix_data.outputs.packs.sheets import (
    cards_sheet,
    costs_sheet,
    indicators_sheet,
    projects_sheet,
    questions_sheet,
    readiness_sheet,
)
from overkalix_data.outputs.workbook.book import source_line
from overkalix_data.outputs.workbook.evidence import contents
from overkalix_data.outputs.workbook.parts import own, plain_block
from overkalix_data.outputs.workbook.personal_columns import without_personal
from overkalix_data.outputs.workbook.sheet import Book, Sheet
from overkalix_data.schema.frames import Tables


def pack_book(
    tables: Tables,
    funder_id: str,
    *,
    as_of: str,
    lang: str = "sv",
    edition: str = "internal",
    origins: Origins | None = None,
) -> Book:
    """The workbook of a funder's pack. `origins` can be given where many packs are made of the same tables."""
    pack = funder_pack(tables, funder_id, lang=lang, edition=edition)
    known, sheets = origins or Origins(tables), []
    if pack.projects:
        sheets = [
            readiness_sheet(pack, known, lang),
            projects_sheet(pack, known, lang),
            funding_sheet(pack, tables, lang),
            costs_sheet(pack, lang),
            indicators_sheet(pack, lang),
            cards_sheet(pack, known, lang),
            questions_sheet(pack, tables, lang),
        ]
    sheets.append(origins_sheet(pack, known, lang))
    if edition == "public":
        sheets = without_personal(sheets)
    title = say("pack.title", lang, funder=pack.funder)
    sheets = [_cover(pack, sheets, title, lang), *sheets]
    return Book(title, say("pack.subject", lang), source_line(tables, as_of, lang), sheets)


def _cover(pack: FunderPack, sheets: list[Sheet], title: str, lang: str) -> Sheet:
    """What the book is and is not, how much is ready, and the contents."""
    counts = {r: decimal(sum(p.count(r) for p in pack.projects), lang) for r in (FILLED, DERIVED, ASK)}
    total = decimal(sum(len(p.asked) for p in pack.projects), lang)
    service = pack.spec.service(lang)
    notes = [say("pack.what_service", lang, service=service) if service else say("pack.what", lang)]
    if pack.projects:
        ready = counted("pack.ready", len(pack.projects), lang, total=total, **counts)
        repeats = [counted("pack.repeats", pack.repeats, lang)] if pack.repeats else []
        notes += [ready, *repeats, say("pack.kept", lang), say("pack.law", lang)]
    else:
        notes += [say("pack.none", lang, funder=pack.funder), say("pack.kept", lang)]
    columns = [own("contents.sheet", lang, 40), own("contents.rows", lang, 14, "int")]
    block = plain_block("contents", columns, contents(sheets))
    return Sheet(say("pack.cover", lang), title, say("pack.subject", lang), [block], notes)
