"""The council's workbook: which sheets, in which order, and what the public edition leaves out."""

from overkalix_data.analyse import source_names
from overkalix_data.redact import Redactor
from overkalix_data.schema import TABLES
from overkalix_data.sheets.account import about_sheet, changes_sheet, checks_sheet, findings_sheet, sources_sheet
from overkalix_data.sheets.edition import masked, without_personal
from overkalix_data.sheets.funding import funders_sheet, funding_sheet, matrix_sheet
from overkalix_data.sheets.overview import overview_sheet
from overkalix_data.sheets.projects import missing_sheet, projects_sheet, timeline_sheet
from overkalix_data.sheets.sheet import Book
from overkalix_data.sheets.subjects import contacts_sheet, target_groups_sheet, themes_sheet
from overkalix_data.tables import Tables
from overkalix_data.words import say


def council_book(tables: Tables, *, as_of: str, lang: str = "sv", edition: str = "internal") -> Book:
    """The workbook of an edition: `internal` has contacts, `public` leaves out what is marked personal and masks the rest."""
    source = source_line(tables, as_of, lang)
    sheets = [
        projects_sheet(tables, lang), funding_sheet(tables, lang), matrix_sheet(tables, lang), funders_sheet(tables, lang),
        target_groups_sheet(tables, lang), themes_sheet(tables, lang), timeline_sheet(tables, lang), contacts_sheet(tables, lang),
        changes_sheet(tables, lang), findings_sheet(tables, lang), checks_sheet(tables, lang), missing_sheet(tables, as_of, lang),
        sources_sheet(tables, lang), about_sheet(tables, source_names(tables), lang),
    ]  # fmt: skip
    if edition == "public":
        sheets = without_personal(sheets)
    book = Book(say("book.title", lang), say("book.subject", lang), source, [overview_sheet(tables, sheets, lang), *sheets])
    return masked(book, Redactor(tables).mask) if edition == "public" else book


def source_line(tables: Tables, as_of: str, lang: str) -> str:
    """Address, day of the checks, file and day of retrieval: what a reader needs to find the same page again."""
    sources = tables["sources"]
    told = {TABLES["sources"].column(name).title(lang): sources[name].fillna(say("unknown", lang)).unique() for name in ("path", "retrieved_on")}
    line = say("book.source", lang, source=source_names(tables), as_of=as_of)
    return " ".join([line, *(f"{heading}: {', '.join(values)}." for heading, values in told.items())])
