"""The council's workbook: which sheets, in which order, and what the public edition leaves out."""

from overkalix_data.analyse import source_names
from overkalix_data.analyse.one_per_project import joined
from overkalix_data.base.words import say
from overkalix_data.outputs.workbook.evidence import about_sheet, changes_sheet, quality_sheet, sources_sheet
from overkalix_data.outputs.workbook.funding import funders_sheet, funding_sheet, matrix_sheet
from overkalix_data.outputs.workbook.overview import overview_sheet
from overkalix_data.outputs.workbook.parts import book_title, one_sheet
from overkalix_data.outputs.workbook.projects import missing_sheet, projects_sheet, timeline_sheet
from overkalix_data.outputs.workbook.sheet import Book, without_personal
from overkalix_data.outputs.workbook.subjects import subjects_sheet
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables


def council_book(tables: Tables, *, as_of: str, lang: str = "sv", edition: str = "internal") -> Book:
    """The workbook of an edition's tables: `internal` has contacts, `public` leaves out what is marked personal.

    A project that stands on several pages is one row, as it is one in every figure that counts the rows.
    """
    tables = joined(tables)
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
