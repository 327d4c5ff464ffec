"""Columns that several tables share, and the kinds of column that recur."""

from dataclasses import replace
from typing import Any

from overkalix_data.schema.column import Column as C

PROJECT = C("project_id", "id", "Projekt-id|Project id",
            "Läsbar och bestående nyckel för projektet.|Readable, lasting key of the project.",
            key=True, required=True, refers_to="projects", shown="", width=58)  # fmt: skip
FUNDER = C("funder_id", "id", "Finansiär-id|Funder id", "Nyckel för finansiären.|Key of the funder.",
           key=True, required=True, refers_to="funders", shown="", width=26)  # fmt: skip
CONTACT = C("contact_id", "id", "Kontakt-id|Contact id",
            "Nyckel för kontakten; säger inget om personen.|Key of the contact; tells nothing of the person.",
            key=True, required=True, refers_to="contacts", width=20)  # fmt: skip
SOURCE = C("source_id", "id", "Källa|Source", "Källan som värdet lästes ur.|The source the value was read from.",
           required=True, refers_to="sources", shown="", width=34)  # fmt: skip
POSITION = C(
    "position", "int", "Ordning|Position", "Ordningen på sidan, från 1.|The order on the page, from 1.", shown=""
)
BASIS = "published: sidan säger det · heading: rubriken · derived: uträknat · curated: tillagt · assumed: antaget"
BASIS_EN = "published: the page says it · heading: its section does · derived: computed · curated: added · assumed"


def own(column: C) -> C:
    """The same column as the key of its own table, where it refers to nothing."""
    return replace(column, key=True, required=True, refers_to="")


def published(heading: str = "Så står det|As published", **more: Any) -> C:
    """The words that stand on the page."""
    return text("as_published", heading, "Orden på sidan.|The words on the page.", shown="sheet", **more)


def line(name: str, heading: str, about: str, **more: Any) -> C:
    """A line number of a source."""
    return C(name, "int", heading, about, shown="sheet", **more)


def basis(name: str, heading: str, **more: Any) -> C:
    """What a value rests on."""
    return C(name, "code", heading, f"{BASIS}|{BASIS_EN}", codelist="basis", shown="sheet", **more)


def code(name: str, codelist: str, heading: str, about: str, **more: Any) -> C:
    """A code of one of the small lists."""
    return C(name, "code", heading, about, codelist=codelist, **more)


def money(name: str, heading: str, about: str, **more: Any) -> C:
    """Whole kronor."""
    sv, en = about.split("|")
    return C(name, "money", heading, f"{sv} Tomt = okänt, aldrig 0.|{en} Empty = unknown, never 0.", **more)


def text(name: str, heading: str, about: str, **more: Any) -> C:
    """Words."""
    return C(name, "text", heading, about, **more)
