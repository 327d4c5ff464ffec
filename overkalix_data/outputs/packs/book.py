"""A funder's pack as a workbook, and the packs of one funder or of all in both editions (`overkalix export`)."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from overkalix_data.analyse.one_per_project import joined
from overkalix_data.analyse.origins import Origins
from overkalix_data.analyse.public_edition import editions_of
from overkalix_data.analyse.settled import settled
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
from overkalix_data.outputs.workbook.sheet import Book, Sheet, without_personal
from overkalix_data.outputs.xlsx.write import write_book
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
    cited, sheets = origins or Origins(tables), []
    if pack.projects:
        sheets = [
            readiness_sheet(pack, cited, lang),
            projects_sheet(pack, cited, lang),
            funding_sheet(pack, tables, lang),
            costs_sheet(pack, lang),
            indicators_sheet(pack, lang),
            cards_sheet(pack, cited, lang),
            questions_sheet(pack, tables, lang),
        ]
    sheets.append(origins_sheet(pack, cited, lang))
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
    columns = [own("contents.sheet", lang, WIDE), own("contents.rows", lang, 14, "int")]
    block = plain_block("contents", columns, contents(sheets))
    return Sheet(say("pack.cover", lang), title, say("pack.subject", lang), [block], notes)


WIDE = 90
"""Of the contents: so wide that the lines above them are not broken in a day."""
LONGEST_NAME = 60
"""Characters of a funder's id in a file's name: a path of Windows has 260 in all."""


def write_packs(
    tables: Tables, funder_ids: Sequence[str], folder: Path, *, as_of: str, lang: str = "sv", org_number: str = ""
) -> list[Path]:
    """Writes a pack a funder and edition under `folder/<edition>` and gives the files.

    A project that stands on several pages has one card. `org_number` is the publishing municipality's own. A funder
    whose key tells a person is another in the public edition, in its pack as in the file's name.
    """
    written = []
    for edition, shown in editions_of(with_own_number(tables, org_number)).items():
        (folder / edition).mkdir(exist_ok=True)
        called = dict(zip(tables["funders"]["funder_id"], shown["funders"]["funder_id"], strict=True))
        shown = settled(joined(shown))
        origins = Origins(shown)
        for funder_id in (called.get(asked, asked) for asked in funder_ids):
            book = pack_book(shown, funder_id, as_of=as_of, lang=lang, edition=edition, origins=origins)
            written.append(write_book(book, folder / edition / pack_name(funder_id), as_of=as_of, lang=lang))
    return written


def with_own_number(tables: Tables, org_number: str) -> Tables:
    """The tables with the organisation number of the municipality that publishes them, where it is the only one."""
    funding, funders = tables["project_funders"], tables["funders"]
    own = funders["funder_id"].isin(funding.loc[funding["role_code"] == "own", "funder_id"])
    if not org_number or own.sum() != 1:
        return tables
    return tables | {"funders": funders.assign(org_number=funders["org_number"].mask(own, org_number))}


def pack_name(funder_id: str) -> str:
    """The file's name. A funder's id is a slug; a long one is cut and told apart by a checksum."""
    if len(funder_id) > LONGEST_NAME:
        funder_id = f"{funder_id[:LONGEST_NAME]}-{hashlib.sha256(funder_id.encode()).hexdigest()[:8]}"
    return f"underlag-{funder_id}.xlsx"
